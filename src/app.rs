//! The program without its terminal: messages go in, effects come out.
//!
//! [`App::update`] takes one [`Message`], changes the state and returns [`Effect`]s; it touches no
//! file, clock, thread or terminal. The view draws the state and changes nothing. A screen's
//! logic is `app/<screen>.rs`, its looks `view/<screen>.rs`, its tests `tests/screens/<screen>.rs`.

mod agenda;
mod alike;
mod area;
mod ask;
mod capture;
mod choose;
mod chosen;
mod clocks;
mod composer;
mod consolidate;
mod copying;
mod core;
mod draft_line;
mod draft_text;
#[cfg(test)]
mod dummy;
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
mod screen;
mod second_copy;
mod seen;
mod settle;
mod start;
mod two_sided;
mod typed;
mod words;
pub mod wrap;

use std::mem;

pub use agenda::{Day, WIDE as AGENDA_WIDE};
pub use alike::LikenessIndex;
pub use area::Area;
pub use ask::Ask;
pub use capture::{Capture, CaptureLayout, Search};
pub use choose::{Choice, Choose};
pub use chosen::Chosen;
pub use clocks::lines as clock_lines;
pub use composer::{Composer, Mode};
pub use consolidate::{Consolidate, Query, Side, Step, Tab};
pub use core::Core;
pub use draft_text::{
    Answering, Count as DraftCount, ParagraphRemark as DraftSaid, Paragraphs, Reply,
    Side as DraftSide, Spot,
};
pub use effect::{Effect, Export, OpenTarget, TextId, Typing};
pub use exchange::{
    Along, CourierReport, Errand, Exchange, HeadTone, PlaceNews, RememberedExchange, Secret,
};
pub use filing::FileUnder;
pub use hand_over::{FormatChoice, HandOver, Progress};
pub use help::Help;
pub use here::Here;
pub use laptops::words as laptops_in_words;
pub use line::{Edit, Line};
pub use listing::{GUTTER, Listing, Scope, ShownPoint, Window};
pub use message::{ExportReport, Message, OpenedWorkshop, StoredWorkshop, TakenIn, UnfinishedText};
pub use names::{Attributions, Deciding, HEAD as NAMES_HEAD};
pub use overview::{Columns, HEAD as OVERVIEW_HEAD, Overview};
pub use propose::{PendingProposal, Proposing};
pub use read_back::{Reading, Sheet, amend_area, large};
pub use receipt::{
    LATER, ReceiptLine as ReceiptRow, Weight, rows as receipt_rows, sentences as receipt_sentences,
};
pub use report::Report;
use report::ReportSubject;
pub use safety::Safety;
pub(crate) use screen::every_screen;
pub use screen::{About, App, Screen, ScreenId, Then};
pub use second_copy::CopyNews;
pub use seen::SeenValues;
pub use start::{HEAD as START_HEAD, Offer, Start, StartQuestion};
pub use two_sided::{Division, Entry, EntryRow, Ink, RowPiece, TwoSided, TwoSidedLayout};
pub use typed::TypedRows;
pub use words::Words;

use here::Target;
use history::History;
use key::{Key, Mouse};
use keymap::{Action, Context, key_of};
use later::Later;
use points::quoted;
use say::counted;
use screen::{Asks, LineEdit, Nothing, ReturnValue};
use seen::Of;
use unicode_segmentation::UnicodeSegmentation;

use crate::workshop::{Change, Ids, Moment, Record};

/// What is shown over a screen and takes the keys.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// Choosing one of several.
    Choose(Choose),
    /// Answering a question in a few words.
    Ask(Ask),
    /// Deciding what to do with a paste of many lines.
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

/// Why a paste goes nowhere.
const NO_PLACE: &str = "You pasted text, but there is nothing to type here. Nothing was done.";

/// What the shell knows when the program starts.
#[derive(Debug)]
pub struct Setting {
    /// The source of ids.
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

impl App {
    /// Where keys go.
    pub fn context(&self) -> Context {
        match &self.core.overlay {
            Some(Overlay::Choose(_)) => Context::Choose,
            Some(Overlay::Ask(_)) => Context::Ask,
            Some(Overlay::Paste(_)) => Context::Paste,
            Some(Overlay::Help(_)) => Context::Help,
            Some(Overlay::Report(_)) => Context::Report,
            None => self.shown().context(&self.core),
        }
    }

    /// The actions whose keys the bottom row shows.
    pub fn hints(&self) -> Vec<Action> {
        self.shown().hints(&self.core)
    }

    /// Whether the screen shows a running clock.
    pub fn has_clock(&self) -> bool {
        self.core.screen != ScreenId::Start && self.core.running().next().is_some()
    }

    /// Takes in what happened and returns what to do.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let before = matches!(message, Message::Arrived(_)).then(|| self.see_chosen());
        match message {
            Message::Key(key) => self.press(key),
            Message::AltOrEsc(key) => self.press_unsure(key),
            Message::Paste(text) => self.paste(text, false),
            Message::Burst(text) => self.paste(text, true),
            Message::TakeBack(text) => {
                text.graphemes(true).for_each(|_| self.act(Action::Backspace));
            }
            Message::Mouse(mouse) => self.point(mouse),
            Message::Resize(width, height) => self.core.size = (width, height),
            Message::Clock(now) => {
                self.core.now = now;
                // What is missing changes with the minute, not with every tick.
                self.core.workshop.judge_at(Moment(now.0 - now.0.rem_euclid(60_000)));
            }
            Message::Opened(opened) => self.opened(*opened),
            Message::Loaded(loaded) => self.loaded(*loaded),
            Message::Offers(offers) => self.start.offer(offers),
            Message::Refused(why) => self.core.complain(why),
            Message::Noted(words) => self.core.say(words),
            Message::Locked(bundle) => self.core.later.push(Later::Unlock(bundle)),
            Message::Changes(source, lines) => self.core.later.push(Later::Changes(source, lines)),
            Message::Arrived(records) => self.arrived(records),
            Message::Saved(count) => self.core.safety.saved(count),
            Message::NotSaved(why) => self.core.safety.failure = Some(why),
            Message::NotKept(why) => self.core.safety.not_kept = Some(why),
            Message::Kept => self.core.safety.not_kept = None,
            Message::Missing(damage, gaps) => {
                self.core.safety.damage = damage;
                self.core.workshop.note_gaps(gaps);
            }
            Message::Writing(progress) => self.hand_over.progress = Some(progress),
            Message::Written(result) => self.hand_over.written(&mut self.core, result),
            Message::Carried(carried) => self.exchange.carried(&mut self.core, carried),
            Message::TakenIn(found) => self.hold_report(*found),
            Message::Forgetting(folder, lines) => {
                self.core.report(lines, ReportSubject::Forget(folder));
            }
            Message::Left(lines) => self.tell_what_is_left(lines),
            Message::Idle => self.idle(),
        }
        let (screen, core) = self.open();
        if core.entered.take().is_some() {
            screen.enter(core);
        }
        screen.refresh(core);
        if core.screen == ScreenId::Capture || matches!(core.overlay, Some(Overlay::Ask(_))) {
            core.look_at_line();
        }
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
                // The key was meant for what was there a moment ago.
                Some(refusal) if self.core.overlay.is_none() && row.action.acts_at_once() => {
                    self.core.complain(format!("{refusal} Nothing was done; {key} again does it."));
                }
                _ => {
                    self.core.pressed = Some(key);
                    self.act(row.action);
                }
            },
            (None, Some(letter)) if context.has_line() => {
                let mut letters = [0; 4];
                self.type_in(letter.encode_utf8(&mut letters));
            }
            (None, _) => {}
        }
        self.reading.look_at_asking();
    }

    /// Does what a person asked for.
    fn act(&mut self, action: Action) {
        match action {
            Action::Quit => self.core.effects.push(Effect::Quit),
            Action::Help | Action::HelpLetter => {
                self.core.overlay = Some(Overlay::Help(Help::of(self.context())));
            }
            Action::Palette => self.open_palette(),
            Action::Copy => self.copy(),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::CloseGroup => {
                let group = self.shown().group(&self.core);
                self.core.close_group(&group);
            }
            Action::MakeGroup => self.core.ask(
                "Name of the new group",
                "For example “Group 5”. Do not use a delegation's name.",
                "",
                About::Group,
            ),
            Action::Back if self.core.overlay.is_some() => self.core.overlay = None,
            _ => match ScreenId::of(action) {
                Some(screen) => self.core.go(screen),
                None if self.core.overlay.is_some() => self.act_over(action),
                None => {
                    let (screen, core) = self.open();
                    screen.act(core, action);
                }
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
                    // What was typed is kept, so that it can be corrected.
                    None => self.core.complain("No match. Press Backspace to widen the search."),
                    Some(then) if self.may_choose(&mut choose, &then) => return self.chosen(then),
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

    fn answer(&mut self, ask: &Ask) {
        let answer = ask.line.text().trim().to_owned();
        self.core.given.note(&ask.about, &answer);
        self.answered(ask.about.clone(), &answer);
    }

    fn type_in(&mut self, text: &str) {
        match &mut self.core.overlay {
            Some(Overlay::Choose(choose)) => {
                choose.line.insert(text);
                choose.at = 0;
            }
            Some(Overlay::Ask(ask)) => {
                ask.line.insert(text);
            }
            Some(_) => {}
            None => {
                let (screen, core) = self.open();
                screen.type_in(core, text);
            }
        }
    }

    /// Takes in a key that may have been Esc and then a letter. What changes something at once waits for a
    /// key that is certain, if it has one.
    fn press_unsure(&mut self, key: Key) {
        let row = keymap::find(self.context(), key).filter(|row| row.action.acts_at_once());
        let certain = row.and_then(|row| row.keys.iter().find(|other| !other.alt));
        match certain {
            Some(certain) => self.core.complain(format!(
                "Nothing was done: {key} may have been Esc and a letter. Press {certain}."
            )),
            None => self.press(key),
        }
    }

    /// Takes in a paste. It never acts: it is text, whatever is in it. `unsure` says that somebody may have
    /// typed it.
    fn paste(&mut self, text: String, unsure: bool) {
        self.core.notice = None;
        if let Some(Overlay::Paste(pasted)) = &mut self.core.overlay {
            pasted.push_str(&text);
            return;
        }
        let cleaned = crate::workshop::clean(&text);
        let asks = cleaned.contains('\n') || unsure;
        match self.context() {
            _ if cleaned.is_empty() => {}
            Context::Capture if asks => self.core.overlay = Some(Overlay::Paste(text)),
            Context::Capture => self.type_in(&cleaned),
            context if context.has_line() => self.type_in(&cleaned.replace('\n', " ")),
            Context::Start => self.core.complain(NO_PLACE.to_owned()),
            _ => self.core.complain(format!("{NO_PLACE} Go to Capture with F3 and paste again.")),
        }
    }

    fn point(&mut self, mouse: Mouse) {
        self.core.notice = None;
        self.core.lost = None;
        let over = self.core.overlay.is_some();
        match mouse {
            Mouse::Wheel { notches } => {
                let action = if notches < 0 { Action::Up } else { Action::Down };
                if over {
                    return self.act_over(action);
                }
                let (screen, core) = self.open();
                screen.wheel(core, action);
            }
            Mouse::Click { x, y } if !over => {
                let (screen, core) = self.open();
                screen.click(core, x, y);
            }
            Mouse::Click { .. } => {}
        }
    }

    fn opened(&mut self, opened: OpenedWorkshop) {
        self.core.notice = None;
        self.core.workshop = opened.workshop;
        self.core.later.clear();
        self.core.folder = opened.folder;
        self.core.writer = opened.writer;
        self.hand_over.folder = opened.exports;
        self.hand_over.written = ExportReport::default();
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
        self.core.go(if straight { ScreenId::Capture } else { ScreenId::Agenda });
        if opened.exposed {
            self.core.say(say::OTHERS_CAN_READ);
        }
    }

    fn loaded(&mut self, loaded: StoredWorkshop) {
        self.core.workshop = loaded.workshop;
        self.core.alike = LikenessIndex::default();
        self.core.attributions.begin(loaded.names);
        self.core.words = loaded.words;
        self.exchange.own = loaded.own;
        self.core.loading = false;
        self.core.here.filed = None;
        self.core.safety.damage = loaded.damage;
        if self.core.screen == ScreenId::Agenda {
            self.day.enter(&mut self.core);
        }
        self.core.restore(loaded.unfinished);
        self.capture.enter_waiting(&mut self.core);
        if !self.core.workshop.purges().is_empty() {
            // What a purge could not finish because another program held a file or because of a crash.
            self.core.effects.push(Effect::Sweep(None));
        }
        if let (Some(words), None) =
            (say::unlisted(self.core.workshop.unlisted()), &self.core.notice)
        {
            self.core.say(words);
        }
    }

    /// Takes in what another program or laptop wrote. A list of participants brings names that
    /// nobody has looked for yet, so everything is searched again.
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

/// Applies an action to a line; returns what was edited.
fn edit(line: &mut Line, action: Action) -> Option<Edit> {
    match action {
        Action::Backspace => return line.backspace(),
        Action::DeleteLetter => return line.delete(),
        Action::DeleteWord => return line.delete_word(),
        Action::Clear => return line.clear(),
        Action::LineLeft => line.cursor_left(),
        Action::LineRight => line.right(),
        Action::WordLeft => line.word_left(),
        Action::WordRight => line.word_right(),
        Action::LineHome => line.home(),
        Action::LineEnd => line.end(),
        _ => {}
    }
    None
}
