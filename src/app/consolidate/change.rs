//! What is done to points and statements: every action one record that can be undone.

use std::collections::HashSet;

use super::super::keymap::Action;
use super::super::{App, say};
use super::{Side, is_open};
use crate::workshop::{
    Change, Field, Line, Order, Outcome, Point, PointId, Reason, Refusal, SetAside, StatementField,
    StatementId, Status, TopicId,
};

impl App {
    /// Does what an action means for points and statements.
    pub(super) fn change_statements(&mut self, action: Action, number: Option<usize>) {
        let points = self.meant_points();
        let side = self.consolidate.side;
        match action {
            Action::NewStatement if points.is_empty() && side == Side::Statements => {
                self.change_chosen(Action::RewordStatement);
            }
            Action::NewStatement => self.make_statement(&points),
            Action::PutInto => match self.consolidate.statement.id().copied() {
                Some(statement) => self.put(&points, statement),
                None => self.say("There is no statement here yet; n makes one of the point."),
            },
            Action::PutIntoNumber => self.put_into_number(&points, number.unwrap_or(0)),
            Action::PutIntoWhich | Action::SetAside if points.is_empty() => self.choose_first(),
            Action::PutIntoWhich if self.consolidate.statements.is_empty() => {
                self.say("There is no statement here yet; n makes one of the point.");
            }
            Action::PutIntoWhich => self.choose_statement(&points),
            Action::SetAside => self.choose_reason(&points),
            Action::FileUnder => self.choose_session_of(&points),
            Action::BackToOpen if side == Side::Points => self.open_again(&points),
            Action::ToTopic if side == Side::Points && points.is_empty() => self.choose_first(),
            Action::ToTopic if side == Side::Points => self.choose_where(&points),
            Action::Settle => match self.consolidate.chosen.id().filter(|_| side == Side::Points) {
                Some(point) => self.choose_between(*point),
                None => self.change_chosen(action),
            },
            Action::Alternative if !points.is_empty() => {
                let Some(statement) = self.consolidate.statement.id().copied() else {
                    return self.say("There is no statement here yet; n makes one of the point.");
                };
                let found = points.iter().filter_map(|point| self.core.workshop.point(*point));
                let wishes: Vec<Box<str>> = found.map(|point| point.text().into()).collect();
                self.add_wishes(statement, &wishes, &points);
            }
            Action::EditLegend => self.ask_legend(None),
            action => self.change_chosen(action),
        }
    }

    /// Does what an action means for the chosen statement.
    fn change_chosen(&mut self, action: Action) {
        let Some(statement) = self.consolidate.statement.id().copied() else {
            return self.say("There is no statement here yet; n makes one of a point.");
        };
        match action {
            Action::Settle => self.choose_of_statement(statement),
            Action::RewordStatement => self.choose_wording(statement),
            Action::StatementKind => self.choose_statement_kind(statement),
            Action::StatementParagraph => self.pin_statement(statement),
            Action::Agreed => self.choose_agreed(statement),
            Action::Who => self.ask_who(statement),
            Action::Alternative => self.ask_wish(statement),
            Action::DropAlternative => self.choose_wish(statement),
            Action::Merge if self.consolidate.statements.len() < 2 => {
                self.say("There is no other statement on this topic to merge it into.");
            }
            Action::Merge => self.choose_merge(statement),
            Action::Split if self.core.workshop.sources(statement).len() < 2 => {
                self.say("It has one source only; b on this side opens that again.");
            }
            Action::Split => self.choose_source(statement, true),
            Action::BackToOpen if self.core.workshop.sources(statement).len() < 2 => {
                self.give_up(statement);
            }
            Action::BackToOpen => self.choose_source(statement, false),
            Action::ToTopic => self.choose_where_to(statement),
            Action::StatementUp => self.move_statement(statement, true),
            Action::StatementDown => self.move_statement(statement, false),
            Action::GiveUp => self.give_up(statement),
            _ => {}
        }
    }

    fn choose_first(&mut self) {
        self.say("Choose a point first: ← goes to the points.");
    }

    /// The marked points, in the order they were marked; else the chosen one.
    pub(in super::super) fn meant_points(&self) -> Vec<PointId> {
        let state = &self.consolidate;
        if !state.marked.is_empty() {
            return state.marked.clone();
        }
        state.chosen.id().copied().filter(|_| state.side == Side::Points).into_iter().collect()
    }

    /// Makes all of these changes or none; says whether it did.
    pub(super) fn make_all(
        &mut self,
        what: &'static str,
        changes: Result<Vec<Change>, Refusal>,
    ) -> bool {
        match changes {
            Ok(changes) if changes.is_empty() => false,
            Ok(changes) => {
                self.make(what, changes);
                self.refresh_consolidate();
                true
            }
            Err(refusal) => {
                self.complain(refusal.to_string());
                false
            }
        }
    }

    /// Where in the list the first of these points stands.
    fn place_of(&self, points: &[PointId]) -> usize {
        let state = &self.consolidate;
        if let Some(like) = &state.like {
            return like.place;
        }
        let meant = |line: &Line| points.contains(&self.core.workshop.point_at(line.index).id());
        state.points.iter().position(meant).unwrap_or(state.chosen.at())
    }

    /// After points went somewhere together: nothing is marked, one is back in the list, and the next
    /// open point from where the first of them stood is chosen.
    fn done_with_points(&mut self, place: usize) {
        self.consolidate.marked.clear();
        self.consolidate.version += 1;
        self.leave_suggestions();
        self.refresh_consolidate();
        let lines = self.consolidate.points.iter().enumerate().skip(place);
        let mut open = lines.filter(|(_, line)| is_open(&self.core.workshop, line.index));
        let next = open.next().map_or(place, |(next, _)| next);
        self.consolidate.choose(&self.core.workshop, Side::Points, next);
    }

    // ----- points into statements ------------------------------------------------------------

    fn make_statement(&mut self, points: &[PointId]) {
        let Some(lead) = points.first().and_then(|lead| self.core.workshop.point(*lead)) else {
            return self.choose_first();
        };
        let id = self.core.ids.statement();
        let here = self.consolidate.topic();
        let on =
            |point: &PointId| self.core.workshop.point(*point).is_some_and(|p| *p.topic() == here);
        let topic = if points.iter().any(on) { here.clone() } else { lead.topic().clone() };
        let mut fields =
            vec![StatementField::Kind(lead.kind().clone()), StatementField::Topic(topic.clone())];
        if let Some(label) = lead.paragraph() {
            fields.push(StatementField::Paragraph(Some(label.clone())));
        }
        let age = |point: &PointId| self.core.workshop.point(*point).map(|p| (p.born(), p.id()));
        if points.iter().map(age).min() != Some(Some((lead.born(), lead.id()))) {
            // It would have the words of the point captured first.
            fields.push(StatementField::Text(lead.text().into()));
        }
        let changes = || -> Result<Vec<Change>, Refusal> {
            let mut changes = self.core.workshop.put_into(id, points.iter().copied())?;
            for field in fields {
                changes.push(self.core.workshop.set_statement(id, field)?);
            }
            changes.extend(self.emptied(points, Some(id))?);
            Ok(changes)
        };
        let changes = changes();
        let place = self.place_of(points);
        if self.make_all("making a statement", changes) {
            self.consolidate.statement.set(id);
            self.done_with_points(place);
            self.choose_made(id);
            let of = say::counted(points.len(), "point");
            match self.consolidate.number(id) {
                Some(number) => self.say(format!("Statement {number}, of {of}. w rewords it.")),
                None => self.say(format!("A statement on another topic, of {of}.")),
            }
        }
    }

    pub(super) fn choose_made(&mut self, statement: StatementId) {
        if let Some(place) = self.consolidate.position(statement) {
            self.consolidate.choose(&self.core.workshop, Side::Statements, place);
        }
    }

    fn put_into_number(&mut self, points: &[PointId], number: usize) {
        let mut numbers = self.consolidate.numbers.iter();
        match numbers.find(|(_, known)| **known == number).map(|(statement, _)| *statement) {
            Some(statement) => self.put(points, statement),
            None => self.say(format!("There is no statement {number} here.")),
        }
    }

    pub(super) fn put(&mut self, points: &[PointId], statement: StatementId) {
        if points.is_empty() {
            return self.choose_first();
        }
        let fresh = self.not_in(points, statement);
        let changes = self.putting(&fresh, statement);
        if fresh.is_empty() {
            return self.say("It is in this statement already.");
        }
        let place = self.place_of(points);
        if self.make_all("putting points into a statement", changes) {
            self.done_with_points(place);
            self.choose_made(statement);
            let number = self.consolidate.number(statement).unwrap_or(0);
            let sources = say::counted(self.core.workshop.sources(statement).len(), "source");
            self.say(format!("Into statement {number}, which has {sources} now."));
        }
    }

    /// Those of the points that are no sources of the statement yet.
    fn not_in(&self, points: &[PointId], statement: StatementId) -> Vec<PointId> {
        let outside = |point: &&PointId| {
            let found = self.core.workshop.point(**point);
            found.is_some_and(|point| *point.outcome() != Outcome::In(statement))
        };
        points.iter().filter(outside).copied().collect()
    }

    fn putting(&self, points: &[PointId], into: StatementId) -> Result<Vec<Change>, Refusal> {
        let mut changes = self.core.workshop.put_into(into, points.iter().copied())?;
        changes.extend(self.pinned(into, points)?);
        changes.extend(self.emptied(points, Some(into))?);
        Ok(changes)
    }

    /// A statement without words of its own has those of the source captured first. Where a point
    /// captured before that comes in, it keeps the words that the person saw.
    fn pinned(&self, into: StatementId, points: &[PointId]) -> Result<Option<Change>, Refusal> {
        let first = self
            .core
            .workshop
            .sources(into)
            .first()
            .map(|index| self.core.workshop.point_at(*index));
        let found = self.core.workshop.statement(into).filter(|found| found.own_text().is_empty());
        let (Some(first), Some(found)) = (first, found) else { return Ok(None) };
        let mut coming = points.iter().filter_map(|point| self.core.workshop.point(*point));
        if !coming.any(|point| (point.born(), point.id()) < (first.born(), first.id())) {
            return Ok(None);
        }
        let words = StatementField::Text(self.core.workshop.wording(found).into());
        self.core.workshop.set_statement(into, words).map(Some)
    }

    /// The changes that give up the statements which lose all their sources with these points.
    fn emptied(
        &self,
        points: &[PointId],
        into: Option<StatementId>,
    ) -> Result<Vec<Change>, Refusal> {
        let from = |point: &PointId| match self.core.workshop.point(*point)?.outcome() {
            Outcome::In(statement) if Some(*statement) != into => Some(*statement),
            _ => None,
        };
        let mut left: Vec<StatementId> = points.iter().filter_map(from).collect();
        left.sort_unstable();
        left.dedup();
        let goes = |index: &u32| points.contains(&self.core.workshop.point_at(*index).id());
        let empty = |id: &StatementId| self.core.workshop.sources(*id).iter().all(goes);
        let left = left.into_iter().filter(empty);
        left.map(|id| self.core.workshop.set_statement(id, StatementField::Deleted(true))).collect()
    }

    // ----- points out of them ----------------------------------------------------------------

    /// Sets the points aside that were asked about.
    pub(super) fn set_aside(&mut self, points: &[PointId], reason: Reason, words: &str) {
        let aside = SetAside { reason, words: words.into() };
        let outcome = Outcome::SetAside(Box::new(aside));
        let changes = self.end(points, &outcome);
        let place = self.place_of(points);
        if self.make_all("setting aside", changes) {
            self.done_with_points(place);
            let many = say::counted(points.len(), "point");
            self.say(format!("Set aside: {many}, {}. Ctrl-Z brings it back.", reason.title()));
        }
    }

    fn end(&self, points: &[PointId], outcome: &Outcome) -> Result<Vec<Change>, Refusal> {
        let mut changes = Vec::with_capacity(points.len());
        for point in points {
            changes.push(self.core.workshop.set(*point, Field::Outcome(outcome.clone()))?);
        }
        changes.extend(self.emptied(points, None)?);
        Ok(changes)
    }

    /// Opens points again that had ended somewhere.
    fn open_again(&mut self, points: &[PointId]) {
        let ended = |point: &&PointId| {
            let found = self.core.workshop.point(**point);
            found.is_some_and(|point| *point.outcome() != Outcome::Open)
        };
        let ended: Vec<PointId> = points.iter().filter(ended).copied().collect();
        let parked =
            |point: &&PointId| self.core.workshop.point(**point).is_some_and(Point::is_parked);
        let parked: Vec<PointId> = points.iter().filter(parked).copied().collect();
        if points.is_empty() {
            return self.say("No point is chosen here. o shows all points.");
        }
        if ended.is_empty() && parked.is_empty() {
            return self.say("It is open already. o shows all points.");
        }
        let standing =
            |point: &PointId| self.core.workshop.set(*point, Field::Status(Status::Standing));
        let changes = self.end(&ended, &Outcome::Open).and_then(|mut changes| {
            for change in parked.iter().map(standing) {
                changes.push(change?);
            }
            Ok(changes)
        });
        let place = self.place_of(points);
        if self.make_all("opening points again", changes) {
            self.done_with_points(place);
            self.say("Open again.");
        }
    }

    pub(super) fn take_out(&mut self, statement: StatementId, source: PointId) {
        if self.not_in(&[source], statement).is_empty() {
            let changes = self.end(&[source], &Outcome::Open);
            if self.make_all("taking a source out", changes) {
                self.say("Taken out: the point is open again.");
            }
        }
    }

    pub(super) fn split(&mut self, statement: StatementId, source: PointId) {
        let Some(point) = self.core.workshop.point(source) else { return };
        let Some(found) = self.core.workshop.statement(statement) else { return };
        let id = self.core.ids.statement();
        let behind = self.consolidate.position(statement).and_then(|place| {
            let next = self.consolidate.statements.get(place + 1)?;
            self.core.workshop.statement(*next)
        });
        let place = found.with_place(<[u8]>::to_vec);
        let next = behind.map(|next| next.with_place(<[u8]>::to_vec));
        let fields = [
            StatementField::Kind(point.kind().clone()),
            StatementField::Topic(found.topic().clone()),
            StatementField::Paragraph(point.paragraph().cloned()),
            StatementField::Order(Some(Order::between(Some(&place), next.as_deref()))),
        ];
        let changes = || -> Result<Vec<Change>, Refusal> {
            let mut changes = self.core.workshop.put_into(id, [source])?;
            for field in fields {
                changes.push(self.core.workshop.set_statement(id, field)?);
            }
            changes.extend(self.emptied(&[source], Some(id))?);
            Ok(changes)
        };
        let changes = changes();
        if self.make_all("splitting a statement", changes) {
            self.choose_made(id);
            self.say("Split: the source is a statement of its own.");
        }
    }

    fn give_up(&mut self, statement: StatementId) {
        let sources = self.core.workshop.sources(statement).iter();
        let sources: Vec<PointId> =
            sources.map(|at| self.core.workshop.point_at(*at).id()).collect();
        let changes = self.end(&sources, &Outcome::Open);
        if self.make_all("giving a statement up", changes) {
            let many = say::counted(sources.len(), "point");
            self.say(format!("Given up: {many} open again. Ctrl-Z brings it back."));
        }
    }

    // ----- statements ------------------------------------------------------------------------

    pub(super) fn merge(&mut self, from: StatementId, into: StatementId) {
        let sources = self.core.workshop.sources(from).iter();
        let sources: Vec<PointId> =
            sources.map(|at| self.core.workshop.point_at(*at).id()).collect();
        let worded =
            self.core.workshop.statement(from).is_some_and(|gone| !gone.own_text().is_empty());
        let changes = self.core.workshop.merge_statements(from, into).and_then(|mut changes| {
            changes.extend(self.pinned(into, &sources)?);
            Ok(changes)
        });
        if self.make_all("merging statements", changes) {
            self.choose_made(into);
            let number = self.consolidate.number(into).unwrap_or(0);
            let sources = say::counted(self.core.workshop.sources(into).len(), "source");
            let lost = if worded { " The other wording went; Ctrl-Z undoes." } else { "" };
            self.say(format!("Merged: {sources} in statement {number}.{lost}"));
        }
    }

    pub(super) fn set_field(
        &mut self,
        what: &'static str,
        statement: StatementId,
        field: StatementField,
    ) {
        let Some(found) = self.core.workshop.statement(statement) else { return };
        // Set anew where two laptops set it at once: that is a choice.
        if found.values(&field) == [field.clone()] {
            return;
        }
        let change = self.core.workshop.set_statement(statement, field);
        self.make_all(what, change.map(|change| vec![change]));
    }

    pub(super) fn reword_statement(&mut self, statement: StatementId, words: &str) {
        let first = self.core.workshop.sources(statement).first();
        let follows =
            first.is_some_and(|first| self.core.workshop.point_at(*first).text() == words);
        let words = if follows { "" } else { words };
        self.set_field("rewording a statement", statement, StatementField::Text(words.into()));
    }

    pub(super) fn set_who(&mut self, statement: StatementId, who: &str, when: &str) {
        let Some(found) = self.core.workshop.statement(statement) else { return };
        let fields = [StatementField::Owner(who.into()), StatementField::ByWhen(when.into())];
        let fresh = fields.into_iter().filter(|field| found.values(field) != [field.clone()]);
        let changes =
            fresh.map(|field| self.core.workshop.set_statement(statement, field)).collect();
        self.make_all("saying who does it by when", changes);
    }

    /// Lets wishes stand beside the wording; the points they are from become sources.
    pub(super) fn add_wishes(
        &mut self,
        statement: StatementId,
        wishes: &[Box<str>],
        points: &[PointId],
    ) {
        let Some(found) = self.core.workshop.statement(statement) else { return };
        let mut all = found.alternatives().to_vec();
        let words = self.core.workshop.wording(found);
        for wish in wishes {
            if !all.contains(wish) && **wish != *words {
                all.push(wish.clone());
            }
        }
        let longer = all.len() > found.alternatives().len();
        let fresh = self.not_in(points, statement);
        let changes = self.putting(&fresh, statement).and_then(|mut changes| {
            if longer {
                let all = StatementField::Alternatives(all.into());
                changes.push(self.core.workshop.set_statement(statement, all)?);
            }
            Ok(changes)
        });
        let place = self.place_of(points);
        if self.make_all("adding an alternative", changes) {
            if !points.is_empty() {
                self.done_with_points(place);
            }
            self.say("It stands beside the wording as an alternative.");
        } else if self.core.notice.is_none() {
            self.say("These words stand there already.");
        }
    }

    fn move_statement(&mut self, statement: StatementId, up: bool) {
        let Some(at) = self.consolidate.position(statement) else { return };
        let place = |at: Option<usize>| {
            let id = self.consolidate.statements.get(at?)?;
            Some(self.core.workshop.statement(*id)?.with_place(<[u8]>::to_vec))
        };
        let (before, behind) =
            if up { (at.checked_sub(2), at.checked_sub(1)) } else { (Some(at + 1), Some(at + 2)) };
        let (before, behind) = (place(before), place(behind));
        if (up && behind.is_none()) || (!up && before.is_none()) {
            return self.say("It stands at the edge already.");
        }
        let order = Order::between(before.as_deref(), behind.as_deref());
        let field = StatementField::Order(Some(order));
        self.set_field("moving a statement", statement, field);
    }

    /// Moves the points that were asked about to a topic, and those under them.
    pub(super) fn move_points(&mut self, points: &[PointId], topic: &TopicId) {
        let elsewhere = |point: &&PointId| {
            self.core.workshop.point(**point).is_some_and(|point| point.topic() != topic)
        };
        let moved: Vec<PointId> = points.iter().filter(elsewhere).copied().collect();
        let mut known = HashSet::new();
        let mut changes = Ok(Vec::new());
        for point in &moved {
            changes = changes.and_then(|mut changes: Vec<Change>| {
                let more = self.with_those_under(*point, &Field::Topic(topic.clone()))?;
                // Of one that is marked itself and stands under another, once is enough.
                changes.extend(more.into_iter().filter(|change| match change {
                    Change::PointChanged { point, .. } => known.insert(*point),
                    _ => true,
                }));
                Ok(changes)
            });
        }
        let place = self.place_of(points);
        if self.make_all("moving points to another topic", changes) {
            self.done_with_points(place);
            self.say("Moved to the other topic.");
        }
    }
}
