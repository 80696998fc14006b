//! A group at work: points are taken down as fast as people speak.

mod change;
mod enter;
mod layout;
mod propose;
mod purge;

use super::here::Target;
use super::keymap::Action;
use super::line::{Edit, Line};
use super::listing::{Listing, Scope};
use super::{App, Core, Here, Mouse, Overlay, Screen, edit};
use crate::app::key::Key;
use crate::workshop::{Captured, Point, PointId};

pub use layout::{Area, Layout, Typed};

/// The state of the capture screen. What is typed there is the composer's.
#[derive(Debug, Default)]
pub struct Capture {
    /// The points shown.
    pub listing: Listing,
    /// Looking for points, if one is.
    pub search: Option<Search>,
    /// Points entered before the workshop was read.
    waiting: Vec<Captured>,
}

/// Looking for points by their words.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The words.
    pub line: Line,
    /// Whether all groups and topics are looked at.
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

    /// Brings the list up to date; the chosen point stays chosen wherever it went. Once it is not in
    /// the list any more, none is.
    pub(super) fn refresh(&mut self, core: &mut Core) {
        let scope = self.scope(&core.here);
        let changed = self.listing.refresh(&core.workshop, &mut core.words, &scope);
        let Some(id) = core.here.point.id().copied() else { return };
        if changed || self.point_at(core, core.here.point.at()) != Some(id) {
            self.choose_point(core, id);
        }
    }

    fn point_at(&self, core: &Core, place: usize) -> Option<PointId> {
        Some(core.workshop.point_at(self.listing.lines().get(place)?.index).id())
    }

    /// Whether points entered before the workshop was read are still held back.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    fn choose(&self, core: &mut Core, place: usize) {
        let workshop = &core.workshop;
        let id = |line: &crate::workshop::Line| workshop.point_at(line.index).id();
        core.here.point.choose(self.listing.lines().iter().map(id), place);
    }

    /// Chooses a point where it is in the list, if it is in it.
    fn choose_point(&self, core: &mut Core, id: PointId) {
        match self.listing.position(&core.workshop, id) {
            Some(at) => core.here.point.hold(id, at),
            None => core.here.point.forget(0),
        }
    }
}

impl Capture {
    pub(super) fn enter_capture(&mut self, core: &mut Core) {
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

    pub(super) fn act_capture(&mut self, core: &mut Core, action: Action, key: Key) {
        if self.search.is_some() {
            return self.act_search(core, action);
        }
        match action {
            Action::Add => self.add(core),
            Action::NewLine => core.type_text("\n"),
            Action::NextTopic => core.step_topic(1),
            Action::PreviousTopic => core.step_topic(-1),
            Action::GoTopic => core.go_topic(key),
            Action::NextGroup => core.step_group(),
            Action::SelectUp if core.typing.line.text().contains('\n') => self.cursor_row(core, -1),
            Action::SelectDown if core.typing.line.text().contains('\n') => {
                self.cursor_row(core, 1)
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
        let lines = self.listing.lines();
        let place = core.here.chosen().unwrap_or(lines.len().saturating_sub(1));
        let Some(line) = lines.get(place) else {
            return core.say("Nothing found. Esc goes back.");
        };
        let id = core.workshop.point_at(line.index).id();
        core.show_point(id);
    }

    /// Esc: back from rewording, from a chosen point, then to the day; but not from the middle of a
    /// text, for letters typed on would be commands there.
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
            core.say("You are typing: Enter adds it, Ctrl-U erases it, F2 goes to the agenda.");
        } else {
            core.go(Screen::Agenda);
        }
    }

    // ----- typing ----------------------------------------------------------------------------

    pub(super) fn type_capture(&mut self, core: &mut Core, text: &str) {
        if let Some(search) = &mut self.search {
            search.line.insert(text);
            core.here.point.forget(0);
            return;
        }
        core.type_text(text);
    }

    // ----- choosing points -------------------------------------------------------------------

    fn step_choice(&mut self, core: &mut Core, action: Action) -> bool {
        let last = self.listing.lines().len().saturating_sub(1);
        let at = core.here.chosen();
        let place = match (action, at) {
            (Action::SelectUp, None) => Some(last),
            (Action::SelectUp, Some(at)) => Some(at.saturating_sub(1)),
            (Action::SelectDown, Some(at)) if at < last => Some(at + 1),
            (Action::SelectDown | Action::Last, _) => None,
            (Action::First, _) => Some(0),
            (Action::PageUp, at) => {
                let window = self.window(core);
                // The first one seen becomes the last one, nearly: that is a page.
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
        let area = Layout::of(core).list;
        let size = (usize::from(area.width), usize::from(area.height));
        self.listing.window(&core.workshop, size, core.here.chosen())
    }

    /// The point that an action is about: the chosen one, or with nothing typed the newest.
    pub(super) fn meant<'a>(&self, core: &'a Core) -> Option<&'a Point> {
        let lines = self.listing.lines();
        let place = match core.here.chosen() {
            Some(place) => place,
            None if core.typing.line.is_empty() => lines.len().checked_sub(1)?,
            None => return None,
        };
        Some(core.workshop.point_at(lines.get(place)?.index))
    }

    pub(super) fn point_capture(&mut self, core: &mut Core, mouse: Mouse) {
        match mouse {
            Mouse::Wheel { notches } => {
                let action = if notches < 0 { Action::SelectUp } else { Action::SelectDown };
                for _ in 0..3 {
                    self.step_choice(core, action);
                }
            }
            Mouse::Click { x, y } => {
                let layout = Layout::of(core);
                if let Some(row) = layout.list.row(x, y) {
                    let window = self.window(core);
                    let mut rows = row + window.skip;
                    for place in window.points {
                        let line = self.listing.lines()[place];
                        let point = core.workshop.point_at(line.index);
                        let width = usize::from(layout.list.width);
                        let tall = super::Shown::of(&core.workshop, point, line, width).rows.len();
                        if rows < tall {
                            return self.choose(core, place);
                        }
                        rows -= tall;
                    }
                } else if layout.tabs.row(x, y).is_some()
                    && let Some(topic) = layout.tab_at(core, x)
                {
                    core.go_to(topic);
                }
            }
        }
    }

    fn cursor_row(&mut self, core: &mut Core, by: isize) {
        let width = Layout::of(core).text_width();
        let typed = Typed::of(&core.typing.line, width);
        let place = typed.place_above(&core.typing.line, by);
        core.typing.line.go(place);
    }
}

impl App {
    pub(super) fn undo_typing(&mut self) -> bool {
        self.redo_or_undo_typing(Line::undo)
    }

    pub(super) fn redo_typing(&mut self) -> bool {
        self.redo_or_undo_typing(Line::redo)
    }

    fn redo_or_undo_typing(&mut self, go: fn(&mut Line) -> Option<Edit>) -> bool {
        if let Some(Overlay::Ask(ask)) = &mut self.core.overlay {
            return go(&mut ask.line).is_some();
        }
        if self.core.screen == Screen::Consolidate && self.consolidate.filtering {
            return go(&mut self.consolidate.filter).is_some();
        }
        if !self.has_line() {
            return false;
        }
        if let Some(search) = &mut self.capture.search {
            return go(&mut search.line).is_some();
        }
        let edited = go(&mut self.core.typing.line);
        let did = edited.is_some();
        self.core.keep_typing(edited);
        // Not even with nothing left to take back does amending a point undo something else.
        did || self.core.typing.is_amending()
    }
}
