//! Keys, mouse and pastes, as terminals encode them in bytes.
//!
//! The terminal library reads at most 1,024 bytes each time the system reports input, and there is no
//! second report for the rest: what was typed ahead or pasted without brackets had to wait until the
//! next key. And it waits for the end of a key that has begun, ignoring signals. So we read them here.

use std::str;

use memchr::memmem;

use super::answers::{ESC, begins_string, continues_string, end_of_string, is_answer, is_offer};
use crate::app::Message;
use crate::app::key::{Code, Key, Mouse};

const PASTE: &[u8] = b"\x1b[200~";
const PASTED: &[u8] = b"\x1b[201~";

/// Makes messages from bytes, which may come in pieces of any size.
///
/// Answers of the terminal, which it sends late or in pieces over a slow line, are read to their end and
/// dropped (control sequences and control strings of ECMA-48, section 5).
#[derive(Debug, Default)]
pub(super) struct KeyReader {
    /// Bytes that are not a complete key yet.
    begun: Vec<u8>,
    /// During a paste: how far its end was searched for.
    pasting: Option<usize>,
    /// Inside a control string, whose letters nobody typed.
    in_string: bool,
    /// What was passed on or dropped incomplete, because nothing came after it: the rest may be late.
    cut: Option<Vec<u8>>,
    /// Whether the terminal said that it can tell all keys apart.
    offered: bool,
}

/// What the first bytes encode.
enum Spelt {
    /// This many bytes are this message; `None` for what we have no use for.
    Whole(usize, Option<Message>),
    /// The beginning of a key.
    Begun,
    /// The two bytes that begin a control string.
    String,
}

impl KeyReader {
    /// Takes what the terminal sent.
    pub(super) fn take_in(&mut self, bytes: &[u8], messages: &mut Vec<Message>) {
        if let Some(cut) = self.cut.take() {
            self.complete(cut, bytes);
        }
        self.begun.extend_from_slice(bytes);
        let mut from = 0;
        while from < self.begun.len() {
            let Some((length, message)) = self.next(from) else { break };
            from += length;
            messages.extend(message);
        }
        self.begun.drain(..from);
    }

    /// How much patience what has begun needs: none, until the next byte of a key, of a paste, or until the rest
    /// of an answer that was cut.
    pub(super) fn wants(&self) -> Patience {
        if self.pasting.is_some() {
            Patience::Paste
        } else if self.in_string || !self.begun.is_empty() {
            Patience::Key
        } else if self.cut.is_some() {
            Patience::Answer
        } else {
            Patience::None
        }
    }

    /// Whether the terminal has offered to tell all keys apart since this was last asked.
    pub(super) fn take_offer(&mut self) -> bool {
        std::mem::take(&mut self.offered)
    }

    /// Ends what has begun, because nothing came after it for as long as it wanted.
    pub(super) fn settle(&mut self, messages: &mut Vec<Message>) {
        match self.wants() {
            Patience::None => return,
            Patience::Answer => {
                self.cut = None;
                return;
            }
            Patience::Paste => return messages.push(self.end_paste()),
            Patience::Key => {}
        }
        match *self.begun {
            [ESC] if !self.in_string => messages.push(Message::Key(Key::plain(Code::Esc))),
            // A control string begins like this; Alt-P and Alt-X come with small letters.
            [ESC, sign] if begins_string(sign) => {}
            [ESC, letter] if letter.is_ascii() => {
                messages.push(Message::AltOrEsc(Key::alt(Code::Char(letter.into()))));
            }
            // Half a letter, or half a key that nobody pressed.
            _ => {}
        }
        let begun = std::mem::take(&mut self.begun);
        self.cut = Some(if std::mem::take(&mut self.in_string) {
            [b"\x1b^", &*begun].concat()
        } else {
            begun
        });
    }

    /// Ends a paste whose end has not come. What still comes is read as keys, and the late end as none.
    fn end_paste(&mut self) -> Message {
        self.pasting = None;
        let pasted = std::mem::take(&mut self.begun);
        let ends = (1..PASTED.len()).rev().map(|length| &PASTED[..length]);
        let half = ends.into_iter().find(|end| pasted.ends_with(end)).unwrap_or_default();
        self.cut = Some(half.to_vec()).filter(|half| !half.is_empty());
        let text = &pasted[PASTE.len()..pasted.len() - half.len()];
        Message::Paste(String::from_utf8_lossy(text).into_owned())
    }

    /// Goes on with what was cut, if these bytes are the rest of an answer and not what somebody typed.
    fn complete(&mut self, cut: Vec<u8>, bytes: &[u8]) {
        let all = [&*cut, bytes].concat();
        let is_answer = match *all {
            _ if all.starts_with(PASTE) || all.starts_with(PASTED) => true,
            [ESC, b'[', ..] => match spelt(&all) {
                Spelt::Whole(length, _) if length > cut.len() => {
                    // Another answer may follow at once.
                    let alone = cut.len() > 2 || all.get(length).is_none_or(|next| *next == ESC);
                    is_answer(&all[2..length], alone)
                }
                _ => false,
            },
            [ESC, _, ..] if matches!(spelt(&all), Spelt::String) => {
                matches!(end_of_string(&all[2..]), Some((_, true)))
            }
            _ => false,
        };
        if is_answer {
            // It is read once more, from its beginning.
            self.begun = cut;
        }
    }

    fn next(&mut self, from: usize) -> Option<(usize, Option<Message>)> {
        let bytes = &self.begun[from..];
        if self.in_string {
            return self.skip_string(from);
        }
        if self.pasting.is_none() && bytes.starts_with(PASTE) {
            self.pasting = Some(PASTE.len());
        }
        if let Some(looked) = self.pasting {
            let end = memmem::find(&bytes[looked..], PASTED).map(|end| looked + end);
            // The end marker itself may have come in half.
            self.pasting =
                if end.is_some() { None } else { Some((bytes.len() - PASTED.len()).max(looked)) };
            let text = String::from_utf8_lossy(&bytes[PASTE.len()..end?]).into_owned();
            return end.map(|end| (end + PASTED.len(), Some(Message::Paste(text))));
        }
        match spelt(bytes) {
            Spelt::Whole(length, message) => {
                self.offered |= is_offer(&bytes[..length]);
                Some((length, message))
            }
            Spelt::String => {
                self.in_string = true;
                Some((2, None))
            }
            Spelt::Begun => None,
        }
    }

    /// Drops what came of a control string. It may never end, so nothing of it is kept.
    fn skip_string(&mut self, from: usize) -> Option<(usize, Option<Message>)> {
        let bytes = &self.begun[from..];
        if let Some((length, _)) = end_of_string(bytes) {
            self.in_string = false;
            return Some((length, None));
        }
        let rest = bytes.len() - usize::from(bytes.ends_with(&[ESC]));
        (rest > 0).then_some((rest, None))
    }
}

/// How long to wait for the rest of what has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patience {
    /// Nothing has begun.
    None,
    /// A key or an answer has begun.
    Key,
    /// A paste has begun.
    Paste,
    /// An answer was cut; its rest may be late.
    Answer,
}

fn whole(length: usize, key: Key) -> Spelt {
    Spelt::Whole(length, Some(Message::Key(key)))
}

fn spelt(bytes: &[u8]) -> Spelt {
    match *bytes {
        [] | [ESC] | [ESC, b'[' | b'O'] => Spelt::Begun,
        [ESC, b'[', ..] => sequence(bytes),
        [ESC, b'O', sign, ..] => match application_key(sign) {
            Some(code) => whole(3, Key::plain(code)),
            None => whole(2, Key::alt(Code::Char('O'))),
        },
        [ESC, ESC, ..] => whole(1, Key::plain(Code::Esc)),
        [ESC, sign] if begins_string(sign) => Spelt::Begun,
        [ESC, sign, first, ..] if begins_string(sign) => {
            if continues_string(sign, first) {
                Spelt::String
            } else {
                whole(1, Key::plain(Code::Esc))
            }
        }
        [ESC, ..] => alt(&bytes[1..]),
        [first, ..] if first < b' ' || first == 0x7f => whole(1, control(first)),
        _ => letter(bytes),
    }
}

/// A key after an Esc.
fn alt(bytes: &[u8]) -> Spelt {
    match spelt(bytes) {
        Spelt::Whole(length, Some(Message::Key(key))) => {
            let code = match key.code {
                Code::Char(letter) => Code::Char(letter.to_ascii_lowercase()),
                code => code,
            };
            let key = Key { code, alt: true, ..key };
            Spelt::Whole(length + 1, Some(Message::AltOrEsc(key)))
        }
        Spelt::Whole(length, message) => Spelt::Whole(length + 1, message),
        other => other,
    }
}

fn control(byte: u8) -> Key {
    match byte {
        b'\r' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x7f => Key::plain(Code::Backspace),
        0 => Key::ctrl(' '),
        1..=26 => Key::ctrl((byte - 1 + b'a').into()),
        // Named by the digit that sends it; 0x1b is Esc and is handled elsewhere.
        _ => Key::ctrl((byte - 0x1c + b'4').into()),
    }
}

fn letter(bytes: &[u8]) -> Spelt {
    // No letter is longer.
    let bytes = &bytes[..bytes.len().min(4)];
    let (text, wrong) = match str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            (str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or(""), error.error_len())
        }
    };
    match (text.chars().next(), wrong) {
        (Some(letter), _) => whole(letter.len_utf8(), Key::char(letter)),
        (None, None) => Spelt::Begun,
        // A replacement character shows that something is wrong; a letter must not be lost silently.
        (None, Some(length)) => whole(length, Key::char(char::REPLACEMENT_CHARACTER)),
    }
}

fn application_key(sign: u8) -> Option<Code> {
    arrow(sign).or(match sign {
        b'M' => Some(Code::Enter),
        b'P'..=b'S' => Some(Code::F(sign - b'P' + 1)),
        _ => None,
    })
}

fn arrow(sign: u8) -> Option<Code> {
    Some(match sign {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        _ => return None,
    })
}

/// A control sequence: Esc, `[`, numbers, and a character that says what they mean.
fn sequence(bytes: &[u8]) -> Spelt {
    match bytes[2..] {
        // The Linux console's F1 to F5.
        [b'[', sign @ b'A'..=b'E', ..] => return whole(4, Key::plain(Code::F(sign - b'A' + 1))),
        [b'['] => return Spelt::Begun,
        // The mouse of old terminals.
        [b'M', button, x, y, ..] => {
            let mouse = mouse(button.saturating_sub(32).into(), from_one(x), from_one(y));
            return Spelt::Whole(6, mouse.map(Message::Mouse));
        }
        [b'M', ..] => return Spelt::Begun,
        _ => {}
    }
    let Some(length) = bytes[2..].iter().position(|byte| !(b' '..b'@').contains(byte)) else {
        return Spelt::Begun;
    };
    let (body, sign) = (&bytes[2..2 + length], bytes[2 + length]);
    if !(b'@'..0x7f).contains(&sign) {
        // Broken off: the byte that breaks it begins something new.
        return Spelt::Whole(2 + length, None);
    }
    Spelt::Whole(3 + length, meaning(body, sign))
}

fn from_one(place: u8) -> u16 {
    u16::from(place.saturating_sub(33))
}

fn meaning(body: &[u8], sign: u8) -> Option<Message> {
    let (is_mouse, body) = match body.strip_prefix(b"<") {
        Some(body) => (true, body),
        None => (false, body),
    };
    if body.first().is_some_and(|first| b"<=>?".contains(first)) {
        return None;
    }
    let mut numbers = body.split(|byte| *byte == b';').map(|number| {
        // We never ask for what follows a colon.
        let number = number.split(|byte| *byte == b':').next();
        number.and_then(|number| str::from_utf8(number).ok()?.parse::<u16>().ok())
    });
    let mut next = || numbers.next().flatten();
    let (first, second, third) = (next(), next(), next());
    if sign == b'u' && is_release(body) {
        return None;
    }
    if is_mouse || sign == b'M' {
        let place = |number: Option<u16>| number.unwrap_or(1).saturating_sub(1);
        let button = first?.checked_sub(if is_mouse { 0 } else { 32 })?;
        let mouse = (sign == b'M').then(|| mouse(button, place(second), place(third)));
        return mouse.flatten().map(Message::Mouse);
    }
    let code = match sign {
        b'Z' => Code::Tab,
        b'P'..=b'S' => Code::F(sign - b'P' + 1),
        b'u' => named(first?)?,
        b'~' if first == Some(27) => named(third?)?,
        b'~' => numbered(first?)?,
        _ => arrow(sign)?,
    };
    let modifiers = second.unwrap_or(1).saturating_sub(1);
    // With Super, Hyper or Meta it is the window system's.
    (modifiers & 0b11_1000 == 0)
        .then(|| Message::Key(key_with_modifiers(code, modifiers, sign == b'Z')))
}

/// Whether the keyboard protocol says that a key was let go.
fn is_release(body: &[u8]) -> bool {
    body.split(|byte| *byte == b';').nth(1).is_some_and(|modifiers| modifiers.ends_with(b":3"))
}

/// A key with its modifiers.
fn key_with_modifiers(code: Code, bits: u16, is_back: bool) -> Key {
    let (shift, alt, ctrl) = (bits & 1 != 0 || is_back, bits & 2 != 0, bits & 4 != 0);
    match code {
        Code::Char(letter) if shift && !alt && !ctrl => {
            Key::char(letter.to_uppercase().next().unwrap_or(letter))
        }
        Code::Char(letter) if alt || ctrl => {
            Key { code: Code::Char(letter.to_ascii_lowercase()), ctrl, alt, shift: false }
        }
        Code::Char(_) | Code::Backspace => Key { code, ctrl, alt, shift: false },
        code => Key { code, ctrl, alt, shift },
    }
}

/// A key, by the number of its letter.
fn named(number: u16) -> Option<Code> {
    Some(match number {
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        // The keypad has numbers of its own there; the rest of them types nothing.
        57399..=57408 => Code::Char(char::from(b'0' + (number - 57399) as u8)),
        57409..=57413 => Code::Char(char::from(b"./*-+"[usize::from(number - 57409)])),
        57414 => Code::Enter,
        57415 => Code::Char('='),
        57416 => Code::Char(','),
        57417 => Code::Left,
        57418 => Code::Right,
        57419 => Code::Up,
        57420 => Code::Down,
        57421 => Code::PageUp,
        57422 => Code::PageDown,
        57423 => Code::Home,
        57424 => Code::End,
        57426 => Code::Delete,
        57344..=63743 => return None,
        number => Code::Char(char::from_u32(number.into()).filter(|letter| !letter.is_control())?),
    })
}

/// A key, by the number that terminals gave it.
fn numbered(number: u16) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number as u8 - 10),
        17..=21 => Code::F(number as u8 - 11),
        23 | 24 => Code::F(number as u8 - 12),
        _ => return None,
    })
}

/// What the mouse did. Keys held meanwhile do not matter, and dragging is ignored.
fn mouse(button: u16, x: u16, y: u16) -> Option<Mouse> {
    const HELD: u16 = 4 | 8 | 16;
    match button & !HELD {
        0 => Some(Mouse::Click { x, y }),
        64 => Some(Mouse::Wheel { notches: -1 }),
        65 => Some(Mouse::Wheel { notches: 1 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::answers::ANSWERS;
    use super::*;

    fn read(pieces: &[&[u8]]) -> (KeyReader, Vec<Message>) {
        let (mut keys, mut messages) = (KeyReader::default(), Vec::new());
        for piece in pieces {
            keys.take_in(piece, &mut messages);
        }
        (keys, messages)
    }

    /// Messages, as a person would name them.
    fn names(messages: &[Message]) -> String {
        let name = |message: &Message| match message {
            Message::Key(key) | Message::AltOrEsc(key) => key.to_string(),
            other => format!("{other:?}"),
        };
        messages.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn terminals_spell_keys_in_many_ways() {
        for (bytes, expected) in [
            (&b"aZ9\xc3\xa9\xe0\xb8\xa3\xf0\x9f\x98\x80"[..], "a Z 9 é ร 😀"),
            (b"\r\t\x7f\x08\x0a\x11\0", "Enter Tab Backspace Ctrl-H Ctrl-J Ctrl-Q Ctrl-Space"),
            (b"\x1b[A\x1bOB\x1b[1;3C\x1b[1;6D", "↑ ↓ Alt-→ Ctrl-Shift-←"),
            (b"\x1b[H\x1bOF\x1b[1~\x1b[8~\x1b[3~\x1b[5;5~", "Home End Home End Del Ctrl-PgUp"),
            (b"\x1bOP\x1b[[B\x1b[13~\x1b[1;2S\x1b[24~", "F1 F2 F3 Shift-F4 F12"),
            (
                b"\x1b[Z\x1b[27;5;13~\x1b[13;2u\x1b[112;5u",
                "Shift-Tab Ctrl-Enter Shift-Enter Ctrl-P",
            ),
            (b"\x1bp\x1bG\x1b\r\x1b1\x1b\xc3\xa9", "Alt-P Alt-G Alt-Enter Alt-1 Alt-É"),
            // With kitty's protocol: Alt, the keypad, a key let go, a key of the window system.
            (
                b"\x1b[27u\x1b[112;3u\x1b[57404u\x1b[57414u\x1b[112;1:3u\x1b[99;9u\x1b[57441;2u",
                "Esc Alt-P 5 Enter",
            ),
            (b"\x1b\x1bx\x1b\x1b\x1b[B", "Esc Alt-X Esc Esc ↓"),
            // What nobody asked for, and what was broken off.
            (b"\x1b[?62;c\x1b[I\x1b[12\x1b[Bx\x1b[<0;1;1my", "↓ x y"),
            (b"a\xffb\xe0\xb8c", "a \u{fffd} b \u{fffd} c"),
        ] {
            let (keys, messages) = read(&[bytes]);
            assert_eq!(names(&messages), expected, "{bytes:?}");
            assert!(keys.begun.is_empty(), "{bytes:?}");
        }
    }

    #[test]
    fn the_mouse_clicks_and_turns() {
        let click = Mouse::Click { x: 4, y: 2 };
        for (bytes, expected) in [
            (&b"\x1b[<0;5;3M"[..], Some(click)),
            (b"\x1b[32;5;3M", Some(click)),
            (b"\x1b[M \x25\x23", Some(click)),
            (b"\x1b[<64;1;1M", Some(Mouse::Wheel { notches: -1 })),
            (b"\x1b[<81;1;1M", Some(Mouse::Wheel { notches: 1 })),
            (b"\x1b[<0;5;3m", None),
            (b"\x1b[<32;5;3M", None),
        ] {
            let expected = Vec::from_iter(expected.map(Message::Mouse));
            assert_eq!(names(&read(&[bytes]).1), names(&expected), "{bytes:?}");
        }
    }

    #[test]
    fn a_paste_is_one_whatever_is_in_it() {
        let paste = Message::Paste("one\r\x11\x1b[201\x1b[A\u{fffd}".into());
        let bytes = b"\x1b[200~one\r\x11\x1b[201\x1b[A\xff\x1b[201~x";
        let expected = format!("{} x", names(&[paste]));
        assert_eq!(names(&read(&[bytes]).1), expected);
        assert_eq!(names(&read(&[b"\x1b", bytes]).1), format!("Esc {expected}"));
    }

    #[test]
    fn what_may_be_all_is_settled_by_silence() {
        for (bytes, expected) in [
            (&b"\x1b"[..], "Esc"),
            (b"\x1b\x1b", "Esc"),
            (b"\x1b[", "Alt-["),
            (b"\x1bO", "Alt-O"),
            (b"\x1b[12;", ""),
            (b"\xe0\xb8", ""),
        ] {
            let (mut keys, mut messages) = read(&[bytes]);
            assert_eq!(keys.wants(), Patience::Key, "{bytes:?}");
            messages.clear();
            keys.settle(&mut messages);
            assert_eq!(names(&messages), expected, "{bytes:?}");
            assert_eq!(keys.wants(), Patience::Answer);
            keys.settle(&mut messages);
            assert_eq!(keys.wants(), Patience::None);
        }
    }

    /// A paste without an end swallowed every key from then on, and the program could only be killed.
    #[test]
    fn a_paste_ends_even_if_its_end_does_not_come() {
        for (end, late, then) in [
            ("", "x", "x"),
            ("", "\x1b[201~x", "x"),
            ("\x1b[20", "1~x", "x"),
            ("\x1b", "[201~x", "x"),
            ("\x1b[2", "x", "x"),
        ] {
            let paste = format!("\x1b[200~half of{end}");
            let (mut keys, mut messages) = read(&[paste.as_bytes()]);
            assert_eq!(keys.wants(), Patience::Paste);
            keys.settle(&mut messages);
            keys.take_in(late.as_bytes(), &mut messages);
            let expected = format!("{} {then}", names(&[Message::Paste("half of".into())]));
            assert_eq!(names(&messages), expected, "{end:?} {late:?}");
        }
        // Its beginning may be cut as an answer may.
        let (mut keys, mut messages) = read(&[b"\x1b[20"]);
        keys.settle(&mut messages);
        keys.take_in(b"0~whole\x1b[201~", &mut messages);
        assert_eq!(names(&messages), names(&[Message::Paste("whole".into())]));
    }

    #[test]
    fn answers_of_the_terminal_type_nothing_and_press_nothing() {
        assert!(ANSWERS.len() >= 40);
        for answer in ANSWERS {
            assert_eq!(names(&read(&[answer]).1), "", "{answer:?}");
            let bytes: Vec<&[u8]> = answer.chunks(1).collect();
            assert_eq!(names(&read(&bytes).1), "", "{answer:?}");
            assert_eq!(names(&read(&[b"a", answer, b"b"]).1), "a b", "{answer:?}");
            for cut in 1..answer.len() {
                let (begun, rest) = answer.split_at(cut);
                assert_eq!(names(&read(&[b"a", begun, rest, b"b"]).1), "a b", "{answer:?} {cut}");
            }
        }
    }

    #[test]
    fn the_rest_of_an_answer_may_be_late() {
        for answer in ANSWERS {
            for cut in 1..answer.len() {
                let (mut keys, mut messages) = read(&[&answer[..cut]]);
                keys.settle(&mut messages);
                keys.take_in(&[&answer[cut..], b"\x1b[0n"].concat(), &mut messages);
                keys.take_in(b"x", &mut messages);
                // Esc by itself goes back, which loses nothing; no terminal can tell them apart.
                let expected = match cut {
                    1 => "Esc x",
                    2 if answer[1] == b'[' => "Alt-[ x",
                    _ => "x",
                };
                assert_eq!(names(&messages), expected, "{answer:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn an_offer_of_the_terminal_is_taken_once() {
        let (mut keys, _) = read(&[b"\x1b[?", b"0u"]);
        assert!(keys.take_offer());
        assert!(!keys.take_offer());
        assert!(!read(&[b"\x1b[?62;4c"]).0.take_offer());
    }

    #[test]
    fn a_click_may_come_in_pieces() {
        for cut in 1..9 {
            let bytes = b"\x1b[<0;5;3M";
            let (mut keys, mut messages) = read(&[&bytes[..cut]]);
            keys.settle(&mut messages);
            messages.clear();
            keys.take_in(&bytes[cut..], &mut messages);
            assert_eq!(names(&messages), "Mouse(Click { x: 4, y: 2 })", "cut at {cut}");
        }
    }

    #[test]
    fn what_a_person_types_after_half_an_answer_is_kept() {
        for (cut, typed) in [
            (&b"\x1b"[..], &b"[Indonesia] and [2 countries]"[..]),
            (b"\x1b", b"[Annex I]"),
            (b"\x1b", b"P"),
            (b"\x1bP", b"a"),
            (b"\x1b]11;rgb:", b"joint patrols"),
            (b"\x1b[?62;", b"h"),
        ] {
            let (mut keys, mut messages) = read(&[cut]);
            keys.settle(&mut messages);
            messages.clear();
            keys.take_in(typed, &mut messages);
            let letters: Vec<String> =
                typed.iter().map(|byte| Key::char((*byte).into()).to_string()).collect();
            assert_eq!(names(&messages), letters.join(" "), "{cut:?}");
        }
        // Nor is a text lost that is typed at once after Esc.
        assert_eq!(names(&read(&[b"\x1bPilot"]).1), "Esc P i l o t");
        assert_eq!(names(&read(&[b"\x1bXi"]).1), "Esc X i");
    }

    #[test]
    fn an_answer_that_never_ends_takes_no_memory() {
        let (mut keys, mut messages) = read(&[b"\x1b]52;c;"]);
        for _ in 0..1000 {
            keys.take_in(&[b'A'; 1000], &mut messages);
            assert!(keys.begun.len() < 2);
        }
        keys.settle(&mut messages);
        keys.take_in(b"x", &mut messages);
        assert_eq!(names(&messages), "x");
    }

    proptest! {
        #[test]
        fn the_pieces_bytes_come_in_do_not_matter(
            parts in prop::collection::vec(
                prop_oneof![
                    prop::sample::select(vec![
                        &b"\x1b"[..], b"[", b"O", PASTE, PASTED, b"\x1b[1;5A", b";", b"~", b"M",
                        b"\x1b[<0;9;9M", "ร".as_bytes(), b"\xe0", b"\r", b"a",
                    ]).prop_map(<[u8]>::to_vec),
                    prop::collection::vec(any::<u8>(), 1..4),
                ],
                0..12,
            ),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            let bytes = parts.concat();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> =
                cuts.array_windows().map(|[from, to]| &bytes[*from..*to]).collect();
            let (mut parted, mut in_parts) = read(&pieces);
            let (mut whole, mut at_once) = read(&[&bytes]);
            parted.settle(&mut in_parts);
            whole.settle(&mut at_once);
            prop_assert_eq!(names(&in_parts), names(&at_once));
        }
    }
}
