//! Changing points and comments: every action is one record that can be undone.

use super::super::{
    Consolidate, FileUnder, filing::offer_sessions, history::Changes, points::with_those_under,
    say, settle::choose_between,
};
use super::step::{
    ask_legend, ask_who, ask_wish, choose_agreed, choose_comment, choose_comment_kind,
    choose_merge, choose_reason, choose_source, choose_where, choose_where_to, choose_wish,
    choose_wording, pin_comment,
};
use super::{Action, Core, Screen, Side, TwoSided, is_open, settle::choose_of_comment};
use std::collections::HashSet;

use crate::workshop::{
    Change, CommentField, CommentId, Field, ListLine, Order, Outcome, Point, PointId, Reason,
    Refusal, SetAside, Status, TopicId,
};

impl Consolidate {
    /// Offers the sessions for the points that an action on the consolidate screen is about.
    pub(super) fn choose_session_of(&mut self, core: &mut Core, points: &[PointId]) {
        let title = match points {
            [] if self.side == Side::Points => return core.say("There is no point here."),
            [] => return core.say("Choose a point first: Tab goes to the points."),
            [point] => return core.choose_session(Some(*point)),
            points => format!("File {} points under which session?", points.len()),
        };
        let now = points.first().and_then(|point| core.workshop.point(*point)?.session().cloned());
        offer_sessions(core, title, None, now.as_ref(), |session| {
            FileUnder::Points(points.to_vec(), session)
        });
    }

    /// Applies an action to points and comments.
    pub(super) fn change_comments(&mut self, core: &mut Core, action: Action) {
        let points = self.meant_points();
        let side = self.side;
        match action {
            Action::NewComment if points.is_empty() && side == Side::Comments => {
                self.change_chosen(core, Action::RewordComment);
            }
            Action::NewComment => self.make_comment(core, &points),
            Action::PutInto => match self.comment.id().copied() {
                Some(comment) => self.put(core, &points, comment),
                None => core.say("There is no comment here yet; n makes one of the point."),
            },
            Action::PutIntoNumber => self.put_into_number(core, &points),
            Action::PutIntoWhich | Action::SetAside if points.is_empty() => choose_first(core),
            Action::PutIntoWhich if self.comments.is_empty() => {
                core.say("There is no comment here yet; n makes one of the point.");
            }
            Action::PutIntoWhich => choose_comment(self, core, &points),
            Action::SetAside => choose_reason(core, &points),
            Action::FileUnder => self.choose_session_of(core, &points),
            Action::BackToOpen if side == Side::Points => self.open_again(core, &points),
            Action::ToTopic if side == Side::Points && points.is_empty() => choose_first(core),
            Action::ToTopic if side == Side::Points => choose_where(core, &points),
            Action::Settle => match self.chosen.id().filter(|_| side == Side::Points) {
                Some(point) => choose_between(core, *point),
                None => self.change_chosen(core, action),
            },
            Action::Alternative if !points.is_empty() => {
                let Some(comment) = self.comment.id().copied() else {
                    return core.say("There is no comment here yet; n makes one of the point.");
                };
                let found = points.iter().filter_map(|point| core.workshop.point(*point));
                let wishes: Vec<Box<str>> = found.map(|point| point.text().into()).collect();
                self.add_wishes(core, comment, &wishes, &points);
            }
            Action::EditLegend => ask_legend(core, None),
            action => self.change_chosen(core, action),
        }
    }

    /// Applies an action to the chosen comment.
    fn change_chosen(&mut self, core: &mut Core, action: Action) {
        let Some(comment) = self.comment.id().copied() else {
            return core.say("There is no comment here yet; n makes one of a point.");
        };
        match action {
            Action::Settle => choose_of_comment(core, comment),
            Action::RewordComment => choose_wording(self, core, comment),
            Action::CommentKind => choose_comment_kind(self, core, comment),
            Action::CommentParagraph => pin_comment(self, core, comment),
            Action::Agreed => choose_agreed(self, core, comment),
            Action::Who => ask_who(self, core, comment),
            Action::Alternative => ask_wish(self, core, comment),
            Action::DropAlternative => choose_wish(self, core, comment),
            Action::Merge if self.comments.len() < 2 => {
                core.say("There is no other comment on this topic to merge it into.");
            }
            Action::Merge => choose_merge(self, core, comment),
            Action::Split if core.workshop.sources(comment).len() < 2 => {
                core.say("It has one source only; b on this side opens that again.");
            }
            Action::Split => choose_source(self, core, comment, true),
            Action::BackToOpen if core.workshop.sources(comment).len() < 2 => {
                self.give_up(core, comment);
            }
            Action::BackToOpen => choose_source(self, core, comment, false),
            Action::ToTopic => choose_where_to(self, core, comment),
            Action::CommentUp => self.move_comment(core, comment, true),
            Action::CommentDown => self.move_comment(core, comment, false),
            Action::GiveUp => self.give_up(core, comment),
            _ => {}
        }
    }

    /// The marked points, in the order in which they were marked, or else the chosen point.
    pub(in super::super) fn meant_points(&self) -> Vec<PointId> {
        if !self.marked.is_empty() {
            return self.marked.clone();
        }
        self.chosen.id().copied().filter(|_| self.side == Side::Points).into_iter().collect()
    }

    /// Makes all of these changes or none; returns whether it made them.
    pub(super) fn make_all(
        &mut self,
        core: &mut Core,
        what: &'static str,
        changes: Changes,
    ) -> bool {
        let none = changes.as_ref().is_ok_and(Vec::is_empty);
        let made = !none && core.make_or_complain(what, changes);
        if made {
            self.refresh(core);
        }
        made
    }

    /// The place in the list of the first of these points.
    fn place_of(&self, core: &Core, points: &[PointId]) -> usize {
        if let Some(like) = &self.like {
            return like.place;
        }
        let meant = |line: &ListLine| points.contains(&core.workshop.point_at(line.index).id());
        self.points.iter().position(meant).unwrap_or(self.chosen.at())
    }

    /// After several points went somewhere: marks nothing, goes back to the list, and chooses the next
    /// open point from where the first of them was.
    fn done_with_points(&mut self, core: &mut Core, place: usize) {
        self.marked.clear();
        self.version += 1;
        self.leave_suggestions();
        self.refresh(core);
        let lines = self.points.iter().enumerate().skip(place);
        let mut open = lines.filter(|(_, line)| is_open(&core.workshop, line.index));
        let next = open.next().map_or(place, |(next, _)| next);
        self.choose_in(core, Side::Points, next);
    }

    // ----- points into comments ------------------------------------------------------------

    fn make_comment(&mut self, core: &mut Core, points: &[PointId]) {
        let Some(lead) = points.first().and_then(|lead| core.workshop.point(*lead)) else {
            return choose_first(core);
        };
        let id = core.ids.comment();
        let here = self.topic();
        let on = |point: &PointId| core.workshop.point(*point).is_some_and(|p| *p.topic() == here);
        let topic = if points.iter().any(on) { here.clone() } else { lead.topic().clone() };
        let mut fields =
            vec![CommentField::Kind(lead.kind().clone()), CommentField::Topic(topic.clone())];
        if let Some(label) = lead.paragraph() {
            fields.push(CommentField::Paragraph(Some(label.clone())));
        }
        let age = |point: &PointId| core.workshop.point(*point).map(|p| (p.born(), p.id()));
        if points.iter().map(age).min() != Some(Some((lead.born(), lead.id()))) {
            // Otherwise it would have the words of the point captured first.
            fields.push(CommentField::Text(lead.text().into()));
        }
        let changes = new_comment(core, id, points, fields);
        let place = self.place_of(core, points);
        if self.make_all(core, "making a comment", changes) {
            self.comment.set(id);
            self.done_with_points(core, place);
            self.choose_made(core, id);
            let of = say::counted(points.len(), "point");
            match self.number(id) {
                Some(number) => core.say(format!("Comment {number}, of {of}. w rewords it.")),
                None => core.say(format!("A comment on another topic, of {of}.")),
            }
        }
    }

    pub(super) fn choose_made(&mut self, core: &mut Core, comment: CommentId) {
        if let Some(place) = self.position(comment) {
            self.choose_in(core, Side::Comments, place);
        }
    }

    fn put_into_number(&mut self, core: &mut Core, points: &[PointId]) {
        let number = core.digit().unwrap_or(0);
        let mut numbers = self.numbers.iter();
        match numbers.find(|(_, known)| **known == number).map(|(comment, _)| *comment) {
            Some(comment) => self.put(core, points, comment),
            None => core.say(format!("There is no comment {number} here.")),
        }
    }

    pub(super) fn put(&mut self, core: &mut Core, points: &[PointId], comment: CommentId) {
        if points.is_empty() {
            return choose_first(core);
        }
        let fresh = not_in(core, points, comment);
        let changes = putting(core, &fresh, comment);
        if fresh.is_empty() {
            return core.say("It is already in this comment.");
        }
        let place = self.place_of(core, points);
        if self.make_all(core, "putting points into a comment", changes) {
            self.done_with_points(core, place);
            self.choose_made(core, comment);
            let number = self.number(comment).unwrap_or(0);
            let sources = say::counted(core.workshop.sources(comment).len(), "source");
            core.say(format!("Put into comment {number}, which has {sources} now."));
        }
    }

    // ----- points out of them ----------------------------------------------------------------

    /// Sets aside the points that were asked about.
    pub(super) fn set_aside(
        &mut self,
        core: &mut Core,
        points: &[PointId],
        reason: Reason,
        words: &str,
    ) {
        let aside = SetAside { reason, words: words.into() };
        let outcome = Outcome::SetAside(Box::new(aside));
        let changes = end(core, points, &outcome);
        let place = self.place_of(core, points);
        if self.make_all(core, "setting aside", changes) {
            self.done_with_points(core, place);
            let many = say::counted(points.len(), "point");
            core.say(format!("Set aside: {many}, {}. Ctrl-Z undoes this.", reason.title()));
        }
    }

    /// Opens points again that have ended somewhere.
    fn open_again(&mut self, core: &mut Core, points: &[PointId]) {
        let ended = |point: &&PointId| {
            let found = core.workshop.point(**point);
            found.is_some_and(|point| *point.outcome() != Outcome::Open)
        };
        let ended: Vec<PointId> = points.iter().filter(ended).copied().collect();
        let parked = |point: &&PointId| core.workshop.point(**point).is_some_and(Point::is_parked);
        let parked: Vec<PointId> = points.iter().filter(parked).copied().collect();
        if points.is_empty() {
            return core.say("No point is chosen here. o shows all points.");
        }
        if ended.is_empty() && parked.is_empty() {
            return core.say("It is open already. o shows all points.");
        }
        let standing = |point: &PointId| core.workshop.set(*point, Field::Status(Status::Standing));
        let changes = end(core, &ended, &Outcome::Open).and_then(|mut changes| {
            for change in parked.iter().map(standing) {
                changes.push(change?);
            }
            Ok(changes)
        });
        let place = self.place_of(core, points);
        if self.make_all(core, "opening points again", changes) {
            self.done_with_points(core, place);
            core.say("Open again.");
        }
    }

    pub(super) fn take_out(&mut self, core: &mut Core, comment: CommentId, source: PointId) {
        if not_in(core, &[source], comment).is_empty() {
            let changes = end(core, &[source], &Outcome::Open);
            if self.make_all(core, "taking a source out", changes) {
                core.say("Taken out: the point is open again.");
            }
        }
    }

    pub(super) fn split(&mut self, core: &mut Core, comment: CommentId, source: PointId) {
        let Some(point) = core.workshop.point(source) else { return };
        let Some(found) = core.workshop.comment(comment) else { return };
        let id = core.ids.comment();
        let behind = self.position(comment).and_then(|place| {
            let next = self.comments.get(place + 1)?;
            core.workshop.comment(*next)
        });
        let place = found.with_place(<[u8]>::to_vec);
        let next = behind.map(|next| next.with_place(<[u8]>::to_vec));
        let fields = vec![
            CommentField::Kind(point.kind().clone()),
            CommentField::Topic(found.topic().clone()),
            CommentField::Paragraph(point.paragraph().cloned()),
            CommentField::Order(Some(Order::between(Some(&place), next.as_deref()))),
        ];
        let changes = new_comment(core, id, &[source], fields);
        if self.make_all(core, "splitting a comment", changes) {
            self.choose_made(core, id);
            core.say("Split: the source is a comment of its own.");
        }
    }

    fn give_up(&mut self, core: &mut Core, comment: CommentId) {
        let sources = sources_of(core, comment);
        let changes = end(core, &sources, &Outcome::Open);
        if self.make_all(core, "dissolving a comment", changes) {
            let many = say::counted(sources.len(), "point");
            core.say(format!("Dissolved: {many} open again. Ctrl-Z brings the comment back."));
        }
    }

    // ----- comments ------------------------------------------------------------------------

    pub(super) fn merge(&mut self, core: &mut Core, from: CommentId, into: CommentId) {
        let sources = sources_of(core, from);
        let worded = core.workshop.comment(from).is_some_and(|gone| !gone.own_text().is_empty());
        let changes = core.workshop.merge_comments(from, into).and_then(|mut changes| {
            changes.extend(pinned(core, into, &sources)?);
            Ok(changes)
        });
        if self.make_all(core, "merging comments", changes) {
            self.choose_made(core, into);
            let number = self.number(into).unwrap_or(0);
            let sources = say::counted(core.workshop.sources(into).len(), "source");
            let lost = if worded {
                " The other comment's wording was dropped; Ctrl-Z undoes."
            } else {
                ""
            };
            core.say(format!("Merged: {sources} in comment {number}.{lost}"));
        }
    }

    pub(super) fn set_field(
        &mut self,
        core: &mut Core,
        what: &'static str,
        comment: CommentId,
        field: CommentField,
    ) {
        let Some(found) = core.workshop.comment(comment) else { return };
        // If two laptops set it at once, it is set again, because that is a choice.
        if found.values(&field) == [field.clone()] {
            return;
        }
        let change = core.workshop.set_comment(comment, field);
        self.make_all(core, what, change.map(|change| vec![change]));
    }

    pub(super) fn reword_comment(&mut self, core: &mut Core, comment: CommentId, words: &str) {
        let first = core.workshop.sources(comment).first();
        let follows = first.is_some_and(|first| core.workshop.point_at(*first).text() == words);
        let words = if follows { "" } else { words };
        self.set_field(core, "rewording a comment", comment, CommentField::Text(words.into()));
    }

    pub(super) fn set_who(&mut self, core: &mut Core, comment: CommentId, who: &str, when: &str) {
        let Some(found) = core.workshop.comment(comment) else { return };
        let fields = [CommentField::Owner(who.into()), CommentField::ByWhen(when.into())];
        let fresh = fields.into_iter().filter(|field| found.values(field) != [field.clone()]);
        let changes = fresh.map(|field| core.workshop.set_comment(comment, field)).collect();
        self.make_all(core, "saying who does it by when", changes);
    }

    /// Puts wishes beside the wording; the points that they are from become sources.
    pub(super) fn add_wishes(
        &mut self,
        core: &mut Core,
        comment: CommentId,
        wishes: &[Box<str>],
        points: &[PointId],
    ) {
        let Some(found) = core.workshop.comment(comment) else { return };
        let mut all = found.alternatives().to_vec();
        let words = core.workshop.wording(found);
        for wish in wishes {
            if !all.contains(wish) && **wish != *words {
                all.push(wish.clone());
            }
        }
        let longer = all.len() > found.alternatives().len();
        let fresh = not_in(core, points, comment);
        let changes = putting(core, &fresh, comment).and_then(|mut changes| {
            if longer {
                let all = CommentField::Alternatives(all.into());
                changes.push(core.workshop.set_comment(comment, all)?);
            }
            Ok(changes)
        });
        let place = self.place_of(core, points);
        if self.make_all(core, "adding an alternative", changes) {
            if !points.is_empty() {
                self.done_with_points(core, place);
            }
            core.say("The point is now an alternative in the comment.");
        } else if core.notice.is_none() {
            core.say("These words are there already.");
        }
    }

    fn move_comment(&mut self, core: &mut Core, comment: CommentId, up: bool) {
        let Some(at) = self.position(comment) else { return };
        let place = |at: Option<usize>| {
            let id = self.comments.get(at?)?;
            Some(core.workshop.comment(*id)?.with_place(<[u8]>::to_vec))
        };
        let (before, behind) =
            if up { (at.checked_sub(2), at.checked_sub(1)) } else { (Some(at + 1), Some(at + 2)) };
        let (before, behind) = (place(before), place(behind));
        if (up && behind.is_none()) || (!up && before.is_none()) {
            return core.say("It is already at the top or bottom.");
        }
        let order = Order::between(before.as_deref(), behind.as_deref());
        let field = CommentField::Order(Some(order));
        self.set_field(core, "moving a comment", comment, field);
    }

    /// Moves the points that were asked about, and those under them, to a topic.
    pub(super) fn move_points(&mut self, core: &mut Core, points: &[PointId], topic: &TopicId) {
        let elsewhere = |point: &&PointId| {
            core.workshop.point(**point).is_some_and(|point| point.topic() != topic)
        };
        let moved: Vec<PointId> = points.iter().filter(elsewhere).copied().collect();
        let mut known = HashSet::new();
        let mut changes = Ok(Vec::new());
        for point in &moved {
            changes = changes.and_then(|mut changes: Vec<Change>| {
                let more = with_those_under(&core.workshop, *point, &Field::Topic(topic.clone()))?;
                // A point that is marked and also under another marked point is moved only once.
                changes.extend(more.into_iter().filter(|change| match change {
                    Change::PointChanged { point, .. } => known.insert(*point),
                    _ => true,
                }));
                Ok(changes)
            });
        }
        let place = self.place_of(core, points);
        if self.make_all(core, "moving points to another topic", changes) {
            self.done_with_points(core, place);
            core.say("Moved to the other topic.");
        }
    }
}

pub(super) fn end(core: &Core, points: &[PointId], outcome: &Outcome) -> Changes {
    let mut changes = Vec::with_capacity(points.len());
    for point in points {
        changes.push(core.workshop.set(*point, Field::Outcome(outcome.clone()))?);
    }
    changes.extend(emptied(core, points, None)?);
    Ok(changes)
}

/// The changes that give up comments which lose their last sources with these points.
pub(super) fn emptied(core: &Core, points: &[PointId], into: Option<CommentId>) -> Changes {
    let from = |point: &PointId| match core.workshop.point(*point)?.outcome() {
        Outcome::In(comment) if Some(*comment) != into => Some(*comment),
        _ => None,
    };
    let mut left: Vec<CommentId> = points.iter().filter_map(from).collect();
    left.sort_unstable();
    left.dedup();
    let goes = |index: &u32| points.contains(&core.workshop.point_at(*index).id());
    let empty = |id: &CommentId| core.workshop.sources(*id).iter().all(goes);
    let left = left.into_iter().filter(empty);
    left.map(|id| core.workshop.set_comment(id, CommentField::Deleted(true))).collect()
}

/// A comment without words of its own has those of the source captured first. If a point
/// captured even earlier comes in, the comment keeps the words that the person saw.
pub(super) fn pinned(
    core: &Core,
    into: CommentId,
    points: &[PointId],
) -> Result<Option<Change>, Refusal> {
    let first = core.workshop.sources(into).first().map(|index| core.workshop.point_at(*index));
    let found = core.workshop.comment(into).filter(|found| found.own_text().is_empty());
    let (Some(first), Some(found)) = (first, found) else { return Ok(None) };
    let mut coming = points.iter().filter_map(|point| core.workshop.point(*point));
    if !coming.any(|point| (point.born(), point.id()) < (first.born(), first.id())) {
        return Ok(None);
    }
    let words = CommentField::Text(core.workshop.wording(found).into());
    core.workshop.set_comment(into, words).map(Some)
}

/// A new comment with these points as its sources.
fn new_comment(
    core: &Core,
    id: CommentId,
    points: &[PointId],
    fields: Vec<CommentField>,
) -> Changes {
    let mut changes = core.workshop.put_into(id, points.iter().copied())?;
    for field in fields {
        changes.push(core.workshop.set_comment(id, field)?);
    }
    changes.extend(emptied(core, points, Some(id))?);
    Ok(changes)
}

pub(super) fn putting(core: &Core, points: &[PointId], into: CommentId) -> Changes {
    let mut changes = core.workshop.put_into(into, points.iter().copied())?;
    changes.extend(pinned(core, into, points)?);
    changes.extend(emptied(core, points, Some(into))?);
    Ok(changes)
}

/// Those of the points that are not yet sources of the comment.
pub(super) fn not_in(core: &Core, points: &[PointId], comment: CommentId) -> Vec<PointId> {
    let outside = |point: &&PointId| {
        let found = core.workshop.point(**point);
        found.is_some_and(|point| *point.outcome() != Outcome::In(comment))
    };
    points.iter().filter(outside).copied().collect()
}

fn sources_of(core: &Core, comment: CommentId) -> Vec<PointId> {
    let sources = core.workshop.sources(comment).iter();
    sources.map(|at| core.workshop.point_at(*at).id()).collect()
}

pub(super) fn choose_first(core: &mut Core) {
    core.say("Choose a point first: Tab goes to the points.");
}
