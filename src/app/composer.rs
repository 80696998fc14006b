//! Typing text: a new point, a rewording or a proposal. Every key is kept.

use super::{
    Core, Edit, Effect, Line, LineEdit, Proposing, TextId, Typing, UnfinishedText,
    filing::FiledUnder, points::wordings, propose,
};
use crate::workshop::{Pin, Place, PointId, PointKind, SessionId, Stamp, Workshop};

/// The line in which text is typed, whichever screen shows it, and what the text will become.
#[derive(Debug)]
pub struct Composer {
    /// The text being typed.
    pub line: Line,
    /// The kind that texts have by default.
    pub kind: PointKind,
    /// The kind of the text being typed, if it was set while typing: it belongs to that text alone.
    pub own_kind: Option<PointKind>,
    /// The paragraph of the draft that the text will be about.
    pub paragraph: Option<Pin>,
    /// The point that the text will be placed under.
    pub under: Option<PointId>,
    /// Texts that were typed and not entered when a program died.
    pub unfinished: Vec<(usize, UnfinishedText)>,
    /// What the text will become.
    pub(super) mode: Mode,
    /// The session that was chosen for the text being typed: it belongs to that text alone.
    pub(super) own_session: Option<FiledUnder>,
    /// The text that was being typed when other words were put into the line.
    pub(super) aside: Option<Aside>,
    /// The id of the text being typed, if it is on the disk already.
    pub(super) begun: Option<TextId>,
    /// The text that was begun last.
    pub(super) last: TextId,
    /// The unfinished text that was just brought back, by its place among those found.
    pub(super) brought: Option<usize>,
}

/// What the text in the line will become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A new point.
    #[default]
    New,
    /// A new wording of a point.
    Reword {
        /// The point.
        point: PointId,
        /// The wordings that were seen when rewording began: what comes in meanwhile is kept beside
        /// the new one.
        seen: Vec<Stamp>,
    },
    /// The same while it is read back to the group, which confirms it.
    Amend {
        /// The point.
        point: PointId,
        /// The wordings that were seen.
        seen: Vec<Stamp>,
    },
    /// A proposal for a paragraph of the draft text.
    Propose(Proposing),
}

/// A text set aside while other words are in the line.
#[derive(Debug)]
pub(super) struct Aside {
    pub(super) line: Line,
    pub(super) begun: Option<TextId>,
    pub(super) under: Option<PointId>,
    pub(super) own_session: Option<FiledUnder>,
}

impl Default for Composer {
    fn default() -> Self {
        Self {
            line: Line::default(),
            kind: PointKind::Recommendation,
            own_kind: None,
            paragraph: None,
            under: None,
            unfinished: Vec::new(),
            mode: Mode::New,
            own_session: None,
            aside: None,
            begun: None,
            last: TextId::default(),
            brought: None,
        }
    }
}

impl Composer {
    /// The point that is being reworded or amended.
    pub fn editing(&self) -> Option<PointId> {
        match &self.mode {
            Mode::Reword { point, .. } | Mode::Amend { point, .. } => Some(*point),
            Mode::New | Mode::Propose(_) => None,
        }
    }

    /// Whether a point is being amended as the group hears it.
    pub fn is_amending(&self) -> bool {
        matches!(self.mode, Mode::Amend { .. })
    }

    /// The paragraph of the draft text that other words are being proposed for.
    pub fn proposing(&self) -> Option<&Proposing> {
        match &self.mode {
            Mode::Propose(proposing) => Some(proposing),
            _ => None,
        }
    }

    /// What Enter does with the text, in a word.
    pub fn enters(&self) -> &'static str {
        match self.mode {
            Mode::New => "Add",
            Mode::Reword { .. } | Mode::Amend { .. } => "Save",
            Mode::Propose(_) => "Propose",
        }
    }

    /// The wordings of the point being reworded that the text will replace.
    pub fn seen(&self) -> &[Stamp] {
        match &self.mode {
            Mode::Reword { seen, .. } | Mode::Amend { seen, .. } => seen,
            Mode::New | Mode::Propose(_) => &[],
        }
    }

    /// Whether anything was changed in the text that the line began with.
    pub(super) fn is_begun(&self) -> bool {
        self.begun.is_some()
    }

    /// The kind that the text being typed will have.
    pub fn kind_now(&self) -> &PointKind {
        self.own_kind.as_ref().unwrap_or(&self.kind)
    }
}

impl Core {
    /// The place of a point that is taken down now.
    pub(super) fn place_now(&self) -> Place {
        let session = self.session_now();
        let round = round_of(&self.workshop, session.as_ref());
        let mut place = Place::new(self.here.group.clone(), self.here.topic.clone());
        (place.session, place.round) = (session, round);
        place
    }

    /// Puts letters into the line.
    pub(super) fn type_text(&mut self, text: &str) {
        if self.typing.editing().is_none() {
            self.here.point.forget(0);
        }
        let edited = self.typing.line.insert(text);
        self.keep_typing(Some(edited));
    }

    /// Keeps an edit of the line.
    pub(super) fn keep_typing(&mut self, edited: Option<Edit>) {
        let Some(edited) = edited else { return };
        let id = self.typing.begun.unwrap_or_else(|| {
            let point = self.typing.editing().and_then(|point| self.workshop.point(point));
            let begun_with = match (&self.typing.proposing(), point) {
                (Some(proposing), _) => proposing.begun_with.clone(),
                (None, Some(point)) => point.text().to_owned(),
                (None, None) => String::new(),
            };
            self.begin_line(begun_with)
        });
        self.effects.push(Effect::Typing(Typing::Edited(id, edited)));
    }

    /// Keeps the line as this text, at its current place.
    pub(super) fn begin_line(&mut self, text: String) -> TextId {
        let id = self.typing.begun.unwrap_or_else(|| self.typing.last.next());
        self.typing.begun = Some(id);
        self.typing.last = self.typing.last.max(id);
        let place = self.place_now();
        let proposing = self.typing.proposing();
        let editing = self.typing.editing().or(proposing.and_then(|proposing| proposing.point));
        let proposing = proposing.map(Proposing::pin);
        let brought = self.typing.brought.take();
        let begun = Typing::Begun { id, place, editing, proposing, text, brought };
        self.effects.push(Effect::Typing(begun));
        id
    }

    /// Keeps the whole line at its current place.
    pub(super) fn keep_line(&mut self) {
        if !self.typing.line.is_empty() {
            self.begin_line(self.typing.line.text().to_owned());
        }
    }

    /// Notes that what was typed in the line was entered as these points.
    pub(super) fn text_entered(&mut self, points: Vec<PointId>) {
        if let Some(id) = self.typing.begun {
            self.effects.push(Effect::Typing(Typing::Entered(id, points)));
        }
    }

    /// Notes that what was typed in the line was discarded.
    pub(super) fn text_dropped(&mut self) {
        if let Some(id) = self.typing.begun {
            self.effects.push(Effect::Typing(Typing::Dropped(id)));
        }
    }

    /// Undoes or redoes typing in the line. While a point is being amended, nothing else is undone, even
    /// if there is no typing left to undo.
    pub(super) fn edit_line(&mut self, edit: LineEdit) -> bool {
        let edited = edit(&mut self.typing.line);
        let did = edited.is_some();
        self.keep_typing(edited);
        did || self.typing.is_amending()
    }

    /// Empties the line when it is done; what was set aside for it comes back.
    pub(super) fn finish_line(&mut self) {
        self.typing.line = Line::default();
        self.typing.begun = None;
        self.typing.mode = Mode::New;
        self.typing.paragraph = None;
        self.typing.own_kind = None;
        self.typing.own_session = None;
        if let Some(aside) = self.typing.aside.take() {
            (self.typing.line, self.typing.begun) = (aside.line, aside.begun);
            self.typing.under = aside.under;
            self.typing.own_session = aside.own_session;
            self.keep_line();
        }
    }

    /// Takes up what was typed when a program died: into the line if that is free, or kept ready.
    pub(super) fn restore(&mut self, unfinished: Vec<UnfinishedText>) {
        self.typing.unfinished = unfinished.into_iter().enumerate().collect();
        if self.typing.line.is_empty() && !self.typing.unfinished.is_empty() {
            self.bring_back();
        }
    }

    pub(super) fn bring_back(&mut self) {
        let (here, typing) = (&self.here, &self.typing);
        let is_here =
            |(_, u): &(usize, UnfinishedText)| u.group == here.group && u.topic == here.topic;
        let place = typing.unfinished.iter().position(is_here).unwrap_or(0);
        if typing.unfinished.is_empty() {
            return self.say("There is no unfinished text.");
        }
        if !typing.line.is_empty() {
            return self.say("Enter what you are typing first; the unfinished text is kept.");
        }
        self.text_dropped();
        self.typing.begun = None;
        let (brought, unfinished) = self.typing.unfinished.remove(place);
        self.typing.brought = Some(brought);
        let reworded = unfinished.editing.filter(|point| self.workshop.point(*point).is_some());
        let proposing = unfinished.proposing.as_ref();
        let proposing = proposing
            .and_then(|pin| propose::proposing(&self.workshop, pin, reworded, &unfinished.text));
        let reworded = reworded.filter(|_| unfinished.proposing.is_none());
        self.here.group = unfinished.group;
        self.here.topic = unfinished.topic;
        self.typing.mode = match (proposing, reworded) {
            (Some(proposing), _) => Mode::Propose(proposing),
            (None, Some(point)) => Mode::Reword { point, seen: wordings(&self.workshop, point) },
            (None, None) => Mode::New,
        };
        self.typing.line = Line::holding(&unfinished.text);
        let known = |id: &SessionId| self.workshop.agenda().session(id).is_some();
        if let Some(session) = unfinished.session.filter(known) {
            self.file_line_in(Some(session));
        }
        self.keep_line();
        self.say(match self.typing.unfinished.len() {
            0 => "Restored: text that was typed but not entered.".to_owned(),
            more => format!("Brought back unfinished text; {more} more with Alt-U."),
        });
    }

    /// Puts a point's words into the line; returns whether it did. Only one text waits for the line: what is being
    /// reworded or proposed must be finished first.
    pub(super) fn begin_rewording(&mut self, point: PointId) -> bool {
        if self.typing.editing().is_some() || self.typing.proposing().is_some() {
            self.say("Finish rewording first: Enter saves, Esc cancels. Then try again.");
            return false;
        }
        let Some(text) = self.workshop.point(point).map(|p| p.text().to_owned()) else {
            return false;
        };
        self.set_line_aside();
        self.typing.line = Line::holding(&text);
        self.typing.mode = Mode::Reword { point, seen: wordings(&self.workshop, point) };
        self.here.point.set(point);
        true
    }

    /// Sets aside what is being typed until the line is free again.
    pub(super) fn set_line_aside(&mut self) {
        let (line, begun) = (std::mem::take(&mut self.typing.line), self.typing.begun.take());
        if !line.is_empty() {
            let under = self.typing.under;
            let own_session = self.typing.own_session.take();
            self.typing.aside = Some(Aside { line, begun, under, own_session });
        } else if let Some(id) = begun {
            self.effects.push(Effect::Typing(Typing::Dropped(id)));
        }
    }
}

pub(super) fn round_of(workshop: &Workshop, session: Option<&SessionId>) -> Option<u8> {
    workshop.agenda().session(session?)?.round
}
