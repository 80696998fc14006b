//! Keys, as the Windows console reports them: one record for each key that goes down or up.
//!
//! Records say for certain which key it was and with which others, and no terminal answers in them. But
//! what is pasted, and what is typed by its number with Alt, comes in unusual ways, and the terminal
//! library drops it (<https://learn.microsoft.com/windows/console/key-event-record-str>).

use std::char;

use crate::app::Message;
use crate::app::key::{Code, Key};

/// A key that went down or up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct KeyRecord {
    /// Whether it went down.
    pub(super) down: bool,
    /// How often, if it was held.
    pub(super) count: u16,
    /// The key, by Windows' virtual-key code.
    pub(super) key: u16,
    /// What it types, in UTF-16; 0 if nothing.
    pub(super) unit: u16,
    /// Which other keys were held.
    pub(super) held: Held,
}

bitflags::bitflags! {
    /// Keys that are held while another goes down or up, as Windows numbers them.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(super) struct Held: u32 {
        /// Alt on the right: AltGr on many keyboards.
        const RIGHT_ALT = 0x0001;
        /// Alt on the left.
        const LEFT_ALT = 0x0002;
        /// Ctrl on the right.
        const RIGHT_CTRL = 0x0004;
        /// Ctrl on the left.
        const LEFT_CTRL = 0x0008;
        /// Shift.
        const SHIFT = 0x0010;
        /// Not held: the key is one of those that the keypad has too.
        const ENHANCED = 0x0100;
        /// Any Alt.
        const ALT = 0x0003;
        /// Any Ctrl.
        const CTRL = 0x000c;
    }
}

/// Virtual-key codes (<https://learn.microsoft.com/windows/win32/inputdev/virtual-key-codes>).
mod virtual_key {
    pub(super) const BACK: u16 = 0x08;
    pub(super) const TAB: u16 = 0x09;
    pub(super) const RETURN: u16 = 0x0d;
    /// Alt.
    pub(super) const MENU: u16 = 0x12;
    pub(super) const ESCAPE: u16 = 0x1b;
    pub(super) const SPACE: u16 = 0x20;
    pub(super) const PAGE_UP: u16 = 0x21;
    pub(super) const PAGE_DOWN: u16 = 0x22;
    pub(super) const END: u16 = 0x23;
    pub(super) const HOME: u16 = 0x24;
    pub(super) const LEFT: u16 = 0x25;
    pub(super) const UP: u16 = 0x26;
    pub(super) const RIGHT: u16 = 0x27;
    pub(super) const DOWN: u16 = 0x28;
    pub(super) const INSERT: u16 = 0x2d;
    pub(super) const DELETE: u16 = 0x2e;
    pub(super) const CLEAR: u16 = 0x0c;
    pub(super) const KEYPAD_0: u16 = 0x60;
    pub(super) const KEYPAD_9: u16 = 0x69;
    pub(super) const F1: u16 = 0x70;
    pub(super) const F24: u16 = 0x87;
}

/// Makes messages from records.
#[derive(Debug, Default)]
pub(super) struct RecordReader {
    /// The first half of a character that UTF-16 writes in two.
    half: Option<u16>,
}

impl RecordReader {
    /// Takes one record.
    pub(super) fn take_in(&mut self, record: KeyRecord, messages: &mut Vec<Message>) {
        let alt = record.held.intersects(Held::ALT);
        let ctrl = record.held.intersects(Held::CTRL);
        if !record.down {
            // Alt goes up at the end of a character's number; so do pasted characters that the keyboard
            // does not have.
            if record.key == virtual_key::MENU && record.unit != 0 {
                self.type_in(record.unit, messages);
            }
            return;
        }
        if alt && !ctrl && is_digit_of_number(record) {
            return;
        }
        // A key that types a pasted character may say that it went down 0 times.
        for _ in 0..record.count.max(1) {
            let typed = record.unit >= u16::from(b' ') && record.unit != 0x7f;
            match (named(record.key), ctrl, alt) {
                (Some(code), _, _) => {
                    let shift = record.held.contains(Held::SHIFT) && code != Code::Backspace;
                    messages.push(Message::Key(Key { code, ctrl, alt, shift }));
                }
                (None, false, false) => self.type_in(record.unit, messages),
                // AltGr is Ctrl and Alt; a letter of its own is typed.
                (None, true, true) if typed => self.type_in(record.unit, messages),
                (None, _, _) => {
                    let letter = plain_letter(record.key).or_else(|| {
                        char::from_u32(record.unit.into()).filter(|letter| !letter.is_control())
                    });
                    messages.extend(letter.map(|letter| {
                        let code = Code::Char(letter);
                        Message::Key(Key { code, ctrl, alt, shift: false })
                    }));
                }
            }
        }
    }

    /// Types a character, or the first half of one.
    fn type_in(&mut self, unit: u16, messages: &mut Vec<Message>) {
        let half = self.half.take();
        if half.is_none() && (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        for letter in char::decode_utf16(half.into_iter().chain([unit])) {
            // Half a character shows that something is wrong; it must not be lost silently.
            let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
            let key = if letter.is_control() { control(letter) } else { Some(Key::char(letter)) };
            messages.extend(key.map(Message::Key));
        }
    }
}

/// A control character without its key: what some programs paste instead of Enter and Tab.
fn control(letter: char) -> Option<Key> {
    match letter {
        '\r' | '\n' => Some(Key::plain(Code::Enter)),
        '\t' => Some(Key::plain(Code::Tab)),
        '\u{8}' => Some(Key::plain(Code::Backspace)),
        '\u{1b}' => Some(Key::plain(Code::Esc)),
        _ => None,
    }
}

/// Whether it is a digit of a character's number, typed on the keypad with Alt held.
fn is_digit_of_number(record: KeyRecord) -> bool {
    use virtual_key::{
        CLEAR, DELETE, DOWN, END, HOME, INSERT, KEYPAD_0, KEYPAD_9, LEFT, RIGHT, UP,
    };
    use virtual_key::{PAGE_DOWN, PAGE_UP};
    let keypad = !record.held.contains(Held::ENHANCED);
    match record.key {
        KEYPAD_0..=KEYPAD_9 => true,
        // Without Num Lock the keypad has arrows.
        CLEAR | PAGE_UP | PAGE_DOWN | END | HOME | LEFT | UP | RIGHT | DOWN | INSERT | DELETE => {
            keypad
        }
        _ => false,
    }
}

/// A key that is no letter.
fn named(key: u16) -> Option<Code> {
    use virtual_key as vk;
    Some(match key {
        vk::BACK => Code::Backspace,
        vk::TAB => Code::Tab,
        vk::RETURN => Code::Enter,
        vk::ESCAPE => Code::Esc,
        vk::PAGE_UP => Code::PageUp,
        vk::PAGE_DOWN => Code::PageDown,
        vk::END => Code::End,
        vk::HOME => Code::Home,
        vk::LEFT => Code::Left,
        vk::UP => Code::Up,
        vk::RIGHT => Code::Right,
        vk::DOWN => Code::Down,
        vk::DELETE => Code::Delete,
        vk::F1..=vk::F24 => Code::F((key - vk::F1 + 1) as u8),
        _ => return None,
    })
}

/// The letter or digit of a key, whatever is held with it.
fn plain_letter(key: u16) -> Option<char> {
    match key {
        0x30..=0x39 | virtual_key::SPACE => char::from_u32(key.into()),
        0x41..=0x5a => char::from_u32(u32::from(key) + 0x20),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(records: &[KeyRecord]) -> String {
        let (mut reader, mut messages) = (RecordReader::default(), Vec::new());
        for record in records {
            reader.take_in(*record, &mut messages);
        }
        let name = |message: &Message| match message {
            Message::Key(key) => key.to_string(),
            other => format!("{other:?}"),
        };
        messages.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    fn down(key: u16, unit: u16, held: Held) -> KeyRecord {
        KeyRecord { down: true, count: 1, key, unit, held }
    }

    fn up(key: u16, unit: u16, held: Held) -> KeyRecord {
        KeyRecord { down: false, count: 1, key, unit, held }
    }

    fn unit(letter: char) -> u16 {
        letter as u16
    }

    #[test]
    fn keys_come_with_what_is_held() {
        let none = Held::empty();
        for (record, expected) in [
            (down(0x41, unit('a'), none), "a"),
            (down(0x41, unit('A'), Held::SHIFT), "A"),
            (down(0x50, 0x10, Held::LEFT_CTRL), "Ctrl-P"),
            (down(0x50, unit('p'), Held::LEFT_ALT), "Alt-P"),
            (down(0x31, unit('1'), Held::LEFT_ALT), "Alt-1"),
            (down(0x20, unit(' '), Held::LEFT_CTRL), "Ctrl-Space"),
            (down(0x0d, 0x0d, none), "Enter"),
            (down(0x0d, 0x0a, Held::LEFT_CTRL), "Ctrl-Enter"),
            (down(0x0d, 0x0d, Held::LEFT_ALT), "Alt-Enter"),
            (down(0x09, 0x09, Held::SHIFT), "Shift-Tab"),
            (down(0x1b, 0x1b, none), "Esc"),
            (down(0x08, 0x08, none), "Backspace"),
            (down(0x25, 0, Held::LEFT_ALT | Held::ENHANCED), "Alt-←"),
            (down(0x24, 0, Held::LEFT_CTRL | Held::ENHANCED), "Ctrl-Home"),
            (down(0x7b, 0, none), "F12"),
            // AltGr, and AltGr with a letter that types nothing of its own.
            (down(0x51, unit('@'), Held::RIGHT_ALT | Held::LEFT_CTRL), "@"),
            (down(0x45, unit('€'), Held::RIGHT_ALT | Held::LEFT_CTRL), "€"),
            // A dead key, Shift by itself, a key that goes up.
            (down(0xdd, 0, none), ""),
            (down(0x10, 0, Held::SHIFT), ""),
            (up(0x41, unit('a'), none), ""),
            // An input method, and a program that types.
            (down(0, unit('é'), none), "é"),
            (down(0xe7, unit('ร'), none), "ร"),
        ] {
            assert_eq!(read(&[record]), expected, "{record:?}");
        }
        assert_eq!(read(&[KeyRecord { count: 3, ..down(0x28, 0, none) }]), "↓ ↓ ↓");
    }

    #[test]
    fn a_number_typed_with_alt_is_its_character() {
        let alt = Held::LEFT_ALT;
        let digits = [0x60, 0x61, 0x65, 0x60];
        let mut records = vec![down(0x12, 0, alt)];
        for key in digits {
            records.extend([down(key, 0, alt), up(key, 0, alt)]);
        }
        records.push(up(0x12, unit('–'), Held::empty()));
        assert_eq!(read(&records), "–");
        // Without Num Lock the keypad sends arrows.
        let arrows = [down(0x12, 0, alt), down(0x23, 0, alt), up(0x12, unit('\u{1}'), alt)];
        assert_eq!(read(&arrows), "");
    }

    #[test]
    fn what_is_pasted_arrives_letter_by_letter() {
        // What a console pastes: characters that the keyboard lacks come as Alt that goes up.
        let text = "2025–2030, “joint” 😀 ร";
        let mut records = Vec::new();
        for unit in text.encode_utf16() {
            if unit < 128 {
                records.extend([down(0x41, unit, Held::empty()), up(0x41, unit, Held::empty())]);
            } else {
                records.extend([down(0x12, 0, Held::LEFT_ALT), up(0x12, unit, Held::empty())]);
            }
        }
        assert_eq!(read(&records).replace("Space", " ").replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn half_a_character_is_shown_as_wrong() {
        assert_eq!(read(&[down(0, 0xde00, Held::empty())]), "\u{fffd}");
        let halves = [down(0, 0xd83d, Held::empty()), down(0, unit('a'), Held::empty())];
        assert_eq!(read(&halves), "\u{fffd} a");
    }

    proptest! {
        #[test]
        fn every_text_arrives_whole(text in "\\PC{0,40}") {
            let records: Vec<KeyRecord> =
                text.encode_utf16().map(|unit| down(0, unit, Held::empty())).collect();
            let (mut reader, mut messages) = (RecordReader::default(), Vec::new());
            for record in records {
                reader.take_in(record, &mut messages);
            }
            let typed: String = messages
                .iter()
                .filter_map(|message| match message {
                    Message::Key(Key { code: Code::Char(letter), .. }) => Some(*letter),
                    _ => None,
                })
                .collect();
            prop_assert_eq!(typed, text);
        }

        #[test]
        fn no_record_is_too_odd(records in prop::collection::vec(
            (any::<bool>(), 0..3_u16, any::<u16>(), any::<u16>(), 0..0x200_u32), 0..20))
        {
            let (mut reader, mut messages) = (RecordReader::default(), Vec::new());
            for (down, count, key, unit, held) in records {
                let held = Held::from_bits_truncate(held);
                reader.take_in(KeyRecord { down, count, key, unit, held }, &mut messages);
            }
            prop_assert!(messages.len() <= 40);
        }
    }
}
