//! What every screen works with: the workshop, what happened, what has to be done.

use std::path::PathBuf;

use super::{
    About, Ask, Attributions, Choice, Choose, Composer, Effect, Here, History, Key, Later,
    LikenessIndex, Line, Notice, Overlay, Safety, ScreenId, Words, ask::GivenAnswers, key::Code,
    quote,
};
use crate::workshop::{Ids, Moment, PointId, Workshop, WriterId};

/// What all screens share. Each screen keeps its own state.
#[derive(Debug)]
pub struct Core {
    /// The workshop that is open; an empty one on the start screen.
    pub workshop: Workshop,
    /// Its folder.
    pub folder: PathBuf,
    /// Whether its points are still being read.
    pub loading: bool,
    /// Which screen is shown.
    pub screen: ScreenId,
    /// What is shown over it.
    pub overlay: Option<Overlay>,
    /// How safe the work is.
    pub safety: Safety,
    /// What just happened.
    pub notice: Option<Notice>,
    /// What time it is.
    pub now: Moment,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The group and topic that are being worked on.
    pub here: Here,
    /// The text being typed.
    pub typing: Composer,
    /// The index that finds what was already said.
    pub alike: LikenessIndex,
    /// Names that would reveal who spoke.
    pub attributions: Attributions,
    /// The words of all points, to be searched.
    pub(super) words: Words,
    /// The screen that was just entered.
    pub(super) entered: Option<ScreenId>,
    /// The key that was pressed; none if an action was chosen from a list.
    pub(super) pressed: Option<Key>,
    pub(super) ids: Ids,
    pub(super) writer: WriterId,
    pub(super) history: History,
    pub(super) given: GivenAnswers,
    pub(super) effects: Vec<Effect>,
    /// What to ask once nothing else is being asked.
    pub(super) later: Vec<Later>,
    /// What another laptop did, since the last key, to what is chosen.
    pub(super) lost: Option<String>,
}

impl Core {
    /// Makes the state in which nothing is open yet.
    pub(super) fn new(ids: Ids, now: Moment, size: (u16, u16)) -> Self {
        Self {
            workshop: Workshop::default(),
            folder: PathBuf::new(),
            loading: false,
            screen: ScreenId::Start,
            overlay: None,
            safety: Safety::default(),
            notice: None,
            now,
            size,
            here: Here::default(),
            typing: Composer::default(),
            alike: LikenessIndex::default(),
            attributions: Attributions::default(),
            words: Words::default(),
            entered: None,
            pressed: None,
            ids,
            writer: WriterId::new(0),
            history: History::default(),
            given: GivenAnswers::default(),
            effects: Vec::new(),
            later: Vec::new(),
            lost: None,
        }
    }

    /// Shows another screen.
    pub(super) fn go(&mut self, screen: ScreenId) {
        self.overlay = None;
        self.screen = screen;
        self.entered = Some(screen);
    }

    /// The digit that was pressed, if it was a digit.
    pub(super) fn digit(&self) -> Option<usize> {
        let Code::Char(digit) = self.pressed?.code else { return None };
        digit.to_digit(10).map(|digit| digit as usize)
    }

    /// Says what was done.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: quote::brief(text.into()), bad: false });
    }

    /// Says what went wrong.
    pub(super) fn complain(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: quote::brief(text.into()), bad: true });
    }

    /// Offers one of several.
    pub(super) fn offer(&mut self, title: impl Into<String>, choices: Vec<Choice>, at: usize) {
        self.overlay = Some(Overlay::Choose(Choose::new(title, choices, at)));
    }

    /// Asks for a few words.
    pub(super) fn ask(&mut self, question: &str, hint: &str, answer: &str, about: About) {
        let known = if answer.is_empty() { self.given.path(&about) } else { answer };
        let line = Line::holding(known);
        let (question, hint) = (question.to_owned(), hint.to_owned());
        self.overlay = Some(Overlay::Ask(Ask { question, hint, line, about, seen: None }));
    }

    /// Looks at the text being typed for names: the line, or an answer that leaves the room.
    pub(super) fn look_at_line(&mut self) {
        let agreed = self.is_line_attributable();
        let (text, agreed, comment) = match &self.overlay {
            Some(Overlay::Ask(ask)) if ask.about.returned().leaves_the_room() => {
                (ask.line.text(), false, ask.about.returned().words_of())
            }
            _ => (self.typing.line.text(), agreed, None),
        };
        let comment = comment.and_then(|id| self.workshop.comment(id));
        self.attributions.look_at(&self.workshop, text, agreed, comment);
    }

    /// Notes what other laptops purged.
    pub(super) fn purged(&mut self, points: &[PointId]) {
        for point in points {
            self.history.forget(*point);
        }
        if !points.is_empty() {
            self.effects.push(Effect::Sweep(None));
        }
    }
}
