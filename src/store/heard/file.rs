//! The files of what was heard. Each has its own checksum, so that a wrong byte in it does not hide what is missing.
//!
//! The checksum is a field of the first laptop in the file: programs that do not know it skip it.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use serde_json::Value;

use super::{LaptopNews, disk};
use crate::workshop::WriterId;

/// The longest file that is read.
const LONGEST: u64 = 64 << 20;
/// Where the fields of the first laptop begin: after `{"`, its id and `":{`.
const AT: usize = 17;
/// What is around the checksum.
const SUM: (&[u8], &[u8]) = (b"\"sum\":\"", b"\",");
/// The fields of a laptop that every program writes.
const ALWAYS: [&str; 2] = ["made", "writers"];

/// What a file says about laptops.
#[derive(Debug)]
pub(in crate::store) struct HeardFile {
    pub(in crate::store) said: BTreeMap<WriterId, LaptopNews>,
    /// Whether it also says something that only a newer version understands.
    pub(super) has_newer: bool,
}

/// The text of a file that says this.
pub(in crate::store) fn text_of(said: &BTreeMap<WriterId, LaptopNews>) -> Vec<u8> {
    let mut text = serde_json::to_vec(said).unwrap_or_default();
    if text.len() > AT {
        let sum = sum_of(&text);
        let field = [SUM.0, sum.as_bytes(), SUM.1].concat();
        text.splice(AT..AT, field);
    }
    text
}

/// Reads a file.
pub(in crate::store) fn read(path: &Path) -> io::Result<HeardFile> {
    let mut text = bytes(path)?;
    let is_summed = match sum_in(&text) {
        None => false,
        Some((sum, end)) => {
            text.drain(AT..end);
            if sum != sum_of(&text) {
                return Err(ErrorKind::InvalidData.into());
            }
            true
        }
    };
    let value: Value = serde_json::from_slice(&text)?;
    let mut said: BTreeMap<WriterId, LaptopNews> = serde_json::from_slice(&text)?;
    let has_newer = !covers(&serde_json::to_value(&said)?, &value);
    // No program wrote more fields before there was a checksum.
    if !is_summed && (has_newer || !has_always(&value)) {
        return Err(ErrorKind::InvalidData.into());
    }
    said.values_mut().for_each(LaptopNews::tidy);
    Ok(HeardFile { said, has_newer })
}

/// Whether a file of these, or what has their folder's name, can be opened and makes no sense.
pub(in crate::store) fn is_garbled(path: &Path) -> bool {
    let senseless = [ErrorKind::InvalidData, ErrorKind::UnexpectedEof, ErrorKind::FileTooLarge];
    path.is_file() && read(path).is_err_and(|error| senseless.contains(&error.kind()))
}

pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    disk::open_file(path)?.take(LONGEST + 1).read_to_end(&mut text)?;
    if text.len() as u64 > LONGEST {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(text)
}

fn sum_of(text: &[u8]) -> String {
    format!("{:08x}", crc32fast::hash(text))
}

/// The checksum in a file, and where what is written around it ends.
fn sum_in(text: &[u8]) -> Option<(String, usize)> {
    let field = text.get(AT..)?.strip_prefix(SUM.0)?;
    let (sum, rest) = field.split_first_chunk::<8>()?;
    let rest = rest.strip_prefix(SUM.1)?;
    Some((std::str::from_utf8(sum).ok()?.to_owned(), text.len() - rest.len()))
}

/// Whether every field in `all` that says something was `read`.
fn covers(read: &Value, all: &Value) -> bool {
    match (read, all) {
        (Value::Object(read), Value::Object(all)) => all.iter().all(|(name, value)| {
            is_nothing(value) || read.get(name).is_some_and(|read| covers(read, value))
        }),
        (Value::Array(read), Value::Array(all)) => {
            read.iter().zip(all).all(|(read, all)| covers(read, all))
        }
        _ => true,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        _ => false,
    }
}

fn has_always(value: &Value) -> bool {
    let mut laptops = value.as_object().into_iter().flat_map(|laptops| laptops.values());
    laptops.all(|said| ALWAYS.iter().all(|field| said.get(field).is_some()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::workshop::Moment;

    fn said() -> BTreeMap<WriterId, LaptopNews> {
        let writers = [(WriterId::new(2), 4)].into();
        let news = LaptopNews { nth: 3, made: Moment(5), writers, ..LaptopNews::default() };
        [(WriterId::new(1), news)].into()
    }

    /// A wrong letter in a field's name made the program skip the field, and a wrong number was believed.
    #[test]
    fn whichever_byte_is_wrong_the_file_cannot_be_read() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("taken-a.json");
        let whole = text_of(&said());
        fs::write(&path, &whole).unwrap();
        let file = read(&path).unwrap();
        assert_eq!((file.said, file.has_newer), (said(), false));
        // As a program reads it that knows nothing of checksums.
        let old: BTreeMap<WriterId, LaptopNews> = serde_json::from_slice(&whole).unwrap();
        assert_eq!(old, said());
        for at in 0..whole.len() {
            for wrong in [1, 2, 4, 7, 32, 128] {
                let mut text = whole.clone();
                text[at] ^= wrong;
                fs::write(&path, &text).unwrap();
                let read = read(&path);
                assert!(read.is_err(), "{at}: {}: {read:?}", String::from_utf8_lossy(&text));
            }
        }
    }

    #[test]
    fn a_file_without_a_checksum_is_read_if_every_field_is_known() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("taken-a.json");
        let plain = serde_json::to_string(&said()).unwrap();
        let reads = |text: &str| {
            fs::write(&path, text).unwrap();
            read(&path).map(|file| (file.said == said(), file.has_newer)).ok()
        };
        assert_eq!(reads(&plain), Some((true, false)));
        assert_eq!(reads(&plain.replace("{\"nth", "{\"refused\":null,\"nth")), Some((true, false)));
        for (from, to) in [("writers", "wrisers"), ("{\"nth", "{\"colour\":1,\"nth")] {
            assert_eq!(reads(&plain.replace(from, to)), None, "{from}");
        }
        assert_eq!(reads(&plain.replace("\"made\":5,", "")), None);
        // A newer version may write more fields; its checksum covers them too.
        let newer = plain.replace("{\"nth", "{\"colour\":1,\"nth");
        let sum = format!("{{\"sum\":\"{:08x}\",\"colour", crc32fast::hash(newer.as_bytes()));
        assert_eq!(reads(&newer.replace("{\"colour", &sum)), Some((true, true)));
    }
}
