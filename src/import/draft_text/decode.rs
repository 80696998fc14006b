//! Decoding the bytes of a text file, whatever program saved it.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::DraftTrouble;

/// The text, and a remark on how it was read if that is not plain UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Option<String>), DraftTrouble> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return decode(rest);
    }
    if let Some(encoding) = utf_16(bytes) {
        let (text, _, wrong) = encoding.decode(bytes);
        let wrong = if wrong { "; unreadable characters are shown as �" } else { "" };
        return Ok((text.into_owned(), Some(format!("Read as UTF-16 text{wrong}."))));
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        let what = format!("This file is not text: byte {} is zero.", at + 1);
        return Err((what, "Save it as a Word document (.docx), as Markdown or as plain text."));
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), None)),
        Err(error) => error,
    };
    let before = &bytes[..error.valid_up_to()];
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    // Letters beyond ASCII that are right so far: this is UTF-8 with a damaged place.
    if !before.is_ascii() {
        let remark = format!(
            "Line {line}, column {column} is not UTF-8 text; unreadable characters are shown as �. Find them there and type them again."
        );
        return Ok((String::from_utf8_lossy(bytes).into_owned(), Some(remark)));
    }
    let vietnamese = is_vietnamese(bytes);
    let encoding = if vietnamese { WINDOWS_1258 } else { WINDOWS_1252 };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let text = if vietnamese { text.nfc().collect() } else { text.into_owned() };
    let remark = format!(
        "Read as {} text, from line {line} on; if letters look wrong, save it as UTF-8.",
        encoding.name()
    );
    Ok((text, Some(remark)))
}

/// UTF-16, recognised by its mark or by every other byte at the beginning being zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let begin = &bytes[..bytes.len().min(512) & !1];
    let zeros = |odd: usize| begin.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = begin.len() / 4;
    match (even > most, odd > most) {
        (false, true) if even == 0 => Some(UTF_16LE),
        (true, false) if odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes that are not UTF-8 look like Vietnamese: its tone marks come after vowels.
fn is_vietnamese(bytes: &[u8]) -> bool {
    let vowel =
        |byte: u8| b"aeiouyAEIOUY\xe2\xea\xf4\xf5\xfd\xe3\xc2\xca\xd4\xd5\xdd\xc3".contains(&byte);
    let tone = |byte: u8| [0xcc, 0xd2, 0xde, 0xec, 0xf2].contains(&byte);
    let tones = bytes.windows(2).filter(|pair| vowel(pair[0]) && tone(pair[1])).count();
    let own = bytes.iter().filter(|byte| [0xf0, 0xf5, 0xfd, 0xd0].contains(*byte)).count();
    tones > 0 && own > 0
}
