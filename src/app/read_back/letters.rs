//! Letters made of many cells, which can be read from the back of a room.
//!
//! A terminal has one size of letters. If there is room, the words of a point are drawn in letters of
//! five pixels by eight, two pixels to a cell. Only Latin ones: no other script of the region keeps its
//! shape in so few pixels. A point with any letter that is not here is shown in the terminal's letters.

/// Columns of a large letter, with the gap after it.
pub(super) const WIDE: u16 = 6;
/// Rows of a large letter.
pub(super) const TALL: u16 = 4;

/// Each letter's rows of pixels from the top, the leftmost one in the fifth bit. Sorted.
#[rustfmt::skip]
const LETTERS: &[(char, u64)] = &[
    ('!', 0x0404_0404_0400_0400), ('"', 0x0a0a_0a00_0000_0000), ('#', 0x0a0a_1f0a_1f0a_0a00),
    ('$', 0x040f_140e_051e_0400), ('%', 0x1819_0204_0813_0300), ('&', 0x0c12_1408_1512_0d00),
    ('\'', 0x0404_0800_0000_0000), ('(', 0x0204_0808_0804_0200), (')', 0x0804_0202_0204_0800),
    ('*', 0x0004_150e_1504_0000), ('+', 0x0004_041f_0404_0000), (',', 0x0000_0000_000c_0408),
    ('-', 0x0000_000e_0000_0000), ('.', 0x0000_0000_000c_0c00), ('/', 0x0101_0204_0810_1000),
    ('0', 0x0e11_1315_1911_0e00), ('1', 0x040c_0404_0404_0e00), ('2', 0x0e11_0102_0408_1f00),
    ('3', 0x1f02_0402_0111_0e00), ('4', 0x0206_0a12_1f02_0200), ('5', 0x1f10_1e01_0111_0e00),
    ('6', 0x0608_101e_1111_0e00), ('7', 0x1f01_0204_0808_0800), ('8', 0x0e11_110e_1111_0e00),
    ('9', 0x0e11_110f_0102_0c00), (':', 0x0000_0c0c_000c_0c00), (';', 0x000c_0c00_000c_0408),
    ('<', 0x0204_0810_0804_0200), ('=', 0x0000_1f00_1f00_0000), ('>', 0x0804_0201_0204_0800),
    ('?', 0x0e11_0102_0400_0400), ('@', 0x0e11_010d_1515_0e00), ('A', 0x0e11_111f_1111_1100),
    ('B', 0x1e11_111e_1111_1e00), ('C', 0x0e11_1010_1011_0e00), ('D', 0x1c12_1111_1112_1c00),
    ('E', 0x1f10_101e_1010_1f00), ('F', 0x1f10_101e_1010_1000), ('G', 0x0e11_1017_1111_0f00),
    ('H', 0x1111_111f_1111_1100), ('I', 0x0e04_0404_0404_0e00), ('J', 0x0702_0202_0212_0c00),
    ('K', 0x1112_1418_1412_1100), ('L', 0x1010_1010_1010_1f00), ('M', 0x111b_1515_1111_1100),
    ('N', 0x1111_1915_1311_1100), ('O', 0x0e11_1111_1111_0e00), ('P', 0x1e11_111e_1010_1000),
    ('Q', 0x0e11_1111_1512_0d00), ('R', 0x1e11_111e_1412_1100), ('S', 0x0f10_100e_0101_1e00),
    ('T', 0x1f04_0404_0404_0400), ('U', 0x1111_1111_1111_0e00), ('V', 0x1111_1111_110a_0400),
    ('W', 0x1111_1115_1515_0a00), ('X', 0x1111_0a04_0a11_1100), ('Y', 0x1111_110a_0404_0400),
    ('Z', 0x1f01_0204_0810_1f00), ('[', 0x0e08_0808_0808_0e00), (']', 0x0e02_0202_0202_0e00),
    ('_', 0x0000_0000_0000_1f00), ('a', 0x0000_0e01_0f11_0f00), ('b', 0x1010_1619_1111_1e00),
    ('c', 0x0000_0e11_1011_0e00), ('d', 0x0101_0d13_1111_0f00), ('e', 0x0000_0e11_1f10_0e00),
    ('f', 0x0609_081c_0808_0800), ('g', 0x0000_0f11_110f_010e), ('h', 0x1010_1619_1111_1100),
    ('i', 0x0400_0c04_0404_0e00), ('j', 0x0200_0602_0202_120c), ('k', 0x1010_1214_1814_1200),
    ('l', 0x0c04_0404_0404_0e00), ('m', 0x0000_1a15_1511_1100), ('n', 0x0000_1619_1111_1100),
    ('o', 0x0000_0e11_1111_0e00), ('p', 0x0000_1e11_111e_1010), ('q', 0x0000_0d13_110f_0101),
    ('r', 0x0000_1619_1010_1000), ('s', 0x0000_0e10_0e01_1e00), ('t', 0x0808_1c08_0809_0600),
    ('u', 0x0000_1111_1113_0d00), ('v', 0x0000_1111_110a_0400), ('w', 0x0000_1111_1515_0a00),
    ('x', 0x0000_110a_040a_1100), ('y', 0x0000_1111_110f_010e), ('z', 0x0000_1f02_0408_1f00),
    ('·', 0x0000_000c_0c00_0000), ('à', 0x0804_0e01_0f11_0f00), ('á', 0x0204_0e01_0f11_0f00),
    ('â', 0x040a_0e01_0f11_0f00), ('ä', 0x0a00_0e01_0f11_0f00), ('ç', 0x0000_0e11_1011_0e04),
    ('è', 0x0804_0e11_1f10_0e00), ('é', 0x0204_0e11_1f10_0e00), ('ê', 0x040a_0e11_1f10_0e00),
    ('ë', 0x0a00_0e11_1f10_0e00), ('í', 0x0204_0c04_0404_0e00), ('î', 0x040a_0c04_0404_0e00),
    ('ñ', 0x0d16_1619_1111_1100), ('ó', 0x0204_0e11_1111_0e00), ('ô', 0x040a_0e11_1111_0e00),
    ('ö', 0x0a00_0e11_1111_0e00), ('ú', 0x0204_1111_1113_0d00), ('ü', 0x0a00_1111_1113_0d00),
    ('–', 0x0000_001f_0000_0000), ('—', 0x0000_001f_0000_0000), ('‘', 0x0408_0800_0000_0000),
    ('’', 0x0404_0800_0000_0000), ('“', 0x050a_0a00_0000_0000), ('”', 0x0a0a_1400_0000_0000),
    ('…', 0x0000_0000_0000_1500),
];

/// The pixels of a letter; a space has none.
fn pixels(letter: char) -> Option<u64> {
    let place = LETTERS.binary_search_by_key(&letter, |(known, _)| *known);
    if letter == ' ' { Some(0) } else { place.ok().map(|place| LETTERS[place].1) }
}

/// Whether every letter of a text can be drawn large.
pub(super) fn has_all(text: &str) -> bool {
    text.chars().all(|letter| letter == '\n' || pixels(letter).is_some())
}

/// The cells of a text in large letters, as rows of symbols.
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
