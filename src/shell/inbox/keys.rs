//! Keys, mouse and pastes, as terminals encode them in bytes.
//!
//! The terminal library reads at most 1,024 bytes each time the system reports input, and there is no
//! second report for the rest: what was typed ahead or pasted without brackets had to wait until the
//! next key. And it waits for the end of a key that has begun, ignoring signals. So we read them here.

use std::str;

use memchr::memmem;

use crate::app::Message;
use crate::app::key::{Code, Key, Mouse};

const ESC: u8 = 0x1b;
const PASTE: &[u8] = b"\x1b[200~";
const PASTED: &[u8] = b"\x1b[201~";

/// Makes messages from bytes, which may come in pieces of any size.
#[derive(Debug, Default)]
pub(super) struct KeyReader {
    /// Bytes that are not a complete key yet.
    begun: Vec<u8>,
    /// During a paste: how far its end was searched for.
    pasting: Option<usize>,
}

/// What the first bytes encode.
enum Spelt {
    /// This many bytes are this message; `None` for what we have no use for.
    Whole(usize, Option<Message>),
    /// The beginning of a key.
    Begun,
}

impl KeyReader {
    /// Takes what the terminal sent.
    pub(super) fn take_in(&mut self, bytes: &[u8], messages: &mut Vec<Message>) {
        self.begun.extend_from_slice(bytes);
        let mut from = 0;
        while from < self.begun.len() {
            let Some((length, message)) = self.next(from) else { break };
            from += length;
            messages.extend(message);
        }
        self.begun.drain(..from);
    }

    /// Whether a key has begun that may end right there: Esc by itself, or Alt with a character that
    /// other keys begin with.
    pub(super) fn is_open(&self) -> bool {
        self.pasting.is_none() && !self.begun.is_empty()
    }

    /// Ends what has begun, because nothing came after it.
    pub(super) fn settle(&mut self, messages: &mut Vec<Message>) {
        if !self.is_open() {
            return;
        }
        match *self.begun {
            [ESC] => messages.push(Message::Key(Key::plain(Code::Esc))),
            [ESC, letter] if letter.is_ascii() => {
                messages.push(Message::Key(Key::alt(Code::Char(letter.into()))));
            }
            // Half a letter, or half a key that nobody pressed.
            _ => {}
        }
        self.begun.clear();
    }

    fn next(&mut self, from: usize) -> Option<(usize, Option<Message>)> {
        let bytes = &self.begun[from..];
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
            Spelt::Whole(length, message) => Some((length, message)),
            Spelt::Begun => None,
        }
    }
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
            whole(length + 1, Key { code, alt: true, ..key })
        }
        Spelt::Whole(length, message) => Spelt::Whole(length + 1, message),
        Spelt::Begun => Spelt::Begun,
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
    Some(Message::Key(key_with_modifiers(
        code,
        second.unwrap_or(1).saturating_sub(1),
        sign == b'Z',
    )))
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
            Message::Key(key) => key.to_string(),
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
            (b"\x1bp\x1bP\x1b\r\x1b1\x1b]\x1b\xc3\xa9", "Alt-P Alt-P Alt-Enter Alt-1 Alt-] Alt-É"),
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
            assert!(keys.is_open(), "{bytes:?}");
            messages.clear();
            keys.settle(&mut messages);
            assert_eq!(names(&messages), expected, "{bytes:?}");
            assert!(!keys.is_open());
        }
        let (mut keys, mut messages) = read(&[b"\x1b[200~slowly"]);
        keys.settle(&mut messages);
        keys.take_in(b" pasted\x1b[201~", &mut messages);
        assert_eq!(names(&messages), names(&[Message::Paste("slowly pasted".into())]));
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
