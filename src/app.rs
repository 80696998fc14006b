//! The program without its terminal: what happened goes in, what to do comes out.
//!
//! [`App::update`] takes one [`Message`], changes the state and returns [`Effect`]s; it touches no
//! file, clock, thread or terminal. The view draws the state and changes nothing. A screen's
//! thinking is `app/<screen>.rs`, its looks `view/<screen>.rs`, its tests `tests/screens/<screen>.rs`.

mod agenda;
mod alike;
mod ask;
mod capture;
mod choose;
mod chosen;
mod clocks;
mod composer;
mod consolidate;
mod core;
mod draft_text;
mod effect;
mod exchange;
mod filing;
mod group;
mod hand_over;
mod help;
mod here;
mod history;
pub mod key;
pub mod keymap;
mod laptops;
mod later;
mod line;
mod listing;
mod message;
#[allow(clippy::needless_pass_by_value, reason = "a question is taken by value there")]
mod names;
mod overview;
mod pins;
mod points;
mod propose;
pub mod quote;
mod read_back;
mod receipt;
mod report;
mod safety;
pub mod say;
mod second_copy;
mod seen;
mod settle;
mod start;
mod words;
pub mod wrap;

use std::mem;

pub use agenda::{Day, WIDE as AGENDA_WIDE};
pub use alike::Alike;
pub use ask::{About, Ask};
pub use capture::{Area, Capture, Layout, Search, Typed};
pub use choose::{Back, Choice, Choose, Then};
pub use chosen::Chosen;
pub use composer::{Composer, Mode};
pub use consolidate::{
    Consolidate, Item, Layout as ConsolidateLayout, Query, Row as ItemRow, Side, Step, Tab,
};
pub use core::Core;
pub use draft_text::{
    Answering, Count as DraftCount, Entry as DraftEntry, Ink, Layout as DraftTextLayout,
    Paragraphs, Piece as DraftPiece, Reply, Row as DraftRow, Said as DraftSaid, Side as DraftSide,
    Spot,
};
pub use effect::{Effect, Export, Source, TextId, Typing};
pub use exchange::{Along, Carried, Errand, Exchange, PlaceNews, Remembered, Secret};
pub use filing::FileUnder;
pub use hand_over::{FormatChoice, HEAD as HAND_OVER_HEAD, HandOver, Progress};
pub use help::Help;
pub use here::Here;
pub use laptops::words as laptops_in_words;
pub use line::{Edit, Line};
pub use listing::{GUTTER, Listing, Scope, Shown, Window};
pub use message::{Loaded, Message, Opened, TakenIn, Unfinished, Written};
pub use names::{Attributions, Deciding, HEAD as NAMES_HEAD};
pub use overview::{Columns, HEAD as OVERVIEW_HEAD, Overview};
pub use propose::{Proposing, Reasoned};
pub use read_back::{Reading, Sheet, amend_area, large};
pub use receipt::{Row as ReceiptRow, Weight, rows as receipt_rows};
pub use report::Report;
pub use safety::Safety;
pub use second_copy::CopyNews;
pub use seen::Seen;
pub use start::{HEAD as START_HEAD, Offer, Start};
pub use words::Words;

use history::History;
use key::{Key, Mouse};
use keymap::{Action, Context};
use later::Later;

use crate::workshop::{Change, Ids, Moment, Record};

/// The screens there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Which workshop to open.
    Start,
    /// The day.
    Agenda,
    /// A group at work.
    Capture,
    /// Topics by groups.
    Overview,
    /// Writing the feedback.
    HandOver,
    /// Meeting the other laptops.
    Exchange,
    /// Making statements of points.
    Consolidate,
    /// Names that would tell who spoke.
    Names,
    /// Reading the points back to the group.
    ReadBack,
    /// The draft text, paragraph by paragraph.
    DraftText,
}

/// What stands over a screen and takes the keys.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// Choosing one of several.
    Choose(Choose),
    /// Answering with a few words.
    Ask(Ask),
    /// Deciding what a paste of many lines is.
    Paste(String),
    /// Reading the help of a screen.
    Help(Help),
    /// Reading what a file would change.
    Report(Report),
}

/// A line about what just happened. It stays until the next key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Whether something went wrong.
    pub bad: bool,
}

/// What the shell knows when the program starts.
#[derive(Debug)]
pub struct Setting {
    /// Where ids come from.
    pub ids: Ids,
    /// What the start screen offers.
    pub offers: Vec<Offer>,
    /// The formats feedback is written in.
    pub formats: Vec<FormatChoice>,
    /// What time it is.
    pub now: Moment,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
}

/// The whole state of the program.
#[derive(Debug)]
pub struct App {
    /// What all screens share.
    pub core: Core,
    /// The start screen.
    pub start: Start,
    /// The day.
    pub day: Day,
    /// A group at work.
    pub capture: Capture,
    /// Topics by groups.
    pub overview: Overview,
    /// Writing the feedback.
    pub hand_over: HandOver,
    /// Meeting the other laptops.
    pub exchange: Exchange,
    /// Making statements of points.
    pub consolidate: Consolidate,
    /// Names that would tell who spoke.
    pub names: Deciding,
    /// Reading the points back to the group.
    pub reading: Reading,
    /// The draft text, paragraph by paragraph.
    pub paragraphs: Paragraphs,
}

impl App {
    /// The program on its start screen.
    pub fn new(setting: Setting) -> Self {
        Self {
            core: Core::new(setting.ids, setting.now, setting.size),
            start: Start::new(setting.offers),
            day: Day::default(),
            capture: Capture::default(),
            overview: Overview::default(),
            hand_over: HandOver::new(setting.formats),
            exchange: Exchange::default(),
            consolidate: Consolidate::default(),
            names: Deciding::default(),
            reading: Reading::default(),
            paragraphs: Paragraphs::default(),
        }
    }

    /// Where keys are going.
    pub fn context(&self) -> Context {
        match (&self.core.overlay, self.core.screen) {
            (Some(Overlay::Choose(_)), _) => Context::Choose,
            (Some(Overlay::Ask(_)), _) => Context::Ask,
            (Some(Overlay::Paste(_)), _) => Context::Paste,
            (Some(Overlay::Help(_)), _) => Context::Help,
            (Some(Overlay::Report(_)), _) => Context::Report,
            (None, Screen::Start) => Context::Start,
            (None, Screen::Agenda) => Context::Agenda,
            (None, Screen::Capture) if self.capture.search.is_some() => Context::Search,
            (None, Screen::Capture) => Context::Capture,
            (None, Screen::Overview) => Context::Overview,
            (None, Screen::HandOver) => Context::HandOver,
            (None, Screen::Exchange) => Context::Exchange,
            (None, Screen::Consolidate) if self.consolidate.filtering => Context::Search,
            (None, Screen::Consolidate) => Context::Consolidate,
            (None, Screen::Names) => Context::Names,
            (None, Screen::ReadBack) if self.core.typing.is_amending() => Context::Amend,
            (None, Screen::ReadBack) => Context::ReadBack,
            (None, Screen::DraftText) => Context::DraftText,
        }
    }

    /// Whether the screen shows a clock that runs.
    pub fn has_clock(&self) -> bool {
        self.core.screen != Screen::Start && self.core.running().next().is_some()
    }

    /// Takes in what happened and says what to do.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let before = matches!(message, Message::Arrived(_)).then(|| self.see_chosen());
        match message {
            Message::Key(key) => self.press(key),
            Message::Paste(text) => self.paste(&text),
            Message::Mouse(mouse) => self.point(mouse),
            Message::Resize(width, height) => self.core.size = (width, height),
            Message::Clock(now) => self.core.now = now,
            Message::Opened(opened) => self.opened(*opened),
            Message::Loaded(loaded) => self.loaded(*loaded),
            Message::Offers(offers) => self.start.offer(offers),
            Message::Refused(why) => self.core.complain(why),
            Message::Locked(bundle) => self.core.later.push(Later::Unlock(bundle)),
            Message::Changes(source, lines) => self.core.later.push(Later::Changes(source, lines)),
            Message::Arrived(records) => self.arrived(records),
            Message::Saved(count) => self.core.safety.saved(count),
            Message::NotSaved(why) => self.core.safety.not_saved(why),
            Message::NotKept(why) => self.core.safety.not_kept(Some(why)),
            Message::Kept => self.core.safety.not_kept(None),
            Message::Missing(damage, gaps) => {
                self.core.safety.damaged(damage);
                self.core.workshop.note_gaps(gaps);
            }
            Message::Writing(progress) => self.hand_over.progress = Some(progress),
            Message::Written(result) => self.hand_over.written(&mut self.core, result),
            Message::Carried(carried) => self.exchange.carried(&mut self.core, carried),
            Message::TakenIn(found) => self.hold_report(*found),
            Message::Forgetting(folder, lines) => self.ask_to_forget(folder, lines),
            Message::Left(lines) => self.tell_what_is_left(lines),
            Message::Idle => self.idle(),
        }
        self.enter_open();
        if self.core.screen == Screen::Capture {
            self.capture.refresh(&mut self.core);
        }
        if self.core.screen == Screen::Capture || matches!(self.core.overlay, Some(Overlay::Ask(_)))
        {
            self.core.look_at_line();
        }
        if matches!(self.core.screen, Screen::Names | Screen::HandOver) {
            self.names.refresh_names(&mut self.core);
        }
        if self.core.screen == Screen::Agenda {
            self.day.refresh_agenda(&mut self.core);
        }
        if self.core.screen == Screen::Overview {
            self.overview.refresh_overview(&mut self.core);
        }
        if self.core.screen == Screen::Exchange {
            self.exchange.refresh_exchange(&mut self.core);
        }
        if self.core.screen == Screen::Consolidate {
            self.consolidate.refresh_consolidate(&mut self.core);
        }
        if self.core.screen == Screen::DraftText {
            self.paragraphs.refresh_draft_text(&mut self.core);
        }
        self.reading.refresh_read_back(&mut self.core);
        self.core.refresh_filing();
        self.ask_later();
        self.look_at_question();
        if let Some(before) = before {
            self.core.lost = self.changed_since(&before).or_else(|| self.core.lost.take());
        }
        mem::take(&mut self.core.effects)
    }

    fn press(&mut self, key: Key) {
        self.core.notice = None;
        let context = self.context();
        match (keymap::find(context, key), key.letter()) {
            (Some(row), _) => match self.core.lost.take() {
                // The key was meant for what stood there a moment ago.
                Some(told) if self.core.overlay.is_none() && row.action.acts_at_once() => {
                    self.core.complain(format!("{told} Nothing was done; {key} again does it."));
                }
                _ => self.act(row.action, key),
            },
            (None, Some(letter)) if context.has_line() => {
                let mut letters = [0; 4];
                self.type_in(letter.encode_utf8(&mut letters));
            }
            (None, _) => {}
        }
        self.reading.look_at_asking();
    }

    /// Does what a person asked for, with the key they asked by.
    fn act(&mut self, action: Action, key: Key) {
        match action {
            Action::Quit => self.core.effects.push(Effect::Quit),
            Action::Help | Action::HelpLetter => self.open_help(),
            Action::Palette => self.open_palette(),
            Action::GoAgenda => self.core.go(Screen::Agenda),
            Action::GoCapture => self.core.go(Screen::Capture),
            Action::GoOverview => self.core.go(Screen::Overview),
            Action::GoHandOver => self.core.go(Screen::HandOver),
            Action::GoExchange => self.core.go(Screen::Exchange),
            Action::GoConsolidate => self.core.go(Screen::Consolidate),
            Action::GoNames => self.core.go(Screen::Names),
            Action::GoReadBack => self.core.go(Screen::ReadBack),
            Action::GoDraftText => self.core.go(Screen::DraftText),
            Action::GoStart => self.core.go(Screen::Start),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::CloseGroup => {
                let chosen =
                    self.overview.group.id().filter(|_| self.core.screen == Screen::Overview);
                let group = chosen.unwrap_or(&self.core.here.group).clone();
                self.core.close_group(&group);
            }
            Action::MakeGroup => self.core.ask(
                "Name of the new group",
                "“Group 5”. Never a delegation's name.",
                "",
                About::Group,
            ),
            Action::Back if self.core.overlay.is_some() => self.core.overlay = None,
            _ if self.core.overlay.is_some() => self.act_over(action),
            _ => match self.core.screen {
                Screen::Start => self.start.act_start(&mut self.core, action),
                Screen::Agenda => self.day.act_agenda(&mut self.core, action),
                Screen::Capture => self.capture.act_capture(&mut self.core, action, key),
                Screen::Overview => self.overview.act_overview(&mut self.core, action),
                Screen::HandOver => self.hand_over.act_hand_over(&mut self.core, action),
                Screen::Exchange => self.exchange.act_exchange(&mut self.core, action),
                Screen::Consolidate => {
                    self.consolidate.act_consolidate(&mut self.core, action, key)
                }
                Screen::Names => self.names.act_names(&mut self.core, action),
                Screen::ReadBack => self.reading.act_read_back(&mut self.core, action, key),
                Screen::DraftText => self.paragraphs.act_draft_text(&mut self.core, action),
            },
        }
    }

    fn act_over(&mut self, action: Action) {
        match self.core.overlay.take() {
            Some(Overlay::Choose(choose)) => self.act_choose(choose, action),
            Some(Overlay::Ask(ask)) => self.act_ask(ask, action),
            Some(Overlay::Paste(text)) => self.capture.act_paste(&mut self.core, text, action),
            Some(Overlay::Help(mut help)) => {
                help.act(action, self.core.size.1);
                self.core.overlay = Some(Overlay::Help(help));
            }
            Some(Overlay::Report(report)) => self.act_report(report, action),
            None => {}
        }
    }

    fn act_choose(&mut self, mut choose: Choose, action: Action) {
        match action {
            Action::Accept => {
                match choose.chosen() {
                    // What was typed is not lost: it can be corrected.
                    None => {
                        self.core.complain("Nothing here fits what you typed. Backspace widens it.")
                    }
                    Some(then) if self.may_choose(&mut choose, &then) => return self.then(then),
                    Some(_) => {}
                }
            }
            Action::Up => choose.step(-1),
            Action::Down => choose.step(1),
            Action::PageUp => choose.step(-10),
            Action::PageDown => choose.step(10),
            action => {
                edit(&mut choose.line, action);
                choose.step(0);
            }
        }
        self.core.overlay = Some(Overlay::Choose(choose));
    }

    fn act_ask(&mut self, mut ask: Ask, action: Action) {
        if action == Action::Accept && self.may_answer(&mut ask) {
            self.answer(&ask);
        } else {
            edit(&mut ask.line, action);
            self.core.overlay = Some(Overlay::Ask(ask));
        }
    }

    /// Does what a choice stands for.
    fn then(&mut self, then: Then) {
        match then {
            Then::Act(action) => self.act(action, Key::plain(key::Code::F(0))),
            Then::OwnGroup(group) => self.exchange.set_own_group(&mut self.core, group),
            Then::HandOut(along) => Exchange::ask_hand_out(&mut self.core, along),
            Then::Consolidate(step) => self.consolidate.then_consolidate(&mut self.core, step),
            Then::DraftText(then) => self.paragraphs.then_draft_text(&mut self.core, then),
            Then::ReadBack(then) => self.reading.then_read_back(&mut self.core, then),
            Then::FileUnder(then) => self.core.then_file(then),
            Then::TakeBack(mention) => Deciding::undecide(&mut self.core, *mention),
            Then::TakeBackPhrase(phrase) => Deciding::undecide_phrase(&mut self.core, *phrase),
            then => Capture::then_capture(&mut self.core, then),
        }
    }

    fn answer(&mut self, ask: &Ask) {
        let answer = ask.line.text().trim().to_owned();
        self.core.given.note(&ask.about, &answer);
        match ask.about.clone() {
            About::Group => self.core.make_group(&answer),
            About::Folder if answer.is_empty() => {}
            About::Folder => self.hand_over.folder = answer.into(),
            About::Path if answer.is_empty() => {}
            About::Path => self.core.effects.push(Effect::Open(Source::Path(answer.into()))),
            about @ (About::NamedWording | About::WaiverReason) => {
                self.names.answer_names(&mut self.core, about, &answer);
            }
            About::Consent(session) => Day::record_consent(&mut self.core, &session, &answer),
            About::Unlock(bundle) => Start::unlock(&mut self.core, bundle, &answer),
            About::Forget(folder) => Start::forget(&mut self.core, folder, &answer),
            about @ (About::SharedPlace
            | About::TakeIn
            | About::BundleTo
            | About::HandOutTo(_)
            | About::SecondCopy
            | About::Passphrase) => self.exchange.answer_exchange(&mut self.core, &about, &answer),
            About::Consolidate(query) => {
                self.consolidate.answer_consolidate(&mut self.core, query, &answer)
            }
            About::Why(reasoned) => self.core.answer_why(*reasoned, &answer),
            About::DraftText(reply) => {
                Paragraphs::answer_draft_text(&mut self.core, reply, &answer)
            }
            About::TakeInText if answer.is_empty() => {}
            About::TakeInText => self.core.effects.push(Effect::TakeIn(answer.into())),
            About::Reservation(point) => self.reading.reserve(&mut self.core, point, &answer),
            About::Hands(point) => Reading::count_hands(&mut self.core, point, &answer),
            about => Capture::answer_capture(&mut self.core, &about, &answer),
        }
    }

    fn type_in(&mut self, text: &str) {
        let has_line = self.has_line();
        match &mut self.core.overlay {
            Some(Overlay::Choose(choose)) => {
                choose.line.insert(text);
                choose.at = 0;
            }
            Some(Overlay::Ask(ask)) => {
                ask.line.insert(text);
            }
            Some(_) => {}
            None if has_line => self.capture.type_capture(&mut self.core, text),
            None if self.core.screen == Screen::Consolidate => self.consolidate.type_filter(text),
            None => {}
        }
    }

    /// A paste never acts: it is text, whatever is in it.
    fn paste(&mut self, text: &str) {
        self.core.notice = None;
        let text = crate::workshop::clean(text);
        match (self.context(), text.contains('\n')) {
            _ if text.is_empty() => {}
            (Context::Capture, true) => self.core.overlay = Some(Overlay::Paste(text.into_owned())),
            (Context::Capture, false) => self.type_in(&text),
            (context, _) if context.has_line() => self.type_in(&text.replace('\n', " ")),
            _ => {}
        }
    }

    fn point(&mut self, mouse: Mouse) {
        self.core.notice = None;
        self.core.lost = None;
        match (mouse, &self.core.overlay) {
            (Mouse::Wheel { notches }, Some(_)) => {
                let action = if notches < 0 { Action::Up } else { Action::Down };
                self.act_over(action);
            }
            (Mouse::Click { .. }, Some(_)) => {}
            (mouse, None) => match self.core.screen {
                Screen::Start => self.start.point_start(&mut self.core, mouse),
                Screen::Agenda => self.day.point_agenda(&mut self.core, mouse),
                Screen::Capture => self.capture.point_capture(&mut self.core, mouse),
                Screen::Overview => self.overview.point_overview(&mut self.core, mouse),
                Screen::HandOver => self.hand_over.point_hand_over(&mut self.core, mouse),
                Screen::Exchange => self.exchange.point_exchange(&mut self.core, mouse),
                Screen::Consolidate => self.consolidate.point_consolidate(&mut self.core, mouse),
                Screen::Names => self.names.point_names(&mut self.core, mouse),
                Screen::ReadBack => self.reading.point_read_back(&mut self.core, mouse),
                Screen::DraftText => self.paragraphs.point_draft_text(&mut self.core, mouse),
            },
        }
    }

    /// Lets the screen that was gone to get ready.
    fn enter_open(&mut self) {
        let Some(screen) = self.core.entered.take() else { return };
        match screen {
            Screen::Agenda => self.day.enter_agenda(&mut self.core),
            Screen::Capture => self.capture.enter_capture(&mut self.core),
            Screen::Overview => self.overview.enter_overview(&mut self.core),
            Screen::ReadBack => self.reading.enter_read_back(&mut self.core),
            Screen::Start => self.core.effects.push(Effect::Offer),
            Screen::Consolidate => self.consolidate.enter_consolidate(&mut self.core),
            Screen::DraftText => self.paragraphs.enter_draft_text(&mut self.core),
            Screen::Names => self.names.enter_names(&mut self.core),
            Screen::HandOver | Screen::Exchange => {}
        }
    }

    fn opened(&mut self, opened: Opened) {
        self.core.notice = None;
        self.core.workshop = opened.workshop;
        self.core.later.clear();
        self.core.folder = opened.folder;
        self.core.writer = opened.writer;
        self.hand_over.folder = opened.exports;
        self.core.loading = true;
        self.core.safety = Safety::default();
        self.core.history = History::default();
        self.capture = Capture::default();
        self.core.here = Here::default();
        self.core.typing = Composer::default();
        self.core.words = Words::default();
        let group = opened.group.or_else(|| opened.exchange.group.clone());
        self.exchange = Exchange::of(opened.exchange);
        self.day = Day::default();
        self.consolidate = Consolidate::default();
        self.reading = Reading::default();
        self.paragraphs = Paragraphs::default();
        let straight = group.is_some() || opened.topic.is_some();
        self.core.here.place(&self.core.workshop, group, opened.topic);
        self.core.go(if straight { Screen::Capture } else { Screen::Agenda });
        if opened.exposed {
            self.core.say(say::OTHERS_CAN_READ);
        }
    }

    fn loaded(&mut self, loaded: Loaded) {
        self.core.workshop = loaded.workshop;
        self.core.alike = Alike::default();
        self.core.attributions.begin(loaded.names);
        self.core.words = loaded.words;
        self.exchange.own = loaded.own;
        self.core.loading = false;
        self.core.here.filed = None;
        self.core.safety.damaged(loaded.damage);
        if self.core.screen == Screen::Agenda {
            self.day.enter_agenda(&mut self.core);
        }
        self.core.restore(loaded.unfinished);
        self.capture.enter_waiting(&mut self.core);
        if !self.core.workshop.purges().is_empty() {
            // What a purge left undone, while another program held a file or after a crash.
            self.core.effects.push(Effect::Sweep(None));
        }
        if let (Some(words), None) =
            (say::unlisted(self.core.workshop.unlisted()), &self.core.notice)
        {
            self.core.say(words);
        }
    }

    /// Takes in what another program or laptop wrote. With a list of participants come names that
    /// nobody looked for yet: everything is looked through once more.
    fn arrived(&mut self, records: Vec<Record>) {
        let lists = records.iter().any(Record::concerns_names);
        let mut purged = Vec::new();
        for record in records {
            purged.extend(record.changes.iter().filter_map(|change| match change {
                Change::PointPurged(purge) => Some(purge.point),
                _ => None,
            }));
            self.core.workshop.apply(record);
        }
        self.core.purged(&purged);
        if lists && !self.core.loading {
            self.core.attributions.begin(self.core.workshop.names());
        }
    }

    fn open_help(&mut self) {
        self.core.overlay = Some(Overlay::Help(Help::of(self.context())));
    }

    fn open_palette(&mut self) {
        let context = self.context();
        let choices = keymap::TABLE.iter().filter(|row| row.works_in(context) && !row.is_editing());
        let choices = choices.map(|row| Choice {
            name: row.name.to_owned(),
            more: row.keys.first().map(ToString::to_string).unwrap_or_default(),
            then: Then::Act(row.action),
        });
        let hidden = [
            Action::Palette,
            Action::GoTopic,
            Action::PutIntoNumber,
            Action::Back,
            Action::HelpLetter,
        ];
        let choices = choices
            .filter(|choice| !hidden.iter().any(|hidden| choice.then == Then::Act(*hidden)))
            .collect();
        self.core.overlay = Some(Overlay::Choose(Choose::new("Find an action", choices, 0)));
    }
}

/// Does what an action means for a line; says what was edited.
fn edit(line: &mut Line, action: Action) -> Option<Edit> {
    match action {
        Action::Backspace => return line.backspace(),
        Action::DeleteLetter => return line.delete(),
        Action::DeleteWord => return line.delete_word(),
        Action::Clear => return line.clear(),
        Action::LineLeft => line.left(),
        Action::LineRight => line.right(),
        Action::WordLeft => line.word_left(),
        Action::WordRight => line.word_right(),
        Action::LineHome => line.home(),
        Action::LineEnd => line.end(),
        _ => {}
    }
    None
}
