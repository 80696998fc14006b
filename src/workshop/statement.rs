//! A statement: what drafters get, with the points it comes from.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::order::Order;
use super::{
    Convergence, Dispute, Pin, PointKind, Register, Stamp, StatementId, TopicId, Waiver, WriterId,
    clean,
};

/// A field of a statement with a value for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementField {
    /// The wording; empty for that of its first source.
    Text(Box<str>),
    /// What sort of thing it is.
    Kind(PointKind),
    /// What it is about.
    Topic(TopicId),
    /// The paragraph of the draft text it is about.
    Paragraph(Option<Pin>),
    /// Its place among the topic's statements.
    Order(Option<Order>),
    /// Wishes that conflict with the wording and stand beside it.
    Alternatives(Box<[Box<str>]>),
    /// How far the groups agreed.
    Convergence(Option<Convergence>),
    /// Who is to do it, by role: for an early action.
    Owner(CompactString),
    /// By when it is to be done, in the groups' words.
    ByWhen(CompactString),
    /// That it was given up. One that still has sources stands all the same.
    Deleted(bool),
    /// Names found in its wording that may stay there.
    Waived(Box<[Waiver]>),
}

impl StatementField {
    /// The field's name, in words.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "wording",
            Self::Kind(_) => "kind",
            Self::Topic(_) => "topic",
            Self::Paragraph(_) => "paragraph",
            Self::Order(_) => "place in the list",
            Self::Alternatives(_) => "alternatives",
            Self::Convergence(_) => "convergence",
            Self::Owner(_) => "owner",
            Self::ByWhen(_) => "by when",
            Self::Deleted(_) => "giving up",
            Self::Waived(_) => "waived names",
        }
    }

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

/// A statement as it stands. Its sources are the points whose outcome it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    id: StatementId,
    /// The first change that named it.
    born: Stamp,
    text: Register<Box<str>>,
    kind: Register<PointKind>,
    topic: Register<TopicId>,
    paragraph: Register<Option<Pin>>,
    order: Register<Option<Order>>,
    alternatives: Register<Box<[Box<str>]>>,
    convergence: Register<Option<Convergence>>,
    owner: Register<CompactString>,
    by_when: Register<CompactString>,
    deleted: Register<bool>,
    waived: Register<Box<[Waiver]>>,
}

macro_rules! fields {
    ($($field:ident => $variant:ident),*) => {
        /// Takes in a change of one field.
        pub(super) fn set(&mut self, stamp: Stamp, to: StatementField, over: &[Stamp]) {
            self.born = self.born.min(stamp);
            match to {
                $(StatementField::$variant(value) => {
                    self.$field.set(Stamp::ORIGIN, stamp, value, over);
                })*
            }
        }

        /// The present value of the field that `like` is about, and which changes set it.
        pub fn field(&self, like: &StatementField) -> (StatementField, Vec<Stamp>) {
            match like {
                $(StatementField::$variant(_) => (
                    StatementField::$variant(self.$field.get().clone()),
                    self.$field.live(Stamp::ORIGIN),
                ),)*
            }
        }

        /// The values that stand in the field that `like` is about, each once, the one shown last.
        pub fn values(&self, like: &StatementField) -> Vec<StatementField> {
            match like {
                $(StatementField::$variant(_) => {
                    self.$field.each().cloned().map(StatementField::$variant).collect()
                })*
            }
        }

        /// What several laptops set at once and nobody has chosen between yet. Its place in the
        /// list, and that it was given up, are nobody's to choose.
        pub fn disputes(&self) -> Vec<Dispute<StatementField>> {
            let mut disputes = Vec::new();
            $({
                let others = self.$field.alternatives();
                if !others.is_empty() {
                    let shown = StatementField::$variant(self.$field.get().clone());
                    let others = others.into_iter().cloned().map(StatementField::$variant);
                    disputes.push(Dispute { shown, others: others.collect() });
                }
            })*
            disputes.retain(|dispute| {
                !matches!(dispute.shown, StatementField::Order(_) | StatementField::Deleted(_))
            });
            disputes
        }

        /// What was set on several laptops at once, in words.
        pub fn what_is_disputed(&self) -> Vec<&'static str> {
            self.disputes().iter().map(|dispute| dispute.shown.name()).collect()
        }
    };
}

impl Statement {
    /// One that nobody has said anything of yet: it stands behind all others.
    pub(super) fn new(id: StatementId) -> Self {
        Self {
            id,
            born: Stamp { time: u64::MAX, writer: WriterId::new(u64::MAX) },
            text: Register::new(Box::default()),
            kind: Register::new(PointKind::Recommendation),
            topic: Register::new(TopicId::general()),
            paragraph: Register::new(None),
            order: Register::new(None),
            alternatives: Register::new(Box::default()),
            convergence: Register::new(None),
            owner: Register::new(CompactString::default()),
            by_when: Register::new(CompactString::default()),
            deleted: Register::new(false),
            waived: Register::new(Box::default()),
        }
    }

    fields! {
        text => Text, kind => Kind, topic => Topic, paragraph => Paragraph, order => Order,
        alternatives => Alternatives, convergence => Convergence, owner => Owner,
        by_when => ByWhen, deleted => Deleted, waived => Waived
    }

    /// Its name for ever.
    pub fn id(&self) -> StatementId {
        self.id
    }

    /// The wording somebody gave it; empty where it has that of its first source.
    pub fn own_text(&self) -> &str {
        self.text.get()
    }

    /// Wordings made on several laptops at once, that wait for a person to choose.
    pub fn wordings(&self) -> Vec<&str> {
        self.text.alternatives().into_iter().map(AsRef::as_ref).collect()
    }

    /// What sort of thing it is.
    pub fn kind(&self) -> &PointKind {
        self.kind.get()
    }

    /// What it is about.
    pub fn topic(&self) -> &TopicId {
        self.topic.get()
    }

    /// The paragraph of the draft text it is about.
    pub fn paragraph(&self) -> Option<&Pin> {
        self.paragraph.get().as_ref()
    }

    /// Wishes that conflict with the wording and stand beside it.
    pub fn alternatives(&self) -> &[Box<str>] {
        self.alternatives.get()
    }

    /// How far the groups agreed.
    pub fn convergence(&self) -> Option<&Convergence> {
        self.convergence.get().as_ref()
    }

    /// Who is to do it, by role.
    pub fn owner(&self) -> &str {
        self.owner.get()
    }

    /// By when it is to be done.
    pub fn by_when(&self) -> &str {
        self.by_when.get()
    }

    /// Whether it was given up.
    pub fn is_deleted(&self) -> bool {
        *self.deleted.get()
    }

    /// Names found in its wording that may stay there.
    pub fn waived(&self) -> &[Waiver] {
        self.waived.get()
    }

    /// Compares the places of two statements of one topic.
    pub(super) fn cmp_place(&self, other: &Self) -> std::cmp::Ordering {
        self.with_place(|mine| other.with_place(|theirs| mine.cmp(theirs)))
            .then(self.born.writer.cmp(&other.born.writer))
            .then(self.id.cmp(&other.id))
    }

    /// Hands over the place's bytes.
    pub fn with_place<T>(&self, see: impl FnOnce(&[u8]) -> T) -> T {
        match self.order.get() {
            Some(order) => see(order.as_bytes()),
            None => see(&Order::born(self.born, 0)),
        }
    }
}
