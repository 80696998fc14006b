//! Where every point ends, and the account of it all.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Comment, CommentId, Outcome, Point, PointId, SetAside, Workshop};

/// Where a point ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate<'w> {
    /// It is the first source of this comment, whose words it provides.
    Carried(CommentId),
    /// It was merged into this comment, as a further source.
    Merged(CommentId),
    /// It goes no further, for this reason.
    SetAside(&'w SetAside),
    /// It waits in the parking lot, for the person with this role.
    Parked(&'w str),
    /// The group deleted it.
    Deleted,
    /// Nobody has decided yet.
    Open,
}

/// How many points end where. `captured` is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Account {
    /// Ever captured.
    pub captured: usize,
    /// Carried into the result as the first source of a comment.
    pub carried: usize,
    /// Merged into a comment as a further source.
    pub merged: usize,
    /// Set aside with a reason, including parked and deleted ones.
    pub set_aside: usize,
    /// Not decided yet.
    pub open: usize,
}

impl Account {
    /// Whether every point has ended somewhere.
    pub fn is_closed(&self) -> bool {
        self.open == 0
    }

    fn count(&mut self, fate: &Fate<'_>) {
        self.captured += 1;
        *match fate {
            Fate::Carried(_) => &mut self.carried,
            Fate::Merged(_) => &mut self.merged,
            Fate::SetAside(_) | Fate::Parked(_) | Fate::Deleted => &mut self.set_aside,
            Fate::Open => &mut self.open,
        } += 1;
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { captured, carried, merged, set_aside, open } = self;
        write!(
            f,
            "{captured} captured = {carried} kept + {merged} merged + {set_aside} set aside; \
             {open} open"
        )
    }
}

impl Workshop {
    /// Where a point ends. A point is in at most one comment, parked, or deleted: what several
    /// laptops decided at once waits as a dispute, and the value shown counts until then.
    pub fn fate<'w>(&'w self, point: &'w Point) -> Fate<'w> {
        if point.is_deleted() {
            return Fate::Deleted;
        }
        match (point.outcome(), point.status()) {
            (Outcome::In(comment), _) => match self.sources(*comment).first() {
                Some(first) if self.point_at(*first).id() == point.id() => Fate::Carried(*comment),
                _ => Fate::Merged(*comment),
            },
            (Outcome::SetAside(aside), _) => Fate::SetAside(aside),
            (Outcome::Open, super::Status::Parked { owner }) => Fate::Parked(owner),
            (Outcome::Open, super::Status::Standing) => Fate::Open,
        }
    }

    /// The account over all points ever captured here.
    pub fn account(&self) -> Account {
        let mut account = Account::default();
        for index in 0..self.captured() as u32 {
            account.count(&self.fate(self.point_at(index)));
        }
        account
    }

    /// Every point with where it ends, in no particular order: the lineage from the points' side.
    pub fn fates(&self) -> impl Iterator<Item = (PointId, Fate<'_>)> {
        (0..self.captured() as u32).map(|index| {
            let point = self.point_at(index);
            (point.id(), self.fate(point))
        })
    }

    /// The wording of a comment: its own, or that of its first source.
    pub fn wording<'w>(&'w self, comment: &'w Comment) -> &'w str {
        match (comment.own_text(), self.sources(comment.id()).first()) {
            ("", Some(first)) => self.point_at(*first).text(),
            (own, _) => own,
        }
    }
}
