//! What is done to points already taken down.

use super::super::keymap::Action;
use super::super::{About, App, Choice, Choose, Effect, Line, Overlay, Then, Typing, wrap};
use super::Aside;
use crate::workshop::{
    Change, Field, Order, Pin, Point, PointId, PointKind, Refusal, Stamp, Status,
};

impl App {
    /// Does what an action means for a point; false where it is no such action.
    pub(in super::super) fn change_point(&mut self, action: Action) -> bool {
        match action {
            Action::ChooseGroup => self.choose_group(),
            Action::Kind => self.choose_kind(),
            Action::Paragraph => self.ask_paragraph(),
            Action::FileUnder => {
                let point = self.meant_or_line();
                self.choose_session(point);
            }
            Action::Edit
            | Action::Tags
            | Action::MoveToTopic
            | Action::MoveToGroup
            | Action::MoveUp
            | Action::MoveDown
            | Action::Park
            | Action::Delete
            | Action::Purge
            | Action::Settle => match self.meant().map(Point::id) {
                Some(point) => self.change_this(action, point),
                None => self.say("Choose a point with ↑ first."),
            },
            Action::Indent | Action::Outdent => {
                let typing = self.capture.chosen().is_none() && !self.capture.line.is_empty();
                match self.meant().map(Point::id) {
                    Some(point) if !typing => self.change_this(action, point),
                    _ => self.nest_line(action == Action::Indent),
                }
            }
            _ => return false,
        }
        true
    }

    fn change_this(&mut self, action: Action, point: PointId) {
        match action {
            Action::Edit => self.begin_rewording(point),
            Action::Tags => {
                let tags = self.core.workshop.point(point).map(|p| p.tags().join(" "));
                let tags = tags.unwrap_or_default();
                let question = format!("Tags of {}", self.quoted(point));
                self.ask(
                    &question,
                    "Words to find it by, with spaces between.",
                    &tags,
                    About::Tags(point),
                );
            }
            Action::MoveToTopic => self.choose_topic(point),
            Action::MoveToGroup => self.choose_other_group(point),
            Action::Indent => self.indent(point),
            Action::Outdent => self.outdent(point),
            Action::MoveUp => self.move_by(point, -1),
            Action::MoveDown => self.move_by(point, 1),
            Action::Park => self.park(point),
            Action::Delete => self.delete(point),
            Action::Purge => self.ask_to_purge(point),
            Action::Settle => self.choose_between(point),
            _ => {}
        }
    }

    /// Makes one change of a point, or says why not.
    fn change(&mut self, what: &'static str, change: Result<Change, Refusal>) -> bool {
        match change {
            Ok(change) => self.make(what, [change]),
            Err(refusal) => {
                self.complain(refusal.to_string());
                return false;
            }
        }
        true
    }

    /// A point as a question names it.
    pub(in super::super) fn quoted(&self, point: PointId) -> String {
        let text = self.core.workshop.point(point).map_or("", Point::text);
        format!("“{}”", wrap::shorten(text, 24))
    }

    // ----- words -----------------------------------------------------------------------------

    pub(in super::super) fn begin_rewording(&mut self, point: PointId) {
        let Some(text) = self.core.workshop.point(point).map(|p| p.text().to_owned()) else {
            return;
        };
        self.set_line_aside();
        self.capture.line = Line::holding(&text);
        self.capture.editing = Some(point);
        self.capture.seen = self.wordings(point);
        self.capture.choose_point(&self.core.workshop, point);
    }

    /// What is being typed waits until the line is free again.
    pub(super) fn set_line_aside(&mut self) {
        let (line, begun) = (std::mem::take(&mut self.capture.line), self.capture.begun.take());
        if !line.is_empty() {
            let under = self.capture.under;
            let own_session = self.capture.own_session.take();
            self.capture.aside = Some(Aside { line, begun, under, own_session });
        } else if let Some(id) = begun {
            self.core.effects.push(Effect::Typing(Typing::Dropped(id)));
        }
    }

    /// The changes that set the wordings a point has now.
    pub(super) fn wordings(&self, point: PointId) -> Vec<Stamp> {
        let like = Field::Text(Box::default());
        self.core.workshop.point(point).map(|point| point.field(&like).1).unwrap_or_default()
    }

    pub(super) fn reword(&mut self, point: PointId, text: String) {
        // Typing that ends in the wording shown is a choice where there were others.
        let settles = self.capture.is_begun() && self.capture.seen.len() > 1;
        let same = self.core.workshop.point(point).is_some_and(|p| p.text() == text) && !settles;
        let change =
            self.core.workshop.set_over(point, Field::Text(text.into()), &self.capture.seen);
        if same || self.change("rewording a point", change) {
            self.text_entered(vec![point]);
            self.finish_line();
        }
    }

    fn delete(&mut self, point: PointId) {
        let change = self.core.workshop.delete(point);
        if self.change("deleting a point", change) {
            self.say("Deleted. Ctrl-Z brings it back.");
        }
    }

    fn park(&mut self, point: PointId) {
        if self.core.workshop.point(point).is_some_and(Point::is_parked) {
            let change = self.core.workshop.set(point, Field::Status(Status::Standing));
            if self.change("taking a point from the parking lot", change) {
                self.say("Taken back from the parking lot.");
            }
        } else {
            let question = format!("Park {} for whom?", self.quoted(point));
            self.ask(
                &question,
                "A role, like “host” or “next meeting”; may stay empty.",
                "",
                About::Owner(point),
            );
        }
    }

    // ----- what is known of it -----------------------------------------------------------------

    /// The point whose kind or paragraph is meant; `None` means the one being typed.
    fn meant_or_line(&self) -> Option<PointId> {
        let typing = self.capture.chosen().is_none();
        self.meant().filter(|_| !typing).map(Point::id)
    }

    fn choose_kind(&mut self) {
        let point = self.meant_or_line();
        let now = point.and_then(|p| self.core.workshop.point(p)).map(Point::kind);
        let now = now.unwrap_or(self.capture.kind_now());
        let at = PointKind::KNOWN.iter().position(|kind| kind == now).unwrap_or(0);
        let choices = PointKind::KNOWN.iter().map(|kind| Choice {
            name: kind.title().to_owned(),
            more: String::new(),
            then: Then::Kind(point, kind.clone()),
        });
        let title = match (point, self.capture.line.is_empty()) {
            (Some(point), _) => format!("Kind of {}", self.quoted(point)),
            (None, false) => "Kind of the point being typed".to_owned(),
            (None, true) => "Kind of points from now on".to_owned(),
        };
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices.collect(), at)));
    }

    /// Offers the paragraphs of the draft text; where there is none, asks for a label.
    fn ask_paragraph(&mut self) {
        let point = self.meant_or_line();
        let now = match point {
            Some(point) => self.core.workshop.point(point).and_then(Point::paragraph),
            None => self.capture.paragraph.as_ref(),
        };
        let known = self.paragraphs_to_choose(true);
        if known.is_empty() {
            return self.ask_label(point);
        }
        let at = known.iter().position(|(_, pin)| Some(pin) == now).unwrap_or(0);
        let choice = |name, then| Choice { name, more: String::new(), then };
        let paragraph = |(name, pin)| choice(name, Then::Paragraph(point, Some(pin)));
        let mut choices: Vec<Choice> = known.into_iter().map(paragraph).collect();
        choices.push(choice("none: the whole text".to_owned(), Then::Paragraph(point, None)));
        choices.push(choice("another label …".to_owned(), Then::Label(point)));
        let title = match point {
            Some(point) => format!("On which paragraph is {}?", self.quoted(point)),
            None => "On which paragraph?".to_owned(),
        };
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices, at)));
    }

    pub(super) fn ask_label(&mut self, point: Option<PointId>) {
        let now = match point {
            Some(point) => self.core.workshop.point(point).and_then(Point::paragraph),
            None => self.capture.paragraph.as_ref(),
        };
        // A label that another paragraph has by now is not offered to be kept.
        let now = now.filter(|pin| !self.core.workshop.printed(pin).ends_with(" (gone)"));
        let now = now.map(|pin| self.core.workshop.printed(pin).into_owned()).unwrap_or_default();
        let question = match point {
            Some(point) => format!("Paragraph that {} is on", self.quoted(point)),
            None => "Paragraph of the draft".to_owned(),
        };
        self.ask(
            &question,
            "Its label: OP3, PP2bis, after OP3. Empty for none.",
            &now,
            About::Paragraph(point),
        );
    }

    fn choose_group(&mut self) {
        let groups: Vec<_> = self.core.workshop.groups().collect();
        let at = groups.iter().position(|group| group.id == self.capture.group).unwrap_or(0);
        let choices = groups.iter().map(|group| Choice {
            name: group.title().to_owned(),
            more: if group.is_open() || group.is_plenary() { "" } else { "done" }.to_owned(),
            then: Then::Group(group.id.clone()),
        });
        self.core.overlay =
            Some(Overlay::Choose(Choose::new("Whose points?", choices.collect(), at)));
    }

    fn choose_topic(&mut self, point: PointId) {
        let topics = self.core.workshop.topics();
        let at = topics.iter().position(|topic| topic.id == self.capture.topic).unwrap_or(0);
        let choices = topics.iter().map(|topic| Choice {
            name: topic.title.clone(),
            more: String::new(),
            then: Then::ToTopic(point, topic.id.clone()),
        });
        let title = format!("Move {} to which topic?", self.quoted(point));
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices.collect(), at)));
    }

    fn choose_other_group(&mut self, point: PointId) {
        let choices = self.core.workshop.groups().map(|group| Choice {
            name: group.title().to_owned(),
            more: String::new(),
            then: Then::ToGroup(point, group.id.clone()),
        });
        let title = format!("Move {} to which group?", self.quoted(point));
        self.core.overlay = Some(Overlay::Choose(Choose::new(title, choices.collect(), 0)));
    }

    pub(in super::super) fn then_capture(&mut self, then: Then) {
        match then {
            Then::Act(_)
            | Then::OwnGroup(_)
            | Then::HandOut(_)
            | Then::ReadBack(_)
            | Then::Consolidate(_)
            | Then::FileUnder(_)
            | Then::TakeBack(_)
            | Then::TakeBackPhrase(_)
            | Then::DraftText(_) => {}
            Then::Paragraph(point, pin) => self.pin_point(point, pin),
            Then::Label(point) => self.ask_label(point),
            Then::Group(group) => self.go_to_group(group),
            Then::ToTopic(point, topic) => {
                let changes = self.with_those_under(point, &Field::Topic(topic));
                self.change_all("moving a point to another topic", changes);
            }
            Then::ToGroup(point, group) => {
                let changes = self.with_those_under(point, &Field::Group(group.clone()));
                let changes = changes.and_then(|changes| self.and_refiled(changes, &group));
                self.change_all("moving a point to another group", changes);
            }
            Then::Kind(Some(point), kind) => {
                let change = self.core.workshop.set(point, Field::Kind(kind));
                self.change("changing a point's kind", change);
            }
            Then::Kind(None, kind) if self.capture.line.is_empty() => self.capture.kind = kind,
            Then::Kind(None, kind) => self.capture.own_kind = Some(kind),
            Then::Purge(purge) => self.purge(purge),
            Then::PurgeAll(point) => self.purge_all(point),
            Then::Settle(point, to, over) => self.settle(point, &to, &over),
            Then::Combine(point) => self.combine(point),
        }
    }

    /// Pins a point, or the one being typed, to a paragraph.
    fn pin_point(&mut self, point: Option<PointId>, pin: Option<Pin>) {
        match point {
            None => self.capture.paragraph = pin,
            Some(point) => {
                let change = self.core.workshop.set(point, Field::Paragraph(pin));
                self.change("setting a point's paragraph", change);
            }
        }
    }

    pub(in super::super) fn answer_capture(&mut self, about: &About, answer: &str) {
        match about {
            About::Tags(point) => {
                let words = answer.split_whitespace().map(|word| word.trim_start_matches('#'));
                let tags = words.filter(|word| !word.is_empty()).map(Into::into).collect();
                let change = self.core.workshop.set(*point, Field::Tags(tags));
                self.change("tagging a point", change);
            }
            About::Paragraph(point) => {
                let pin = (!answer.is_empty()).then(|| self.core.workshop.pin(answer));
                self.pin_point(*point, pin);
            }
            About::Owner(point) => {
                let parked = Status::Parked { owner: answer.into() };
                let change = self.core.workshop.set(*point, Field::Status(parked));
                if self.change("parking a point", change) {
                    self.say("Parked. Alt-P takes it back.");
                }
            }
            _ => {}
        }
    }

    /// One field of a point and of all that stand under it in the list.
    pub(in super::super) fn with_those_under(
        &self,
        point: PointId,
        to: &Field,
    ) -> Result<Vec<Change>, Refusal> {
        let mut changes = vec![self.core.workshop.set(point, to.clone())?];
        changes.extend(self.of_those_under(point, to)?);
        Ok(changes)
    }

    /// The changes that let all that stand under a point follow it. One that waits for a choice
    /// between other values stays for that: it must not be made in passing.
    pub(in super::super) fn of_those_under(
        &self,
        point: PointId,
        to: &Field,
    ) -> Result<Vec<Change>, Refusal> {
        // Not the list shown: the point may just have been moved out of it.
        let Some(found) = self.core.workshop.point(point) else { return Ok(Vec::new()) };
        let lines = self.core.workshop.lines(found.group(), found.topic());
        let here =
            |line: &crate::workshop::Line| self.core.workshop.point_at(line.index).id() == point;
        let Some(at) = lines.iter().position(here) else { return Ok(Vec::new()) };
        let under = lines[at + 1..].iter().take_while(|line| line.depth > lines[at].depth);
        let follows = |point: &&Point| match &point.values(to)[..] {
            [only] => only != to,
            several => several.contains(to),
        };
        let under = under.map(|line| self.core.workshop.point_at(line.index)).filter(follows);
        under.map(|point| self.core.workshop.set(point.id(), to.clone())).collect()
    }

    fn change_all(&mut self, what: &'static str, changes: Result<Vec<Change>, Refusal>) {
        match changes {
            Ok(changes) => self.make(what, changes),
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }

    // ----- where it stands ---------------------------------------------------------------------

    /// The places in the list of the points that stand beside this one, before and behind it,
    /// nearest first.
    fn beside(&self, at: usize) -> (Vec<usize>, Vec<usize>) {
        let lines = self.capture.listing.lines();
        let depth = lines[at].depth;
        let fits = |place: &usize| lines[*place].depth == depth;
        let before = (0..at).rev().take_while(|place| lines[*place].depth >= depth).filter(fits);
        let behind =
            (at + 1..lines.len()).take_while(|place| lines[*place].depth >= depth).filter(fits);
        (before.take(2).collect(), behind.take(2).collect())
    }

    fn place_in_list(&mut self, point: PointId) -> Option<usize> {
        if self.capture.search.is_some() {
            self.say("Leave the search with Esc to move points.");
            return None;
        }
        self.capture.listing.position(&self.core.workshop, point)
    }

    /// A place between two points of the list.
    fn between(&self, before: Option<usize>, behind: Option<usize>) -> Order {
        let bytes = |place: usize| {
            let line = self.capture.listing.lines()[place];
            self.core.workshop.point_at(line.index).with_place(<[u8]>::to_vec)
        };
        Order::between(before.map(bytes).as_deref(), behind.map(bytes).as_deref())
    }

    fn move_by(&mut self, point: PointId, by: isize) {
        let Some(at) = self.place_in_list(point) else { return };
        let (before, behind) = self.beside(at);
        let order = match (by < 0, before.first(), behind.first()) {
            (true, Some(above), _) => self.between(before.get(1).copied(), Some(*above)),
            (false, _, Some(below)) => self.between(Some(*below), behind.get(1).copied()),
            _ => return self.say("It stands at the edge already."),
        };
        let change = self.core.workshop.set(point, Field::Order(Some(order)));
        if self.change("moving a point", change) {
            self.keep_chosen(point);
        }
    }

    fn indent(&mut self, point: PointId) {
        let Some(at) = self.place_in_list(point) else { return };
        let Some(above) = self.beside(at).0.first().copied() else {
            return self.say("There is no point above it to stand under.");
        };
        let lines = self.capture.listing.lines();
        let parent = self.core.workshop.point_at(lines[above].index).id();
        let child = lines[above].depth + 1;
        let last = (above + 1..at).rev().find(|place| lines[*place].depth == child);
        let order = self.between(last, None);
        self.put_under(point, Some(parent), order);
    }

    fn outdent(&mut self, point: PointId) {
        let Some(at) = self.place_in_list(point) else { return };
        let lines = self.capture.listing.lines();
        let depth = lines[at].depth;
        let Some(parent) = (0..at).rev().find(|place| lines[*place].depth < depth) else {
            return self.say("It stands under no other point.");
        };
        let above = self.core.workshop.point_at(lines[parent].index).parent();
        let above = if lines[parent].depth == 0 { None } else { above };
        let next = self.beside(parent).1.first().copied();
        let order = self.between(Some(parent), next);
        self.put_under(point, above, order);
    }

    fn put_under(&mut self, point: PointId, parent: Option<PointId>, order: Order) {
        let changes = [Field::Parent(parent), Field::Order(Some(order))];
        let changes = changes.into_iter().map(|to| self.core.workshop.set(point, to)).collect();
        self.change_all("moving a point", changes);
        self.keep_chosen(point);
    }

    /// A point that was just moved stays in sight.
    fn keep_chosen(&mut self, point: PointId) {
        if self.capture.chosen().is_none() && self.capture.editing.is_none() {
            self.capture.refresh(&self.core.workshop);
            self.capture.choose_point(&self.core.workshop, point);
        }
    }

    /// Puts the text being typed under the newest point at its level, or takes it out again.
    fn nest_line(&mut self, deeper: bool) {
        let workshop = &self.core.workshop;
        if deeper {
            let lines = self.capture.listing.lines().iter().rev();
            let mut points = lines.map(|line| workshop.point_at(line.index));
            match points.find(|point| point.parent() == self.capture.under) {
                Some(point) => self.capture.under = Some(point.id()),
                None => self.say("There is no point above it to stand under."),
            }
        } else {
            let parent = self.capture.under.and_then(|under| workshop.point(under));
            self.capture.under = parent.and_then(Point::parent);
        }
    }
}
