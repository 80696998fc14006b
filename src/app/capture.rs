//! The capture screen: points are taken down as fast as people speak.

mod answers;
mod change;
mod enter;
mod layout;
mod nudge;
mod propose;
mod purge;

use super::{
    Action, Context, Core, Here, Line, LineEdit, Listing, Of, Scope, Screen, ScreenId, Target,
    TypedRows, edit,
};
use crate::workshop::{CapturedPoint, Point, PointId};

pub(super) use answers::{PointPick, PointQuestion};
pub use layout::CaptureLayout;
use nudge::Nudge;

/// The state of the capture screen. What is typed there belongs to the composer.
#[derive(Debug, Default)]
pub struct Capture {
    /// The points shown.
    pub listing: Listing,
    /// The search for points, if there is one.
    pub search: Option<Search>,
    /// Points entered before the workshop was read.
    waiting: Vec<CapturedPoint>,
    nudge: Option<Nudge>,
}

/// A search for points by their words.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The words.
    pub line: Line,
    /// Whether all groups and topics are searched.
    pub everywhere: bool,
}

impl Capture {
    /// What the list shows.
    pub fn scope(&self, here: &Here) -> Scope {
        let search = self.search.as_ref();
        Scope {
            group: here.group.clone(),
            topic: here.topic.clone(),
            everywhere: search.is_some_and(|search| search.everywhere),
            filter: search.map(|search| search.line.text().trim().to_owned()).unwrap_or_default(),
        }
    }

    fn point_at(&self, core: &Core, place: usize) -> Option<PointId> {
        Some(core.workshop.point_at(self.listing.lines.get(place)?.index).id())
    }

    /// How many points entered before the workshop was read are still held back.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    fn choose(&self, core: &mut Core, place: usize) {
        let workshop = &core.workshop;
        let id = |line: &crate::workshop::ListLine| workshop.point_at(line.index).id();
        core.here.point.choose(self.listing.lines.iter().map(id), place);
    }

    /// Chooses a point at its place in the list, if it is in the list.
    fn choose_point(&self, core: &mut Core, id: PointId) {
        match self.listing.position(&core.workshop, id) {
            Some(at) => core.here.point.hold(id, at),
            None => core.here.point.forget(0),
        }
    }
}

impl Screen for Capture {
    fn context(&self, _: &Core) -> Context {
        if self.search.is_some() { Context::Search } else { Context::Capture }
    }

    fn enter(&mut self, core: &mut Core) {
        let here = |it: &mut Target| matches!(it, Target::Point(_) | Target::Line);
        let target = core.here.target.take_if(here);
        if target.is_some() {
            self.search = None;
        }
        self.refresh(core);
        if let Some(Target::Point(id)) = target {
            self.choose_point(core, id);
        }
    }

    fn act(&mut self, core: &mut Core, action: Action) {
        if self.search.is_some() {
            return self.act_search(core, action);
        }
        match action {
            Action::Add => self.add(core),
            Action::NewLine => core.type_text("\n"),
            Action::NextTopic => core.step_topic(1),
            Action::PreviousTopic => core.step_topic(-1),
            Action::GoTopic => core.go_topic(),
            Action::NextGroup => core.step_group(),
            Action::SelectUp if core.typing.line.text().contains('\n') => {
                Self::cursor_row(core, -1);
            }
            Action::SelectDown if core.typing.line.text().contains('\n') => {
                Self::cursor_row(core, 1);
            }
            Action::Back => Self::back_capture(core),
            Action::Search => self.search = Some(Search::default()),
            Action::BringBack => core.bring_back(),
            action if self.step_choice(core, action) => {}
            action => {
                if !self.change_point(core, action) {
                    let edited = edit(&mut core.typing.line, action);
                    core.keep_typing(edited);
                }
            }
        }
    }

    fn wheel(&mut self, core: &mut Core, action: Action) {
        let action = if action == Action::Up { Action::SelectUp } else { Action::SelectDown };
        for _ in 0..3 {
            self.step_choice(core, action);
        }
    }

    fn click(&mut self, core: &mut Core, x: u16, y: u16) {
        let layout = CaptureLayout::of(core);
        if let Some(row) = layout.list.row(x, y) {
            let width = usize::from(layout.list.width);
            let tall = |place| self.listing.tall(&core.workshop, place, width);
            if let Some(place) = self.window(core).at_row(row, tall) {
                self.choose(core, place);
            }
        } else if layout.tabs.row(x, y).is_some()
            && let Some(topic) = layout.tab_at(core, x)
        {
            core.go_to(topic);
        }
    }

    /// Brings the list up to date; the chosen point stays chosen wherever it went. If it is no longer
    /// in the list, none is chosen.
    fn refresh(&mut self, core: &mut Core) {
        self.refresh_nudge(core);
        let scope = self.scope(&core.here);
        let changed = self.listing.refresh(&core.workshop, &mut core.words, &scope);
        let Some(id) = core.here.point.id().copied() else { return };
        if changed || self.point_at(core, core.here.point.at()) != Some(id) {
            self.choose_point(core, id);
        }
    }

    fn type_in(&mut self, core: &mut Core, text: &str) {
        if let Some(search) = &mut self.search {
            search.line.insert(text);
            core.here.point.forget(0);
        } else {
            core.type_text(text);
        }
    }

    fn edit_line(&mut self, core: &mut Core, edit: LineEdit) -> bool {
        match &mut self.search {
            Some(search) => edit(&mut search.line).is_some(),
            None => core.edit_line(edit),
        }
    }

    fn subjects(&self, core: &Core) -> Vec<Of> {
        self.meant(core).map(|found| Of::Point(found.id(), None)).into_iter().collect()
    }
}

impl Capture {
    fn act_search(&mut self, core: &mut Core, action: Action) {
        match action {
            Action::Back => {
                self.search = None;
                self.refresh(core);
            }
            Action::SearchEverywhere => {
                if let Some(search) = &mut self.search {
                    search.everywhere = !search.everywhere;
                }
                core.here.point.forget(0);
            }
            Action::GoToFound => self.go_to_found(core),
            action if self.step_choice(core, action) => {}
            action => {
                if let Some(search) = &mut self.search
                    && edit(&mut search.line, action).is_some()
                {
                    core.here.point.forget(0);
                }
            }
        }
    }

    fn go_to_found(&mut self, core: &mut Core) {
        let lines = &self.listing.lines;
        let place = core.here.chosen().unwrap_or(lines.len().saturating_sub(1));
        let Some(line) = lines.get(place) else {
            return core.say("Nothing found. Esc goes back.");
        };
        let id = core.workshop.point_at(line.index).id();
        core.show_point(id);
    }

    /// Handles Esc: leaves rewording, then a chosen point, then goes to the day; but not in the middle
    /// of a text, because letters typed after that would be commands there.
    fn back_capture(core: &mut Core) {
        if core.typing.editing().is_some() {
            core.text_dropped();
            core.say("The point stays as it was.");
            core.finish_line();
        } else if core.typing.proposing().is_some() {
            Self::leave_proposing(core);
        } else if core.here.chosen().is_some() {
            core.here.point.forget(0);
        } else if !core.typing.line.is_empty() {
            core.say("Unfinished text: Enter adds it, Ctrl-U erases it, F2 goes to the agenda.");
        } else {
            core.go(ScreenId::Agenda);
        }
    }

    // ----- typing ----------------------------------------------------------------------------

    // ----- choosing points -------------------------------------------------------------------

    fn step_choice(&mut self, core: &mut Core, action: Action) -> bool {
        let last = self.listing.lines.len().saturating_sub(1);
        let at = core.here.chosen();
        let place = match (action, at) {
            (Action::SelectUp, None) => Some(last),
            (Action::SelectUp, Some(at)) => Some(at.saturating_sub(1)),
            (Action::SelectDown, Some(at)) if at < last => Some(at + 1),
            (Action::SelectDown | Action::Last, _) => None,
            (Action::First, _) => Some(0),
            (Action::PageUp, at) => {
                let window = self.window(core);
                // The first visible point becomes nearly the last one: that is a page.
                Some(
                    window
                        .points
                        .start
                        .min(at.unwrap_or(last))
                        .saturating_sub(usize::from(at == Some(window.points.start))),
                )
            }
            (Action::PageDown, at) => {
                let end = self.window(core).points.end.saturating_sub(1);
                at.map(|at| if at == end { end + 1 } else { end }).filter(|end| *end < last)
            }
            _ => return false,
        };
        match place {
            Some(place) => self.choose(core, place),
            None => core.here.point.forget(0),
        }
        true
    }

    /// The part of the list that is on the screen.
    pub fn window(&self, core: &Core) -> super::Window {
        let area = CaptureLayout::of(core).list;
        let size = (usize::from(area.width), usize::from(area.height));
        self.listing.window(&core.workshop, size, core.here.chosen())
    }

    /// The point that an action is about: the chosen one, or with nothing typed the newest.
    pub(super) fn meant<'a>(&self, core: &'a Core) -> Option<&'a Point> {
        let lines = &self.listing.lines;
        let place = match core.here.chosen() {
            Some(place) => place,
            None if core.typing.line.is_empty() => lines.len().checked_sub(1)?,
            None => return None,
        };
        Some(core.workshop.point_at(lines.get(place)?.index))
    }

    fn cursor_row(core: &mut Core, by: isize) {
        let width = CaptureLayout::of(core).text_width();
        let typed = TypedRows::of(&core.typing.line, width);
        let place = typed.place_above(&core.typing.line, by);
        core.typing.line.go(place);
    }
}
