//! From a key to the drawn frame, without a terminal: `update`, `draw`, and what a terminal would
//! be told. The real program on a pseudo-terminal is measured by `peers`.
#![allow(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to measure")]

mod meeting;

use std::cell::RefCell;

use divan::Bencher;
use meeting::{Desk, NEEDLE, SIZE, SIZES};
use rapporteur::app::key::{Code, Key};
use rapporteur::app::{Message, ScreenId};
use ratatui::layout::Rect;

/// Writes a text, a key a letter.
fn write(desk: &mut Desk, text: &str) {
    text.chars().for_each(|letter| desk.press(Key::char(letter)));
}

/// Looks for points with these words already typed, in this list or everywhere.
fn look_for(desk: &mut Desk, words: &str, everywhere: bool) {
    if desk.app.capture.search.is_some() {
        desk.press(Key::plain(Code::Esc));
    }
    desk.press(Key::ctrl('f'));
    if everywhere {
        desk.press(Key::plain(Code::Tab));
    }
    write(desk, words);
}

/// Measures a key, each time after `before` has brought the desk to where it is pressed.
fn measure(bencher: Bencher, points: usize, before: impl Fn(&mut Desk, usize), key: Key) {
    let desk = RefCell::new(Desk::with(points));
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
    measure(bencher, points, |desk, _| write(desk, "One focal point."), Key::plain(Code::Enter));
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
    measure(bencher, points, |desk, _| look_for(desk, "", false), Key::char('a'));
}

/// The last letter of a word that one point has.
#[divan::bench(args = SIZES, sample_count = 100, sample_size = 1)]
fn search_rare_word(bencher: Bencher, points: usize) {
    let (last, words) =
        NEEDLE.char_indices().next_back().map_or(('m', ""), |(at, last)| (last, &NEEDLE[..at]));
    measure(bencher, points, |desk, _| look_for(desk, words, false), Key::char(last));
}

/// The last letter of a word that most points have, in all groups and topics.
#[divan::bench(args = SIZES, sample_count = 100, sample_size = 1)]
fn filter_everywhere(bencher: Bencher, points: usize) {
    measure(bencher, points, |desk, _| look_for(desk, "th", true), Key::char('e'));
}

/// The first frame of all, nothing kept of any before.
#[divan::bench(args = SIZES, sample_count = 200)]
fn whole_frame(bencher: Bencher, points: usize) {
    let desk = RefCell::new(Desk::with(points));
    bencher.bench_local(|| {
        let mut desk = desk.borrow_mut();
        desk.canvas.resize(Rect::new(0, 0, SIZE.0, SIZE.1));
        desk.tell(Message::Resize(SIZE.0, SIZE.1));
    });
}

/// On the consolidate screen, with a comment and nothing filtered.
fn consolidate(desk: &mut Desk) {
    if desk.app.core.screen != ScreenId::Consolidate {
        desk.press(Key::plain(Code::F(8)));
    }
    while desk.app.consolidate.filtering || desk.app.consolidate.is_narrowed() {
        desk.press(Key::plain(Code::Esc));
    }
    if desk.app.consolidate.comments.is_empty() {
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

/// A point is put into a comment, and the next one is chosen.
#[divan::bench(args = SIZES, sample_count = 200, sample_size = 1)]
fn consolidate_put(bencher: Bencher, points: usize) {
    measure(bencher, points, |desk, _| consolidate(desk), Key::char('p'));
}

/// A point becomes a comment of its own, among hundreds.
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
