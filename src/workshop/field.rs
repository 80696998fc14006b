//! What can change in a point, a comment, a group and the course of a session: one row per field, with
//! everything that screens and messages call it.

mod value;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{
    Convergence, Deletion, GroupId, Hands, Moment, Outcome, Pin, PointId, PointKind, Proposal,
    ReadBack, SessionId, Status, Telling, TopicId, Waiver, order::Order, point::clean_in_place,
    text::clean,
};

/// The table of a record: each field's value, its name, the heading of its column in exported tables, and
/// what to ask if two laptops set it at once. In journals a field has the name of its variant, in lower
/// case with `_`.
macro_rules! table {
    ($(#[$about:meta])* $table:ident, $(#[$about_title:meta])* $title:ident {
        $(
            $(#[$doc:meta])*
            $field:ident($value:ty) = $name:literal, $heading:literal, $question:literal;
        )*
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $table {
            $($(#[$doc])* $field($value),)*
        }

        $(#[$about_title])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $title {
            $($(#[$doc])* $field,)*
        }

        impl $table {
            /// The field without its value.
            pub fn title(&self) -> $title {
                match self {
                    $(Self::$field(_) => $title::$field,)*
                }
            }

            /// What the field is called on screens.
            pub fn name(&self) -> &'static str {
                match self.title() {
                    $($title::$field => $name,)*
                }
            }

            /// What to ask if several laptops set it at once.
            pub fn question(&self) -> &'static str {
                match self.title() {
                    $($title::$field => $question,)*
                }
            }
        }

        impl $title {
            /// The heading of its column in exported tables.
            pub const fn heading(self) -> &'static str {
                match self {
                    $(Self::$field => $heading,)*
                }
            }
        }
    };
}

table! {
    /// A field of a point with a value for it.
    Field,
    /// A field of a point without a value.
    FieldTitle {
        /// The words.
        Text(Box<str>) = "wording", "Point", "Which wording do you choose?";
        /// What it is about.
        Topic(TopicId) = "topic", "Topic", "Which topic?";
        /// The group that said it.
        Group(GroupId) = "group", "Group", "Which group?";
        /// The session it was said in.
        Session(Option<SessionId>) = "session", "Session", "Which session?";
        /// The round of group discussions.
        Round(Option<u8>) = "round", "Round", "Which round?";
        /// What sort of thing it is.
        Kind(PointKind) = "kind", "Kind", "Which kind?";
        /// The paragraph of the draft text it is about.
        Paragraph(Option<Pin>) = "paragraph", "Paragraph", "Which paragraph?";
        /// What it would have changed there.
        Proposal(Option<Box<Proposal>>) = "proposal", "Proposed change", "Which proposal?";
        /// The point it is under.
        Parent(Option<PointId>) = "place", "Under", "Under which point?";
        /// Its place in the list.
        Order(Option<Order>) = "place in the list", "Place", "Which one do you choose?";
        /// Whether it counts or is parked.
        Status(Status) = "parking", "Status", "Parked or not?";
        /// That it was deleted, or restored.
        Deleted(Option<Deletion>) = "deletion", "Deleted", "Which one do you choose?";
        /// Free words to find it by.
        Tags(Box<[CompactString]>) = "tags", "Tags", "Which tags?";
        /// How far the group agreed.
        Convergence(Option<Convergence>) = "convergence", "Convergence", "How far did the group agree?";
        /// What the group said when it was read back.
        ReadBack(Option<Box<ReadBack>>) = "read-back", "Read-back", "What did the group say?";
        /// A show of hands.
        Hands(Option<Hands>) = "show of hands", "Hands", "Which show of hands?";
        /// Whether anyone could tell who said it.
        Telling(Option<Telling>) = "flag", "Flag", "Which one do you choose?";
        /// Where it ends.
        Outcome(Outcome) = "comment", "Outcome", "Where does it end?";
        /// Names found in its words that may stay there.
        Waived(Box<[Waiver]>) = "waived names", "Waived names", "Which one do you choose?";
    }
}

table! {
    /// A field of a comment with a value for it.
    CommentField,
    /// A field of a comment without a value.
    CommentFieldTitle {
        /// The wording; empty for that of its first source.
        Text(Box<str>) = "wording", "Comment", "Worded on two laptops at once: which wording do you choose?";
        /// What sort of thing it is.
        Kind(PointKind) = "kind", "Kind", "Which kind?";
        /// What it is about.
        Topic(TopicId) = "topic", "Topic", "Which topic?";
        /// The paragraph of the draft text it is about.
        Paragraph(Option<Pin>) = "paragraph", "Paragraph", "Which paragraph?";
        /// Its place among the topic's comments.
        Order(Option<Order>) = "place in the list", "Place", "Which one do you choose?";
        /// Wishes that conflict with the wording and are shown beside it.
        Alternatives(Box<[Box<str>]>) = "alternatives", "Alternatives", "Which alternatives?";
        /// How far the groups agreed.
        Convergence(Option<Convergence>) = "convergence", "Convergence", "How far do the groups agree?";
        /// Who is to do it, by role: for an early action.
        Owner(CompactString) = "owner", "Owner", "Who will do it?";
        /// By when it is to be done, in the groups' words.
        ByWhen(CompactString) = "by when", "By when", "By when?";
        /// Whether it was given up. One that still has sources is kept all the same.
        Deleted(bool) = "giving up", "Deleted", "Which one do you choose?";
        /// Names found in its wording that may stay there.
        Waived(Box<[Waiver]>) = "waived names", "Waived names", "Which one do you choose?";
    }
}

/// A field of a group with a value for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupField {
    /// Its label.
    Title(String),
    /// Whether it is still at work; exports are drafts while one is.
    Open(bool),
    /// Whether it was made by mistake and is no longer shown while it has no points.
    Removed(bool),
}

/// A field of a session's course with a value for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourseField {
    /// When it really started.
    Started(Option<Moment>),
    /// When it really ended.
    Ended(Option<Moment>),
    /// Minutes added to (or taken from) its planned length.
    Extra(i32),
    /// Consent of those who spoke in it to be named, in the words in which it was recorded.
    Consent(Option<Box<str>>),
}

/// The functions of a record that do the same with each of its registers. `of` is the change that set
/// the initial values.
macro_rules! by_field {
    ($table:ident, of $this:ident $born:expr; $($field:ident => $variant:ident),*) => {
        /// Takes in a change of one field.
        pub(super) fn set(&mut self, stamp: Stamp, to: $table, over: &[Stamp]) {
            let $this = &*self;
            let born = $born;
            match to {
                $($table::$variant(value) => self.$field.set(born, stamp, value, over),)*
            }
        }

        /// The present value of the field that `like` is about, and which changes set it.
        pub fn field(&self, like: &$table) -> ($table, Vec<Stamp>) {
            let $this = self;
            match like {
                $($table::$variant(_) => {
                    ($table::$variant(self.$field.get().clone()), self.$field.live($born))
                })*
            }
        }
    };
    ($table:ident with values, of $this:ident $born:expr; $($field:ident => $variant:ident),*) => {
        by_field! { $table, of $this $born; $($field => $variant),* }

        /// All values in the field that `like` is about, each once, the one shown last.
        pub fn values(&self, like: &$table) -> Vec<$table> {
            match like {
                $($table::$variant(_) => {
                    self.$field.each().cloned().map($table::$variant).collect()
                })*
            }
        }
    };
    ($table:ident with disputes, of $this:ident $born:expr; $($field:ident => $variant:ident),*) => {
        by_field! { $table with values, of $this $born; $($field => $variant),* }

        /// What several laptops set at once and nobody has chosen between yet, if it is
        /// for a person to choose.
        pub fn disputes(&self) -> Vec<Dispute<$table>> {
            let mut disputes = Vec::new();
            $({
                let others = self.$field.alternatives();
                if !others.is_empty() {
                    let shown = $table::$variant(self.$field.get().clone());
                    let others = others.into_iter().cloned().map($table::$variant).collect();
                    disputes.push(Dispute { shown, others });
                }
            })*
            disputes.retain(|dispute| dispute.shown.is_chosen());
            disputes
        }
    };
}

pub(super) use by_field;

impl Field {
    /// Whether a person chooses if it was set twice: not for its place, a deletion or a flag.
    pub(super) fn is_chosen(&self) -> bool {
        !matches!(self, Self::Order(_) | Self::Deleted(_) | Self::Telling(_))
    }

    /// The same with only the characters that a document may have.
    pub(super) fn cleaned(self) -> Self {
        match self {
            Self::Text(mut text) => {
                clean_in_place(&mut text);
                Self::Text(text)
            }
            Self::Tags(tags) => Self::Tags(tags.iter().map(|tag| clean(tag).into()).collect()),
            Self::Paragraph(Some(pin)) => Self::Paragraph(Some(pin.cleaned())),
            Self::Proposal(Some(proposal)) => Self::Proposal(Some(Box::new(proposal.cleaned()))),
            Self::Status(status) => Self::Status(status.cleaned()),
            Self::ReadBack(Some(said)) => Self::ReadBack(Some(Box::new(said.cleaned()))),
            Self::Outcome(outcome) => Self::Outcome(outcome.cleaned()),
            Self::Waived(waivers) => {
                Self::Waived(waivers.into_iter().map(Waiver::cleaned).collect())
            }
            field => field,
        }
    }
}

impl CommentField {
    /// Whether a person chooses if it was set twice: not for its place, nor for being given up.
    pub(super) fn is_chosen(&self) -> bool {
        !matches!(self, Self::Order(_) | Self::Deleted(_))
    }

    /// The same with only the characters that a document may have.
    pub(super) fn cleaned(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(clean(&text).into()),
            Self::Paragraph(Some(pin)) => Self::Paragraph(Some(pin.cleaned())),
            Self::Alternatives(texts) => {
                Self::Alternatives(texts.iter().map(|text| clean(text).into()).collect())
            }
            Self::Owner(owner) => Self::Owner(clean(&owner).into()),
            Self::ByWhen(when) => Self::ByWhen(clean(&when).into()),
            Self::Waived(waivers) => {
                Self::Waived(waivers.into_iter().map(Waiver::cleaned).collect())
            }
            field => field,
        }
    }
}

impl CourseField {
    /// The same with only the characters that a document may have.
    pub(super) fn cleaned(self) -> Self {
        match self {
            Self::Consent(Some(mut words)) => {
                clean_in_place(&mut words);
                Self::Consent(Some(words))
            }
            field => field,
        }
    }
}
