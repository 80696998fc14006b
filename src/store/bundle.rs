//! Changes in one file, to take to another laptop.
//!
//! ```text
//! 9be40d71 00000000 {"what":"rapporteur bundle","format":1,…,"bytes":…,"sha256":"…"}    header
//! 3a91c0de 00000000 {"stamp":"1@…","at":0,"changes":[{"founded":…}]}                    body:
//! …                                                                                    a journal
//! ```
//!
//! The header gives the length of the body and its digest, so that a bundle which was cut off or
//! altered on the way is recognised and refused whole. The body is a journal as in a workshop's
//! folder: lines go from one to the other unchanged, and so do those of newer versions.

mod corrected;
mod headless;
mod rest;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::{borrow::Cow, cell::RefCell, ffi::OsStr, fmt};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use rest::BundleDamage;

use super::heard::{Heard, LaptopNews};
use super::journal::{FIRST, Position};
use super::ledger::{Ledger, Stub, note_purges};
use super::tail::{NewerChanges, Tail, is_taken};
use super::{
    Damage, Fault, Folder, LARGEST_BUNDLE, Rejection, Trouble, gaps, holes::Hole, journal, lock,
    lock::OpenedFile, meeting_key::MeetingKey, own, own::WriterTally,
};
use crate::workshop::{
    Flaw, GroupId, Moment, Purges, Record, Stamp, Workshop, WorkshopId, WriterId, clean, file_name,
    is_id,
};

/// The file name extension of a bundle.
pub const ENDING: &str = "bundle";
/// The format this version writes, and the newest it reads.
const FORMAT: u32 = 1;
/// What the first line says the file is.
const WHAT: &str = "rapporteur bundle";
/// What precedes the time at which it was made there.
const MADE: &[u8] = b"\"made\":";
/// The longest first line.
const LONGEST_HEADER: usize = 1 << 20;

/// The first line of a bundle.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Header {
    what: String,
    /// The format it was made in.
    format: u32,
    /// The oldest format whose readers understand it.
    reader: u32,
    /// The program that made it.
    pub(super) program: String,
    /// Which workshop its changes belong to.
    pub workshop: WorkshopId,
    /// The agenda's short name.
    pub meeting: String,
    /// The meeting's title.
    pub title: String,
    /// Which laptop made it.
    pub replica: WriterId,
    /// The group that laptop works for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// The group it was made for, if that group's laptop is to start from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_out: Option<GroupId>,
    /// Whether it was meant to have only a part of that laptop's changes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub part: bool,
    /// When it was made, by that laptop's clock.
    pub made: Moment,
    /// When the last of the other laptops' changes there was made, by their clocks, if that is later than
    /// `made`: one of the clocks is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) others_later: Option<Moment>,
    /// The same for that laptop's own changes: its clock was set back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) own_later: Option<Moment>,
    /// The meeting's key, in a locked hand-out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    meeting_key: Option<CarriedKey>,
    /// How many changes of each writer are known where it was made: more than are in it if it
    /// is a part.
    writers: BTreeMap<WriterId, u64>,
    /// How many of each writer are known to exist, if that is more than are here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    exist: BTreeMap<WriterId, u64>,
    /// What is damaged where it was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) holes: Vec<Hole>,
    /// What is known of other laptops where it was made, if what came from them is in it. In any case the names of
    /// those whose changes are damaged there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) heard: BTreeMap<WriterId, LaptopNews>,
    /// How many lines the body has.
    pub changes: u64,
    /// How long the body is.
    bytes: u64,
    /// The digest of the body, in hexadecimal.
    sha256: String,
    /// What only a newer version of the program understands.
    #[serde(flatten, skip_serializing)]
    newer: BTreeMap<String, serde_json::Value>,
}

/// A secret key as it is carried.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct CarriedKey(String);

impl fmt::Debug for CarriedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Carried")
    }
}

impl Header {
    /// How many changes of each writer are known where the bundle was made.
    pub fn writers(&self) -> impl Iterator<Item = (WriterId, u64)> {
        self.writers.iter().map(|(writer, count)| (*writer, *count))
    }

    /// Removes everything from it that no program writes.
    fn tidy(&mut self) {
        self.title = clean(&self.title).into_owned();
        self.meeting = clean(&self.meeting).into_owned();
        self.program = clean(&self.program).into_owned();
        self.made = self.made.in_calendar();
        self.others_later = self.others_later.map(Moment::in_calendar);
        self.own_later = self.own_later.map(Moment::in_calendar);
        self.group = self.group.take().filter(|group| is_id(group.as_str()));
        self.hand_out = self.hand_out.take().filter(|group| is_id(group.as_str()));
        self.heard.values_mut().for_each(LaptopNews::tidy);
    }

    /// How many changes of each writer exist, as far as was known where the bundle was made.
    pub(super) fn all_known(&self) -> BTreeMap<WriterId, u64> {
        let mut known = self.writers.clone();
        for (writer, count) in &self.exist {
            let here = known.entry(*writer).or_default();
            *here = (*here).max(*count);
        }
        known
    }

    /// How many things it says that only a newer version of the program understands.
    pub fn newer(&self) -> usize {
        self.newer.len()
    }

    /// In how many places changes are damaged or gone where the bundle was made.
    pub fn damaged(&self) -> usize {
        self.holes.len()
    }

    /// How many changes are known to exist but are missing where it was made, besides the damaged
    /// ones.
    pub fn lacking(&self) -> u64 {
        let broken = gaps::lines_of(self.holes.iter());
        let lacks = |(writer, count): (&WriterId, &u64)| {
            let here = self.writers.get(writer).copied().unwrap_or(0);
            gaps::lacking(*writer, count.saturating_sub(here), &broken)
        };
        self.exist.iter().map(lacks).sum()
    }

    /// The name of the bundle's file. It cannot be another laptop's, because it has this one's own name in it.
    pub fn file_name(&self, locked: bool) -> String {
        self.numbered_file_name(locked, 1)
    }

    /// The same for the second hand-out and those after it whose groups have the same file name on some system.
    pub fn numbered_file_name(&self, locked: bool, nth: usize) -> String {
        let Header { meeting, group, hand_out, replica, .. } = self;
        let (who, which) = match (hand_out, group) {
            (Some(group), _) => {
                let number = if nth > 1 { format!(".{nth}") } else { String::new() };
                (file_name(group.as_str()) + &number, "hand-out".to_owned())
            }
            (None, Some(group)) => (file_name(group.as_str()), replica.to_string()),
            (None, None) => ("room".to_owned(), replica.to_string()),
        };
        // A part must not be taken for the whole, which would otherwise have the same name.
        let part = if self.part { ".part" } else { "" };
        let name = format!("{}.{who}.{which}{part}.{ENDING}", file_name(meeting));
        if locked { format!("{name}.{}", lock::ENDING) } else { name }
    }

    /// Whether another bundle has exactly the same changes of the same group.
    pub fn holds_the_same(&self, other: &Self) -> bool {
        let said = |header: &Self| (header.exist.clone(), header.holes.clone());
        (&self.sha256, &self.group) == (&other.sha256, &other.group) && said(self) == said(other)
    }
}

/// A bundle that is whole: as long as its header says, and with the same digest. Or what is left of it,
/// if the caller asked for that.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Where it comes from.
    pub header: Header,
    body: Vec<u8>,
    /// The meeting's key, if the bundle was locked and brought it, or was locked with it.
    key: Option<MeetingKey>,
    /// What is wrong with it, if this is only what is left of it.
    damage: Option<BundleDamage>,
}

/// Looks at a line of a bundle, given its number in the file, and may refuse it.
pub(super) type VisitLine<'v> = dyn FnMut(u64, &[u8]) -> Result<(), Rejection> + 'v;

/// A bundle, what could not go into it from the folder, and how many changes were written there.
pub(super) struct PackedBundle {
    pub(super) bundle: Bundle,
    pub(super) damage: Vec<Damage>,
    pub(super) written: WriterTally,
}

fn counted(mut stamps: Vec<Stamp>) -> WriterTally {
    stamps.sort_unstable();
    stamps.dedup();
    let mut counts = WriterTally::new();
    for stamp in stamps {
        *counts.entry(stamp.writer).or_default() += 1;
    }
    counts
}

/// What goes into a bundle, and what its header says.
#[derive(Clone, Debug)]
pub struct Packing<'w> {
    /// Which laptop makes it.
    pub replica: WriterId,
    /// The group that laptop works for.
    pub group: Option<GroupId>,
    /// The group it is made for, if that group's laptop is to start from it.
    pub hand_out: Option<GroupId>,
    /// What time it is.
    pub made: Moment,
    /// The version of this program.
    pub program: &'static str,
    /// Whether to include what was taken in from other laptops.
    pub all: bool,
    /// Includes only what was made from this moment on.
    pub since: Option<Moment>,
    /// Whether to include the names of the participants. Those in the founding record of an older program
    /// are always included.
    pub participants: bool,
    /// For a hand-out without other groups' points: the workshop, which knows whose they are.
    pub only: Option<&'w Workshop>,
}

impl Packing<'_> {
    /// Whether to include a record, as far as it is known here. What only a newer version
    /// understands may have anybody's words in it.
    fn is_wanted(&self, record: &Record, newer: usize) -> bool {
        if record.lists_participants() && !self.participants {
            return false;
        }
        match (self.only, &self.hand_out) {
            (Some(workshop), Some(group)) => newer == 0 && workshop.is_for(group, record),
            _ => true,
        }
    }
}

impl Bundle {
    /// Packs the changes in a folder: its own, those taken in from others if asked for, but none
    /// that `without` already has. The founding record is always included.
    pub(super) fn pack(
        folder: &Folder,
        (ledger, heard): (&Ledger, &Heard),
        packing: &Packing<'_>,
        without: Option<&Self>,
    ) -> Result<PackedBundle, Rejection> {
        folder.check_changes()?;
        let mut skip = HashSet::new();
        if let Some(without) = without {
            without.visit(&mut |_, json| {
                skip.extend(Stub::of(json).map(|stub| ledger.key(stub.stamp, json)));
                Ok(())
            })?;
        }
        // Others should not wait for what is left out.
        let (mut left_out, mut withheld) = (HashSet::new(), HashMap::<WriterId, u64>::new());
        let mut leave_out = |stamp: Stamp, json: &[u8]| {
            if left_out.insert(ledger.key(stamp, json)) {
                *withheld.entry(stamp.writer).or_default() += 1;
            }
        };
        let mut founding = None;
        let mut packed: Vec<(Stamp, Vec<u8>)> = Vec::new();
        let mut bytes = 0;
        let elsewhere = |name: &OsStr| !packing.all && is_taken(name);
        // What was written here may be here only because it came back from another laptop.
        let mut own: HashSet<WriterId> = heard.written().keys().copied().collect();
        let here: RefCell<Vec<Stamp>> = RefCell::default();
        let mut first = None;
        let mut visit = |name: &OsStr, json: &[u8]| {
            let Some(stub) = Stub::of(json) else { return Some(Fault::Newer(1)) };
            if !is_taken(name) {
                own.insert(stub.stamp.writer);
            } else if !packing.all && !own.contains(&stub.stamp.writer) {
                return None;
            }
            if stub.founds(folder.id(), json) {
                founding.get_or_insert_with(|| json.to_vec());
                return None;
            }
            // A record that everybody would refuse must not get the rest refused as well.
            let (record, newer) = journal::decode(json);
            if !is_taken(name) && record.as_ref().is_some_and(own::is_counted) {
                here.borrow_mut().push(stub.stamp);
                first = first.into_iter().chain(Some(stub.at).filter(|at| at.0 > 0)).min();
            }
            let fault = match &record {
                None => Some(Fault::Newer(1)),
                // Only what founds the workshop may use its name.
                Some(_) if stub.stamp.writer.to_string() == folder.id().to_string() => {
                    Some(Fault::Flawed(Flaw::Founds))
                }
                Some(record) => record.check().err().map(Fault::Flawed),
            };
            let is_for_them = record.is_some_and(|record| packing.is_wanted(&record, newer));
            if fault.is_some() || !is_for_them {
                leave_out(stub.stamp, json);
                return fault;
            }
            let kept = ledger.kept(stub.stamp, json);
            let wanted = packing.since.is_none_or(|since| stub.at >= since);
            // A line that is in two files, or in the other bundle, is packed at most once. One
            // that is too much is still counted, so that the whole is refused below.
            if wanted
                && bytes <= LARGEST_BUNDLE as usize
                && skip.insert(ledger.key(stub.stamp, json))
            {
                bytes += kept.len() + journal::AROUND;
                packed.push((stub.stamp, kept.into_owned()));
            }
            None
        };
        let mut damage = Tail::new(folder).scan(&elsewhere, &mut visit);
        let written = counted(here.take());
        let was_lost = heard
            .most_written()
            .iter()
            .any(|(writer, most)| written.get(writer).copied().unwrap_or(0) < *most);
        if !packing.all && (was_lost || !damage.is_empty()) {
            // What is damaged or gone in the laptop's own files may have come back from another laptop.
            Tail::new(folder).scan(&|name| !is_taken(name), &mut visit);
        }
        let counts = |writer| ledger.count(writer);
        let newer = NewerChanges::new();
        let found = gaps::look(folder, std::mem::take(&mut damage), &newer, heard, &counts);
        packed.sort_by_key(|(stamp, _)| *stamp);
        let mut writers = BTreeMap::new();
        for (stamp, _) in &packed {
            let withheld = withheld.get(&stamp.writer).copied().unwrap_or(0);
            let count = || ledger.count(stamp.writer).saturating_sub(withheld);
            writers.entry(stamp.writer).or_insert_with(count);
        }
        let founding = founding.map_or_else(|| agenda_of(folder), Ok)?;
        let mut body = Vec::with_capacity(bytes + 4096);
        let mut last = FIRST;
        let lines = [&founding].into_iter().chain(packed.iter().map(|(_, json)| json));
        for json in lines.clone() {
            last = journal::seal(last, json, &mut body);
        }
        if body.len() as u64 > LARGEST_BUNDLE {
            return Err(Trouble::TooLarge(body.len()).into());
        }
        let (meeting, title) = folder.names();
        let mut exist = if packing.all { heard.most() } else { heard.most_written() };
        if packing.only.is_some() {
            // Of another group's laptop, nobody knows how many of those would have been left out.
            let (owners, groups) = (heard.owners(), heard.groups());
            exist.retain(|writer, _| {
                let group = owners.get(writer).and_then(|laptop| groups.get(laptop));
                group.is_some() && group == packing.hand_out.as_ref()
            });
        }
        exist.retain(|writer, count| {
            let is_more = *count > ledger.count(*writer);
            *count = count.saturating_sub(withheld.get(writer).copied().unwrap_or(0));
            is_more
        });
        let later = |whose: &dyn Fn(&WriterId) -> bool| {
            ledger.last_of(whose).filter(|last| *last > packing.made)
        };
        let (heard_last, slow) =
            (heard.last_made(packing.replica), heard.true_time(first, packing.made));
        let tells = packing.all && packing.hand_out.is_none();
        let others = if tells { heard.others(packing.replica) } else { BTreeMap::new() };
        let mut header = Header {
            what: WHAT.into(),
            format: FORMAT,
            reader: FORMAT,
            program: packing.program.into(),
            workshop: folder.id(),
            meeting,
            title,
            replica: packing.replica,
            group: packing.group.clone(),
            hand_out: packing.hand_out.clone(),
            part: packing.since.is_some() || without.is_some(),
            made: packing.made,
            // A bundle that came here earlier was made before this one too.
            others_later: later(&|writer| !own.contains(writer))
                .max(heard_last.filter(|last| *last > packing.made))
                .max(slow),
            own_later: later(&|writer| own.contains(writer)),
            meeting_key: None,
            writers,
            exist,
            holes: found.holes,
            heard: others,
            changes: lines.count() as u64,
            bytes: body.len() as u64,
            sha256: digest(&body),
            newer: BTreeMap::new(),
        };
        let damaged = header.holes.iter().filter_map(|hole| hole.writer);
        let lacking = damaged.chain(header.exist.keys().copied()).collect();
        let mut named = heard.named_laptops(&lacking, &header.all_known());
        named.remove(&packing.replica);
        named.append(&mut header.heard);
        header.heard = named;
        let bundle = Self { header, body, key: None, damage: None };
        Ok(PackedBundle { bundle, damage: found.damage, written })
    }

    /// The bundle as a file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.body.len() + 1024);
        journal::seal(FIRST, &serde_json::to_vec(&self.header).unwrap_or_default(), &mut bytes);
        // A line of a journal begins with a line end; the first of a file needs none.
        bytes.remove(0);
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// Reads a file's bytes. A file that is not whole, not a bundle or of a later format is refused.
    pub fn read(mut bytes: Vec<u8>) -> Result<Self, Rejection> {
        let (mut header, start) = first_line(&bytes)?;
        if let Some(why) = damage_of(&header, &bytes[start..]) {
            return Err(why);
        }
        header.tidy();
        bytes.drain(..start);
        Ok(Self { header, body: bytes, key: None, damage: None })
    }

    /// The header of a bundle that may be cut short or damaged further on.
    pub(super) fn header_of(bytes: &[u8]) -> Option<Header> {
        let mut header = first_line(bytes).ok()?.0;
        header.tidy();
        Some(header)
    }

    /// When a bundle says it was made, even if its first line cannot be read as a whole.
    pub(super) fn claimed_made(bytes: &[u8]) -> Option<Moment> {
        let head = &bytes[..bytes.len().min(LONGEST_HEADER)];
        let head = head.split(|byte| *byte == b'\n').next()?;
        let at = memchr::memmem::find(head, MADE)? + MADE.len();
        let digits = head[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        // A number that ends where the file does may have been longer.
        head.get(at + digits)?;
        let made = std::str::from_utf8(&head[at..at + digits]).ok()?.parse().ok()?;
        Some(Moment(made).in_calendar())
    }

    /// Reads what was opened with a key. A file that is not locked cannot bring a key: anybody may have put
    /// it there.
    pub(super) fn read_opened(opened: OpenedFile) -> Result<Self, Rejection> {
        let OpenedFile { bytes, locked, key, .. } = opened.whole()?;
        Ok(Self::read(bytes)?.with_key(locked, key))
    }

    /// The same with the key that opened it or that it brought.
    fn with_key(self, locked: bool, key: Option<MeetingKey>) -> Self {
        let mut bundle = self;
        let workshop = bundle.header.workshop;
        let carried = bundle.header.meeting_key.take().filter(|_| locked);
        let carried = carried.and_then(|secret| MeetingKey::read(&secret.0, workshop));
        bundle.key = key.or(carried).filter(|key| key.workshop() == workshop);
        bundle
    }

    /// The meeting's key, if it came with the bundle.
    pub fn meeting_key(&self) -> Option<&MeetingKey> {
        self.key.as_ref()
    }

    /// Makes the bundle bring the meeting's key; from then on it may leave this laptop only locked.
    pub fn carry(&mut self, key: &MeetingKey) {
        self.header.meeting_key = Some(CarriedKey(key.secret()));
    }

    /// Whether everything in an earlier bundle is also in this one, so that the earlier one is not needed.
    pub fn replaces(&self, earlier: &Self) -> bool {
        let (mut lines, purges) = (HashSet::new(), self.purges());
        let mut learn = |_, json: &[u8]| {
            lines.insert(json.to_vec());
            Ok(())
        };
        let meant = |header: &Header| (header.workshop, header.hand_out.clone());
        let alike = meant(&self.header) == meant(&earlier.header);
        let read = alike && self.visit(&mut learn).is_ok();
        let mut all = true;
        let mut look = |_, json: &[u8]| {
            // Words that have since been purged are not missed.
            let stamp = Stub::of(json).map(|stub| stub.stamp);
            let kept = stamp.map_or(Cow::Borrowed(json), |stamp| purges.line(stamp, json));
            all &= lines.contains(&*kept);
            Ok(())
        };
        read && earlier.visit(&mut look).is_ok() && all
    }

    /// What its records purge.
    pub(super) fn purges(&self) -> Purges {
        let mut purges = Purges::default();
        // A bundle with a line that cannot be read is refused when it is taken in.
        let _ = self.visit(&mut |_, json| {
            note_purges(json, &mut purges);
            Ok(())
        });
        purges
    }

    /// How many lines still have words that were purged.
    pub fn holds(&self, purges: &Purges) -> usize {
        let mut lines = 0;
        let _ = self.visit(&mut |_, json| {
            let stub = Stub::of(json);
            lines += usize::from(stub.is_some_and(|stub| *purges.line(stub.stamp, json) != *json));
            Ok(())
        });
        lines
    }

    /// All its records, in no particular order, as they are in it.
    pub fn records(&self) -> Result<Vec<Record>, Rejection> {
        let mut records = Vec::new();
        self.visit(&mut |_, json| {
            records.extend(journal::decode(json).0);
            Ok(())
        })?;
        Ok(records)
    }

    /// How many changes in it only a newer version of the program understands.
    pub fn newer(&self) -> usize {
        let mut newer = 0;
        let counted = self.visit(&mut |_, json| {
            newer += journal::decode(json).1;
            Ok(())
        });
        counted.map_or(0, |()| newer)
    }

    /// Passes the body's lines to `visit` with their numbers in the file. A body with more or fewer than
    /// the header says is refused.
    pub(super) fn visit(&self, visit: &mut VisitLine<'_>) -> Result<(), Rejection> {
        let mut went = Ok(());
        let mut lines = 0;
        let at = &mut Position::default();
        let read = journal::read_lines(&mut &self.body[..], at, |line, found| {
            lines += 1;
            if went.is_ok() {
                // The body begins after the header's line.
                went = match found {
                    Ok(json) => visit(line + 1, json),
                    Err(_) => Err(Rejection::Altered),
                };
            }
        });
        match read {
            Ok(0) if went.is_err() || lines == self.header.changes => went,
            Ok(_) | Err(_) => Err(Rejection::Altered),
        }
    }

    /// Whether a laptop can start from it: the agenda is in it.
    pub fn founds(&self) -> bool {
        self.founding().is_some()
    }

    /// The record that founds the workshop, exactly as it is in the bundle.
    pub(super) fn founding(&self) -> Option<Vec<u8>> {
        let mut found = None;
        let _ = self.visit(&mut |_, json| {
            let founds = Stub::of(json).is_some_and(|stub| stub.founds(self.header.workshop, json));
            if founds && found.is_none() {
                found = Some(json.to_vec());
            }
            Ok(())
        });
        found
    }
}

/// The record that founds the workshop, from a file that was taken in: its own may be lost. A bundle without
/// it could be opened by nobody.
fn agenda_of(folder: &Folder) -> Result<Vec<u8>, Trouble> {
    let mut founding = None;
    Tail::new(folder).scan(&|_| false, &mut |_, json| {
        if founding.is_none() && Stub::of(json).is_some_and(|stub| stub.founds(folder.id(), json)) {
            founding = Some(json.to_vec());
        }
        None
    });
    let path = || folder.changes().join(format!("{}.jsonl", folder.id()));
    founding.ok_or_else(|| Trouble::NoAgenda(path()))
}

/// What is wrong with a bundle that has this header and this body.
fn damage_of(header: &Header, body: &[u8]) -> Option<Rejection> {
    let have = body.len() as u64;
    if have < header.bytes {
        return Some(Rejection::CutShort { have, of: header.bytes });
    }
    (have > header.bytes || digest(body) != header.sha256).then_some(Rejection::Altered)
}

/// The header, and where the body begins.
fn first_line(bytes: &[u8]) -> Result<(Header, usize), Rejection> {
    if bytes.is_empty() {
        return Err(Rejection::Empty);
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(Rejection::Blank);
    }
    let head = &bytes[..bytes.len().min(LONGEST_HEADER)];
    let is_like_one = is_like_one(head);
    let Some(end) = memchr::memchr(b'\n', head) else {
        return Err(if is_like_one { Rejection::Altered } else { Rejection::Foreign });
    };
    let Some(json) = journal::only_line(&head[..end]) else {
        return Err(if is_like_one { Rejection::Altered } else { Rejection::Foreign });
    };
    let json: serde_json::Value = serde_json::from_slice(json).map_err(|_| Rejection::Foreign)?;
    // A bundle that lost its first line begins with a change.
    if json.get("what").is_none() && json.get("stamp").is_some() {
        return Err(Rejection::Altered);
    }
    if json.get("what").and_then(|what| what.as_str()) != Some(WHAT) {
        return Err(Rejection::Foreign);
    }
    match json.get("reader").and_then(serde_json::Value::as_u64) {
        Some(reader) if reader > u64::from(FORMAT) => return Err(Rejection::Newer(reader)),
        _ => {}
    }
    let header = serde_json::from_value(json).map_err(|_| Rejection::Foreign)?;
    Ok((header, end + 1))
}

/// Whether a file whose first line cannot be read was a bundle: it says so, or a journal follows.
fn is_like_one(head: &[u8]) -> bool {
    let says_so = memchr::memmem::find(&head[..head.len().min(64)], WHAT.as_bytes()).is_some();
    let mut lines = head.split(|byte| *byte == b'\n');
    let has_first = lines.next().is_some_and(|first| !first.is_empty());
    let second = lines.find(|line| !line.is_empty());
    let is_good = |line| matches!(journal::look(line), journal::JournalLine::Good { .. });
    says_so || (has_first && second.is_some_and(is_good))
}

fn digest(body: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(body) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}
