//! Bundles that no honest program made: refused with a reason or made harmless, and never a panic.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rapporteur::export::{Format, write};
use rapporteur::feedback::Feedback;
use rapporteur::store::lock::{Keys, Lock, Passphrase};
use rapporteur::store::*;
use rapporteur::workshop::*;
use serde_json::{Value, json};

use crate::durability::everything;
use crate::laptops::{Laptop, forge, jsons};
use crate::merging::{agenda, assert_all_there, whole};

/// One who takes in, one whose bundles are altered, and a folder for both.
struct Table {
    home: tempfile::TempDir,
    taker: Laptop,
    maker: Laptop,
    /// What the maker's honest bundle is like, and its lines.
    model: Vec<u8>,
    lines: Vec<Vec<u8>>,
    point: PointId,
}

impl Table {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut taker = Laptop::new(&home.path().join("taker"), &agenda(), 1);
        let mut maker = Laptop::new(&home.path().join("maker"), &agenda(), 2);
        let place = || Place::new("group-1".into(), "capacity".into());
        taker.capture(place(), None, "here before");
        let point = maker.capture(place(), None, "honest");
        let model = maker.bundle_of_all();
        let lines = jsons(&model).split_off(1);
        Self { home, taker, maker, model, lines, point }
    }

    /// A bundle with this line besides the honest ones.
    fn with(&self, line: impl Into<Vec<u8>>) -> Vec<u8> {
        forge(&self.model, &[&self.lines[..], &[line.into()]].concat(), &json!({}))
    }

    /// A record of the maker's with these changes.
    fn record(&self, time: u64, at: i64, changes: &Value) -> Vec<u8> {
        let stamp = format!("{time}@{}", self.maker.writer);
        json!({"stamp": stamp, "at": at, "changes": changes}).to_string().into_bytes()
    }

    /// That this is refused, in these words, and the workshop is as it was.
    fn refuses(&mut self, bundle: &[u8], words: &str) {
        let before = everything(self.home.path());
        let refused = self.taker.take(bundle).expect_err(words).to_string();
        assert!(refused.contains(words) && refused.ends_with('.'), "{words}: {refused}");
        assert!(everything(self.home.path()) == before, "{words}: something was written");
    }

    /// That this is taken in, and everything goes on working.
    fn takes(&mut self, bundle: &[u8]) -> Parcel {
        let parcel = self.taker.take(bundle).unwrap();
        let read = self.taker.read();
        assert_eq!(whole(&read), whole(&self.taker.workshop));
        assert_all_there(&read);
        let own = std::collections::HashSet::new();
        let receipt = Receipt::of(&read, std::slice::from_ref(&parcel), &[], &own, Moment(1));
        for zone in ["", "Asia/Kuala_Lumpur", "America/Los_Angeles"] {
            rapporteur::app::receipt_rows(
                &receipt,
                Zone::named(zone).unwrap(),
                Moment(1),
                (80, 24),
            );
        }
        serde_json::to_string(&receipt).unwrap();
        // Others still take what goes on from here, and points are still taken down.
        let mut next = Laptop::new(&self.home.path().join("next"), &agenda(), 9);
        next.take(&self.taker.bundle_of_all()).unwrap();
        let text = "afterwards";
        let point = next.capture(Place::new("group-1".into(), "capacity".into()), None, text);
        assert_eq!(self.taker.take(&next.bundle_of_all()).unwrap().new_points, [point]);
        drop(next);
        fs::remove_dir_all(self.home.path().join("next")).unwrap();
        parcel
    }
}

fn captured(point: PointId, more: &Value) -> Value {
    let mut captured = json!({
        "point": point, "text": "forged", "group": "group-1", "topic": "capacity", "kind": "fact",
    });
    for (name, value) in more.as_object().unwrap() {
        captured[name] = value.clone();
    }
    json!([{"point_captured": captured}])
}

#[test]
fn a_record_that_no_program_writes_is_refused_with_its_line() {
    let mut table = Table::new();
    let point = table.maker.ids.point();
    let too_long = "x".repeat(3000);
    let known = table.point;
    let changed = |to: &Value| json!([{"point_changed": {"point": known, "to": to, "over": []}}]);
    for (changes, words) in [
        (captured(point, &json!({"group": "../../etc/passwd"})), "has an empty id"),
        (captured(point, &json!({"topic": "a\u{1b}[31m"})), "has an empty id"),
        (captured(point, &json!({"session": "a\u{202e}b c"})), "has an empty id"),
        (captured(point, &json!({"group": ""})), "has an empty id"),
        (captured(point, &json!({"group": ".."})), "has an empty id"),
        (captured(point, &json!({"topic": too_long})), "that is too long"),
        (captured(point, &json!({"kind": too_long})), "that is too long"),
        (captured(point, &json!({"tags": [too_long]})), "that is too long"),
        (captured(point, &json!({"tags": vec!["t"; 10_001]})), "more tags"),
        (captured(point, &json!({"text": " \u{1b} \u{0} "})), "without words"),
        (captured(point, &json!({"text": "x".repeat(5 << 20)})), "that is too long"),
        (captured(point, &json!({"order": []})), "without words"),
        (changed(&json!({"text": ""})), "without words"),
        (changed(&json!({"topic": "/"})), "has an empty id"),
        (changed(&json!({"status": {"parked": {"owner": too_long}}})), "too long"),
        (
            json!([{"group_changed": {"group": "~/x", "to": {"open": true}, "over": []}}]),
            "has an empty id",
        ),
        (
            json!([{"group_changed": {"group": "g", "to": {"title": too_long}, "over": []}}]),
            "that is too long",
        ),
    ] {
        let bundle = table.with(table.record(9, 5, &changes));
        table.refuses(&bundle, words);
        table.refuses(&bundle, "line 7 ");
    }
    for extra in [i32::MIN, i32::MAX, 100_001, -100_001] {
        let to = json!({"extra": extra});
        let course = json!([{"course_changed": {"session": "morning", "to": to, "over": []}}]);
        let bundle = table.with(table.record(9, 5, &course));
        table.refuses(&bundle, "has a moment");
    }
}

#[test]
fn times_and_moments_outside_all_calendars_are_refused() {
    let mut table = Table::new();
    let changes = captured(table.maker.ids.point(), &json!({}));
    for time in [0, 1 << 40, 1 << 62, (1 << 62) + 1, u64::MAX] {
        let record = table.record(time, 5, &changes);
        let bundle = table.with(record.clone());
        table.refuses(&bundle, "has a time that no program writes");
        // A header that claims to have enough lines for it does not help.
        for lines in [1_u64 << 41, u64::MAX] {
            let lines_of = [&table.lines[..], std::slice::from_ref(&record)].concat();
            let bundle = forge(&table.model, &lines_of, &json!({"changes": lines}));
            table.refuses(&bundle, "");
        }
    }
    for at in [-1, i64::MIN, i64::MAX, 253_402_300_800_000, 8_210_266_876_799_999] {
        let bundle = table.with(table.record(9, at, &changes));
        table.refuses(&bundle, "before 1970 or after the year 9999");
        let to = json!({"started": at});
        let course = json!([{"course_changed": {"session": "morning", "to": to, "over": []}}]);
        let bundle = table.with(table.record(9, 5, &course));
        table.refuses(&bundle, "before 1970 or after the year 9999");
    }
    // Whoever shows one all the same does not fall over it.
    for zone in ["Asia/Kuala_Lumpur", "America/Los_Angeles"] {
        let zone = Zone::named(zone).unwrap();
        for at in [i64::MIN, i64::MAX, 8_210_266_876_799_999, -8_334_601_228_800_000] {
            zone.local(Moment(at));
        }
    }
    // The last second there is, and a jump that many lost records would explain.
    let last = table.with(table.record(1 << 20, 253_402_300_799_999, &changes));
    assert_eq!(table.takes(&last).fresh, 2);
}

#[test]
fn a_false_header_is_refused_or_does_no_harm() {
    let mut table = Table::new();
    for says in [
        json!({"bytes": u64::MAX}),
        json!({"bytes": 1_u64 << 40}),
        json!({"bytes": 1}),
        json!({"changes": u64::MAX}),
        json!({"changes": 5_000_000_000_u64}),
        json!({"changes": 0}),
        json!({"sha256": ""}),
        json!({"sha256": "0".repeat(64)}),
        json!({"what": "rapporteur bungle"}),
        json!({"what": null}),
        json!({"reader": u64::MAX}),
        json!({"bytes": "many"}),
        json!({"workshop": "../../etc"}),
        json!({"replica": "../../../../"}),
        json!({"writers": [1]}),
        json!({"made": "yesterday"}),
        json!({"title": ["a"]}),
    ] {
        let bundle = forge(&table.model, &table.lines, &says);
        table.refuses(&bundle, "");
    }
    let here = table.taker.writer;
    for says in [
        json!({"title": "../../etc/passwd\u{1b}[2J\u{202e}", "meeting": "../../etc/passwd"}),
        json!({"group": "../../etc/passwd", "hand_out": "/"}),
        json!({"group": "nobody-knows", "hand_out": "nobody-knows"}),
        json!({"replica": table.taker.replica}),
        json!({"replica": here, "writers": {here.to_string(): u64::MAX, "000000000001": u64::MAX}}),
        json!({"made": i64::MAX}),
        json!({"made": 8_210_266_876_799_999_i64}),
        json!({"made": i64::MIN}),
        json!({"made": -1}),
        json!({"program": "\u{1b}]0;title\u{7}".repeat(1000)}),
        json!({"format": u32::MAX}),
    ] {
        let bundle = forge(&table.model, &table.lines, &says);
        table.takes(&bundle);
        let header = Bundle::read(bundle).unwrap().header;
        assert!(!header.title.contains('\u{1b}'), "{header:?}");
        assert!(header.group.is_none_or(|group| is_id(group.as_str())));
        assert!(header.hand_out.is_none_or(|group| is_id(group.as_str())));
        assert_eq!(header.made, header.made.in_calendar());
    }
    // A name made of it is one plain name.
    for (says, name) in [
        (json!({"meeting": "../../etc/passwd\n"}), "______etc_passwd"),
        (json!({"meeting": "\u{202e}"}), "workshop"),
    ] {
        let bundle = Bundle::read(forge(&table.model, &table.lines, &says)).unwrap();
        let expected = format!("{name}.room.{}.bundle", table.maker.replica);
        assert_eq!(bundle.header.file_name(false), expected);
    }
}

#[test]
fn words_that_steer_a_terminal_come_in_clean() {
    let mut table = Table::new();
    let point = table.maker.ids.point();
    let text = "\u{1b}[31mred\u{9b}2J\u{0}\u{7}\r\nnext\u{202e}drow\u{2028}";
    let more = json!({
        "text": text, "tags": ["\u{1b}[2Jtag"], "paragraph": "OP\u{1b}2",
        "status": {"parked": {"owner": "\u{1b}]0;x\u{7}owner"}},
    });
    let title = json!({"title": "\u{1b}[1mLate\u{0} 18446744073709551615"});
    let mut changes = captured(point, &more);
    changes
        .as_array_mut()
        .unwrap()
        .push(json!({"group_changed": {"group": "late", "to": title, "over": []}}));
    let bundle = table.with(table.record(9, 5, &changes));
    assert_eq!(table.takes(&bundle).new_points, [table.point, point]);
    let workshop = table.taker.read();
    let found = workshop.point(point).unwrap();
    assert_eq!(found.text(), "[31mred2J\nnext\u{202e}drow");
    let seen = format!("{found:?}{:?}", workshop.group(&"late".into()));
    assert!(!seen.contains("\\u{1b}") && !seen.contains("\\0"), "{seen}");
}

#[test]
fn two_points_of_one_id_are_both_kept() {
    let mut table = Table::new();
    let point = table.point;
    let honest = table.model.clone();
    table.takes(&honest);
    // One forged under another stamp, one under the very same.
    for (time, text) in [(9, "forged"), (2, "of the same stamp")] {
        let changes = captured(point, &json!({"text": text}));
        let bundle = table.with(table.record(time, 5, &changes));
        let parcel = table.takes(&bundle);
        assert_eq!((parcel.fresh, parcel.new_points.as_slice()), (1, &[point][..]));
    }
    let workshop = table.taker.read();
    let found = workshop.point(point).unwrap();
    let mut words = [found.alternatives(), vec![found.text()]].concat();
    words.sort_unstable();
    assert_eq!(words, ["forged", "honest", "of the same stamp"]);
    assert!(found.is_disputed());
    // And both go on to others.
    let mut next = Laptop::new(&table.home.path().join("further"), &agenda(), 7);
    next.take(&table.taker.bundle_of_all()).unwrap();
    assert_eq!(whole(&next.read()), whole(&workshop));
}

#[test]
fn a_forged_name_of_ours_hides_nothing_of_ours() {
    let mut table = Table::new();
    let ours = table.taker.writer;
    let before: Vec<PointId> = table.taker.workshop.points().map(Point::id).collect();
    let forged = table.maker.ids.point();
    // A record under the stamp of one of ours, and under that of our next.
    let lines = [2, 3].map(|time| {
        let changes = captured(forged, &json!({}));
        json!({"stamp": format!("{time}@{ours}"), "at": 5, "changes": changes}).to_string()
    });
    let lines = [&table.lines[0][..], lines[0].as_bytes(), lines[1].as_bytes()];
    let bundle = forge(&table.model, &lines, &json!({"replica": table.taker.replica}));
    let place = Place::new("group-1".into(), "capacity".into());
    let next = table.taker.capture(place, None, "our next");
    assert_eq!(table.takes(&bundle).fresh, 2);
    let workshop = table.taker.read();
    for point in before.into_iter().chain([next, forged]) {
        assert!(!workshop.point(point).unwrap().is_deleted());
    }
    let own = table.taker.packing();
    assert_eq!(jsons(&table.taker.pack(&own, None)).len(), 4, "ours alone, and the founding");
}

#[test]
fn only_the_agenda_itself_founds_a_workshop() {
    let mut table = Table::new();
    let id = table.taker.folder.id();
    let other = Agenda { id: "another".into(), title: "Another".into(), ..agenda() };
    let text = |record: &Record| serde_json::to_string(record).unwrap();
    let founding = Record::founding(&agenda());
    // An agenda that does not hash to the name it bears, and other records under that name.
    let mut false_agenda = Record::founding(&other);
    false_agenda.stamp = founding.stamp;
    let mut late = founding.clone();
    late.stamp.time = 1 << 20;
    let mut far = founding.clone();
    far.at = Moment(i64::MAX);
    let mut twice = founding.clone();
    twice.changes.extend(founding.changes.clone());
    let point = captured(table.maker.ids.point(), &json!({}));
    let posing = json!({"stamp": format!("2@{id}"), "at": 0, "changes": point}).to_string();
    let newer = json!({"stamp": format!("1@{id}"), "at": 0, "changes": [{"x": 1}]}).to_string();
    for record in [
        text(&false_agenda),
        text(&Record::founding(&other)),
        text(&late),
        text(&far),
        text(&twice),
        posing,
        newer,
    ] {
        let bundle = table.with(record.clone());
        table.refuses(&bundle, "founds another workshop");
        // Nor does a workshop come of it.
        let path = table.home.path().join("new");
        let bundle = Bundle::read(forge(&table.model, &[record], &json!({}))).unwrap();
        let made = Folder::create_from(&path, &bundle, WriterId::new(1)).map(drop);
        let refused = made.unwrap_err().to_string();
        assert!(refused.contains("founds another workshop"), "{refused}");
        assert!(!path.exists());
    }
    // Another workshop's bundle says whose it is; forged to be ours it is refused by its agenda.
    let mut stranger = Laptop::new(&table.home.path().join("stranger"), &other, 4);
    let theirs = stranger.bundle_of_all();
    table.refuses(&theirs, "another workshop, “Another”");
    let disguised = forge(&theirs, &jsons(&theirs)[1..], &json!({"workshop": id}));
    table.refuses(&disguised, "founds another workshop");
    let without = forge(&table.model, &table.lines[1..], &json!({}));
    let path = table.home.path().join("new");
    let bundle = Bundle::read(without.clone()).unwrap();
    assert!(Folder::create_from(&path, &bundle, WriterId::new(1)).is_err());
    assert!(!path.exists());
    table.takes(&without);
}

#[test]
fn a_record_that_everybody_would_refuse_stays_here_and_the_rest_goes() {
    let Table { home: _home, mut taker, mut maker, point, .. } = Table::new();
    let wordless = captured(maker.ids.point(), &json!({"text": ""}));
    let deleted = json!([{"point_changed": {"point": point, "deleted": null, "over": []}}]);
    let writer = maker.writer;
    let stamped = |stamp: &str, changes: &Value| {
        json!({"stamp": stamp, "at": 0, "changes": changes}).to_string()
    };
    let flawed = [
        stamped(&format!("50@{writer}"), &wordless),
        stamped(&format!("{}@{writer}", u64::MAX), &deleted),
        // Nothing but the agenda goes under the workshop's own name.
        stamped(&format!("51@{}", maker.folder.id()), &captured(maker.ids.point(), &json!({}))),
        // No changes that could be looked at.
        json!({"stamp": format!("52@{writer}"), "at": 0, "changes": 7}).to_string(),
    ];
    let after = maker.ids.point();
    for line in flawed.iter().chain([&stamped(
        &format!("53@{writer}"),
        &captured(after, &json!({"text": "after all that"})),
    )]) {
        maker.write(line.as_bytes());
    }
    let (bundle, damage) = maker.intake.pack(&maker.packing(), None).unwrap();
    assert_eq!(damage.len(), flawed.len(), "{damage:?}");
    assert!(
        damage.iter().any(|one| one.to_string().contains("a point or a consent without words"))
    );
    let parcel = taker.take(&bundle.bytes()).unwrap();
    assert_eq!(parcel.new_points, [point, after]);
    assert_eq!(parcel.missing, 0, "nobody is to ask for what is not sent");
    // Everything else of the same laptop goes on arriving.
    let later = maker.ids.point();
    maker.write(stamped(&format!("54@{writer}"), &captured(later, &json!({}))).as_bytes());
    let bundle = maker.bundle_but_for_flaws();
    assert_eq!(taker.take(&bundle).unwrap().new_points, [later]);
    assert_all_there(&taker.read());
}

#[test]
fn what_is_nested_beyond_reason_or_no_record_is_no_trouble() {
    let mut table = Table::new();
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let deeper = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);
    let stamp = format!("\"stamp\":\"9@{}\",\"at\":5", table.maker.writer);
    for line in [
        deep.clone(),
        deeper.clone(),
        String::new() + "{" + &stamp + "}",
        format!("{{{stamp},\"changes\":{deeper}}}"),
        "null".to_owned(),
        "nonsense".to_owned(),
        "{\"stamp\":\"x@y\",\"at\":0,\"changes\":[]}".to_owned(),
    ] {
        let bundle = table.with(line);
        table.refuses(&bundle, "line 7 is not a record");
    }
    for line in [
        format!("{{{stamp},\"changes\":[{{\"x\":{deep}}}]}}"),
        format!("{{{stamp},\"changes\":[],\"y\":{deeper}}}"),
        format!("{{{stamp},\"changes\":[{{\"point_captured\":{deep}}}]}}"),
    ] {
        let bundle = table.with(line);
        table.takes(&bundle);
    }
    // The header as well.
    let header = format!("{{\"what\":\"rapporteur bundle\",\"x\":{deep}}}");
    let mut bundle = crate::laptops::line("00000000", header.as_bytes()).0.split_off(1);
    table.refuses(&bundle, "");
    bundle.truncate(40);
    table.refuses(&bundle, "");
}

#[test]
fn a_line_of_a_hundred_megabytes_is_refused() {
    let mut table = Table::new();
    let bundle = table.with(vec![b'['; 100 << 20]);
    table.refuses(&bundle, "damaged or altered");
}

#[test]
fn other_files_are_distinguished_from_bundles() {
    let mut table = Table::new();
    let zip = b"PK\x03\x04\x14\0\0\0\x08\0rapporteur bundle".to_vec();
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xcb\x48\xcd\xc9\xc9".to_vec();
    for (bytes, words) in [
        (b"".to_vec(), "the file is empty"),
        (gzip, "this is not a bundle"),
        (b"\n\n\n".to_vec(), "this is not a bundle"),
        (vec![0; 5000], "nothing but zeros"),
        (vec![0xff; 3 << 20], "this is not a bundle"),
        (b"9be40d71 00000000 {}\n".to_vec(), "this is not a bundle"),
        (b"age-encryption.or".to_vec(), "this is not a bundle"),
    ] {
        table.refuses(&bytes, words);
    }
    table.refuses(&zip, "");
}

/// Takes in a file, as a person names it.
fn take_file(table: &mut Table, path: &Path, keys: &Keys) -> Result<usize, String> {
    let before = everything(table.taker.folder.path());
    let sources = Incoming::find(path).map_err(|trouble| trouble.to_string())?;
    let mut fresh = 0;
    for source in sources {
        let taken = table.taker.intake.take_source(&source, keys);
        if taken.is_err() {
            assert!(everything(table.taker.folder.path()) == before);
        }
        fresh += taken.map_err(|rejection| rejection.to_string())?.fresh;
    }
    Ok(fresh)
}

fn keys(passphrase: &str) -> Keys {
    Keys::passphrase(Passphrase::new(passphrase).unwrap())
}

#[test]
fn a_lock_that_is_wrong_hard_cut_or_altered_opens_nothing() {
    let mut table = Table::new();
    let path = table.home.path().join("x.bundle.age");
    let lock = Lock::Passphrase(Passphrase::new("right").unwrap());
    let locked = lock.lock(&table.model).unwrap();
    fs::write(&path, &locked).unwrap();
    let none = Keys::default();
    let refused = |table: &mut Table, keys: &Keys| take_file(table, &path, keys).unwrap_err();
    assert!(refused(&mut table, &none).starts_with("locked."));
    let wrong = refused(&mut table, &keys("wrong"));
    assert!(wrong.contains("does not open it. Try again"), "{wrong}");
    // The work that a lock asks for stands in its head, for anybody to alter.
    let head = locked.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let end = head + locked[head..].iter().position(|byte| *byte == b'\n').unwrap();
    let stanza = String::from_utf8(locked[head..end].to_vec()).unwrap();
    for work in ["30", "63", "64", "255", "99999999999999999999", "-1", "0"] {
        let hard = stanza.rsplit_once(' ').unwrap().0.to_owned() + " " + work;
        fs::write(&path, [&locked[..head], hard.as_bytes(), &locked[end..]].concat()).unwrap();
        let words = refused(&mut table, &keys("right"));
        assert!(words.ends_with('.'), "{work}: {words}");
        if work == "30" || work == "63" {
            assert!(words.contains("too long to open"), "{work}: {words}");
        }
    }
    // Cut and altered where it takes no passphrase to see it.
    let (secret, public) = lock::new_key();
    let secret_path = table.home.path().join("key");
    fs::write(&secret_path, secret).unwrap();
    let mut key = Keys::default();
    key.add_file(&secret_path).unwrap();
    let locked = Lock::to_keys([&*public]).unwrap().lock(&table.model).unwrap();
    for length in (0..locked.len()).step_by(7 * crate::ONE_OF).chain([locked.len() - 1]) {
        fs::write(&path, &locked[..length]).unwrap();
        refused(&mut table, &key);
    }
    // The first line is the same in each file, so it is put right.
    let head = locked.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for byte in (head..locked.len()).step_by(5 * crate::ONE_OF) {
        let mut altered = locked.clone();
        altered[byte] ^= 1 << (byte % 8);
        fs::write(&path, altered).unwrap();
        refused(&mut table, &key);
    }
    let (_, other) = lock::new_key();
    fs::write(&path, Lock::to_keys([&*other]).unwrap().lock(&table.model).unwrap()).unwrap();
    assert!(refused(&mut table, &key).contains("does not open it"));
    assert!(refused(&mut table, &keys("right")).starts_with("locked."));
    fs::write(&path, &locked).unwrap();
    assert_eq!(take_file(&mut table, &path, &key), Ok(1));
}

#[test]
#[cfg(unix)]
fn only_plain_files_are_bundles() {
    let mut table = Table::new();
    let at = |name: &str| table.home.path().join("stick").join(name);
    let (directory, pipe, link, dead, zero) = (
        at("dir.bundle"),
        at("pipe.bundle"),
        at("link.bundle"),
        at("dead.bundle"),
        at("zero.bundle"),
    );
    let elsewhere = table.home.path().join("elsewhere");
    fs::create_dir_all(&directory).unwrap();
    // Apple's library has no call for it that is known here.
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fs::write(&elsewhere, &table.model).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
    std::os::unix::fs::symlink(at("nothing"), &dead).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &zero).unwrap();
    let stick = table.home.path().join("stick");
    let none = Keys::default();
    for (path, words) in [
        (&directory, "no bundle and no workshop"),
        (&pipe, "not a plain file"),
        (&dead, "There is nothing at"),
        (&zero, "not a plain file"),
        (&stick, "no bundle and no workshop"),
    ] {
        let refused = take_file(&mut table, path, &none).unwrap_err();
        assert!(refused.contains(words), "{words}: {refused}");
    }
    let mut place = SharedFolder::new(&stick);
    let taker = &mut table.taker;
    let collected = place.collect(taker.replica, &mut taker.intake, &none).unwrap();
    assert_eq!((collected.parcels.len(), collected.refused.len()), (0, 0));
    // A link that a person named is what they meant.
    assert_eq!(take_file(&mut table, &link, &none), Ok(1));
}

/// What no value in a record should be.
fn nasty() -> Vec<Value> {
    let stamps = ["0@000000000000", "18446744073709551615@zzzzzzzzzzzz", "4611686018427387904@0"];
    let numbers = [json!(-1), json!(0), json!(u64::MAX), json!(i64::MIN), json!(1e308), json!(255)];
    let texts = [
        "",
        " ",
        "\u{0}",
        "\u{202e}",
        "../..",
        "\u{1b}[2J",
        "general",
        "plenary",
        "🧑‍🤝‍🧑",
        "é\u{301}",
    ];
    let long = "\u{fdfa}".repeat(600);
    let rest = [
        json!(null),
        json!([]),
        json!({}),
        json!(true),
        json!([[]]),
        json!({"parked": {"owner": "x"}}),
    ];
    let orders = [json!([0]), json!([255, 255, 255]), json!(vec![0; 5000]), json!(vec![255; 9999])];
    stamps
        .into_iter()
        .chain(texts)
        .chain([&*long])
        .map(|text| json!(text))
        .chain(numbers)
        .chain(rest)
        .chain(orders)
        .collect()
}

/// Puts another value in the place of one, the `nth` of all that there are.
fn alter(value: &mut Value, nth: &mut usize, to: &Value) {
    if *nth == 0 {
        *value = to.clone();
    }
    *nth = nth.wrapping_sub(1);
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| alter(one, nth, to)),
        Value::Object(all) => all.values_mut().for_each(|one| alter(one, nth, to)),
        _ => {}
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(all) => all.iter().map(count).sum(),
        Value::Object(all) => all.values().map(count).sum(),
        _ => 0,
    }
}

/// Records of every sort of change, as they stand in a journal.
fn records_of_every_sort(point: PointId, writer: WriterId) -> Vec<Value> {
    let captured = captured(
        point,
        &json!({
            "session": "morning", "round": 1, "paragraph": "OP1", "parent": point, "order": [1, 2],
            "status": {"parked": {"owner": "x"}}, "tags": ["a", "b"], "convergence": "consensus",
        }),
    );
    let born = format!("9@{writer}");
    let fields = [
        json!({"text": "x"}),
        json!({"topic": "monitoring"}),
        json!({"group": "group-2"}),
        json!({"session": "morning"}),
        json!({"round": 3}),
        json!({"kind": "fact"}),
        json!({"paragraph": "OP2"}),
        json!({"parent": point}),
        json!({"order": [7]}),
        json!({"status": "standing"}),
        json!({"deleted": {"saw": [born]}}),
        json!({"tags": ["t"]}),
        json!({"convergence": "divergent"}),
    ];
    let fields =
        fields.map(|to| json!({"point_changed": {"point": point, "to": to, "over": [born]}}));
    let groups = [json!({"title": "T"}), json!({"open": false}), json!({"removed": true})];
    let groups = groups.map(|to| json!({"group_changed": {"group": "made", "to": to, "over": []}}));
    let courses = [json!({"started": 1}), json!({"ended": 2}), json!({"extra": 5})];
    let courses =
        courses.map(|to| json!({"course_changed": {"session": "morning", "to": to, "over": []}}));
    let changes = fields.into_iter().chain(groups).chain(courses);
    let more = changes.enumerate().map(|(nth, change)| {
        json!({"stamp": format!("{}@{writer}", 10 + nth), "at": 7, "changes": [change]})
    });
    [json!({"stamp": born, "at": 5, "changes": captured})].into_iter().chain(more).collect()
}

proptest! {
    #![proptest_config(crate::cases(150))]

    #[test]
    fn whatever_a_record_says_it_is_refused_or_lived_with(
        altered in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()),
            1..6,
        ),
    ) {
        let mut table = Table::new();
        let (point, writer) = (table.maker.ids.point(), table.maker.ids.writer());
        let mut records = records_of_every_sort(point, writer);
        let nasty = nasty();
        for (which, place, value) in altered {
            let record: &mut Value = which.get_mut(&mut records);
            let mut nth = place.index(count(record));
            alter(record, &mut nth, value.get(&nasty));
        }
        let lines = records.iter().map(|record| record.to_string().into_bytes());
        let lines: Vec<Vec<u8>> = table.lines.iter().cloned().chain(lines).collect();
        let bundle = forge(&table.model, &lines, &json!({}));
        let before = everything(table.home.path());
        if let Err(refused) = table.taker.take(&bundle) {
            prop_assert!(refused.to_string().ends_with('.'));
            prop_assert!(everything(table.home.path()) == before);
            return Ok(());
        }
        table.takes(&bundle);
        let workshop = table.taker.read();
        let feedback = Feedback::of(&workshop, "0.1.0");
        for format in Format::ALL {
            write(format, &crate::gate::cleared(&feedback), &mut Vec::new(), &mut |_, _| true).unwrap();
        }
        for now in [0, 1_795_500_000_000, 253_402_300_799_999] {
            for slot in workshop.timetable(Moment(now)) {
                let _ = (slot.late(&workshop), slot.planned_moment(&workshop));
            }
        }
    }
}
