//! Whether anyone could tell who said a point, as its group answers at the read-back.
//!
//! No list knows that only one delegation has a ferry at night. So the group is asked, and a point
//! that it flags is held in the same way as a name: its whole wording is a mention, whatever is found in it.

use serde::{Deserialize, Serialize};

use super::mention::{Holder, MentionKey, Part, PrintedText, TextDigest};
use super::{
    Change, Field, Grade, GroupId, Hit, Outcome, Point, PointId, Refusal, Role, TopicId, What,
    Workshop,
};

/// What a flagged wording may name.
pub(super) const FLAGGED: &str = "flagged at read-back";

/// Who could tell who said a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Telling {
    /// The group was asked, and said that nobody could.
    Nobody,
    /// Somebody could: the point is flagged.
    Somebody,
}

impl Point {
    /// Whether it is flagged. If two laptops answered at once, the stricter answer holds.
    pub fn is_flagged(&self) -> bool {
        self.tellings().any(|answer| answer == Some(Telling::Somebody))
    }

    /// Whether nobody has answered yet whether anyone could tell who said it.
    pub fn is_unasked(&self) -> bool {
        self.tellings().all(|answer| answer.is_none())
    }
}

impl Workshop {
    /// The points of a group on a topic that are read back, where nobody has answered yet whether
    /// anyone could tell who said them.
    pub fn unasked(&self, group: &GroupId, topic: &TopicId) -> Vec<PointId> {
        let points = self.cell(group, topic).map_or(&[][..], |cell| &cell.points);
        let points = points.iter().map(|index| self.point_at(*index));
        points.filter(|it| !it.is_parked() && it.is_unasked()).map(Point::id).collect()
    }

    /// The changes that note, for these points, that nobody could tell who said them.
    pub fn nobody_could_tell(&self, points: &[PointId]) -> Result<Vec<Change>, Refusal> {
        let nobody = |point: &PointId| self.set(*point, Field::Telling(Some(Telling::Nobody)));
        points.iter().map(nobody).collect()
    }

    /// The changes that flag a point, or remove the flag. A new flag takes back earlier decisions on
    /// the same words: they were made without knowing of it.
    pub fn flag(&self, point: PointId, on: bool) -> Result<Vec<Change>, Refusal> {
        let answer = if on { Telling::Somebody } else { Telling::Nobody };
        let mut changes = vec![self.set(point, Field::Telling(Some(answer)))?];
        if let Some(found) = self.point(point).filter(|_| on) {
            let mut see = |printed: PrintedText<'_>| {
                let key = whole(&printed);
                let decided = self.clearances(&key).into_iter().any(|made| made.is_some());
                if printed.part == Part::Wording && decided {
                    changes.push(self.decide(key, None));
                }
            };
            self.point_texts(found, &mut see);
            let comment = match found.outcome() {
                Outcome::In(id) => self.comment(*id),
                _ => None,
            };
            if let Some(comment) = comment {
                self.comment_texts(comment, &mut see);
            }
        }
        Ok(changes)
    }

    /// Adds the mention that a flag makes of a whole wording: of the point's own, and of those of the
    /// comment that is made from it.
    pub(super) fn add_flag(&self, printed: &PrintedText<'_>, hits: &mut Vec<Hit>) {
        let flagged = printed.part == Part::Wording
            && match printed.of {
                // What replaces words that stay in the room is not one of them.
                Holder::Point(id) => self.point(*id).is_some_and(|point| {
                    point.is_flagged()
                        && (point.text() == printed.text
                            || point.alternatives().contains(&printed.text))
                }),
                Holder::Comment(id) => {
                    self.sources(*id).iter().any(|index| self.point_at(*index).is_flagged())
                }
                _ => false,
            };
        if !flagged {
            return;
        }
        let range = 0..printed.text.len();
        match hits.iter_mut().find(|hit| hit.range == range) {
            // If a name is the whole text, the two are one mention.
            Some(hit) => hit.grade = hit.grade.max(Grade::Possible),
            None => hits.insert(
                0,
                Hit {
                    range,
                    what: What::Flagged,
                    which: FLAGGED.into(),
                    role: Role::Unclear,
                    grade: Grade::Possible,
                    present: true,
                },
            ),
        }
    }
}

/// The mention that covers a whole text.
fn whole(printed: &PrintedText<'_>) -> MentionKey {
    MentionKey {
        of: printed.of.clone(),
        part: printed.part,
        digest: TextDigest::of(printed.text),
        from: 0,
        to: printed.text.len() as u32,
    }
}
