//! Letters made of many cells, to be read from the back of a room.
//!
//! A terminal has one size of letters. Where there is room, the words of a point are drawn in letters of
//! five pixels by eight, two pixels a cell. Only Latin ones: no other script of the region keeps its
//! shape in so few, and a point with one letter that is not here is shown as the terminal has it.

/// Columns of a large letter, with the gap behind it.
pub(super) const WIDE: u16 = 6;
/// Rows of a large letter.
pub(super) const TALL: u16 = 4;

/// Each letter's rows of pixels from the top, the leftmost one in the fifth bit. Sorted.
#[rustfmt::skip]
const LETTERS: &[(char, u64)] = &[
    ('!', 0x04040404_04000400), ('"', 0x0a0a0a00_00000000), ('#', 0x0a0a1f0a_1f0a0a00),
    ('$', 0x040f140e_051e0400), ('%', 0x18190204_08130300), ('&', 0x0c121408_15120d00),
    ('\'', 0x04040800_00000000), ('(', 0x02040808_08040200), (')', 0x08040202_02040800),
    ('*', 0x0004150e_15040000), ('+', 0x0004041f_04040000), (',', 0x00000000_000c0408),
    ('-', 0x0000000e_00000000), ('.', 0x00000000_000c0c00), ('/', 0x01010204_08101000),
    ('0', 0x0e111315_19110e00), ('1', 0x040c0404_04040e00), ('2', 0x0e110102_04081f00),
    ('3', 0x1f020402_01110e00), ('4', 0x02060a12_1f020200), ('5', 0x1f101e01_01110e00),
    ('6', 0x0608101e_11110e00), ('7', 0x1f010204_08080800), ('8', 0x0e11110e_11110e00),
    ('9', 0x0e11110f_01020c00), (':', 0x00000c0c_000c0c00), (';', 0x000c0c00_000c0408),
    ('<', 0x02040810_08040200), ('=', 0x00001f00_1f000000), ('>', 0x08040201_02040800),
    ('?', 0x0e110102_04000400), ('@', 0x0e11010d_15150e00), ('A', 0x0e11111f_11111100),
    ('B', 0x1e11111e_11111e00), ('C', 0x0e111010_10110e00), ('D', 0x1c121111_11121c00),
    ('E', 0x1f10101e_10101f00), ('F', 0x1f10101e_10101000), ('G', 0x0e111017_11110f00),
    ('H', 0x1111111f_11111100), ('I', 0x0e040404_04040e00), ('J', 0x07020202_02120c00),
    ('K', 0x11121418_14121100), ('L', 0x10101010_10101f00), ('M', 0x111b1515_11111100),
    ('N', 0x11111915_13111100), ('O', 0x0e111111_11110e00), ('P', 0x1e11111e_10101000),
    ('Q', 0x0e111111_15120d00), ('R', 0x1e11111e_14121100), ('S', 0x0f10100e_01011e00),
    ('T', 0x1f040404_04040400), ('U', 0x11111111_11110e00), ('V', 0x11111111_110a0400),
    ('W', 0x11111115_15150a00), ('X', 0x11110a04_0a111100), ('Y', 0x1111110a_04040400),
    ('Z', 0x1f010204_08101f00), ('[', 0x0e080808_08080e00), (']', 0x0e020202_02020e00),
    ('_', 0x00000000_00001f00), ('a', 0x00000e01_0f110f00), ('b', 0x10101619_11111e00),
    ('c', 0x00000e11_10110e00), ('d', 0x01010d13_11110f00), ('e', 0x00000e11_1f100e00),
    ('f', 0x0609081c_08080800), ('g', 0x00000f11_110f010e), ('h', 0x10101619_11111100),
    ('i', 0x04000c04_04040e00), ('j', 0x02000602_0202120c), ('k', 0x10101214_18141200),
    ('l', 0x0c040404_04040e00), ('m', 0x00001a15_15111100), ('n', 0x00001619_11111100),
    ('o', 0x00000e11_11110e00), ('p', 0x00001e11_111e1010), ('q', 0x00000d13_110f0101),
    ('r', 0x00001619_10101000), ('s', 0x00000e10_0e011e00), ('t', 0x08081c08_08090600),
    ('u', 0x00001111_11130d00), ('v', 0x00001111_110a0400), ('w', 0x00001111_15150a00),
    ('x', 0x0000110a_040a1100), ('y', 0x00001111_110f010e), ('z', 0x00001f02_04081f00),
    ('·', 0x0000000c_0c000000), ('à', 0x08040e01_0f110f00), ('á', 0x02040e01_0f110f00),
    ('â', 0x040a0e01_0f110f00), ('ä', 0x0a000e01_0f110f00), ('ç', 0x00000e11_10110e04),
    ('è', 0x08040e11_1f100e00), ('é', 0x02040e11_1f100e00), ('ê', 0x040a0e11_1f100e00),
    ('ë', 0x0a000e11_1f100e00), ('í', 0x02040c04_04040e00), ('î', 0x040a0c04_04040e00),
    ('ñ', 0x0d161619_11111100), ('ó', 0x02040e11_11110e00), ('ô', 0x040a0e11_11110e00),
    ('ö', 0x0a000e11_11110e00), ('ú', 0x02041111_11130d00), ('ü', 0x0a001111_11130d00),
    ('–', 0x0000001f_00000000), ('—', 0x0000001f_00000000), ('‘', 0x04080800_00000000),
    ('’', 0x04040800_00000000), ('“', 0x050a0a00_00000000), ('”', 0x0a0a1400_00000000),
    ('…', 0x00000000_00001500),
];

/// The pixels of a letter; none of a space.
fn pixels(letter: char) -> Option<u64> {
    let place = LETTERS.binary_search_by_key(&letter, |(known, _)| *known);
    if letter == ' ' { Some(0) } else { place.ok().map(|place| LETTERS[place].1) }
}

/// Whether every letter of a text can be drawn large.
pub(super) fn has_all(text: &str) -> bool {
    text.chars().all(|letter| letter == '\n' || pixels(letter).is_some())
}

/// The cells of a text in large letters: so many rows of signs.
pub fn large(text: &str) -> [String; TALL as usize] {
    let pixels: Vec<u64> = text.chars().map(|letter| pixels(letter).unwrap_or(0)).collect();
    [0, 1, 2, 3].map(|row| {
        let mut signs = String::with_capacity(3 * pixels.len() * usize::from(WIDE));
        for pixels in &pixels {
            let [upper, lower] = [2 * row, 2 * row + 1].map(|row| pixels >> (8 * (7 - row)) & 0x1f);
            for column in (0..5).rev() {
                signs.push(match (upper >> column & 1, lower >> column & 1) {
                    (0, 0) => ' ',
                    (1, 0) => '▀',
                    (0, _) => '▄',
                    _ => '█',
                });
            }
            signs.push(' ');
        }
        signs
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_letters_of_the_table_are_found_and_differ() {
        assert!(LETTERS.is_sorted_by(|a, b| a.0 < b.0));
        let text: String = (' '..='~').filter(|letter| !"\\^`{|}~".contains(*letter)).collect();
        assert!(has_all(&text) && has_all("“Señor – café…”"));
        assert!(!has_all("ลำดับ") && !has_all("quyết") && !has_all("\u{1b}"));
        for (letter, pixels) in LETTERS {
            let twins = LETTERS.iter().filter(|(_, other)| other == pixels).count();
            assert!(twins == 1 || "–—'’".contains(*letter), "{letter}");
        }
    }

    #[test]
    fn a_letter_looks_like_itself() {
        let rows = large("Ag");
        let rows: Vec<&str> = rows.iter().map(|row| row.trim_end()).collect();
        assert_eq!(rows, ["▄▀▀▀▄", "█▄▄▄█ ▄▀▀▀█", "█   █ ▀▄▄▄█", "▀   ▀  ▄▄▄▀"]);
    }
}
