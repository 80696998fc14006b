//! A frame that draws only what changed looks as one drawn from nothing.

use proptest::prelude::*;
use rapporteur::app::Message;
use rapporteur::view::{self, Canvas};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::desk::{Desk, THEME, text};

/// What a terminal shows to which these frames were written.
struct Screen(Buffer);

impl Screen {
    fn take(&mut self, desk: &mut Desk) {
        let canvas = &mut desk.canvas;
        if canvas.must_clear() {
            self.0 = Buffer::empty(canvas.buffer().area);
        }
        canvas.changes(|x, y, cell| self.0[(x, y)] = cell.clone());
    }
}

fn keys() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "a",
        "ก",
        "会",
        " ",
        "long words to wrap around <ctrl-j>",
        "<enter>",
        "<enter>",
        "<tab>",
        "<shift-tab>",
        "<up>",
        "<up>",
        "<down>",
        "<pgup>",
        "<pgdn>",
        "<esc>",
        "<ctrl-k>",
        "<ctrl-g>",
        "<ctrl-e>",
        "<ctrl-d>",
        "<ctrl-z>",
        "<ctrl-y>",
        "<ctrl-f>",
        "<alt-right>",
        "<alt-left>",
        "<alt-up>",
        "<alt-down>",
        "<alt-p>",
        "<ctrl-o>",
        "<f1>",
        "<f2>",
        "<f3>",
        "<f4>",
        "<f5>",
        "<f8>",
        "<f8>",
        "=",
        "/",
        "1",
        "x",
        "p",
        "m",
        "b",
        "w",
        "o",
        "v",
        "<f7>",
        "s",
        "n",
        "e",
        "y",
        "b",
        "<ctrl-p>",
        "<backspace>",
        "<left>",
        "<home>",
        "<ctrl-t>",
        "<ctrl-r>",
        "<alt-c>",
        "<ctrl-u>",
        "<ctrl-w>",
        "LATER",
        "SMALL",
        "LARGE",
        "FULL",
    ])
}

/// Takes the steps and looks after each.
fn check(steps: &[&str]) -> Result<(), TestCaseError> {
    let mut desk = Desk::capture((80, 24));
    let mut screen = Screen(Buffer::default());
    for step in steps {
        match *step {
            "LATER" => desk.later(3),
            "SMALL" => desk.resize(30, 9),
            "LARGE" => desk.resize(140, 40),
            "FULL" => desk.tell(Message::NotSaved("the disk is full".into())),
            keys => desk.keys(keys),
        };
        view::draw(&desk.app, THEME, &mut desk.canvas);
        screen.take(&mut desk);
        let (width, height) = desk.app.core.size;
        let mut fresh = Canvas::new(Rect::new(0, 0, width, height));
        view::draw(&desk.app, THEME, &mut fresh);
        prop_assert_eq!(text(&screen.0), text(fresh.buffer()), "after {}", step);
        prop_assert_eq!(desk.canvas.buffer(), fresh.buffer(), "after {}", step);
        prop_assert_eq!(desk.canvas.cursor(), fresh.cursor());
    }
    Ok(())
}

#[test]
fn what_once_was_left_wrong_is_right() {
    for steps in [
        &["<ctrl-f>", "<esc>"][..],
        &["<ctrl-k>", "ก"],
        &["<ctrl-f>", "SMALL", "long words to wrap around <ctrl-j>"],
    ] {
        check(steps).unwrap();
    }
}

proptest! {
    #![proptest_config(crate::cases(96))]
    #[test]
    fn what_is_left_alone_was_right(steps in prop::collection::vec(keys(), 1..60)) {
        check(&steps)?;
    }
}
