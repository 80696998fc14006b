//! Nothing typed is lost, and what is damaged is named.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use rapporteur::store::*;
use rapporteur::workshop::*;

use crate::command::{Home, words};

const PATIENCE: Duration = Duration::from_secs(20);

fn agenda() -> Agenda {
    let title = "Maritime cooperation".to_owned();
    Agenda { id: "maritime".into(), title, ..Agenda::default() }
}

fn place() -> Place {
    Place::new(GroupId::plenary(), TopicId::general())
}

/// A workshop in a folder that goes away with it.
struct Room {
    _home: tempfile::TempDir,
    folder: Folder,
    state: PathBuf,
    ids: Ids,
}

impl Room {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::create(&home.path().join("maritime.workshop"), &agenda()).unwrap();
        let state = home.path().join("state");
        Self { _home: home, folder, state, ids: Ids::seeded(5) }
    }

    fn writer(&mut self) -> (Writer, Receiver<WriterNews>) {
        let (send, answers) = channel();
        let state = Some(self.state.clone());
        let answer = move |answer| drop(send.send(answer));
        let writer = Writer::start(&self.folder, self.ids.writer(), state, answer);
        (writer.unwrap(), answers)
    }

    fn workshop(&self) -> Workshop {
        let loaded = self.folder.read().unwrap();
        assert_eq!(loaded.damage, []);
        loaded.workshop
    }

    fn point(&mut self, text: &str) -> (PointId, Change) {
        let point = self.ids.point();
        let captured = CapturedPoint::new(point, place(), PointKind::Fact, text);
        (point, Change::PointCaptured(captured.into()))
    }

    /// Saves points with a writer that is closed well. Gives the file they are in.
    fn save(&mut self, texts: &[&str]) -> PathBuf {
        let (writer, _) = self.writer();
        let mut workshop = self.workshop();
        for text in texts {
            let (_, change) = self.point(text);
            let record = workshop.record(writer.id(), Moment(1), [change]);
            workshop.apply(record.clone());
            writer.save(&record).unwrap();
        }
        let file = self.folder.path().join(format!("changes/{}.jsonl", writer.id()));
        assert_eq!(writer.finish(PATIENCE), []);
        file
    }

    fn texts(&self) -> Vec<String> {
        texts(&self.folder.read().unwrap().workshop)
    }
}

fn texts(workshop: &Workshop) -> Vec<String> {
    let mut texts: Vec<String> = workshop.points().map(|p| p.text().to_owned()).collect();
    texts.sort();
    texts
}

/// Every file under a folder, with what is in it.
pub(crate) fn everything(path: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for found in fs::read_dir(path).unwrap() {
        let path = found.unwrap().path();
        let found = fs::symlink_metadata(&path).unwrap();
        if found.is_dir() {
            all.extend(everything(&path));
        } else {
            let bytes = if found.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
            all.insert(path, bytes);
        }
    }
    all
}

#[test]
fn two_laptops_make_the_same_folder_from_the_same_agenda() {
    let (one, two) = (Room::new(), Room::new());
    let strip = |room: &Room| {
        let root = room.folder.path().to_owned();
        let files = everything(&root).into_iter();
        files.map(|(p, b)| (p.strip_prefix(&root).unwrap().to_owned(), b)).collect::<Vec<_>>()
    };
    assert_eq!(strip(&one), strip(&two));
    assert_eq!(one.folder.agenda(), Ok(Record::founding(&agenda())));
    assert_eq!(one.workshop().agenda(), &agenda());
    let again = Folder::create(one.folder.path(), &agenda());
    assert_eq!(again.err(), Some(Trouble::Taken(one.folder.path().to_owned())));
    #[cfg(unix)]
    for (path, mode) in [("", 0o40700), ("changes", 0o40700), ("workshop.json", 0o100_600)] {
        use std::os::unix::fs::MetadataExt;
        assert_eq!(fs::metadata(one.folder.path().join(path)).unwrap().mode(), mode, "{path}");
    }
}

#[test]
fn what_is_no_workshop_is_refused_and_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    for (name, description) in [
        ("empty", None),
        ("garbled", Some("{\"what\":")),
        ("other", Some("{\"what\":\"a shop\"}")),
        ("list", Some("[]")),
        ("newer", Some("{\"what\":\"rapporteur workshop\",\"format\":9,\"reader\":2}")),
    ] {
        fs::create_dir(at(name)).unwrap();
        if let Some(text) = description {
            fs::write(at(name).join("workshop.json"), text).unwrap();
        }
    }
    fs::write(at("file"), "text").unwrap();
    fs::create_dir_all(at("nested/workshop.json")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(at("loop"), at("loop")).unwrap();
        fs::create_dir(at("linked")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", at("linked/workshop.json")).unwrap();
    }
    let before = everything(home.path());
    for (name, words) in [
        ("missing", "There is nothing at"),
        ("file", "it is not a folder"),
        ("empty", "it has no workshop.json"),
        ("garbled", "it has no workshop.json"),
        ("other", "its workshop.json is something else"),
        ("list", "its workshop.json is something else"),
        ("newer", "newer version of this program (format 2)"),
        ("nested", "it is a folder"),
        #[cfg(unix)]
        ("loop", "it is a link"),
        #[cfg(unix)]
        ("linked", "it is a link"),
    ] {
        let refused = Folder::open(&at(name)).unwrap_err().to_string();
        assert!(refused.contains(words) && refused.ends_with('.'), "{name}: {refused}");
    }
    assert_eq!(everything(home.path()), before);
}

#[test]
fn a_flipped_bit_is_named_and_costs_its_own_line_only() {
    let mut room = Room::new();
    let file = room.save(&["one", "two", "three"]);
    let whole = fs::read(&file).unwrap();
    let line_of = |byte: usize| whole[..byte].split(|b| *b == b'\n').count().div_ceil(2) - 1;
    for byte in (0..whole.len()).step_by(crate::ONE_OF) {
        let mut bytes = whole.clone();
        bytes[byte] ^= 1 << (byte % 8);
        fs::write(&file, bytes).unwrap();
        let loaded = room.folder.read().unwrap();
        assert!(!loaded.damage.is_empty(), "byte {byte}");
        let mut left = vec!["one", "two", "three"];
        left.remove(line_of(byte));
        let found = texts(&loaded.workshop);
        assert!(left.iter().all(|text| found.iter().any(|f| f == text)), "byte {byte}");
    }
}

#[test]
fn a_file_cut_anywhere_gives_every_whole_line() {
    let mut room = Room::new();
    let file = room.save(&["one", "two", "three"]);
    let whole = fs::read(&file).unwrap();
    let ends: Vec<usize> = (1..whole.len()).filter(|i| whole[*i..].starts_with(b"\n\n")).collect();
    let ends = [ends[0], ends[1], whole.len() - 1];
    for length in (0..whole.len()).step_by(crate::ONE_OF) {
        fs::write(&file, &whole[..length]).unwrap();
        let loaded = room.folder.read().unwrap();
        let left = ends.iter().filter(|end| **end <= length).count();
        assert_eq!(loaded.workshop.captured(), left, "{length}");
        let within = !whole[..length].ends_with(b"\n") && !ends.contains(&length) && length > 0;
        let torn = loaded.damage.iter().any(|damage| damage.what == Fault::Torn);
        assert_eq!(torn, within, "{length}: {:?}", loaded.damage);
    }
    // The next run leaves the wreck alone.
    fs::write(&file, &whole[..ends[1] + 20]).unwrap();
    let (writer, _) = room.writer();
    let (_, change) = room.point("four");
    let workshop = room.folder.read().unwrap().workshop;
    writer.save(&workshop.record(writer.id(), Moment(1), [change])).unwrap();
    drop(writer);
    assert_eq!(fs::read(&file).unwrap(), whole[..ends[1] + 20]);
    assert_eq!(room.texts(), ["four", "one", "two"]);
}

/// A line as the format has it, written by hand.
fn line(before: &str, json: &str) -> (String, String) {
    let sealed = format!("{before} {json}");
    let sum = format!("{:08x}", crc32fast::hash(sealed.as_bytes()));
    (format!("\n{sum} {sealed}\n"), sum)
}

#[test]
fn gaps_newer_changes_and_the_agendas_of_others_are_distinguished() {
    let mut room = Room::new();
    let writer = room.ids.writer();
    let (_, known) = room.point("known");
    let known = serde_json::to_string(&known).unwrap();
    let changes = format!("{known},{{\"floor_given\":{{\"to\":3}}}}");
    let newer = format!("{{\"stamp\":\"5@{writer}\",\"at\":0,\"changes\":[{changes}],\"by\":1}}");
    let other = Agenda { title: "Another meeting".into(), ..Agenda::default() };
    let other = serde_json::to_string(&Record::founding(&other)).unwrap();
    let (one, sum) = line("00000000", &newer);
    let (two, sum) = line(&sum, &other);
    let (_, sum) = line(&sum, "lost");
    let (three, _) = line(&sum, "{\"quite\":\"new\"}");
    let text = format!("{one}{two}{three}nonsense\n");
    fs::write(room.folder.path().join("changes/by-hand.jsonl"), text).unwrap();
    fs::create_dir(room.folder.path().join("changes/folder.jsonl")).unwrap();
    fs::write(room.folder.path().join("changes/._by-hand.jsonl"), "resource fork").unwrap();
    let loaded = room.folder.read().unwrap();
    let damage: Vec<_> = loaded.damage.iter().map(|d| (d.file.as_str(), d.line, &d.what)).collect();
    assert_eq!(
        damage,
        [
            ("changes/by-hand.jsonl", 2, &Fault::Newer(1)),
            ("changes/by-hand.jsonl", 4, &Fault::Elsewhere),
            ("changes/by-hand.jsonl", 6, &Fault::Gap),
            ("changes/by-hand.jsonl", 6, &Fault::Newer(1)),
            ("changes/by-hand.jsonl", 7, &Fault::Bad),
            ("changes/folder.jsonl", 0, &Fault::NotAFile),
        ]
    );
    assert_eq!((loaded.newer, texts(&loaded.workshop)), (2, vec!["known".to_owned()]));
    assert_eq!(loaded.workshop.agenda(), &agenda());
}

#[test]
fn a_garbled_description_does_not_hide_the_points() {
    let mut room = Room::new();
    room.save(&["one"]);
    let path = room.folder.path().to_owned();
    for garbled in [Some(""), Some("{\"what\":\"rapporteur"), None] {
        match garbled {
            Some(text) => fs::write(path.join("workshop.json"), text).unwrap(),
            None => fs::remove_file(path.join("workshop.json")).unwrap(),
        }
        let loaded = Folder::open(&path).unwrap().read().unwrap();
        assert_eq!(texts(&loaded.workshop), ["one"]);
        assert_eq!(loaded.damage.len(), 1);
        assert_eq!(loaded.damage[0].what, Fault::Description);
    }
}

/// Used to be: with one wrong letter in the id, every verb refused the folder, and so did the repair.
#[test]
fn no_wrong_bit_in_the_description_hides_a_point_and_each_is_repaired() {
    let mut room = Room::new();
    room.save(&["one"]);
    let path = room.folder.path().to_owned();
    let file = path.join("workshop.json");
    let whole = fs::read(&file).unwrap();
    for bit in (0..(whole.len() - 1) * 8).step_by(crate::ONE_OF) {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let garbled = String::from_utf8_lossy(&bytes).into_owned();
        fs::write(&file, &bytes).unwrap();
        let folder = Folder::open(&path).unwrap_or_else(|why| panic!("{garbled}: {why}"));
        let loaded = folder.read().unwrap();
        assert_eq!(texts(&loaded.workshop), ["one"], "{garbled}");
        assert_eq!(folder.id(), room.folder.id(), "{garbled}");
        // What says the same in other words is no damage.
        if loaded.damage.is_empty() {
            continue;
        }
        let repaired = folder.repair(WriterId::new(9)).unwrap();
        assert_eq!(repaired.left, []);
        assert_eq!(fs::read(&file).unwrap(), whole, "{garbled}");
        let kept = path.join(repaired.described.unwrap().kept.unwrap());
        assert_eq!(fs::read(&kept).unwrap(), bytes);
        fs::remove_file(kept).unwrap();
    }
    // The agenda may be damaged too: the name of its file says which workshop it is.
    let wrong = String::from_utf8(whole.clone()).unwrap();
    let id = room.folder.id().to_string();
    let wrong = wrong.replace(&id, &format!("zz{}", &id[2..]));
    fs::write(&file, &wrong).unwrap();
    let agenda = path.join("changes").join(format!("{id}.jsonl"));
    let mut bytes = fs::read(&agenda).unwrap();
    bytes[60] ^= 1;
    fs::write(&agenda, bytes).unwrap();
    assert_eq!(Folder::open(&path).unwrap().id(), room.folder.id());
    // Another workshop's id is nobody's mistake to correct.
    fs::write(&file, wrong.replace(&format!("zz{}", &id[2..]), "zzzzzzzzzzzz")).unwrap();
    assert_eq!(Folder::open(&path).unwrap().id().to_string(), "zzzzzzzzzzzz");
}

/// It used to be reported for ever: no command wrote it again, and one wrong byte in it could hide the
/// whole workshop.
#[test]
fn a_lost_description_is_written_again_by_repair_and_nothing_is_overwritten() {
    let home = Home::new();
    home.lines(&["new", "asean-declaration", "--at", "meeting"], b"");
    home.lines(&["add", "meeting", "-g", "group-1", "-t", "capacity", "Train trainers"], b"");
    let file = home.path().join("meeting/workshop.json");
    let whole = fs::read_to_string(&file).unwrap();
    let other = whole.replace("rapporteur", "rappXrteur");
    for (nth, garbled) in
        [None, Some(""), Some("{\"what\":\"rapp"), Some(&*other)].iter().enumerate()
    {
        match garbled {
            Some(text) => fs::write(&file, text).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        }
        let output = home.run(&["check", "meeting"], b"");
        assert_eq!(output.status.code(), Some(1), "{garbled:?}");
        assert!(words(&output).contains("`rapporteur check --repair WORKSHOP` writes it again."));
        assert_eq!(
            home.lines(&["list", "meeting"], b"").iter().filter(|l| l.contains("Train")).count(),
            1
        );
        let output = home.run(&["check", "--repair", "meeting"], b"");
        assert!(output.status.success(), "{garbled:?}: {}", words(&output));
        assert!(words(&output).contains("workshop.json was written again."));
        assert_eq!(fs::read_to_string(&file).unwrap(), whole);
        let kept = home.path().join(format!("meeting/workshop ({nth}).json"));
        assert_eq!(garbled.is_some(), kept.exists());
        let output = home.run(&["check", "meeting"], b"");
        assert!(output.status.success() && !words(&output).contains("workshop.json"));
    }
    // Where the agenda is gone too, nobody can say which workshop it was; what is advised works.
    fs::remove_file(&file).unwrap();
    for found in fs::read_dir(home.path().join("meeting/changes")).unwrap() {
        let path = found.unwrap().path();
        if String::from_utf8_lossy(&fs::read(&path).unwrap()).contains("\"founded\"") {
            fs::remove_file(path).unwrap();
        }
    }
    let output = home.run(&["list", "meeting"], b"");
    assert!(words(&output).contains("`rapporteur new AGENDA --at DIR`"), "{}", words(&output));
    home.lines(&["new", "asean-declaration", "--at", "again"], b"");
    for found in fs::read_dir(home.path().join("meeting/changes")).unwrap() {
        let found = found.unwrap();
        fs::copy(found.path(), home.path().join("again/changes").join(found.file_name())).unwrap();
    }
    assert!(home.lines(&["list", "again"], b"").iter().any(|line| line.contains("Train trainers")));
    // With the agendas of two workshops in it, nothing is guessed into the file.
    fs::remove_file(home.path().join("again/workshop.json")).unwrap();
    home.lines(&["new", "blank", "--at", "other"], b"");
    for found in fs::read_dir(home.path().join("other/changes")).unwrap() {
        let found = found.unwrap();
        fs::copy(found.path(), home.path().join("again/changes").join(found.file_name())).unwrap();
    }
    let output = home.run(&["check", "--repair", "again"], b"");
    assert!(words(&output).contains("are the agendas of several workshops"), "{}", words(&output));
    assert!(!home.path().join("again/workshop.json").exists());
}

#[test]
fn small_runs_share_a_file_but_two_folders_never_a_writer() {
    let mut room = Room::new();
    let first = room.save(&["one"]);
    assert_eq!(room.save(&["two"]), first);
    // A workshop that has not read the folder yet never repeats a stamp of an earlier run.
    let (again, _) = room.writer();
    let mut unread = Workshop::new(&agenda());
    again.catch_up(&mut unread);
    let (_, change) = room.point("early");
    assert_eq!(unread.record(again.id(), Moment(0), [change]).stamp.time, 4);
    drop(again);
    // While one run writes, another has a writer of its own.
    let (open, _) = room.writer();
    assert_ne!(room.save(&["three"]), first);
    drop(open);
    // A copy, and a folder put in the place of another, begin anew.
    let copy = room.folder.path().with_file_name("copy");
    for (path, bytes) in everything(room.folder.path()) {
        let path = copy.join(path.strip_prefix(room.folder.path()).unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let before = everything(&copy.join("changes")).len();
    let here = std::mem::replace(&mut room.folder, Folder::open(&copy).unwrap());
    room.save(&["four"]);
    assert_eq!(everything(&copy.join("changes")).len(), before + 1);
    fs::rename(here.path(), here.path().with_file_name("moved")).unwrap();
    fs::rename(&copy, here.path()).unwrap();
    room.folder = here;
    room.save(&["five"]);
    assert_eq!(everything(&room.folder.path().join("changes")).len(), before + 2);
    assert_eq!(room.texts(), ["five", "four", "one", "three", "two"]);
}

#[test]
fn a_point_that_cannot_be_saved_is_said_and_saved_once_it_can() {
    let mut room = Room::new();
    let changes = room.folder.path().join("changes");
    let away = room.folder.path().join("away");
    let (writer, answers) = room.writer();
    let workshop = room.workshop();
    fs::rename(&changes, &away).unwrap();
    let (_, change) = room.point("kept");
    writer.save(&workshop.record(writer.id(), Moment(0), [change])).unwrap();
    let gone = WriterNews::Failed { why: "the folder is gone".into() };
    assert_eq!(answers.recv_timeout(PATIENCE), Ok(gone));
    fs::rename(&away, &changes).unwrap();
    assert_eq!(answers.recv_timeout(PATIENCE), Ok(WriterNews::Saved { through: 1 }));
    assert_eq!(room.texts(), ["kept"]);
}

/// On Windows nobody can do so while the file is open.
#[test]
#[cfg(unix)]
fn what_cannot_be_saved_until_the_end_is_handed_back() {
    let mut room = Room::new();
    let (writer, answers) = room.writer();
    let workshop = room.workshop();
    let (_, change) = room.point("kept");
    writer.save(&workshop.record(writer.id(), Moment(0), [change])).unwrap();
    assert_eq!(answers.recv_timeout(PATIENCE), Ok(WriterNews::Saved { through: 1 }));
    let away = room.folder.path().join("away");
    fs::rename(room.folder.path().join("changes"), &away).unwrap();
    fs::remove_file(away.join(format!("{}.jsonl", writer.id()))).unwrap();
    let (point, change) = room.point("not saved");
    writer.save(&workshop.record(writer.id(), Moment(0), [change])).unwrap();
    let unsaved = writer.finish(PATIENCE);
    assert!(matches!(&unsaved[0].changes[0], Change::PointCaptured(c) if c.point == point));
}

#[test]
fn what_no_reader_takes_is_refused_and_never_called_saved() {
    let mut room = Room::new();
    let (writer, answers) = room.writer();
    let (_, change) = room.point("after a forged record");
    let mut workshop = room.workshop();
    let stamp = Stamp { time: Stamp::LAST_TIME, writer: writer.id() };
    workshop.apply(Record { stamp, at: Moment(0), changes: [].into_iter().collect() });
    let record = workshop.record(writer.id(), Moment(0), [change]);
    assert_eq!(writer.save(&record), Err(Trouble::TooLate));
    let long = "x".repeat(65 << 20);
    let (_, change) = room.point(&long);
    let record = room.workshop().record(writer.id(), Moment(0), [change]);
    assert!(matches!(writer.save(&record), Err(Trouble::TooLarge(_))));
    assert_eq!(writer.finish(PATIENCE), []);
    assert!(answers.recv().is_err());
}

#[test]
fn what_others_write_is_seen_and_ones_own_is_not() {
    let mut room = Room::new();
    let (mine, my_answers) = room.writer();
    let loaded = room.folder.read().unwrap();
    let (send, seen) = channel();
    let pass = move |records, damage| drop(send.send((records, damage)));
    let watch = Watch::start(loaded.tail, mine.id(), pass).unwrap();
    let (_, change) = room.point("mine");
    mine.save(&loaded.workshop.record(mine.id(), Moment(0), [change])).unwrap();
    assert_eq!(my_answers.recv_timeout(PATIENCE), Ok(WriterNews::Saved { through: 1 }));
    let file = room.save(&["theirs"]);
    let (records, damage) = seen.recv_timeout(PATIENCE).unwrap();
    assert_eq!((records.len(), damage), (1, Vec::new()));
    assert_eq!(
        Some(records[0].stamp.writer.to_string().as_str()),
        file.file_stem().unwrap().to_str()
    );
    // A line still being written waits until it is whole.
    let mut tail = room.folder.read().unwrap().tail;
    let whole = fs::read(&file).unwrap();
    let (begun, rest) = whole.split_at(whole.len() / 2);
    let other = file.with_file_name("other.jsonl");
    let mut records = Vec::new();
    for part in [begun, rest] {
        assert_eq!(records, []);
        let mut file = fs::OpenOptions::new().append(true).create(true).open(&other).unwrap();
        file.write_all(part).unwrap();
        assert_eq!(tail.read(None, &mut |more| records.extend(more)), []);
    }
    assert_eq!(records.len(), 1);
    watch.poll();
}

/// A folder that was made again, or that lies where the system reports nothing, was never looked at again.
#[test]
fn what_others_write_is_seen_where_the_system_reports_nothing() {
    let mut room = Room::new();
    let loaded = room.folder.read().unwrap();
    let (send, seen) = channel();
    let pass = move |records: Vec<Record>, _| drop(send.send(records));
    let (own, often) = (room.ids.writer(), Duration::from_millis(5));
    let watch = Watch::start_with(loaded.tail, own, often, pass, |_| ()).unwrap();
    let changes = room.folder.path().join("changes");
    let arrived = |expected: usize| {
        let mut points = 0;
        while points < expected {
            let records = seen.recv_timeout(PATIENCE).unwrap();
            let changes = records.iter().flat_map(|record| record.changes.iter());
            points += changes.filter(|one| matches!(one, Change::PointCaptured(_))).count();
        }
    };
    room.save(&["before"]);
    arrived(1);
    // The system still watches the folder that was moved away.
    let elsewhere = room.folder.path().join("elsewhere");
    let asked = Instant::now();
    // On Windows a folder cannot be moved at the moment when a file in it is read.
    while let Err(error) = fs::rename(&changes, &elsewhere) {
        assert!(asked.elapsed() < PATIENCE, "{error}");
    }
    fs::create_dir(&changes).unwrap();
    for found in fs::read_dir(&elsewhere).unwrap() {
        let path = found.unwrap().path();
        fs::copy(&path, changes.join(path.file_name().unwrap())).unwrap();
    }
    room.save(&["in the new folder", "and one more"]);
    // The first point is read again there, as are all lines of a new folder.
    arrived(3);
    // One that ends leaves no thread that goes on looking.
    drop(watch);
    while seen.recv_timeout(PATIENCE).is_ok() {}
    assert!(matches!(seen.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected)));
}

#[test]
fn typed_text_outlives_its_program() {
    let mut room = Room::new();
    let workshop = room.workshop();
    let unfinished = |workshop: &Workshop, folder: &Folder| {
        let all = KeptText::in_folder(folder, workshop).unwrap();
        all.into_iter().map(|one| one.text).collect::<Vec<_>>()
    };
    let mut scratch = Scratch::start(&room.folder, room.ids.writer());
    let (line, kept) = scratch.begin(&place(), None, "");
    kept.unwrap();
    for (at, removed, inserted) in [(0, 0, "Publish"), (7, 0, " x"), (8, 1, "à temps")] {
        scratch.edit(line, at, removed, inserted).unwrap();
    }
    let (entered, kept) = scratch.begin(&place(), None, "entered, not saved");
    kept.unwrap();
    let (point, change) = room.point("entered, not saved");
    scratch.entered(entered, &[point]).unwrap();
    let (dropped, _) = scratch.begin(&place(), None, "given up");
    scratch.dropped(dropped).unwrap();
    assert_eq!(unfinished(&workshop, &room.folder), [""; 0], "its program still runs");
    drop(scratch);
    assert_eq!(unfinished(&workshop, &room.folder), ["Publish à temps", "entered, not saved"]);

    // Cut anywhere, it gives what is whole and never more than was typed.
    let file = everything(&room.folder.path().join("typing")).into_keys().next().unwrap();
    let whole = fs::read(&file).unwrap();
    for length in (0..whole.len()).step_by(crate::ONE_OF) {
        fs::write(&file, &whole[..length]).unwrap();
        let texts = unfinished(&workshop, &room.folder);
        assert!(
            texts.first().is_none_or(
                |text| "Publish à temps".starts_with(text.trim_end_matches('x').trim_end())
            ),
            "{texts:?}"
        );
    }
    fs::write(&file, &whole).unwrap();

    // The next run takes it over, and the old file goes; what was saved meanwhile is not offered.
    let mut workshop = workshop;
    workshop.apply(workshop.record(WriterId::new(1), Moment(0), [change]));
    let all = KeptText::in_folder(&room.folder, &workshop).unwrap();
    let mut next = Scratch::start(&room.folder, room.ids.writer());
    let lines = KeptText::take_over(&all, &mut next).0;
    drop(next);
    assert!(!file.exists());
    assert_eq!(unfinished(&workshop, &room.folder), ["Publish à temps"]);
    assert_eq!(lines.len(), 1);
}

#[test]
fn a_scratch_that_is_needed_no_more_is_gone() {
    let mut room = Room::new();
    let mut scratch = Scratch::start(&room.folder, room.ids.writer());
    let long = "word ".repeat(1000);
    let mut open = None;
    for _ in 0..80 {
        let (line, kept) = scratch.begin(&place(), None, &long);
        kept.unwrap();
        scratch.entered(line, &[room.ids.point()]).unwrap();
        let (line, _) = scratch.begin(&place(), None, "still open");
        if let Some(before) = open.replace(line) {
            scratch.dropped(before).unwrap();
        }
    }
    scratch.saved().unwrap();
    drop(scratch);
    let files = everything(&room.folder.path().join("typing"));
    assert_eq!(files.len(), 1);
    assert!(files.values().all(|bytes| bytes.len() < 1000), "a large scratch was not renewed");
    let all = KeptText::in_folder(&room.folder, &room.workshop()).unwrap();
    assert_eq!(all.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["still open"]);
    let mut next = Scratch::start(&room.folder, room.ids.writer());
    for line in KeptText::take_over(&all, &mut next).0 {
        next.dropped(line).unwrap();
    }
    drop(next);
    assert!(everything(&room.folder.path().join("typing")).is_empty());
}

#[test]
fn an_export_never_costs_an_older_file() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("matrix.csv");
    let write = |bytes: &[u8]| whole::write_whole(&path, bytes);
    assert_eq!(write(b"two"), Ok(None));
    assert_eq!(write(b"two"), Ok(None));
    assert_eq!(write(b"three"), Ok(Some(home.path().join("matrix (1).csv"))));
    assert_eq!(write(b"four"), Ok(Some(home.path().join("matrix (2).csv"))));
    let files: Vec<_> = everything(home.path()).into_values().collect();
    assert_eq!(files, [b"two".to_vec(), b"three".to_vec(), b"four".to_vec()]);
    fs::create_dir(home.path().join("folder")).unwrap();
    assert!(whole::write_whole(&home.path().join("folder"), b"x").is_err());
    assert!(whole::write_whole(&home.path().join("no/such"), b"x").is_err());
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 4, "nothing is left behind");
}

/// A program killed while it wrote left `.matrix.csv.PID-0` or `.room.PID` for ever.
#[test]
fn what_a_killed_program_left_half_written_goes_the_next_time() {
    let home = tempfile::tempdir().unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    let mut child = child.arg("--version").stdout(std::process::Stdio::null()).spawn().unwrap();
    let gone = child.id();
    child.wait().unwrap();
    let left = |name: String| {
        fs::write(home.path().join(&name), "half").unwrap();
        name
    };
    let foreign = left(format!(".matrix.csv.{gone}.keep"));
    left(format!(".matrix.csv.{gone}-0"));
    fs::create_dir_all(home.path().join(format!(".room.{gone}/changes"))).unwrap();
    whole::write_whole(&home.path().join("matrix.csv"), b"whole").unwrap();
    Folder::create(&home.path().join("room"), &agenda()).unwrap();
    // One that still writes is let alone.
    #[cfg(unix)]
    let busy = {
        let parent = std::os::unix::process::parent_id();
        let busy = left(format!(".matrix.csv.{parent}-0"));
        whole::write_whole(&home.path().join("matrix.csv"), b"whole").unwrap();
        vec![busy]
    };
    #[cfg(not(unix))]
    let busy = Vec::new();
    let found = fs::read_dir(home.path()).unwrap();
    let mut found: Vec<String> =
        found.map(|found| found.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    let mut expected = [vec![foreign, "matrix.csv".into(), "room".into()], busy].concat();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn places_are_names_in_the_base_folders_and_nowhere_else() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path();
    for (id, name) in [
        ("asean-declaration", "asean-declaration.workshop"),
        ("../../etc/passwd", "______etc_passwd.workshop"),
        ("..", "workshop.workshop"),
        ("ประชุม 2026", "ประชุม_2026.workshop"),
        ("nul", "nul_.workshop"),
        ("Lpt9", "Lpt9_.workshop"),
        ("nullify", "nullify.workshop"),
    ] {
        assert_eq!(place::new_workshop(data, id), data.join(name), "{id}");
    }
    for name in ["plan.workshop", "plan-2.workshop"] {
        fs::create_dir(data.join(name)).unwrap();
    }
    assert_eq!(place::new_workshop(data, "plan"), data.join("plan-3.workshop"));
    for (named, found) in [
        ("plan", data.join("plan.workshop")),
        ("plan-2.workshop", data.join("plan-2.workshop")),
        ("./plan", PathBuf::from("./plan")),
        ("./nowhere", PathBuf::from("./nowhere")),
        ("nowhere/", PathBuf::from("nowhere/")),
        #[cfg(windows)]
        (r"nowhere\", PathBuf::from(r"nowhere\")),
    ] {
        assert_eq!(place::find_workshop(data, Path::new(named)).unwrap(), found);
    }
    let nowhere = place::find_workshop(data, Path::new("nowhere"));
    assert!(matches!(nowhere, Err(Trouble::Unknown { .. })), "{nowhere:?}");

    let state = data.join("state");
    let opened = |name: &str, at| place::RecentWorkshop {
        folder: data.join(name),
        title: name.into(),
        at: Moment(at),
    };
    for (at, name) in ["a", "b", "a"].into_iter().enumerate() {
        place::remember(&state, opened(name, at as i64)).unwrap();
    }
    assert_eq!(place::recent(&state), [opened("a", 2), opened("b", 1)]);
    fs::write(state.join("recent.json"), "[{").unwrap();
    assert_eq!(place::recent(&state), []);
}

#[test]
fn typing_is_kept_again_as_soon_as_the_disk_takes_points_again() {
    let mut room = Room::new();
    let typing = room.folder.path().join("typing");
    // A file where the folder should be stands for a disk that takes nothing.
    fs::write(&typing, "").unwrap();
    let mut scratch = Scratch::start(&room.folder, room.ids.writer());
    let (entered, kept) = scratch.begin(&place(), None, "entered");
    assert!(kept.is_err());
    let (point, _) = room.point("entered");
    let _ = scratch.entered(entered, &[point]);
    let (line, _) = scratch.begin(&place(), None, "half a thou");
    assert!(!scratch.is_kept());
    fs::remove_file(&typing).unwrap();
    scratch.saved().unwrap();
    assert!(scratch.is_kept());
    scratch.edit(line, 11, 0, "ght").unwrap();
    drop(scratch);
    let left = KeptText::in_folder(&room.folder, &room.workshop()).unwrap();
    let texts: Vec<&str> = left.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["half a thought"]);
}
