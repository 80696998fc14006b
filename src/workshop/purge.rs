//! Words that may no longer be kept anywhere.
//!
//! A purge names values of a point by the changes that set them. In the workshop and on every line
//! that has one, a mark replaces the words: a *tombstone*. It keeps its stamp, its
//! moment and what it replaces, so that whatever is counted or ordered stays as it was, and it
//! follows from the line and the purge alone, so that every laptop makes the same one. An older
//! program reads it as a change like any other.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    CapturedPoint, Convergence, Field, Outcome, Pin, Point, PointId, PointKind, Stamp, Status,
    Verdict,
};

/// What replaces purged words.
pub const PURGED: &str = "[purged]";

/// A field of a point that may have somebody's words in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordedField {
    /// The words of the point.
    Text,
    /// Its tags.
    Tags,
    /// Who takes it up, if it is parked.
    Status,
    /// The paragraph as somebody typed it.
    Paragraph,
    /// The words it would have changed, and why.
    Proposal,
    /// The words of a reservation.
    ReadBack,
    /// Why it was set aside.
    Outcome,
    /// Names that may stay, and why.
    Waived,
    /// A kind of the meeting's own.
    Kind,
    /// A word of the meeting's own for how far the group agreed.
    Convergence,
}

impl WordedField {
    /// The kind of words that a field has; `None` for one that cannot have any.
    pub fn of(field: &Field) -> Option<Self> {
        match field {
            Field::Text(_) => Some(Self::Text),
            Field::Tags(_) => Some(Self::Tags),
            Field::Status(_) => Some(Self::Status),
            Field::Paragraph(_) => Some(Self::Paragraph),
            Field::Proposal(_) => Some(Self::Proposal),
            Field::ReadBack(_) => Some(Self::ReadBack),
            Field::Outcome(_) => Some(Self::Outcome),
            Field::Waived(_) => Some(Self::Waived),
            Field::Kind(_) => Some(Self::Kind),
            Field::Convergence(_) => Some(Self::Convergence),
            Field::Topic(_)
            | Field::Group(_)
            | Field::Session(_)
            | Field::Round(_)
            | Field::Parent(_)
            | Field::Order(_)
            | Field::Deleted(_)
            | Field::Hands(_)
            | Field::Telling(_) => None,
        }
    }

    /// What the field is called on a line of a journal.
    fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Tags => "tags",
            Self::Status => "status",
            Self::Paragraph => "paragraph",
            Self::Proposal => "proposal",
            Self::ReadBack => "read_back",
            Self::Outcome => "outcome",
            Self::Waived => "waived",
            Self::Kind => "kind",
            Self::Convergence => "convergence",
        }
    }

    /// Puts the mark there, as [`blank`] does, on a line that may have more than is known here.
    fn blank_on_line(self, value: &mut Value) {
        match self {
            Self::Text => *value = PURGED.into(),
            Self::Tags | Self::Waived => *value = Value::Array(Vec::new()),
            Self::Proposal => *value = Value::Null,
            Self::Paragraph => {
                if let Ok(Pin::Label(_)) = Pin::deserialize(&*value) {
                    *value = Value::Null;
                }
            }
            Self::Kind => {
                if let Ok(PointKind::Other(_)) = PointKind::deserialize(&*value) {
                    *value = PURGED.into();
                }
            }
            Self::Convergence => {
                if let Ok(Convergence::Other(_)) = Convergence::deserialize(&*value) {
                    *value = Value::Null;
                }
            }
            Self::Status => put(value, "/parked/owner", ""),
            Self::ReadBack => put(value, "/verdict/reservation/words", PURGED),
            Self::Outcome => put(value, "/set_aside/words", ""),
        }
    }
}

fn put(value: &mut Value, place: &str, words: &str) {
    if let Some(there) = value.pointer_mut(place) {
        *there = words.into();
    }
}

/// The same value without anybody's words.
fn blank(field: Field) -> Field {
    match field {
        Field::Text(_) => Field::Text(PURGED.into()),
        Field::Tags(_) => Field::Tags(Box::default()),
        Field::Waived(_) => Field::Waived(Box::default()),
        Field::Proposal(_) => Field::Proposal(None),
        Field::Paragraph(Some(Pin::Label(_))) => Field::Paragraph(None),
        Field::Kind(PointKind::Other(_)) => Field::Kind(PointKind::Other(PURGED.into())),
        Field::Convergence(Some(Convergence::Other(_))) => Field::Convergence(None),
        Field::Status(Status::Parked { .. }) => Field::Status(Status::Parked { owner: "".into() }),
        Field::ReadBack(Some(mut said)) => {
            if let Verdict::Reservation { words } = &mut said.verdict {
                *words = PURGED.into();
            }
            Field::ReadBack(Some(said))
        }
        Field::Outcome(Outcome::SetAside(mut aside)) => {
            aside.words = "".into();
            Field::Outcome(Outcome::SetAside(aside))
        }
        field => field,
    }
}

/// Which values of a point may no longer be kept anywhere, by the changes that set them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purge {
    /// Which point.
    pub point: PointId,
    /// Field by field, the changes that set what is purged.
    pub values: BTreeMap<WordedField, Vec<Stamp>>,
}

impl Purge {
    /// How many values it names.
    pub fn count(&self) -> usize {
        self.values.values().map(Vec::len).sum()
    }

    /// How many wordings of the point it names.
    pub fn wordings(&self) -> usize {
        self.values.get(&WordedField::Text).map_or(0, Vec::len)
    }
}

/// Everything that was purged, found by the change that had set it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purges {
    named: HashMap<Stamp, Vec<(PointId, WordedField)>>,
}

impl Purges {
    /// Whether nothing was purged.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// How many values were purged.
    pub fn len(&self) -> usize {
        self.named.values().map(Vec::len).sum()
    }

    /// Adds one; returns whether it names anything new.
    pub fn add(&mut self, purge: &Purge) -> bool {
        let mut news = false;
        for (what, stamps) in &purge.values {
            for stamp in stamps {
                news |= self.add_value(*stamp, purge.point, *what);
            }
        }
        news
    }

    fn add_value(&mut self, stamp: Stamp, point: PointId, what: WordedField) -> bool {
        let named = self.named.entry(stamp).or_default();
        let news = !named.contains(&(point, what));
        if news {
            named.push((point, what));
        }
        news
    }

    /// Adds all of another's; returns whether any was new.
    pub fn extend(&mut self, other: &Self) -> bool {
        let mut news = false;
        for (stamp, named) in &other.named {
            for (point, what) in named {
                news |= self.add_value(*stamp, *point, *what);
            }
        }
        news
    }

    /// Whether this value of a point was purged.
    pub fn names(&self, stamp: Stamp, point: PointId, what: WordedField) -> bool {
        self.named.get(&stamp).is_some_and(|named| named.contains(&(point, what)))
    }

    /// Whether any value that this change set was purged.
    pub fn touches(&self, stamp: Stamp) -> bool {
        self.named.contains_key(&stamp)
    }

    /// The points of which something was purged, some of them several times.
    pub fn points(&self) -> impl Iterator<Item = PointId> {
        self.named.values().flatten().map(|(point, _)| *point)
    }

    /// Those for which `holds` is true.
    #[must_use]
    pub fn only(&self, holds: impl Fn(Stamp, PointId, WordedField) -> bool) -> Self {
        let mut only = Self::default();
        for (stamp, named) in &self.named {
            for (point, what) in named.iter().filter(|(point, what)| holds(*stamp, *point, *what)) {
                only.add_value(*stamp, *point, *what);
            }
        }
        only
    }

    /// A value as it is kept: without its words if it was purged.
    pub(super) fn field(&self, stamp: Stamp, point: PointId, field: Field) -> Field {
        match WordedField::of(&field) {
            Some(what) if self.names(stamp, point, what) => blank(field),
            _ => field,
        }
    }

    /// A point's capture as it is kept.
    pub(super) fn captured(&self, stamp: Stamp, mut captured: CapturedPoint) -> CapturedPoint {
        let Some(named) = self.named.get(&stamp) else { return captured };
        for (_, what) in named.iter().filter(|(point, _)| *point == captured.point) {
            match what {
                WordedField::Text => captured.text = PURGED.into(),
                WordedField::Tags => captured.tags = Box::default(),
                WordedField::Proposal => captured.proposal = None,
                WordedField::Paragraph if matches!(captured.paragraph, Some(Pin::Label(_))) => {
                    captured.paragraph = None;
                }
                WordedField::Kind if matches!(captured.kind, PointKind::Other(_)) => {
                    captured.kind = PointKind::Other(PURGED.into());
                }
                WordedField::Convergence
                    if matches!(captured.convergence, Some(Convergence::Other(_))) =>
                {
                    captured.convergence = None;
                }
                WordedField::Status => {
                    if let Status::Parked { owner } = &mut captured.status {
                        *owner = "".into();
                    }
                }
                WordedField::Paragraph
                | WordedField::Kind
                | WordedField::Convergence
                | WordedField::ReadBack
                | WordedField::Outcome
                | WordedField::Waived => {}
            }
        }
        captured
    }

    /// A line of a journal as it is kept and passed on: unchanged, or its tombstone.
    pub fn line<'j>(&self, stamp: Stamp, json: &'j [u8]) -> Cow<'j, [u8]> {
        let Some(named) = self.named.get(&stamp) else { return Cow::Borrowed(json) };
        let Ok(mut record) = serde_json::from_slice::<Value>(json) else {
            return Cow::Borrowed(json);
        };
        let before = record.clone();
        for change in record.get_mut("changes").and_then(Value::as_array_mut).into_iter().flatten()
        {
            for (point, what) in named {
                entomb(change, *point, *what);
            }
        }
        if record == before {
            return Cow::Borrowed(json);
        }
        serde_json::to_vec(&record).map_or(Cow::Borrowed(json), Cow::Owned)
    }
}

/// Puts the mark into a change on a line, if it is about this field of this point.
fn entomb(change: &mut Value, point: PointId, what: WordedField) {
    let Some(change) = change.as_object_mut() else { return };
    let Some((sort, about)) = change.iter_mut().next() else { return };
    let is_of = about.get("point").and_then(Value::as_str) == Some(&point.to_string());
    let holder = match sort.as_str() {
        "point_captured" if is_of => Some(about),
        "point_changed" if is_of => about.get_mut("to"),
        _ => None,
    };
    if let Some(value) = holder.and_then(|holder| holder.get_mut(what.key())) {
        what.blank_on_line(value);
    }
}

impl super::Workshop {
    /// The change that purges a point's earlier words, or all of them if it is deleted. The
    /// alternatives, and what another laptop makes of the words meanwhile, stay.
    pub fn purge(&self, point: PointId) -> Result<super::Change, super::Refusal> {
        let found = self.point(point).ok_or(super::Refusal::NoPoint(point))?;
        let mut values = found.worded(found.is_deleted());
        for (what, stamps) in &mut values {
            stamps.retain(|stamp| !self.purges().names(*stamp, point, *what));
        }
        values.retain(|_, stamps| !stamps.is_empty());
        if values.is_empty() {
            return Err(super::Refusal::NothingEarlier(point));
        }
        Ok(super::Change::PointPurged(Box::new(Purge { point, values })))
    }

    /// Whether everything that a purge names may go: nothing that is current in a point that is not deleted.
    pub(super) fn check_purge(&self, purge: &Purge) -> Result<(), super::Refusal> {
        let found = self.point(purge.point).ok_or(super::Refusal::NoPoint(purge.point))?;
        let stands = |(what, stamps): (&WordedField, &Vec<Stamp>)| {
            stamps.iter().any(|stamp| found.is_kept(*stamp, *what))
        };
        if !found.is_deleted() && purge.values.iter().any(stands) {
            return Err(super::Refusal::NothingEarlier(purge.point));
        }
        Ok(())
    }

    /// What was purged and is not current here: what is removed from the disk. Words that are current, because
    /// the change that replaced them has not arrived or somebody brought the point back, stay there
    /// even if a purge names them.
    pub fn settled_purges(&self) -> Purges {
        self.purges().only(|stamp, point, what| {
            self.point(point).is_some_and(|found| found.is_deleted() || !found.is_kept(stamp, what))
        })
    }
}

impl Point {
    /// Whether what a change set in a field is there now.
    pub fn is_kept(&self, stamp: Stamp, what: WordedField) -> bool {
        self.standing(what).contains(&stamp)
    }
}
