//! A point: what a group said, as the note-taker wrote it down. It has no author.

use std::{borrow::Cow, collections::BTreeMap};

use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    Field, GroupId, Hands, Moment, Outcome, Pin, PointId, Proposal, Purges, ReadBack,
    ReadBackState, Register, SessionId, Stamp, Telling, TopicId, Verdict, Waiver, WordedField,
    clean, field::by_field, order::Order,
};

/// Where a point belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The group that said it.
    pub group: GroupId,
    /// What it is about.
    pub topic: TopicId,
    /// The session it was said in, if one was running.
    pub session: Option<SessionId>,
    /// The round of group discussions, if there are several.
    pub round: Option<u8>,
}

impl Place {
    /// A place outside any session.
    pub fn new(group: GroupId, topic: TopicId) -> Self {
        Self { group, topic, session: None, round: None }
    }
}

/// Words of a fixed list, and any others that an agenda or a program may have.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $title:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
            /// A word of the agenda's or another program's own.
            Other(CompactString),
        }

        impl $name {
            /// The ones this program knows, in the order they are offered.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// The word in files and on the command line.
            pub fn word(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word,
                }
            }

            /// The words on screen and in print.
            pub fn title(&self) -> &str {
                match self {
                    $(Self::$variant => $title,)*
                    Self::Other(word) => word,
                }
            }

            /// Reads the word, ignoring case, spaces and hyphens.
            pub fn read(text: &str) -> Self {
                let word = text.trim().to_lowercase().replace([' ', '-'], "_");
                match word.as_str() {
                    $($word => Self::$variant,)*
                    _ => Self::Other(word.into()),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = CompactString::deserialize(deserializer)?;
                Ok(match word.as_str() {
                    $($word => Self::$variant,)*
                    _ => Self::Other(word),
                })
            }
        }
    };
}

pub(super) use words;

words! {
    /// What sort of thing a point is.
    PointKind {
        /// Something the group wants done or written.
        Recommendation = "recommendation", "recommendation";
        /// Something that stands in the way.
        Challenge = "challenge", "challenge";
        /// A thought about how things are.
        Reflection = "reflection", "reflection";
        /// Something that works and could be copied.
        GoodPractice = "good_practice", "good practice";
        /// Something the group asks.
        Question = "question", "question";
        /// One of several options.
        Option = "option", "option";
        /// Something the group worries about.
        Concern = "concern", "concern";
        /// A statement that can be checked, with its source.
        Fact = "fact", "fact";
        /// Who does what by when, and what it needs.
        EarlyAction = "early_action", "early action";
    }
}

words! {
    /// How far a group agreed on a point.
    Convergence {
        /// No sustained opposition; need not be unanimity (ISO/IEC Guide 2).
        Consensus = "consensus", "consensus";
        /// Most were for it.
        BroadSupport = "broad_support", "broad support";
        /// Views differed.
        Divergent = "divergent", "divergent";
        /// Agreed, with a reservation that is noted.
        ReservationNoted = "reservation_noted", "reservation noted";
        /// One suggestion among others.
        SingleSuggestion = "single_suggestion", "single suggestion";
        /// Recorded, not discussed.
        NotDiscussed = "not_discussed", "not discussed";
    }
}

/// Whether a point counts among those of its topic.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Status {
    /// It counts.
    #[default]
    Standing,
    /// It is off topic and waits in the parking lot, perhaps for somebody with this role to take it up.
    Parked {
        /// Who takes it up, by role.
        owner: CompactString,
    },
}

impl Status {
    pub(super) fn cleaned(self) -> Self {
        match self {
            Self::Standing => Self::Standing,
            Self::Parked { owner } => Self::Parked { owner: clean(&owner).into() },
        }
    }
}

/// Cleans words, without a copy if there is nothing to clean.
pub(super) fn clean_in_place(text: &mut Box<str>) {
    let kept = match clean(text) {
        Cow::Borrowed(kept) if kept.len() == text.len() => return,
        kept => kept.into_owned(),
    };
    *text = kept.into();
}

/// A deletion of a point, by someone who saw it as these changes left it. If it was changed
/// elsewhere at the same time, the point is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deletion {
    /// The changes that had set what was seen, in every field except its place in the list.
    pub saw: Vec<Stamp>,
}

/// A point at the moment of its capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapturedPoint {
    /// Its permanent id.
    pub point: PointId,
    /// The words.
    pub text: Box<str>,
    /// The group that said it.
    pub group: GroupId,
    /// What it is about.
    pub topic: TopicId,
    /// The session it was said in, if one was running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// The round of group discussions, if there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u8>,
    /// What sort of thing it is.
    pub kind: PointKind,
    /// The paragraph of the draft text it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<Pin>,
    /// What it would have changed there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Box<Proposal>>,
    /// The point it is under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PointId>,
    /// Its place, if it was not simply added at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Whether it counts.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub status: Status,
    /// Free words to find it by.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub tags: Box<[CompactString]>,
    /// How far the group agreed, if that is already known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub convergence: Option<Convergence>,
}

impl CapturedPoint {
    /// The same with only the characters that a document may have. Whatever a journal has, nothing
    /// else gets into a workshop.
    pub(super) fn cleaned(mut self) -> Self {
        clean_in_place(&mut self.text);
        for tag in &mut self.tags {
            *tag = clean(tag).into();
        }
        self.paragraph = self.paragraph.map(Pin::cleaned);
        self.proposal = self.proposal.map(|proposal| Box::new(proposal.cleaned()));
        self.status = self.status.cleaned();
        self
    }

    /// A plain point at the end of its list.
    pub fn new(point: PointId, place: Place, kind: PointKind, text: impl Into<Box<str>>) -> Self {
        Self {
            point,
            text: text.into(),
            group: place.group,
            topic: place.topic,
            session: place.session,
            round: place.round,
            kind,
            paragraph: None,
            proposal: None,
            parent: None,
            order: None,
            status: Status::Standing,
            tags: Box::default(),
            convergence: None,
        }
    }
}

/// A field that several laptops set at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute<F = Field> {
    /// The value shown until then, the same on every laptop.
    pub shown: F,
    /// The values beside it.
    pub others: Vec<F>,
}

/// A point as it is now, with everything that was done to it folded in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    id: PointId,
    born: Stamp,
    /// Its number among the points of its change: a paste of many lines captures them all at once.
    nth: u32,
    captured: Moment,
    text: Register<Box<str>>,
    topic: Register<TopicId>,
    group: Register<GroupId>,
    session: Register<Option<SessionId>>,
    round: Register<Option<u8>>,
    kind: Register<PointKind>,
    paragraph: Register<Option<Pin>>,
    proposal: Register<Option<Box<Proposal>>>,
    parent: Register<Option<PointId>>,
    order: Register<Option<Order>>,
    status: Register<Status>,
    deleted: Register<Option<Deletion>>,
    tags: Register<Box<[CompactString]>>,
    convergence: Register<Option<Convergence>>,
    read_back: Register<Option<Box<ReadBack>>>,
    hands: Register<Option<Hands>>,
    telling: Register<Option<Telling>>,
    outcome: Register<Outcome>,
    waived: Register<Box<[Waiver]>>,
}

macro_rules! fields {
    (
        content: $($content:ident => $is:ident),*;
        rest: $($rest:ident => $isnt:ident),*;
    ) => {
        fields! { @all $($content => $is,)* $($rest => $isnt,)* }

        /// The changes that set the current values of every field except its place in the list.
        fn seen(&self) -> Vec<Stamp> {
            let mut seen = Vec::new();
            $(seen.extend(self.$content.live(self.born));)*
            seen.sort_unstable();
            seen.dedup();
            seen
        }

        /// Whether a field is more than a place in the list: changing it keeps a point that
        /// another laptop deletes at the same time.
        pub fn is_content(field: &Field) -> bool {
            matches!(field, $(Field::$is(_))|*)
        }
    };
    (@all $($field:ident => $variant:ident,)*) => {
        by_field! { Field with disputes, of this this.born; $($field => $variant),* }

        /// Takes over what another copy of this point knows.
        pub(super) fn absorb(&mut self, other: &Self) {
            let born = self.born;
            $(self.$field.absorb(born, &other.$field, other.born);)*
            if other.born == born {
                (self.nth, self.captured) =
                    (self.nth.min(other.nth), self.captured.min(other.captured));
            }
        }

        /// The changes that set words which are no longer here, field by field; with `all`, those
        /// that set the current ones as well.
        pub(super) fn worded(&self, all: bool) -> BTreeMap<WordedField, Vec<Stamp>> {
            let mut worded = BTreeMap::new();
            $(if let Some(what) = WordedField::of(&Field::$variant(self.$field.get().clone())) {
                let mut stamps = self.$field.replaced().to_vec();
                if all {
                    stamps.extend(self.$field.live(self.born));
                }
                worded.insert(what, stamps);
            })*
            worded
        }

        /// The changes that set the current values of a field.
        pub(super) fn standing(&self, of: WordedField) -> Vec<Stamp> {
            $(if WordedField::of(&Field::$variant(self.$field.get().clone())) == Some(of) {
                return self.$field.live(self.born);
            })*
            Vec::new()
        }

        /// Removes the words that were purged.
        pub(super) fn purge(&mut self, purges: &Purges) {
            let (id, born) = (self.id, self.born);
            $(self.$field.keep_as(born, |stamp, value| {
                match purges.field(stamp, id, Field::$variant(value.clone())) {
                    Field::$variant(kept) => kept,
                    _ => value,
                }
            });)*
        }
    };
}

impl Point {
    pub(super) fn new(captured: CapturedPoint, born: Stamp, nth: u32, at: Moment) -> Self {
        Self {
            id: captured.point,
            born,
            nth,
            captured: at,
            text: Register::new(captured.text),
            topic: Register::new(captured.topic),
            group: Register::new(captured.group),
            session: Register::new(captured.session),
            round: Register::new(captured.round),
            kind: Register::new(captured.kind),
            paragraph: Register::new(captured.paragraph),
            proposal: Register::new(captured.proposal),
            parent: Register::new(captured.parent),
            order: Register::new(captured.order),
            status: Register::new(captured.status),
            deleted: Register::new(None),
            tags: Register::new(captured.tags),
            convergence: Register::new(captured.convergence),
            read_back: Register::new(None),
            hands: Register::new(None),
            telling: Register::new(None),
            outcome: Register::new(Outcome::Open),
            waived: Register::new(Box::default()),
        }
    }

    fields! {
        content: text => Text, topic => Topic, group => Group, session => Session, round => Round,
            kind => Kind, paragraph => Paragraph, proposal => Proposal, status => Status,
            tags => Tags, convergence => Convergence, read_back => ReadBack, hands => Hands, outcome => Outcome,
            waived => Waived;
        rest: parent => Parent, order => Order, deleted => Deleted, telling => Telling;
    }

    /// Its permanent id.
    pub fn id(&self) -> PointId {
        self.id
    }

    /// The change that captured it.
    pub fn born(&self) -> Stamp {
        self.born
    }

    /// When it was captured. Never leaves the room.
    pub fn captured(&self) -> Moment {
        self.captured
    }

    /// The words.
    pub fn text(&self) -> &str {
        self.text.get()
    }

    /// Wordings made elsewhere at the same time, from which a person must choose.
    pub fn alternatives(&self) -> Vec<&str> {
        self.text.alternatives().into_iter().map(AsRef::as_ref).collect()
    }

    /// Whether the words were ever changed.
    pub fn reworded(&self) -> bool {
        self.text.changed()
    }

    /// What it is about.
    pub fn topic(&self) -> &TopicId {
        self.topic.get()
    }

    /// The group that said it.
    pub fn group(&self) -> &GroupId {
        self.group.get()
    }

    /// The session it was said in.
    pub fn session(&self) -> Option<&SessionId> {
        self.session.get().as_ref()
    }

    /// The round of group discussions.
    pub fn round(&self) -> Option<u8> {
        *self.round.get()
    }

    /// What sort of thing it is.
    pub fn kind(&self) -> &PointKind {
        self.kind.get()
    }

    /// The paragraph of the draft text it is about.
    pub fn paragraph(&self) -> Option<&Pin> {
        self.paragraph.get().as_ref()
    }

    /// What it would have changed there.
    pub fn proposal(&self) -> Option<&Proposal> {
        self.proposal.get().as_deref()
    }

    /// The point it is under, which may be deleted or elsewhere by now.
    pub fn parent(&self) -> Option<PointId> {
        *self.parent.get()
    }

    /// Free words to find it by.
    pub fn tags(&self) -> &[CompactString] {
        self.tags.get()
    }

    /// How far the group agreed.
    pub fn convergence(&self) -> Option<&Convergence> {
        self.convergence.get().as_ref()
    }

    /// What the group said when it was read back.
    pub fn read_back(&self) -> Option<&ReadBack> {
        self.read_back.get().as_deref()
    }

    /// The words of a reservation with which the group confirmed it, now or before it was changed.
    pub fn reservation(&self) -> Option<&str> {
        match self.read_back().map(|said| &said.verdict) {
            Some(Verdict::Reservation { words }) => Some(words),
            _ => None,
        }
    }

    /// Whether the words were changed since they were read back.
    pub fn is_changed_since_read_back(&self) -> bool {
        self.read_back().is_some_and(|said| !self.is_current(said))
    }

    /// Whether what was said is about the current words.
    pub fn is_current(&self, said: &ReadBack) -> bool {
        said.saw == self.text.live(self.born)
    }

    /// The state of its read-back.
    pub fn read_back_state(&self) -> ReadBackState {
        match self.read_back().map(|said| &said.verdict) {
            None => ReadBackState::Nothing,
            Some(_) if self.is_changed_since_read_back() => ReadBackState::Changed,
            Some(Verdict::Confirmed) => ReadBackState::Confirmed,
            Some(Verdict::NotOurs) => ReadBackState::NotOurs,
            Some(Verdict::Reservation { .. }) => ReadBackState::Reservation,
        }
    }

    /// Whether two laptops noted different verdicts of the group at once.
    pub fn is_said_twice(&self) -> bool {
        !self.read_back.alternatives().is_empty()
    }

    /// Whether the group still has to be asked about it: it counts, and its current words were not read
    /// back, or nobody knows with what verdict.
    pub fn is_unconfirmed(&self) -> bool {
        let gone = self.is_parked() || matches!(self.outcome(), Outcome::SetAside(_));
        !gone && (self.read_back_state().is_open() || self.is_said_twice())
    }

    /// A verdict of the group on the point as it is now.
    pub fn reading(&self, verdict: Verdict) -> ReadBack {
        ReadBack { verdict, saw: self.text.live(self.born) }
    }

    /// A show of hands on it.
    pub fn hands(&self) -> Option<Hands> {
        *self.hands.get()
    }

    /// The answers on every laptop to the question whether anyone could tell who said it.
    pub(super) fn tellings(&self) -> impl Iterator<Item = Option<Telling>> {
        self.telling.values().copied()
    }

    /// Where it ends.
    pub fn outcome(&self) -> &Outcome {
        self.outcome.get()
    }

    /// Names found in its words that may stay there.
    pub fn waived(&self) -> &[Waiver] {
        self.waived.get()
    }

    /// Whether it counts among its topic's points.
    pub fn status(&self) -> &Status {
        self.status.get()
    }

    /// Whether it waits in the parking lot.
    pub fn is_parked(&self) -> bool {
        matches!(self.status(), Status::Parked { .. })
    }

    /// Whether it is gone: deleted by someone who saw everything in it.
    pub fn is_deleted(&self) -> bool {
        if !self.deleted.changed() {
            return false;
        }
        let seen = self.seen();
        let covers = |deletion: &Deletion| seen.iter().all(|stamp| deletion.saw.contains(stamp));
        self.deleted.values().all(Option::is_some) && self.deleted.values().flatten().any(covers)
    }

    /// Whether it was deleted on one laptop while another changed or restored it: it is kept until
    /// somebody who knows of both decides.
    pub fn is_spared(&self) -> bool {
        self.deleted.values().any(Option::is_some) && !self.is_deleted()
    }

    /// Whether something needs a person to choose: what several laptops set at once, or a
    /// deletion made at the same time as an edit.
    pub fn is_disputed(&self) -> bool {
        self.is_spared() || !self.disputes().is_empty()
    }

    /// The deletion that fits the point as it is now.
    pub fn deletion(&self) -> Deletion {
        Deletion { saw: self.seen() }
    }

    /// Compares the places of two points in one list.
    pub(super) fn cmp_place(&self, other: &Self) -> std::cmp::Ordering {
        self.with_place(|mine| other.with_place(|theirs| mine.cmp(theirs)))
            .then(self.born.writer.cmp(&other.born.writer))
            .then(self.id.cmp(&other.id))
    }

    /// Calls `see` with the place's bytes.
    pub fn with_place<T>(&self, see: impl FnOnce(&[u8]) -> T) -> T {
        match self.order.get() {
            Some(order) => see(order.as_bytes()),
            None => see(&Order::born(self.born, self.nth)),
        }
    }
}
