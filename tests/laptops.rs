//! Laptops in a test: workshops in folders, and bundles true and forged.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use rapporteur::store::*;
use rapporteur::workshop::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What the first line of a journal has for the line before.
const FIRST: &str = "00000000";

/// A laptop with one workshop.
pub(crate) struct Laptop {
    pub(crate) folder: Folder,
    /// What it has read so far.
    pub(crate) workshop: Workshop,
    pub(crate) intake: Intake,
    pub(crate) ids: Ids,
    pub(crate) replica: WriterId,
    pub(crate) writer: WriterId,
    /// The checksum of the last line it wrote.
    last: String,
    /// Its file, held as the program's writer holds it.
    file: Option<File>,
    tail: Tail,
}

impl Laptop {
    /// A laptop that starts from the agenda.
    pub(crate) fn new(path: &Path, agenda: &Agenda, seed: u64) -> Self {
        Self::of(Folder::create(path, agenda).unwrap(), seed)
    }

    /// A laptop with the workshop in this folder.
    pub(crate) fn of(folder: Folder, seed: u64) -> Self {
        let mut ids = Ids::seeded(seed);
        let (intake, damage) = Intake::open(&folder, ids.writer());
        assert_eq!(damage, []);
        let LoadedWorkshop { workshop, tail, .. } = folder.read().unwrap();
        let (replica, writer) = (ids.writer(), ids.writer());
        Self {
            folder,
            workshop,
            intake,
            ids,
            replica,
            writer,
            last: FIRST.into(),
            file: None,
            tail,
        }
    }

    /// A run that starts anew: another file for what it takes in.
    pub(crate) fn restart(&mut self) {
        (self.intake, _) = Intake::open(&self.folder, self.ids.writer());
    }

    /// A run that starts anew: what it writes goes into another file, and what a purge left undone
    /// while the old one was held is done.
    pub(crate) fn sweep(&mut self) -> SweepReport {
        (self.file, self.last, self.writer) = (None, FIRST.into(), self.ids.writer());
        self.restart();
        self.intake.sweep().unwrap()
    }

    /// Lets go of all its files, as a program that ends: on Windows nobody can change them before.
    pub(crate) fn close(&mut self) {
        self.file = None;
        self.restart();
    }

    /// Makes changes here, and writes them as the program's writer does.
    pub(crate) fn make(&mut self, at: i64, changes: impl IntoIterator<Item = Change>) -> Record {
        let record = self.workshop.record(self.writer, Moment(at), changes);
        self.write(&serde_json::to_vec(&record).unwrap());
        self.workshop.apply(record.clone());
        record
    }

    /// Writes a line of this laptop's own journal.
    pub(crate) fn write(&mut self, json: &[u8]) {
        let path = self.folder.path().join(format!("changes/{}.jsonl", self.writer));
        let (line, last) = line(&self.last, json);
        self.last = last;
        // Of two laptops by one name in a test each has its own folder.
        let file = self.file.get_or_insert_with(|| hold(&path));
        file.write_all(&line).unwrap();
    }

    /// Captures a point, under another perhaps.
    pub(crate) fn capture(&mut self, place: Place, parent: Option<PointId>, text: &str) -> PointId {
        let point = self.ids.point();
        let kind = PointKind::Recommendation;
        let captured = CapturedPoint { parent, ..CapturedPoint::new(point, place, kind, text) };
        self.make(60_000, [Change::PointCaptured(captured.into())]);
        point
    }

    /// Sets a field of a point.
    pub(crate) fn set(&mut self, point: PointId, to: Field) {
        let change = self.workshop.set(point, to).unwrap();
        self.make(120_000, [change]);
    }

    pub(crate) fn packing(&self) -> Packing<'static> {
        Packing {
            replica: self.replica,
            group: None,
            hand_out: None,
            made: Moment(180_000),
            program: "0.1.0",
            all: false,
            since: None,
            participants: false,
            only: None,
        }
    }

    /// All that is here, as a file's bytes.
    pub(crate) fn bundle_of_all(&mut self) -> Vec<u8> {
        let packing = Packing { all: true, ..self.packing() };
        self.pack(&packing, None)
    }

    /// A bundle's bytes.
    pub(crate) fn pack(&mut self, packing: &Packing<'_>, without: Option<&Bundle>) -> Vec<u8> {
        let (bundle, damage) = self.intake.pack(packing, without).unwrap();
        assert_eq!(damage, []);
        bundle.bytes()
    }

    /// A bundle's bytes, where something here cannot go into one.
    pub(crate) fn bundle_but_for_flaws(&mut self) -> Vec<u8> {
        let packing = self.packing();
        self.intake.pack(&packing, None).unwrap().0.bytes()
    }

    /// Takes in a bundle's bytes.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Result<Parcel, Rejection> {
        let bundle = Bundle::read(bytes.to_vec())?;
        let parcel = self.intake.take("x.bundle", &bundle)?;
        self.catch_up();
        Ok(parcel)
    }

    /// Reads what was taken in.
    pub(crate) fn catch_up(&mut self) {
        let workshop = &mut self.workshop;
        self.tail.read(None, &mut |records| records.into_iter().for_each(|r| workshop.apply(r)));
    }

    /// The workshop as the disk has it. What only newer versions understand is no damage.
    pub(crate) fn read(&self) -> Workshop {
        let mut loaded = self.folder.read().unwrap();
        loaded.damage.retain(|damage| !matches!(damage.what, Fault::Newer(_)));
        assert_eq!(loaded.damage, []);
        loaded.workshop
    }
}

/// Opens a journal as the program's writer does, and keeps others from writing to it.
pub(crate) fn hold(path: &Path) -> File {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 1);
    let file = options.open(path).unwrap();
    #[cfg(unix)]
    file.try_lock().unwrap();
    file
}

/// A line as a journal has it, and its checksum.
pub(crate) fn line(before: &str, json: &[u8]) -> (Vec<u8>, String) {
    let sealed = [before.as_bytes(), b" ", json].concat();
    let sum = format!("{:08x}", crc32fast::hash(&sealed));
    ([b"\n", sum.as_bytes(), b" ", &sealed, b"\n"].concat(), sum)
}

/// The body of a bundle with these lines.
pub(crate) fn body(lines: &[impl AsRef<[u8]>]) -> Vec<u8> {
    let (mut bytes, mut last) = (Vec::new(), FIRST.to_owned());
    for json in lines {
        let (line, sum) = line(&last, json.as_ref());
        bytes.extend(line);
        last = sum;
    }
    bytes
}

/// The JSON of all lines of a bundle, the header's first.
pub(crate) fn jsons(bundle: &[u8]) -> Vec<Vec<u8>> {
    let lines = bundle.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| line[18..].to_vec()).collect()
}

/// A bundle as good as a true one, with these lines and whatever else the header is to say.
pub(crate) fn forge(model: &[u8], lines: &[impl AsRef<[u8]>], says: &Value) -> Vec<u8> {
    let body = body(lines);
    let mut header: Value = serde_json::from_slice(&jsons(model)[0]).unwrap();
    let digest = Sha256::digest(&body);
    let number = |bytes: &[u8]| u128::from_be_bytes(bytes.try_into().unwrap());
    let digest = format!("{:032x}{:032x}", number(&digest[..16]), number(&digest[16..]));
    header["changes"] = json!(lines.len());
    header["bytes"] = json!(body.len());
    header["sha256"] = json!(digest);
    for (name, value) in says.as_object().unwrap() {
        header[name] = value.clone();
    }
    // `what` comes first, as programs write it: readers look for it there.
    let what = header.as_object_mut().unwrap().remove("what").unwrap();
    let json = format!("{{\"what\":{what},{}", &header.to_string()[1..]);
    let header = line(FIRST, json.as_bytes()).0;
    [&header[1..], &body].concat()
}

/// Copies a folder as a person does.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for found in fs::read_dir(from).unwrap() {
        let found = found.unwrap();
        let target = to.join(found.file_name());
        if found.file_type().unwrap().is_dir() {
            copy_folder(&found.path(), &target);
        } else {
            fs::copy(found.path(), target).unwrap();
        }
    }
}
