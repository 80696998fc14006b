//! A group at work: points are taken down as fast as people speak.

mod change;
mod enter;
mod layout;
mod propose;
mod purge;

use super::filing::{Filed, Filing};
use super::keymap::Action;
use super::line::{Edit, Line};
use super::listing::{Listing, Scope};
use super::message::Unfinished;
use super::{App, Chosen, Effect, Mouse, Overlay, Screen, TextId, Typing, edit};
use crate::app::key::{Code, Key};
use crate::workshop::{
    Captured, GroupId, Pin, Place, Point, PointId, PointKind, SessionId, Stamp, TopicId, Workshop,
};

pub use layout::{Area, Layout, Typed};
pub use propose::{Proposing, Reasoned};

/// The state of the capture screen.
#[derive(Debug)]
pub struct Capture {
    /// Whose points are taken down.
    pub group: GroupId,
    /// On what.
    pub topic: TopicId,
    /// The text being typed. It always has the focus.
    pub line: Line,
    /// The kind that texts have unless somebody says otherwise.
    pub kind: PointKind,
    /// The kind of the text being typed, where it was set while typing: it goes with the text.
    pub own_kind: Option<PointKind>,
    /// The paragraph of the draft that the text will be about.
    pub paragraph: Option<Pin>,
    /// The point that the text will stand under.
    pub under: Option<PointId>,
    /// The point that is being reworded.
    pub editing: Option<PointId>,
    /// The paragraph of the draft text that other words are being proposed for.
    pub proposing: Option<Proposing>,
    /// The points shown.
    pub listing: Listing,
    /// Looking for points, if one is.
    pub search: Option<Search>,
    /// Texts that were typed and not entered when a program died.
    pub unfinished: Vec<(usize, Unfinished)>,
    /// The session that was chosen for what is taken down.
    pub(super) session: Option<Filing>,
    /// The session that was chosen for the text being typed: it goes with the text.
    pub(super) own_session: Option<Filing>,
    /// The session that was shown last, where one was shown.
    pub(super) filed: Option<Filed>,
    chosen: Chosen<PointId>,
    /// The wordings of it that were seen when rewording began: what comes in meanwhile stands
    /// beside the new one.
    seen: Vec<Stamp>,
    /// What was being typed when a point was taken to be reworded.
    aside: Option<Aside>,
    /// Points entered before the workshop was read.
    waiting: Vec<Captured>,
    /// The text being typed, where it is known to the disk.
    begun: Option<TextId>,
    /// The text that was begun last.
    last: TextId,
    /// Which unfinished text was just brought back, by its place among those found.
    brought: Option<usize>,
}

/// A text set aside while a point is reworded.
#[derive(Debug)]
struct Aside {
    line: Line,
    begun: Option<TextId>,
    under: Option<PointId>,
    own_session: Option<Filing>,
}

/// Looking for points by their words.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The words.
    pub line: Line,
    /// Whether all groups and topics are looked at.
    pub everywhere: bool,
}

impl Default for Capture {
    fn default() -> Self {
        Self {
            group: GroupId::plenary(),
            topic: TopicId::general(),
            line: Line::default(),
            kind: PointKind::Recommendation,
            own_kind: None,
            paragraph: None,
            under: None,
            editing: None,
            proposing: None,
            listing: Listing::default(),
            search: None,
            unfinished: Vec::new(),
            session: None,
            own_session: None,
            filed: None,
            chosen: Chosen::default(),
            seen: Vec::new(),
            aside: None,
            waiting: Vec::new(),
            begun: None,
            last: TextId::default(),
            brought: None,
        }
    }
}

impl Capture {
    /// Begins with a group and a topic: those asked for, or the first there are.
    pub(super) fn place(
        &mut self,
        workshop: &Workshop,
        group: Option<GroupId>,
        topic: Option<TopicId>,
    ) {
        let first_group = workshop.groups().next().map(|group| group.id.clone());
        let first_topic = workshop.topics().first().map(|topic| topic.id.clone());
        self.group = group.or(first_group).unwrap_or_else(GroupId::plenary);
        self.topic = topic.or(first_topic).unwrap_or_else(TopicId::general);
    }

    /// What the list shows.
    pub fn scope(&self) -> Scope {
        let search = self.search.as_ref();
        Scope {
            group: self.group.clone(),
            topic: self.topic.clone(),
            everywhere: search.is_some_and(|search| search.everywhere),
            filter: search.map(|search| search.line.text().trim().to_owned()).unwrap_or_default(),
        }
    }

    /// Brings the list up to date; the chosen point stays chosen wherever it went. Once it is not in
    /// the list any more, none is.
    pub(super) fn refresh(&mut self, workshop: &Workshop) {
        let scope = self.scope();
        if self.listing.refresh(workshop, &scope)
            && let Some(id) = self.chosen.id().copied()
        {
            self.choose_point(workshop, id);
        }
    }

    /// Where in the list the chosen point stands.
    pub fn chosen(&self) -> Option<usize> {
        self.chosen.id().map(|_| self.chosen.at())
    }

    /// Chooses no point.
    pub(super) fn choose_none(&mut self) {
        self.chosen.forget(0);
    }

    /// The wordings that were seen when rewording began.
    pub(super) fn seen_wordings(&self) -> &[Stamp] {
        &self.seen
    }

    /// Whether anything was typed into the text that the line began with.
    pub(super) fn is_begun(&self) -> bool {
        self.begun.is_some()
    }

    /// Whether points entered before the workshop was read are still held back.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// How many wordings of the point being reworded the text will replace.
    pub fn seen(&self) -> usize {
        self.seen.len()
    }

    /// The kind that the text being typed will have.
    pub fn kind_now(&self) -> &PointKind {
        self.own_kind.as_ref().unwrap_or(&self.kind)
    }

    fn choose(&mut self, workshop: &Workshop, place: usize) {
        let id = |line: &crate::workshop::Line| workshop.point_at(line.index).id();
        self.chosen.choose(self.listing.lines().iter().map(id), place);
    }

    /// Chooses a point where it is in the list, if it is in it.
    fn choose_point(&mut self, workshop: &Workshop, id: PointId) {
        match self.listing.position(workshop, id) {
            Some(at) => self.chosen.hold(id, at),
            None => self.choose_none(),
        }
    }
}

impl App {
    pub(super) fn enter_capture(&mut self) {
        self.capture.refresh(&self.core.workshop);
    }

    /// Takes down points of a session from now on.
    pub(super) fn capture_in(&mut self, session: SessionId) {
        if let Some(found) = self.core.workshop.agenda().session(&session) {
            let topic = found.topics.first().cloned();
            let group = found.groups.first().cloned();
            let plenary = !found.kind.is_group_discussion();
            let general = (plenary && topic.is_none()).then(TopicId::general);
            let room = (plenary && group.is_none()).then(GroupId::plenary);
            let breakout = || {
                let stays = self.capture.group != GroupId::plenary();
                let first = self.core.workshop.groups().next().map(|group| group.id.clone());
                if stays { Some(self.capture.group.clone()) } else { first }
            };
            let group = group.or(room).or_else(breakout);
            let stays = !plenary && self.capture.topic != TopicId::general();
            let topic = topic.or(general).or_else(|| stays.then(|| self.capture.topic.clone()));
            let capture = &mut self.capture;
            capture.place(&self.core.workshop, group, topic);
        }
        self.file_in(Some(session));
        self.go(Screen::Capture);
    }

    /// Where a point taken down now belongs.
    fn place_now(&self) -> Place {
        let session = self.session_now();
        let round = self.round_of(session.as_ref());
        let mut place = Place::new(self.capture.group.clone(), self.capture.topic.clone());
        (place.session, place.round) = (session, round);
        place
    }

    fn round_of(&self, session: Option<&SessionId>) -> Option<u8> {
        self.core.workshop.agenda().session(session?)?.round
    }

    pub(super) fn act_capture(&mut self, action: Action, key: Key) {
        if self.capture.search.is_some() {
            return self.act_search(action);
        }
        match action {
            Action::Add => self.add(),
            Action::NewLine => self.type_capture("\n"),
            Action::NextTopic => self.step_topic(1),
            Action::PreviousTopic => self.step_topic(-1),
            Action::GoTopic => self.go_topic(key),
            Action::NextGroup => self.step_group(),
            Action::SelectUp if self.capture.line.text().contains('\n') => self.cursor_row(-1),
            Action::SelectDown if self.capture.line.text().contains('\n') => self.cursor_row(1),
            Action::Back => self.back_capture(),
            Action::Search => self.capture.search = Some(Search::default()),
            Action::BringBack => self.bring_back(),
            action if self.step_choice(action) => {}
            action => {
                if !self.change_point(action) {
                    let edited = edit(&mut self.capture.line, action);
                    self.keep_typing(edited);
                }
            }
        }
    }

    fn act_search(&mut self, action: Action) {
        match action {
            Action::Back => {
                self.capture.search = None;
                self.capture.refresh(&self.core.workshop);
            }
            Action::SearchEverywhere => {
                if let Some(search) = &mut self.capture.search {
                    search.everywhere = !search.everywhere;
                }
                self.capture.choose_none();
            }
            Action::GoToFound => self.go_to_found(),
            action if self.step_choice(action) => {}
            action => {
                if let Some(search) = &mut self.capture.search
                    && edit(&mut search.line, action).is_some()
                {
                    self.capture.choose_none();
                }
            }
        }
    }

    fn go_to_found(&mut self) {
        let lines = self.capture.listing.lines();
        let place = self.capture.chosen().unwrap_or(lines.len().saturating_sub(1));
        let Some(line) = lines.get(place) else {
            return self.say("Nothing found. Esc goes back.");
        };
        let id = self.core.workshop.point_at(line.index).id();
        self.show_point(id);
    }

    /// Goes to a point where it stands, and chooses it.
    pub(super) fn show_point(&mut self, id: PointId) {
        let Some(point) = self.core.workshop.point(id) else { return };
        let (group, topic) = (point.group().clone(), point.topic().clone());
        self.capture.search = None;
        self.capture.group = group;
        self.go_to(topic);
        self.go(Screen::Capture);
        self.capture.refresh(&self.core.workshop);
        self.capture.choose_point(&self.core.workshop, id);
    }

    /// Esc: back from rewording, from a chosen point, then to the day; but not from the middle of a
    /// text, for letters typed on would be commands there.
    fn back_capture(&mut self) {
        if self.capture.editing.is_some() {
            self.text_dropped();
            self.say("The point stays as it was.");
            self.finish_line();
        } else if self.capture.proposing.is_some() {
            self.leave_proposing();
        } else if self.capture.chosen().is_some() {
            self.capture.choose_none();
        } else if !self.capture.line.is_empty() {
            self.say("You are typing: Enter adds it, Ctrl-U erases it, F2 goes to the agenda.");
        } else {
            self.go(Screen::Agenda);
        }
    }

    // ----- typing ----------------------------------------------------------------------------

    pub(super) fn type_capture(&mut self, text: &str) {
        if let Some(search) = &mut self.capture.search {
            search.line.insert(text);
            self.capture.choose_none();
            return;
        }
        if self.capture.editing.is_none() {
            self.capture.choose_none();
        }
        let edited = self.capture.line.insert(text);
        self.keep_typing(Some(edited));
    }

    /// Has an edit of the line kept.
    pub(super) fn keep_typing(&mut self, edited: Option<Edit>) {
        let Some(edited) = edited else { return };
        let id = self.capture.begun.unwrap_or_else(|| {
            let point = self.capture.editing.and_then(|point| self.core.workshop.point(point));
            let begun_with = match (&self.capture.proposing, point) {
                (Some(proposing), _) => proposing.begun_with.clone(),
                (None, Some(point)) => point.text().to_owned(),
                (None, None) => String::new(),
            };
            self.begin_line(begun_with)
        });
        self.core.effects.push(Effect::Typing(Typing::Edited(id, edited)));
    }

    /// Has the line kept as this text, where it now belongs.
    fn begin_line(&mut self, text: String) -> TextId {
        let id = self.capture.begun.unwrap_or_else(|| self.capture.last.next());
        self.capture.begun = Some(id);
        self.capture.last = self.capture.last.max(id);
        let place = self.place_now();
        let proposing = self.capture.proposing.as_ref();
        let editing = self.capture.editing.or(proposing.and_then(|proposing| proposing.point));
        let proposing = proposing.map(Proposing::pin);
        let brought = self.capture.brought.take();
        let begun = Typing::Begun { id, place, editing, proposing, text, brought };
        self.core.effects.push(Effect::Typing(begun));
        id
    }

    /// Has the whole line kept where it now belongs.
    pub(super) fn keep_line(&mut self) {
        if !self.capture.line.is_empty() {
            self.begin_line(self.capture.line.text().to_owned());
        }
    }

    /// What was typed in the line is entered as these points.
    pub(super) fn text_entered(&mut self, points: Vec<PointId>) {
        if let Some(id) = self.capture.begun {
            self.core.effects.push(Effect::Typing(Typing::Entered(id, points)));
        }
    }

    /// What was typed in the line is given up.
    pub(super) fn text_dropped(&mut self) {
        if let Some(id) = self.capture.begun {
            self.core.effects.push(Effect::Typing(Typing::Dropped(id)));
        }
    }

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
        let edited = go(&mut self.capture.line);
        let did = edited.is_some();
        self.keep_typing(edited);
        // Not even with nothing left to take back does amending a point undo something else.
        did || self.reading.amending
    }

    /// The line is done with; what was set aside for it comes back.
    pub(super) fn finish_line(&mut self) {
        self.capture.line = Line::default();
        self.capture.begun = None;
        self.capture.editing = None;
        self.capture.proposing = None;
        self.capture.paragraph = None;
        self.capture.own_kind = None;
        self.capture.own_session = None;
        if let Some(aside) = self.capture.aside.take() {
            (self.capture.line, self.capture.begun) = (aside.line, aside.begun);
            self.capture.under = aside.under;
            self.capture.own_session = aside.own_session;
            self.keep_line();
        }
    }

    // ----- unfinished text -------------------------------------------------------------------

    /// Takes up what was typed when a program died: into the line if it is free, or at hand.
    pub(super) fn restore(&mut self, unfinished: Vec<Unfinished>) {
        self.capture.unfinished = unfinished.into_iter().enumerate().collect();
        if self.capture.line.is_empty() && !self.capture.unfinished.is_empty() {
            self.bring_back();
        }
    }

    fn bring_back(&mut self) {
        let capture = &self.capture;
        let here =
            |(_, u): &(usize, Unfinished)| u.group == capture.group && u.topic == capture.topic;
        let place = capture.unfinished.iter().position(here).unwrap_or(0);
        if capture.unfinished.is_empty() {
            return self.say("There is no unfinished text.");
        }
        if !capture.line.is_empty() {
            return self.say("Enter what you are typing first; the unfinished text is kept.");
        }
        self.text_dropped();
        self.capture.begun = None;
        let (brought, unfinished) = self.capture.unfinished.remove(place);
        self.capture.brought = Some(brought);
        let reworded =
            unfinished.editing.filter(|point| self.core.workshop.point(*point).is_some());
        let proposing = unfinished.proposing.as_ref();
        let proposing = proposing.and_then(|pin| self.proposing(pin, reworded, &unfinished.text));
        let reworded = reworded.filter(|_| unfinished.proposing.is_none());
        self.capture.group = unfinished.group;
        self.capture.topic = unfinished.topic;
        self.capture.editing = reworded;
        self.capture.proposing = proposing;
        self.capture.seen = reworded.map(|point| self.wordings(point)).unwrap_or_default();
        self.capture.line = Line::holding(&unfinished.text);
        let known = |id: &SessionId| self.core.workshop.agenda().session(id).is_some();
        if let Some(session) = unfinished.session.filter(known) {
            self.file_line_in(Some(session));
        }
        self.keep_line();
        self.say(match self.capture.unfinished.len() {
            0 => "Brought back: text that was typed and not entered.".to_owned(),
            more => format!("Brought back unfinished text; {more} more with Alt-U."),
        });
    }

    // ----- where one is ----------------------------------------------------------------------

    pub(super) fn step_topic(&mut self, by: isize) {
        let topics = self.core.workshop.topics();
        let at = topics.iter().position(|topic| topic.id == self.capture.topic).unwrap_or(0);
        let next = (at as isize + by).rem_euclid(topics.len() as isize) as usize;
        self.go_to(topics[next].id.clone());
    }

    pub(super) fn go_topic(&mut self, key: Key) {
        let Code::Char(digit) = key.code else { return };
        let place = digit.to_digit(10).unwrap_or(0) as usize;
        match place.checked_sub(1).and_then(|place| self.core.workshop.topics().get(place)) {
            Some(topic) => self.go_to(topic.id.clone()),
            None => self.say(format!("There is no topic {place}.")),
        }
    }

    fn step_group(&mut self) {
        let groups: Vec<&GroupId> = self.core.workshop.groups().map(|group| &group.id).collect();
        let at = groups.iter().position(|id| **id == self.capture.group).unwrap_or(0);
        if let Some(next) = groups.get((at + 1) % groups.len().max(1)) {
            self.go_to_group((*next).clone());
        }
    }

    fn go_to(&mut self, topic: TopicId) {
        self.capture.topic = topic;
        self.arrive();
    }

    pub(super) fn go_to_group(&mut self, group: GroupId) {
        self.capture.group = group;
        self.arrive();
    }

    /// Text being typed comes along to another topic or group; being reworded, it stays a rewording.
    fn arrive(&mut self) {
        self.capture.under = None;
        self.capture.choose_none();
        if self.capture.editing.is_none() {
            self.keep_line();
        }
    }

    // ----- choosing points -------------------------------------------------------------------

    fn step_choice(&mut self, action: Action) -> bool {
        let last = self.capture.listing.lines().len().saturating_sub(1);
        let at = self.capture.chosen();
        let place = match (action, at) {
            (Action::SelectUp, None) => Some(last),
            (Action::SelectUp, Some(at)) => Some(at.saturating_sub(1)),
            (Action::SelectDown, Some(at)) if at < last => Some(at + 1),
            (Action::SelectDown | Action::Last, _) => None,
            (Action::First, _) => Some(0),
            (Action::PageUp, at) => {
                let window = self.window();
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
                let end = self.window().points.end.saturating_sub(1);
                at.map(|at| if at == end { end + 1 } else { end }).filter(|end| *end < last)
            }
            _ => return false,
        };
        match place {
            Some(place) => self.capture.choose(&self.core.workshop, place),
            None => self.capture.choose_none(),
        }
        true
    }

    /// The part of the list that is on the screen.
    pub fn window(&self) -> super::Window {
        let area = Layout::of(self).list;
        let size = (usize::from(area.width), usize::from(area.height));
        self.capture.listing.window(&self.core.workshop, size, self.capture.chosen())
    }

    /// The point that an action is about: the chosen one, or with nothing typed the newest.
    pub(super) fn meant(&self) -> Option<&Point> {
        let lines = self.capture.listing.lines();
        let place = match self.capture.chosen() {
            Some(place) => place,
            None if self.capture.line.is_empty() => lines.len().checked_sub(1)?,
            None => return None,
        };
        Some(self.core.workshop.point_at(lines.get(place)?.index))
    }

    pub(super) fn point_capture(&mut self, mouse: Mouse) {
        match mouse {
            Mouse::Wheel { notches } => {
                let action = if notches < 0 { Action::SelectUp } else { Action::SelectDown };
                for _ in 0..3 {
                    self.step_choice(action);
                }
            }
            Mouse::Click { x, y } => {
                let layout = Layout::of(self);
                if let Some(row) = layout.list.row(x, y) {
                    let window = self.window();
                    let mut rows = row + window.skip;
                    for place in window.points {
                        let line = self.capture.listing.lines()[place];
                        let point = self.core.workshop.point_at(line.index);
                        let width = usize::from(layout.list.width);
                        let tall =
                            super::Shown::of(&self.core.workshop, point, line, width).rows.len();
                        if rows < tall {
                            return self.capture.choose(&self.core.workshop, place);
                        }
                        rows -= tall;
                    }
                } else if layout.tabs.row(x, y).is_some()
                    && let Some(topic) = layout.tab_at(self, x)
                {
                    self.go_to(topic);
                }
            }
        }
    }

    fn cursor_row(&mut self, by: isize) {
        let width = Layout::of(self).text_width();
        let typed = Typed::of(&self.capture.line, width);
        let place = typed.place_above(&self.capture.line, by);
        self.capture.line.go(place);
    }
}
