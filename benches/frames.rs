//! From a key to the drawn frame, without a terminal: `update`, `draw`, and what a terminal would
//! be told. The real program on a pseudo-terminal is measured by `peers`.
#![allow(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to measure")]

mod meeting;

use std::cell::RefCell;
use std::collections::HashSet;

use divan::{Bencher, black_box};
use meeting::{MORNING, NEEDLE, SIZES, Spread, WRITER};
use rapporteur::app::key::{Code, Key};
use rapporteur::app::{App, Loaded, Message, Opened, Remembered, Screen, Setting, Words};
use rapporteur::view::{self, Canvas, Theme};
use rapporteur::workshop::{Ids, Names, Workshop};
use ratatui::layout::Rect;

/// Columns and rows of a large terminal.
const SIZE: (u16, u16) = (200, 50);
const THEME: Theme = Theme { colour: true, ascii: false };

/// A group at work, and the terminal it looks at.
struct Desk {
    app: App,
    canvas: Canvas,
    terminal: Vec<u8>,
}

impl Desk {
    /// In the list of the first group and topic, which has all the points.
    fn with(points: usize) -> RefCell<Self> {
        let workshop = meeting::workshop(points, Spread::OneList);
        let agenda = workshop.agenda();
        let opened = Opened {
            workshop: Workshop::new(agenda),
            folder: "measured.workshop".into(),
            writer: WRITER,
            exports: "exports".into(),
            exchange: Remembered::default(),
            group: Some(agenda.groups[0].id.clone()),
            topic: Some(agenda.topics[0].id.clone()),
        };
        let setting = Setting {
            ids: Ids::seeded(2),
            offers: Vec::new(),
            formats: Vec::new(),
            now: MORNING,
            size: SIZE,
        };
        let mut desk = Self {
            app: App::new(setting),
            canvas: Canvas::new(Rect::new(0, 0, SIZE.0, SIZE.1)),
            terminal: Vec::new(),
        };
        desk.tell(Message::Opened(Box::new(opened)));
        let words = Words::of(&workshop);
        let names = Names::of(workshop.agenda());
        let loaded = Loaded {
            names,
            workshop,
            words,
            damage: Vec::new(),
            unfinished: Vec::new(),
            own: HashSet::new(),
        };
        desk.tell(Message::Loaded(Box::new(loaded)));
        RefCell::new(desk)
    }

    /// Takes in what happened and brings the terminal up to date, as the program's loop does.
    fn tell(&mut self, message: Message) {
        self.app.update(Message::Clock(MORNING));
        black_box(self.app.update(message));
        view::draw(&self.app, THEME, &mut self.canvas);
        self.terminal.clear();
        let terminal = &mut self.terminal;
        self.canvas.changes(|_, _, cell| terminal.extend_from_slice(cell.symbol().as_bytes()));
        black_box(&self.terminal);
    }

    fn press(&mut self, key: Key) {
        self.tell(Message::Key(key));
    }

    fn write(&mut self, text: &str) {
        text.chars().for_each(|letter| self.press(Key::char(letter)));
    }

    /// Looks for points with these words already typed, in this list or everywhere.
    fn look_for(&mut self, words: &str, everywhere: bool) {
        if self.app.capture.search.is_some() {
            self.press(Key::plain(Code::Esc));
        }
        self.press(Key::ctrl('f'));
        if everywhere {
            self.press(Key::plain(Code::Tab));
        }
        self.write(words);
    }
}

/// Measures a key, each time after `before` has brought the desk to where it is pressed.
fn measure(bencher: Bencher, points: usize, before: impl Fn(&mut Desk, usize), key: Key) {
    let desk = Desk::with(points);
    let mut turn = 0;
    let input = || {
        before(&mut desk.borrow_mut(), turn);
        turn += 1;
    };
    bencher.with_inputs(input).bench_local_values(|()| desk.borrow_mut().press(key));
}

/// A letter of a point being typed, which grows to some 180 letters before it is cleared.
#[divan::bench(args = SIZES, sample_count = 2000, sample_size = 1)]
fn letter(bencher: Bencher, points: usize) {
    let before = |desk: &mut Desk, turn: usize| match turn % 180 {
        0 => desk.press(Key::ctrl('u')),
        turn if turn % 6 == 0 => desk.press(Key::char(' ')),
        _ => {}
    };
    measure(bencher, points, before, Key::char('e'));
}

/// Enter: the point is in the list.
#[divan::bench(args = SIZES, sample_count = 200, sample_size = 1)]
fn enter(bencher: Bencher, points: usize) {
    measure(bencher, points, |desk, _| desk.write("One focal point."), Key::plain(Code::Enter));
}

/// A page up from the end of the list.
#[divan::bench(args = SIZES, sample_count = 200, sample_size = 1)]
fn page(bencher: Bencher, points: usize) {
    let end = |desk: &mut Desk, _| desk.press(Key::with_ctrl(Code::End));
    measure(bencher, points, end, Key::plain(Code::PageUp));
}

/// Back from an empty list of another topic.
#[divan::bench(args = SIZES, sample_count = 200, sample_size = 1)]
fn topic(bencher: Bencher, points: usize) {
    let away = |desk: &mut Desk, _| desk.press(Key::plain(Code::Tab));
    measure(bencher, points, away, Key::shift(Code::Tab));
}

/// The first letter looked for; every point has it.
#[divan::bench(args = SIZES, sample_count = 100, sample_size = 1)]
fn search_first_letter(bencher: Bencher, points: usize) {
    measure(bencher, points, |desk, _| desk.look_for("", false), Key::char('a'));
}

/// The last letter of a word that one point has.
#[divan::bench(args = SIZES, sample_count = 100, sample_size = 1)]
fn search_rare_word(bencher: Bencher, points: usize) {
    let (last, words) =
        NEEDLE.char_indices().next_back().map_or(('m', ""), |(at, last)| (last, &NEEDLE[..at]));
    measure(bencher, points, |desk, _| desk.look_for(words, false), Key::char(last));
}

/// The last letter of a word that most points have, in all groups and topics.
#[divan::bench(args = SIZES, sample_count = 100, sample_size = 1)]
fn filter_everywhere(bencher: Bencher, points: usize) {
    measure(bencher, points, |desk, _| desk.look_for("th", true), Key::char('e'));
}

/// The first frame of all, nothing kept of any before.
#[divan::bench(args = SIZES, sample_count = 200)]
fn whole_frame(bencher: Bencher, points: usize) {
    let desk = Desk::with(points);
    bencher.bench_local(|| {
        let mut desk = desk.borrow_mut();
        desk.canvas.resize(Rect::new(0, 0, SIZE.0, SIZE.1));
        desk.tell(Message::Resize(SIZE.0, SIZE.1));
    });
}

/// On the consolidate screen, with a statement and nothing filtered.
fn consolidate(desk: &mut Desk) {
    if desk.app.screen != Screen::Consolidate {
        desk.press(Key::plain(Code::F(8)));
    }
    while desk.app.consolidate.filtering || desk.app.consolidate.is_narrowed() {
        desk.press(Key::plain(Code::Esc));
    }
    if desk.app.consolidate.statements().is_empty() {
        desk.press(Key::char('n'));
    }
}

/// A page down among the points to be consolidated.
#[divan::bench(args = SIZES, sample_count = 200, sample_size = 1)]
fn consolidate_page(bencher: Bencher, points: usize) {
    measure(bencher, points, |desk, _| consolidate(desk), Key::plain(Code::PageDown));
}

/// The first letter of a filter that every point has.
#[divan::bench(args = SIZES, sample_count = 100, sample_size = 1)]
fn consolidate_filter(bencher: Bencher, points: usize) {
    let before = |desk: &mut Desk, _| {
        consolidate(desk);
        desk.press(Key::char('/'));
    };
    measure(bencher, points, before, Key::char('a'));
}

/// A point is put into a statement, and the next one is chosen.
#[divan::bench(args = SIZES, sample_count = 200, sample_size = 1)]
fn consolidate_put(bencher: Bencher, points: usize) {
    measure(bencher, points, |desk, _| consolidate(desk), Key::char('p'));
}

/// A point becomes a statement of its own, among hundreds.
#[divan::bench(args = SIZES, sample_count = 400, sample_size = 1)]
fn consolidate_new(bencher: Bencher, points: usize) {
    measure(bencher, points, |desk, _| consolidate(desk), Key::char('n'));
}

/// What is like a point, of all there are.
#[divan::bench(args = SIZES, sample_count = 100, sample_size = 1)]
fn consolidate_alike(bencher: Bencher, points: usize) {
    measure(bencher, points, |desk, _| consolidate(desk), Key::char('='));
}

fn main() {
    divan::main();
}
