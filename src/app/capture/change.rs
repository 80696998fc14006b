//! Changing points that are already taken down.

use super::super::{
    About, Capture, Choice, Then, choose::with_present, pins::places_to_choose, quoted,
    settle::choose_between,
};
use super::{Action, Core, PointPick, PointQuestion, Screen};
use crate::workshop::{Field, Order, Pin, Point, PointId, PointKind, Status};

impl Capture {
    /// Applies an action to a point; returns `false` if the action does not apply to points.
    pub(in super::super) fn change_point(&mut self, core: &mut Core, action: Action) -> bool {
        match action {
            Action::ChooseGroup => {
                core.choose_group(|group| Then::Capture(PointPick::Group(group)));
            }
            Action::Kind => self.choose_kind(core),
            Action::Paragraph => self.ask_paragraph(core),
            Action::FileUnder => {
                let point = self.meant_or_line(core);
                core.choose_session(point);
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
            | Action::Settle => match self.meant(core).map(Point::id) {
                Some(point) => self.change_this(core, action, point),
                None => core.say("Choose a point with ↑ first."),
            },
            Action::Indent | Action::Outdent => {
                let typing = core.here.chosen().is_none() && !core.typing.line.is_empty();
                match self.meant(core).map(Point::id) {
                    Some(point) if !typing => self.change_this(core, action, point),
                    _ => self.nest_line(core, action == Action::Indent),
                }
            }
            _ => return false,
        }
        true
    }

    fn change_this(&mut self, core: &mut Core, action: Action, point: PointId) {
        match action {
            Action::Edit => {
                core.begin_rewording(point);
            }
            Action::Tags => {
                let tags = core.workshop.point(point).map(|p| p.tags().join(" "));
                let tags = tags.unwrap_or_default();
                let question = format!("Tags of {}", quoted(&core.workshop, point));
                core.ask(
                    &question,
                    "Tags for searching, separated by spaces.",
                    &tags,
                    About::Capture(PointQuestion::Tags(point)),
                );
            }
            Action::MoveToTopic => Self::choose_topic(core, point),
            Action::MoveToGroup => Self::choose_other_group(core, point),
            Action::Indent => self.indent(core, point),
            Action::Outdent => self.outdent(core, point),
            Action::MoveUp => self.move_by(core, point, -1),
            Action::MoveDown => self.move_by(core, point, 1),
            Action::Park => Self::park(core, point),
            Action::Delete => Self::delete(core, point),
            Action::Purge => Self::ask_to_purge(core, point),
            Action::Settle => choose_between(core, point),
            _ => {}
        }
    }

    pub(super) fn reword(core: &mut Core, point: PointId, text: String) {
        // Typing that ends in the shown wording is a choice if there were other wordings.
        let settles = core.typing.is_begun() && core.typing.seen().len() > 1;
        let same = core.workshop.point(point).is_some_and(|p| p.text() == text) && !settles;
        let change = core.workshop.set_over(point, Field::Text(text.into()), core.typing.seen());
        if same || core.change("rewording a point", change) {
            core.text_entered(vec![point]);
            core.finish_line();
        }
    }

    fn delete(core: &mut Core, point: PointId) {
        let change = core.workshop.delete(point);
        if core.change("deleting a point", change) {
            core.say("Deleted. Ctrl-Z brings it back.");
        }
    }

    fn park(core: &mut Core, point: PointId) {
        if core.workshop.point(point).is_some_and(Point::is_parked) {
            let change = core.workshop.set(point, Field::Status(Status::Standing));
            if core.change("taking a point from the parking lot", change) {
                core.say("Taken back from the parking lot.");
            }
        } else {
            let question = format!("Park {} for whom?", quoted(&core.workshop, point));
            core.ask(
                &question,
                "A role or a meeting, like “host” or “next meeting”. Leave empty for none.",
                "",
                About::Capture(PointQuestion::Owner(point)),
            );
        }
    }

    // ----- what is known about it --------------------------------------------------------------

    /// The point whose kind or paragraph is meant; `None` means the text being typed.
    fn meant_or_line(&self, core: &Core) -> Option<PointId> {
        let typing = core.here.chosen().is_none();
        self.meant(core).filter(|_| !typing).map(Point::id)
    }

    fn choose_kind(&mut self, core: &mut Core) {
        let point = self.meant_or_line(core);
        let now = point.and_then(|p| core.workshop.point(p)).map(Point::kind);
        let now = now.unwrap_or(core.typing.kind_now());
        let (kinds, at) = with_present(PointKind::KNOWN, Some(now));
        let choices = kinds.iter().map(|kind| {
            Choice::new(kind.title(), Then::Capture(PointPick::Kind(point, kind.clone())))
        });
        let title = match (point, core.typing.line.is_empty()) {
            (Some(point), _) => format!("Kind of {}", quoted(&core.workshop, point)),
            (None, false) => "Kind of the point being typed".to_owned(),
            (None, true) => "Kind of points from now on".to_owned(),
        };
        core.offer(title, choices.collect(), at.unwrap_or(0));
    }

    /// Offers the paragraphs of the draft text; if there is no draft text, asks for a label.
    fn ask_paragraph(&mut self, core: &mut Core) {
        let point = self.meant_or_line(core);
        let now = match point {
            Some(point) => core.workshop.point(point).and_then(Point::paragraph),
            None => core.typing.paragraph.as_ref(),
        };
        if core.workshop.draft_text().is_none_or(|text| text.paragraphs.is_empty()) {
            return Self::ask_label(core, point);
        }
        let (places, at) = places_to_choose(&core.workshop, now);
        let paragraph =
            |(name, pin)| Choice::new(name, Then::Capture(PointPick::Paragraph(point, pin)));
        let mut choices: Vec<Choice> = places.into_iter().map(paragraph).collect();
        choices.push(Choice::new("another label …", Then::Capture(PointPick::Label(point))));
        let title = match point {
            Some(point) => format!("On which paragraph is {}?", quoted(&core.workshop, point)),
            None => "On which paragraph?".to_owned(),
        };
        core.offer(title, choices, at);
    }

    pub(super) fn ask_label(core: &mut Core, point: Option<PointId>) {
        let now = match point {
            Some(point) => core.workshop.point(point).and_then(Point::paragraph),
            None => core.typing.paragraph.as_ref(),
        };
        // A label that another paragraph has now is not offered again.
        let now = now.filter(|pin| !core.workshop.printed(pin).ends_with(" (gone)"));
        let now = now.map(|pin| core.workshop.printed(pin).into_owned()).unwrap_or_default();
        let question = match point {
            Some(point) => format!("Paragraph that {} is on", quoted(&core.workshop, point)),
            None => "Paragraph of the draft".to_owned(),
        };
        core.ask(
            &question,
            "Its label: OP3, PP2bis, after OP3. Leave empty for none.",
            &now,
            About::Capture(PointQuestion::Paragraph(point)),
        );
    }

    fn choose_topic(core: &mut Core, point: PointId) {
        let topics = core.workshop.topics();
        let now = core.workshop.point(point).map(Point::topic);
        let at = topics.iter().position(|topic| Some(&topic.id) == now).unwrap_or(0);
        let choices = topics.iter().map(|topic| {
            let to = PointPick::ToTopic(point, topic.id.clone());
            Choice::new(&topic.title, Then::Capture(to))
        });
        let title = format!("Move {} to which topic?", quoted(&core.workshop, point));
        core.offer(title, choices.collect(), at);
    }

    fn choose_other_group(core: &mut Core, point: PointId) {
        let now = core.workshop.point(point).map(Point::group);
        let at = core.workshop.groups().position(|group| Some(&group.id) == now).unwrap_or(0);
        let choices = core.workshop.groups().map(|group| {
            Choice::new(group.title(), Then::Capture(PointPick::ToGroup(point, group.id.clone())))
        });
        let title = format!("Move {} to which group?", quoted(&core.workshop, point));
        core.offer(title, choices.collect(), at);
    }

    /// Pins a point, or the text being typed, to a paragraph.
    pub(super) fn pin_point(core: &mut Core, point: Option<PointId>, pin: Option<Pin>) {
        match point {
            None => core.typing.paragraph = pin,
            Some(point) if core.has_value(point, &Field::Paragraph(pin.clone())) => {}
            Some(point) => {
                let change = core.workshop.set(point, Field::Paragraph(pin));
                core.change("setting a point's paragraph", change);
            }
        }
    }

    // ----- its place in the list ---------------------------------------------------------------

    /// The places in the list of the siblings of this point, before and after it,
    /// nearest first.
    fn beside(&self, at: usize) -> (Vec<usize>, Vec<usize>) {
        let lines = &self.listing.lines;
        let depth = lines[at].depth;
        let fits = |place: &usize| lines[*place].depth == depth;
        let before = (0..at).rev().take_while(|place| lines[*place].depth >= depth).filter(fits);
        let behind =
            (at + 1..lines.len()).take_while(|place| lines[*place].depth >= depth).filter(fits);
        (before.take(2).collect(), behind.take(2).collect())
    }

    fn place_in_list(&mut self, core: &mut Core, point: PointId) -> Option<usize> {
        if self.search.is_some() {
            core.say("Leave the search with Esc to move points.");
            return None;
        }
        self.listing.position(&core.workshop, point)
    }

    /// A place between two points of the list.
    fn between(&self, core: &Core, before: Option<usize>, behind: Option<usize>) -> Order {
        let bytes = |place: usize| {
            let line = self.listing.lines[place];
            core.workshop.point_at(line.index).with_place(<[u8]>::to_vec)
        };
        Order::between(before.map(bytes).as_deref(), behind.map(bytes).as_deref())
    }

    fn move_by(&mut self, core: &mut Core, point: PointId, by: isize) {
        let Some(at) = self.place_in_list(core, point) else { return };
        let (before, behind) = self.beside(at);
        let order = match (by < 0, before.first(), behind.first()) {
            (true, Some(above), _) => self.between(core, before.get(1).copied(), Some(*above)),
            (false, _, Some(below)) => self.between(core, Some(*below), behind.get(1).copied()),
            _ => return core.say("It is already at the top or bottom."),
        };
        let change = core.workshop.set(point, Field::Order(Some(order)));
        if core.change("moving a point", change) {
            self.keep_chosen(core, point);
        }
    }

    fn indent(&mut self, core: &mut Core, point: PointId) {
        let Some(at) = self.place_in_list(core, point) else { return };
        let Some(above) = self.beside(at).0.first().copied() else {
            return core.say("There is no point above it to put it under.");
        };
        let lines = &self.listing.lines;
        let parent = core.workshop.point_at(lines[above].index).id();
        let child = lines[above].depth + 1;
        let last = (above + 1..at).rev().find(|place| lines[*place].depth == child);
        let order = self.between(core, last, None);
        self.put_under(core, point, Some(parent), order);
    }

    fn outdent(&mut self, core: &mut Core, point: PointId) {
        let Some(at) = self.place_in_list(core, point) else { return };
        let lines = &self.listing.lines;
        let depth = lines[at].depth;
        let Some(parent) = (0..at).rev().find(|place| lines[*place].depth < depth) else {
            return core.say("It is not under another point.");
        };
        let above = core.workshop.point_at(lines[parent].index).parent();
        let above = if lines[parent].depth == 0 { None } else { above };
        let next = self.beside(parent).1.first().copied();
        let order = self.between(core, Some(parent), next);
        self.put_under(core, point, above, order);
    }

    fn put_under(
        &mut self,
        core: &mut Core,
        point: PointId,
        parent: Option<PointId>,
        order: Order,
    ) {
        let changes = [Field::Parent(parent), Field::Order(Some(order))];
        let changes = changes.into_iter().map(|to| core.workshop.set(point, to)).collect();
        core.make_or_complain("moving a point", changes);
        self.keep_chosen(core, point);
    }

    /// Keeps a point in sight that was just moved.
    fn keep_chosen(&mut self, core: &mut Core, point: PointId) {
        if core.here.chosen().is_none() && core.typing.editing().is_none() {
            self.refresh(core);
            self.choose_point(core, point);
        }
    }

    /// Puts the text being typed under the newest point at its level, or moves it out again.
    fn nest_line(&mut self, core: &mut Core, deeper: bool) {
        let workshop = &core.workshop;
        if deeper {
            let lines = self.listing.lines.iter().rev();
            let mut points = lines.map(|line| workshop.point_at(line.index));
            match points.find(|point| point.parent() == core.typing.under) {
                Some(point) => core.typing.under = Some(point.id()),
                None => core.say("There is no point above it to put it under."),
            }
        } else {
            let parent = core.typing.under.and_then(|under| workshop.point(under));
            core.typing.under = parent.and_then(Point::parent);
        }
    }
}
