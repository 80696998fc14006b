//! A paste that arrives without brackets: letters that come faster than anybody types.
//!
//! Old consoles and some multiplexers send a paste as if it had been typed. Enter, Tab and, on a list,
//! letters in it would then act. So letters that come in a burst are one text, and never a command.

use std::time::{Duration, Instant};

use crate::app::Message;
use crate::app::key::{Code, Key};

/// Nobody presses two keys so quickly one after the other, except by chance.
const CLOSE: Duration = Duration::from_millis(10);
/// How many letters in a row make a burst. Two come so close by chance.
const FEW: usize = 3;
/// How long after a question about a paste nobody has read it yet: what comes is the rest of the paste.
const UNREAD: Duration = Duration::from_millis(100);

/// Letters as they come, until it is clear whether somebody types them.
#[derive(Debug, Default)]
pub(super) struct Bursts {
    /// When the last letter came.
    last: Option<Instant>,
    /// Letters of this row that were passed on because they are typed on a line.
    shown: String,
    /// Keys of this row that wait.
    held: Vec<Message>,
    /// When the app was asked about a paste.
    asked: Option<Instant>,
}

impl Bursts {
    /// Takes a message that came at this time, together with `more` letters after it, and passes on what
    /// is certain. `typing` says whether the app would type a letter as text now.
    pub(super) fn take(
        &mut self,
        message: Message,
        (at, more): (Instant, usize),
        typing: bool,
        ready: &mut Vec<Message>,
    ) {
        let Some(letter) = letter(&message) else {
            if is_input(&message) {
                self.settle(typing, ready);
            }
            ready.push(message);
            return;
        };
        let close = |last: Instant| at.duration_since(last) <= CLOSE;
        if !self.last.is_some_and(close) {
            self.settle(typing, ready);
        }
        self.last = Some(at);
        let before = self.shown.chars().count();
        // A command stays a command when letters follow.
        let first = before == 0 && self.held.is_empty() && matches!(letter, Letter::Held(_));
        let burst = !first && (!self.held.is_empty() || before + more >= FEW - 1);
        let unread = self.asked.is_some_and(|asked| at.duration_since(asked) <= UNREAD);
        let waits = match letter {
            Letter::Typed(_) => !typing,
            // A letter came right before it.
            Letter::Pressed(_) => !typing || before > 0,
            Letter::Held(_) => false,
        };
        if burst || waits || unread {
            self.held.push(message);
        } else {
            if let Letter::Typed(letter) = letter {
                self.shown.push(letter);
            }
            ready.push(message);
        }
    }

    /// Until when letters wait, if any do.
    pub(super) fn due(&self) -> Option<Instant> {
        self.last.filter(|_| !self.held.is_empty()).map(|last| last + CLOSE)
    }

    /// Passes on what waits, if no more came in time.
    pub(super) fn settle_due(&mut self, now: Instant, typing: bool, ready: &mut Vec<Message>) {
        if self.due().is_some_and(|due| due <= now) {
            self.settle(typing, ready);
        }
    }

    /// Passes on what waits: as keys if somebody may have pressed them, or as one paste.
    fn settle(&mut self, typing: bool, ready: &mut Vec<Message>) {
        let (shown, held) = (std::mem::take(&mut self.shown), std::mem::take(&mut self.held));
        let unread = self.last.zip(self.asked).is_some_and(|(last, asked)| last - asked <= UNREAD);
        let last = self.last.take();
        if shown.chars().count() + held.len() < FEW && !unread {
            ready.extend(held);
            return;
        }
        let text: String = held.iter().filter_map(letter).map(Letter::written).collect();
        let line = text.strip_suffix('\n').unwrap_or(&text);
        if !unread && !line.contains(['\n', '\t']) {
            if typing {
                let commands = |message: &Message| matches!(letter(message), Some(Letter::Held(_)));
                ready.extend(held.into_iter().filter(|message| !commands(message)));
            } else {
                ready.push(Message::Paste(line.to_owned()));
            }
            return;
        }
        self.asked = last;
        if !shown.is_empty() {
            ready.push(Message::TakeBack(shown.clone()));
        }
        ready.push(Message::Burst(shown + &text));
    }
}

/// How many letters come one after the other at the start of these messages, as far as it matters.
pub(super) fn letters_at_start(messages: &[Message]) -> usize {
    messages.iter().take(FEW).take_while(|message| letter(message).is_some()).count()
}

/// Whether a person did it.
fn is_input(message: &Message) -> bool {
    matches!(
        message,
        Message::Key(_) | Message::AltOrEsc(_) | Message::Paste(_) | Message::Mouse(_)
    )
}

/// A key that may be a letter of a paste.
#[derive(Clone, Copy, Debug)]
enum Letter {
    /// A letter.
    Typed(char),
    /// Enter or Tab.
    Pressed(char),
    /// A letter that came with Ctrl or after Esc: alone a command, in a paste a control character.
    Held(char),
}

impl Letter {
    fn written(self) -> char {
        match self {
            Self::Typed(letter) | Self::Pressed(letter) | Self::Held(letter) => letter,
        }
    }
}

fn letter(message: &Message) -> Option<Letter> {
    match *message {
        Message::Key(Key { code, ctrl: false, alt: false, shift: false }) => match code {
            Code::Char(letter) => Some(Letter::Typed(letter)),
            Code::Enter => Some(Letter::Pressed('\n')),
            Code::Tab => Some(Letter::Pressed('\t')),
            _ => None,
        },
        // A line feed.
        Message::Key(Key { code: Code::Char('j'), ctrl: true, alt: false, .. }) => {
            Some(Letter::Held('\n'))
        }
        Message::Key(Key { code: Code::Char(_), ctrl: true, alt: false, .. }) => {
            Some(Letter::Held('\u{1b}'))
        }
        Message::AltOrEsc(Key { code: Code::Char(letter), .. }) => Some(Letter::Held(letter)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes out when these keys come in, each so many milliseconds after the one before; `|` waits
    /// until all is settled. A key that comes at 0 comes in the same read.
    fn played(typing: bool, keys: &[(u64, &str)]) -> String {
        let mut bursts = Bursts::default();
        let mut ready = Vec::new();
        let start = Instant::now();
        let mut now = start;
        let messages: Vec<(u64, Message)> = keys
            .iter()
            .flat_map(|(after, keys)| {
                keys.chars().enumerate().map(|(place, key)| {
                    let key = match key {
                        '⏎' => Key::plain(Code::Enter),
                        '⇥' => Key::plain(Code::Tab),
                        '↓' => Key::plain(Code::Down),
                        '∎' => Key::ctrl('q'),
                        letter => Key::char(letter),
                    };
                    (if place == 0 { *after } else { 0 }, Message::Key(key))
                })
            })
            .collect();
        let together: Vec<usize> = (0..messages.len())
            .map(|at| {
                let rest = messages[at + 1..].iter();
                rest.take_while(|(after, key)| *after == 0 && letter(key).is_some()).count()
            })
            .collect();
        for ((after, message), more) in messages.into_iter().zip(together) {
            now += Duration::from_millis(after);
            bursts.settle_due(now, typing, &mut ready);
            bursts.take(message, (now, more), typing, &mut ready);
        }
        bursts.settle_due(now + Duration::from_secs(1), typing, &mut ready);
        let name = |message: &Message| match message {
            Message::Key(key) => key.to_string(),
            Message::Paste(text) => format!("paste {text:?}"),
            Message::Burst(text) => format!("burst {text:?}"),
            Message::TakeBack(text) => format!("back {text:?}"),
            other => format!("{other:?}"),
        };
        ready.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_a_person_types_is_passed_on_key_by_key() {
        for typing in [true, false] {
            assert_eq!(played(typing, &[(0, "a"), (40, "b"), (40, "⏎")]), "a b Enter");
            // Two keys may fall together.
            assert_eq!(played(typing, &[(0, "ab"), (60, "c")]), "a b c");
            assert_eq!(played(typing, &[(0, "a"), (8, "⏎")]), "a Enter");
            // A held arrow repeats quickly.
            assert_eq!(played(typing, &[(0, "↓↓↓↓")]), "↓ ↓ ↓ ↓");
        }
    }

    #[test]
    fn a_burst_is_one_text() {
        assert_eq!(played(true, &[(0, " patrols")]), "Space p a t r o l s");
        // On a list it is one too, and presses nothing.
        assert_eq!(played(false, &[(0, "joint patrols")]), "paste \"joint patrols\"");
        // Enter at its very end enters it, but only where one types.
        assert_eq!(played(true, &[(0, "abc⏎")]), "a b c Enter");
        assert_eq!(played(false, &[(0, "sen⏎")]), "paste \"sen\"");
        // Enter or Tab inside it: the app asks.
        assert_eq!(played(true, &[(0, "a⏎b⏎")]), "burst \"a\\nb\\n\"");
        assert_eq!(played(true, &[(0, "a⇥b")]), "burst \"a\\tb\"");
        assert_eq!(played(false, &[(0, "s⏎n")]), "burst \"s\\nn\"");
        // A control character in it presses nothing.
        assert_eq!(played(true, &[(0, "abc∎d")]), "a b c d");
        // Nor is a command none because somebody types ahead.
        assert_eq!(played(true, &[(0, "∎abcd")]), "Ctrl-Q a b c d");
    }

    #[test]
    fn a_burst_may_come_letter_by_letter() {
        let one_by_one = [(0, "a"), (2, "b"), (2, "⏎"), (3, "c"), (1, "d")];
        assert_eq!(played(true, &one_by_one), "a b back \"ab\" burst \"ab\\ncd\"");
        assert_eq!(played(false, &one_by_one), "burst \"ab\\ncd\"");
        assert_eq!(played(true, &[(0, "a"), (2, "b"), (2, "c"), (2, "d")]), "a b c d");
    }

    #[test]
    fn the_rest_of_a_slow_paste_belongs_to_it() {
        let halves = [(0, "one⏎two⏎th"), (60, "e"), (30, "ee⏎")];
        let expected = "burst \"one\\ntwo\\nth\" burst \"e\" burst \"ee\\n\"";
        assert_eq!(played(true, &halves), expected);
        // An answer to the question is a key again.
        assert_eq!(played(false, &[(0, "one⏎two"), (900, "e")]), "burst \"one\\ntwo\" e");
    }
}
