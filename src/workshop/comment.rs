//! A comment: what drafters get, with the points it comes from.

use compact_str::CompactString;

use super::field::{CommentField, by_field};
use super::order::Order;
use super::{
    CommentId, Convergence, Dispute, Pin, PointKind, Register, Stamp, TopicId, Waiver, WriterId,
};

/// A comment as it is now. Its sources are the points that have it as their outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    id: CommentId,
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

impl Comment {
    /// A comment that no change has named yet: it comes after all others.
    pub(super) fn new(id: CommentId) -> Self {
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

    by_field! {
        CommentField with disputes, of _all Stamp::ORIGIN;
        text => Text, kind => Kind, topic => Topic, paragraph => Paragraph, order => Order,
        alternatives => Alternatives, convergence => Convergence, owner => Owner,
        by_when => ByWhen, deleted => Deleted, waived => Waived
    }

    /// What was set on several laptops at once, in words.
    pub fn what_is_disputed(&self) -> Vec<&'static str> {
        self.disputes().iter().map(|dispute| dispute.shown.name()).collect()
    }

    /// Remembers the first change that named it.
    pub(super) fn named_by(&mut self, stamp: Stamp) {
        self.born = self.born.min(stamp);
    }

    /// Its permanent id.
    pub fn id(&self) -> CommentId {
        self.id
    }

    /// The wording somebody gave it; empty if it has that of its first source.
    pub fn own_text(&self) -> &str {
        self.text.get()
    }

    /// Wordings made on several laptops at once, from which a person must choose.
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

    /// Wishes that conflict with the wording and are shown beside it.
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

    /// Compares the places of two comments of one topic.
    pub(super) fn cmp_place(&self, other: &Self) -> std::cmp::Ordering {
        self.with_place(|mine| other.with_place(|theirs| mine.cmp(theirs)))
            .then(self.born.writer.cmp(&other.born.writer))
            .then(self.id.cmp(&other.id))
    }

    /// Calls `see` with the place's bytes.
    pub fn with_place<T>(&self, see: impl FnOnce(&[u8]) -> T) -> T {
        match self.order.get() {
            Some(order) => see(order.as_bytes()),
            None => see(&Order::born(self.born, 0)),
        }
    }
}
