//! Lines that show whether they are whole.
//!
//! ```text
//! 3a91c0de 00000000 {"stamp":"2@…","at":…,"changes":[…]}
//! └ of all that follows └ checksum of the line before
//! ```
//!
//! Each is written with a line end on both sides, so that a torn one never swallows the next;
//! readers skip the empty lines. A reader that finds damage reports it and reads on.

use std::io::{self, ErrorKind, Read};
use std::{borrow::Cow, ops::Range};

use crc32fast::Hasher;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Fault;
pub(super) use super::newer::decode;
use crate::workshop::{Change, Record, WorkshopId};

/// A line's checksum, as it is written.
pub(super) type Sum = [u8; 8];

/// What the first line of a file has in place of the checksum before.
pub(super) const FIRST: Sum = *b"00000000";

/// Both checksums and the spaces after them.
pub(super) const HEAD: usize = 18;
/// What a line has around its JSON: both checksums, and a line end on both sides.
pub(super) const AROUND: usize = HEAD + 2;
/// The longest line allowed. A longer one is damage, not a reason to run out of memory.
pub(super) const LONGEST: usize = 16 << 20;
/// The longest record allowed.
pub(super) const LONGEST_RECORD: usize = LONGEST - HEAD;
/// How much is read without a line end before a file is given up.
const HOPELESS: u64 = 64 << 20;
/// How much is read at once: as much as fits in a processor's nearby cache.
const CHUNK: usize = 256 << 10;

fn sum(bytes: &[u8]) -> Sum {
    let sum = crc32fast::hash(bytes);
    let mut text = FIRST;
    for (place, digit) in text.iter_mut().enumerate() {
        *digit = b"0123456789abcdef"[(sum >> (28 - 4 * place)) as usize & 15];
    }
    text
}

/// Adds a line to what will be written, and returns its checksum.
pub(super) fn seal(before: Sum, json: &[u8], out: &mut Vec<u8>) -> Sum {
    out.push(b'\n');
    let start = out.len();
    out.extend_from_slice(b"00000000 ");
    let sealed = out.len();
    out.extend_from_slice(&before);
    out.push(b' ');
    out.extend_from_slice(json);
    let sum = sum(&out[sealed..]);
    out[start..start + sum.len()].copy_from_slice(&sum);
    out.push(b'\n');
    sum
}

/// A line that is still as it was written.
struct SealedLine<'a> {
    sum: Sum,
    before: Sum,
    json: &'a [u8],
}

/// A line without what editors and other programs put around it when they save a file: a byte-order mark
/// before the first one, and Windows' line ends. No line of ours begins or ends like that.
fn bare(line: &[u8]) -> &[u8] {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn unseal(line: &[u8]) -> Option<SealedLine<'_>> {
    let line = bare(line);
    let (sum_text, rest) = line.split_first_chunk::<8>()?;
    let rest = rest.strip_prefix(b" ")?;
    if line.len() <= HEAD || sum(rest) != *sum_text {
        return None;
    }
    let before = *rest.first_chunk::<8>()?;
    Some(SealedLine { sum: *sum_text, before, json: &line[HEAD..] })
}

/// The same as [`FIRST`], as a number.
pub(super) const FIRST_SUM: u32 = 0;

/// A line of a file, whether it can be read or not.
pub(super) enum JournalLine<'a> {
    Empty,
    Good {
        sum: u32,
        before: u32,
        json: &'a [u8],
    },
    /// It does not match its checksum. What is in the checksums' place may still be them.
    Broken {
        sum: Option<u32>,
        before: Option<u32>,
    },
}

/// Checks one line by itself.
pub(super) fn look(line: &[u8]) -> JournalLine<'_> {
    let line = bare(line);
    let number = |range: Range<usize>| {
        let digits = std::str::from_utf8(line.get(range)?).ok()?;
        digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(())?;
        u32::from_str_radix(digits, 16).ok()
    };
    let (sum, before) = (number(0..8), number(9..17));
    match (unseal(line), sum, before) {
        _ if line.is_empty() => JournalLine::Empty,
        (Some(sealed), Some(sum), Some(before)) => {
            JournalLine::Good { sum, before, json: sealed.json }
        }
        _ => JournalLine::Broken { sum, before },
    }
}

/// The checksum of a line that follows one with checksum `before`, from its JSON's length and checksum.
pub(super) fn joined(before: u32, length: u64, json: u32) -> u32 {
    let head = format!("{before:08x} ");
    let mut hash =
        Hasher::new_with_initial_len(crc32fast::hash(head.as_bytes()), head.len() as u64);
    hash.combine(&Hasher::new_with_initial_len(json, length));
    hash.finalize()
}

/// The bit of a text that was flipped since it had this checksum: `Some(None)` if the text is unchanged,
/// `None` if more than one was flipped. Two texts that differ in one bit never have the same checksum.
#[expect(clippy::option_option, reason = "no bit was flipped, or nobody can say which")]
pub(super) fn flipped(text: &[u8], sum: u32) -> Option<Option<usize>> {
    let difference = crc32fast::hash(text) ^ sum;
    if difference == 0 {
        return Some(None);
    }
    // How each bit of the last byte changes the checksum, then each bit of the byte before it, and so on.
    let same = crc32fast::hash(&[0]);
    let mut marks: [u32; 8] = std::array::from_fn(|bit| crc32fast::hash(&[1 << bit]) ^ same);
    let table: [u32; 256] = std::array::from_fn(|byte| crc32fast::hash(&[byte as u8]) ^ same);
    let step = |mark: u32| (mark >> 8) ^ table[(mark & 0xff) as usize];
    for at in (0..text.len()).rev() {
        if let Some(bit) = marks.iter().position(|mark| *mark == difference) {
            return Some(Some(at * 8 + bit));
        }
        marks = marks.map(step);
    }
    None
}

/// The content of a line that is the only one in its file.
pub(super) fn only_line(line: &[u8]) -> Option<&[u8]> {
    unseal(line).filter(|sealed| sealed.before == FIRST).map(|sealed| sealed.json)
}

/// How far a file has been read.
#[derive(Clone, Debug)]
pub(super) struct Position {
    /// Bytes of the lines that are finished.
    pub(super) offset: u64,
    /// How many line ends these have.
    pub(super) line: u64,
    /// The last good line's checksum; unknown after damage.
    pub(super) last: Option<Sum>,
    /// Whether this is inside a line that is already too long.
    overlong: bool,
}

impl Default for Position {
    fn default() -> Self {
        Self { offset: 0, line: 0, last: Some(FIRST), overlong: false }
    }
}

impl Position {
    /// Checks one line; `ended` is false for what comes after the last line end.
    fn visit(
        &mut self,
        line: &[u8],
        ended: bool,
        visit: &mut impl FnMut(u64, Result<&[u8], Fault>),
    ) {
        let number = self.line + 1;
        self.offset += line.len() as u64 + u64::from(ended);
        self.line += u64::from(ended);
        if std::mem::take(&mut self.overlong) || bare(line).is_empty() {
            return;
        }
        let Some(sealed) = unseal(line) else {
            self.last = None;
            return visit(number, Err(Fault::Bad));
        };
        if self.last.is_some_and(|last| last != sealed.before) {
            visit(number, Err(Fault::Gap));
        }
        self.last = Some(sealed.sum);
        visit(number, Ok(sealed.json));
    }
}

/// Reads the lines of a file from a position on, to which the file has already been moved, and advances the
/// position. What comes after the last line end is read if it is whole; if not, it is left for
/// the next time, and its length is returned.
pub(super) fn read_lines(
    file: &mut impl Read,
    at: &mut Position,
    mut visit: impl FnMut(u64, Result<&[u8], Fault>),
) -> io::Result<usize> {
    let mut buffer = vec![0; CHUNK];
    let mut filled = 0;
    let mut hopeless = 0;
    loop {
        let read = match file.read(&mut buffer[filled..]) {
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if read == 0 {
            break;
        }
        let fresh = filled;
        filled += read;
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', &buffer[fresh..filled]) {
            at.visit(&buffer[start..fresh + end], true, &mut visit);
            start = fresh + end + 1;
            hopeless = 0;
        }
        buffer.copy_within(start..filled, 0);
        filled -= start;
        if filled >= LONGEST || at.overlong {
            if !at.overlong {
                visit(at.line + 1, Err(Fault::TooLong));
                (at.overlong, at.last) = (true, None);
            }
            at.offset += filled as u64;
            hopeless += filled as u64;
            filled = 0;
            if hopeless > HOPELESS {
                return Err(io::Error::new(ErrorKind::InvalidData, "not lines of text"));
            }
        } else if filled == buffer.len() {
            buffer.resize(filled * 2, 0);
        }
    }
    if filled > 0 && unseal(&buffer[..filled]).is_some() {
        at.visit(&buffer[..filled], false, &mut visit);
        filled = 0;
    }
    Ok(filled)
}

/// A file rewritten line by line.
pub(super) struct RewrittenFile {
    pub(super) bytes: Vec<u8>,
    /// How many lines were changed.
    pub(super) changed: usize,
    /// How many could not be read and are as they were.
    pub(super) unread: usize,
}

/// A line that cannot be read, with its neighbours.
pub(super) struct Wreck<'f> {
    pub(super) line: &'f [u8],
    /// The checksum of the line before, if that can be read.
    pub(super) last: Option<u32>,
    /// What the next line says this one's checksum was.
    pub(super) next: Option<u32>,
}

/// What replaces a line that cannot be read.
pub(super) enum LineRepair {
    /// This record.
    Line(Vec<u8>),
    /// These bytes, which cannot be read either.
    Bytes(Vec<u8>),
}

fn number(sum: Sum) -> Option<u32> {
    std::str::from_utf8(&sum).ok().and_then(|digits| u32::from_str_radix(digits, 16).ok())
}

/// What the next line in the rest of a file says about the one before it.
fn next_before(rest: &[u8]) -> Option<Sum> {
    let next = rest.split(|byte| *byte == b'\n').find(|line| !line.is_empty())?;
    unseal(next).map(|sealed| sealed.before)
}

/// Rewrites the lines of a file. What is torn, damaged or missing stays so,
/// except for lines that are corrected.
pub(super) fn rewrite<'f>(
    file: &'f [u8],
    reword: &mut dyn FnMut(&'f [u8]) -> Cow<'f, [u8]>,
    mend: &mut dyn FnMut(Wreck<'f>) -> Option<LineRepair>,
) -> RewrittenFile {
    let mut done = RewrittenFile { bytes: Vec::with_capacity(file.len()), changed: 0, unread: 0 };
    // The checksum of the line before, as it was and as it is now.
    let mut last = Some((FIRST, FIRST));
    let mut rest = file;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest);
        let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
        if let Some(sealed) = unseal(line) {
            let json = reword(sealed.json);
            done.changed += usize::from(*json != *sealed.json);
            let before = match last {
                Some((was, is)) if was == sealed.before => is,
                _ => sealed.before,
            };
            let mut line = Vec::with_capacity(json.len() + AROUND);
            let sum = seal(before, &json, &mut line);
            done.bytes.extend_from_slice(&line[1..line.len() - 1]);
            last = Some((sealed.sum, sum));
        } else if !line.is_empty() {
            last = done.put_wreck(line, last, next_before(after), mend);
        }
        done.bytes.extend(end.map(|_| b'\n'));
        rest = after.strip_prefix(b"\n").unwrap_or(after);
    }
    done
}

impl RewrittenFile {
    /// Writes what there is of a line that cannot be read, after a line with these checksums; returns
    /// the checksums it had and has.
    fn put_wreck<'f>(
        &mut self,
        line: &'f [u8],
        last: Option<(Sum, Sum)>,
        next: Option<Sum>,
        mend: &mut dyn FnMut(Wreck<'f>) -> Option<LineRepair>,
    ) -> Option<(Sum, Sum)> {
        let wreck = Wreck {
            line,
            last: last.and_then(|(was, _)| number(was)),
            next: next.and_then(number),
        };
        match (mend(wreck), last) {
            (Some(LineRepair::Line(json)), Some((_, before))) => {
                let mut sealed = Vec::with_capacity(json.len() + AROUND);
                let sum = seal(before, &json, &mut sealed);
                self.bytes.extend_from_slice(&sealed[1..sealed.len() - 1]);
                self.changed += 1;
                next.map(|was| (was, sum))
            }
            (Some(LineRepair::Bytes(bytes)), _) => {
                self.changed += usize::from(bytes != line);
                self.bytes.extend_from_slice(&bytes);
                None
            }
            (_, _) => {
                self.unread += 1;
                self.bytes.extend_from_slice(line);
                None
            }
        }
    }
}

/// A file without the damaged lines of these holes, each given as first and last line; the lines around them
/// are chained again.
pub(super) fn rejoin(file: &[u8], holes: &[(u64, u64)]) -> Vec<u8> {
    let is_closed = |line: u64| holes.iter().any(|(from, to)| (*from..=*to).contains(&line));
    let mut bytes = Vec::with_capacity(file.len());
    // The checksum of the good line before, as it was and as it is now.
    let mut last = (FIRST, FIRST);
    for (number, line) in (1..).zip(file.split_inclusive(|byte| *byte == b'\n')) {
        let (text, end) = line.strip_suffix(b"\n").map_or((line, &b""[..]), |text| (text, b"\n"));
        match unseal(text) {
            None if !text.is_empty() && is_closed(number) => continue,
            None => bytes.extend_from_slice(text),
            Some(sealed) => {
                let follows = is_closed(number) || sealed.before == last.0;
                let before = if follows { last.1 } else { sealed.before };
                let mut line = Vec::with_capacity(text.len() + AROUND);
                last = (sealed.sum, seal(before, sealed.json, &mut line));
                bytes.extend_from_slice(&line[1..line.len() - 1]);
            }
        }
        bytes.extend_from_slice(end);
    }
    bytes
}

/// The checksum of the last line, if the bytes end with a whole one.
pub(super) fn last_sum(tail: &[u8]) -> Option<Sum> {
    let lines = tail.strip_suffix(b"\n")?;
    let start = memchr::memrchr(b'\n', lines)? + 1;
    unseal(&lines[start..]).map(|sealed| sealed.sum)
}

/// The workshop that a record founds. Its writer has the same id: both follow from the agenda,
/// and the id holds even if a newer version's agenda has more in it than is understood here.
pub(super) fn workshop_of(record: &Record) -> Option<WorkshopId> {
    let founds = record.changes.iter().any(|change| matches!(change, Change::Founded(_)));
    if founds { record.stamp.writer.to_string().parse().ok() } else { None }
}

/// The workshop that a founding record founds, from the exact bytes of its agenda: a newer version's
/// may have more in it than is understood here.
pub(super) fn founded_in(json: &[u8]) -> Option<WorkshopId> {
    #[derive(Deserialize)]
    struct Loose<'a> {
        #[serde(borrow)]
        changes: Vec<FoundingChange<'a>>,
    }
    #[derive(Deserialize)]
    struct FoundingChange<'a> {
        #[serde(borrow)]
        founded: &'a RawValue,
    }
    let loose: Loose<'_> = serde_json::from_slice(json).ok()?;
    let [change] = &loose.changes[..] else { return None };
    Some(WorkshopId::of(change.founded.get().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader says of these bytes, line by line.
    fn read(bytes: &[u8]) -> Vec<(u64, Result<String, Fault>)> {
        let mut seen = Vec::new();
        read_lines(&mut { bytes }, &mut Position::default(), |line, found| {
            seen.push((line, found.map(|json| String::from_utf8_lossy(json).into_owned())));
        })
        .unwrap();
        seen
    }

    fn sealed(texts: &[&str]) -> Vec<u8> {
        let (mut bytes, mut last) = (Vec::new(), FIRST);
        for text in texts {
            last = seal(last, text.as_bytes(), &mut bytes);
        }
        bytes
    }

    #[test]
    fn no_flipped_bit_passes_for_a_good_line() {
        let whole = sealed(&["one", "two", "three"]);
        for bit in 0..whole.len() * 8 {
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let (good, bad): (Vec<_>, Vec<_>) =
                read(&bytes).into_iter().partition(|(_, line)| line.is_ok());
            let hurt = whole[..bit / 8].split(|b| *b == b'\n').count().div_ceil(2) - 1;
            let texts = ["one", "two", "three"];
            let left = texts.iter().enumerate().filter(|(nth, _)| *nth != hurt);
            assert!(good.iter().map(|(_, line)| line.as_ref().unwrap()).eq(left.map(|(_, t)| t)));
            // A line that has not ended yet may still end.
            assert_eq!(bad.is_empty(), bit / 8 == whole.len() - 1, "{bad:?}");
        }
    }

    #[test]
    fn the_checksum_says_which_bit_was_flipped() {
        let text = "a line of some length, long enough to have bits in many places";
        let sum = crc32fast::hash(text.as_bytes());
        assert_eq!(flipped(text.as_bytes(), sum), Some(None));
        for bit in 0..text.len() * 8 {
            let mut bytes = text.as_bytes().to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(flipped(&bytes, sum), Some(Some(bit)));
            bytes[(bit / 8 + 7) % text.len()] ^= 2;
            assert_eq!(flipped(&bytes, sum), None);
        }
    }

    #[test]
    fn lines_are_read_alike_wherever_chunks_end() {
        let long = "x".repeat(3 * CHUNK);
        let texts = ["a", &long, "b", &long[..CHUNK - 40], &long[..CHUNK - 17], "c"];
        let bytes = sealed(&texts);
        let read = read(&bytes);
        assert!(read.iter().map(|(_, line)| line.as_deref()).eq(texts.iter().map(|t| Ok(*t))));
        assert!(read.iter().map(|(number, _)| *number).eq([2, 4, 6, 8, 10, 12]));
    }

    #[test]
    fn a_file_in_other_words_is_as_whole_and_as_broken_as_it_was() {
        fn reword(json: &[u8]) -> Cow<'_, [u8]> {
            if json == b"two" { Cow::Borrowed(b"2") } else { Cow::Borrowed(json) }
        }
        let whole = sealed(&["one", "two", "three", "four"]);
        let texts = |bytes: &[u8]| {
            let mut read = read(bytes);
            for (_, text) in &mut read {
                *text = text.clone().map(|text| if text == "two" { "2".into() } else { text });
            }
            read
        };
        let starts: Vec<usize> =
            memchr::memmem::find_iter(&whole, b"\n\n").map(|n| n + 1).collect();
        for at in 0..whole.len() {
            // Cut off, damaged, and with a line removed.
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            let gap = starts.iter().filter(|start| **start > at).take(2).collect::<Vec<_>>();
            let without = match gap[..] {
                [from, to] => [&whole[..*from], &whole[*to..]].concat(),
                _ => whole.clone(),
            };
            for bytes in [&whole[..at], &damaged, &without] {
                let done = rewrite(bytes, &mut |json| reword(json), &mut |_| None);
                assert_eq!(read(&done.bytes), texts(bytes), "{at}");
                let again = rewrite(&done.bytes, &mut |json| reword(json), &mut |_| None);
                assert_eq!((again.changed, again.bytes == done.bytes), (0, true));
            }
        }
    }

    #[test]
    fn a_line_without_end_is_left_out_and_what_follows_is_read() {
        let mut endless = sealed(&["a"]);
        endless.resize(LONGEST + 2 * CHUNK, b'x');
        endless.extend_from_slice(b"\n");
        endless.extend(sealed(&["b"]));
        let seen = read(&endless);
        let expected = [(2, Ok("a".to_owned())), (3, Err(Fault::TooLong)), (5, Ok("b".to_owned()))];
        assert_eq!(seen, expected);
        assert!(read_lines(&mut io::repeat(0), &mut Position::default(), |_, _| ()).is_err());
    }
}
