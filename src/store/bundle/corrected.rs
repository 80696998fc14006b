//! Correcting single wrong bytes in a bundle, where the whole of it shows that the correction is right.
//!
//! A line's checksum says which byte would have to be different, and what it was, if only one is wrong. That
//! alone may be chance. A bundle's first line also has the digest of the rest, so what fits both is
//! what was written.

use std::ops::Range;

use crate::store::journal;

/// The most damaged lines that are tried.
const MOST: usize = 16;
/// The checksum and the space after it.
const SUM: usize = 9;

/// The file with one byte corrected in each damaged line; `None` if that is not what is wrong with it. The
/// caller compares the digest.
pub(super) fn with_bytes_corrected(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut fixed = bytes.to_vec();
    let (mut at, mut tried) = (0, 0);
    while at < fixed.len() {
        let end = line_end(&fixed, at);
        if is_good(&fixed[at..end]) {
            at = end + 1;
            continue;
        }
        tried += 1;
        if tried > MOST || !mend(&mut fixed, at..end) {
            return None;
        }
        at = at.saturating_sub(1);
    }
    Some(fixed)
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |end| from + end)
}

fn is_good(line: &[u8]) -> bool {
    // In a bundle Windows' line end is a wrong byte, as its digest shows.
    let as_written = !line.ends_with(b"\r");
    as_written && !matches!(journal::look(line), journal::JournalLine::Broken { .. })
}

/// Corrects the one byte that is wrong in this line or at one of its ends.
fn mend(bytes: &mut [u8], line: Range<usize>) -> bool {
    if put(bytes, line.clone()) {
        return true;
    }
    let Range { start, end } = line;
    for (text, line_end) in [(start..end - 1, end - 1), (start + 1..end, start)] {
        if !text.is_empty() && is_good(&bytes[text]) {
            bytes[line_end] = b'\n';
            return true;
        }
    }
    // One of its bytes became a line end.
    (start > 0 && put(bytes, start - 1..end))
        || (end + 1 < bytes.len() && put(bytes, start..line_end(bytes, end + 1)))
}

/// Puts the corrected line in the place of the damaged one.
fn put(bytes: &mut [u8], line: Range<usize>) -> bool {
    let corrected = corrected(&bytes[line.clone()]);
    corrected.map(|fixed| bytes[line].copy_from_slice(&fixed)).is_some()
}

/// The line with one byte changed so that it matches its checksum.
fn corrected(line: &[u8]) -> Option<Vec<u8>> {
    let mut fixed = line.to_vec();
    let (head, rest) = fixed.split_at_mut_checked(SUM)?;
    let right = format!("{:08x} ", crc32fast::hash(rest));
    if head.iter().zip(right.bytes()).filter(|(is, was)| **is != *was).count() == 1 {
        head.copy_from_slice(right.as_bytes());
        return is_good(&fixed).then_some(fixed);
    }
    let sum = std::str::from_utf8(&head[..SUM - 1]).ok()?;
    let (at, by) = wrong_byte(rest, u32::from_str_radix(sum, 16).ok()?)?;
    rest[at] ^= by;
    is_good(&fixed).then_some(fixed)
}

/// The byte of a text that would have to be different for it to have this checksum, and by which bits.
fn wrong_byte(text: &[u8], sum: u32) -> Option<(usize, u8)> {
    let same = crc32fast::hash(&[0]);
    let table: [u32; 256] = std::array::from_fn(|byte| crc32fast::hash(&[byte as u8]) ^ same);
    // No two entries have the same highest byte, so each step of the checksum can be taken back.
    let mut by_highest = [0u8; 256];
    for (byte, entry) in table.iter().enumerate() {
        by_highest[(entry >> 24) as usize] = byte as u8;
    }
    let mut difference = crc32fast::hash(text) ^ sum;
    for at in (0..text.len()).rev() {
        let byte = by_highest[(difference >> 24) as usize];
        let entry = table[usize::from(byte)];
        if entry == difference {
            return Some((at, byte));
        }
        difference = ((difference ^ entry) << 8) | u32::from(byte);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_says_which_byte_is_wrong_and_what_it_was() {
        let text = b"a line of some length, long enough to have bytes in many places";
        let sum = crc32fast::hash(text);
        for at in 0..text.len() {
            for by in 1..=255 {
                let mut wrong = text.to_vec();
                wrong[at] ^= by;
                assert_eq!(wrong_byte(&wrong, sum), Some((at, by)));
            }
        }
        assert_eq!(wrong_byte(b"something else altogether, as long as any other", sum), None);
    }

    #[test]
    fn any_wrong_byte_in_lines_is_corrected() {
        let mut whole = Vec::new();
        let first = journal::seal(journal::FIRST, b"one", &mut whole);
        let second = journal::seal(first, b"two and more", &mut whole);
        journal::seal(second, b"three", &mut whole);
        let whole = &whole[1..];
        for at in 0..whole.len() {
            for by in [1, 2, 7, 64, whole[at] ^ b'\n'].into_iter().filter(|by| *by != 0) {
                let mut wrong = whole.to_vec();
                wrong[at] ^= by;
                let fixed = with_bytes_corrected(&wrong).unwrap_or_default();
                assert_eq!(String::from_utf8_lossy(&fixed), String::from_utf8_lossy(whole), "{at}");
            }
        }
    }
}
