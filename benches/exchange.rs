//! Bringing many laptops together: the real program takes in eight of them, a screen takes in a
//! bundle while somebody types, a receipt of a hundred groups is made.
//!
//! `merge` runs `rapporteur merge` on eight bundles of 12,500 points each; its peak memory is read
//! from the system (Linux only). `typing` is one turn of the program's loop after another: some of
//! what came in, a letter, a frame; `longest` is the longest of them.
#![allow(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to measure")]
#![allow(clippy::print_stdout, reason = "what was measured is printed")]

mod meeting;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use meeting::{Desk, MORNING, Spread};
use rapporteur::app::key::Key;
use rapporteur::app::{Message, receipt_rows};
use rapporteur::store::{Folder, Intake, Packing, Writer};
use rapporteur::workshop::{Agenda, Group, GroupId, Parcel, Receipt, Record, Workshop, WriterId};

const LAPTOPS: u64 = 8;
const POINTS: usize = 12_500;
/// The bundle that is taken in while somebody types.
const BUNDLE: usize = 1_250;
/// How many records the reader hands over at once, and how long a turn takes them in: as
/// `store::Tail` and the program's loop have it.
const BATCH: usize = 256;
const TURN: Duration = Duration::from_millis(4);
/// How often each is measured; the median is told.
const RUNS: usize = 5;

fn main() {
    // `cargo test --benches` only wants to know that it builds.
    if env::args().any(|argument| argument == "--test") {
        return;
    }
    merge();
    for size in [1_000, 10_000, 100_000] {
        typing(size);
    }
    for groups in [100, 1_000] {
        receipt(groups);
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

// ----- merging -----------------------------------------------------------------------------------

fn merge() {
    let scratch = meeting::scratch();
    let agenda = meeting::agenda();
    let bundles = scratch.path().join("bundles");
    fs::create_dir(&bundles).expect("a folder");
    let mut bytes = 0;
    for laptop in 1..=LAPTOPS {
        bytes += bundle(scratch.path(), &bundles, laptop, &agenda);
    }
    let (mut times, mut peak) = (Vec::new(), 0);
    for run in 0..RUNS {
        let into = scratch.path().join(format!("into-{run}.workshop"));
        Folder::create(&into, &agenda).expect("a workshop");
        let (time, memory) = run_merge(&into, &bundles, scratch.path());
        times.push(time);
        peak = peak.max(memory);
        let folder = Folder::open(&into).expect("the workshop");
        let captured = folder.read().expect("the workshop").workshop.captured();
        assert_eq!(captured, LAPTOPS as usize * POINTS);
    }
    let again = run_merge(&scratch.path().join("into-0.workshop"), &bundles, scratch.path()).0;
    println!(
        "merge   {LAPTOPS} laptops x {POINTS} points, {} MiB: {:?}, again {again:?}, peak {} MiB",
        bytes >> 20,
        median(times),
        peak / 1024
    );
}

/// One laptop's folder and its bundle; gives the bundle's length.
fn bundle(scratch: &Path, bundles: &Path, laptop: u64, agenda: &Agenda) -> usize {
    let folder = scratch.join(format!("laptop-{laptop}.workshop"));
    let folder = Folder::create(&folder, agenda).expect("a workshop");
    let id = WriterId::new(laptop << 40);
    let writer = Writer::start(&folder, id, None, |_| ()).expect("a writer");
    for record in meeting::records_of(id, laptop, agenda, POINTS, Spread::AllLists) {
        writer.save(&record).expect("a record of a fair length");
    }
    assert!(writer.finish(Duration::from_mins(1)).is_empty());
    let (mut intake, _) = Intake::open(&folder, WriterId::new(laptop));
    let packing = Packing {
        replica: id,
        group: Some(GroupId::from(format!("group-{laptop}").as_str())),
        hand_out: None,
        made: MORNING,
        program: "0.1.0",
        all: false,
        since: None,
        participants: false,
        only: None,
    };
    let bundle = intake.pack(&packing, None).expect("a bundle").0;
    let bytes = bundle.bytes();
    fs::write(bundles.join(bundle.header.file_name(false)), &bytes).expect("the bundle written");
    bytes.len()
}

/// How long the program took, and its peak memory in KiB.
fn run_merge(into: &Path, bundles: &Path, home: &Path) -> (Duration, u64) {
    let begun = Instant::now();
    let program = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .arg("merge")
        .args([into, bundles])
        .arg("--json")
        .env("XDG_DATA_HOME", home)
        .env("XDG_STATE_HOME", home)
        .stdout(Stdio::null())
        .spawn();
    let mut program = program.expect("the program");
    let peak = peak_of(&mut program);
    (begun.elapsed(), peak)
}

/// Waits for a program to end and gives its peak memory in KiB; 0 where the system does not tell.
fn peak_of(program: &mut Child) -> u64 {
    let status = PathBuf::from(format!("/proc/{}/status", program.id()));
    let mut peak = 0;
    loop {
        if let Ok(text) = fs::read_to_string(&status)
            && let Some(line) = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))
        {
            let number = line.split_whitespace().next().and_then(|number| number.parse().ok());
            peak = number.unwrap_or(peak);
        }
        if let Some(ended) = program.try_wait().expect("its end") {
            assert!(ended.success(), "merging failed: {ended}");
            return peak;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

// ----- taking in while typing --------------------------------------------------------------------

fn typing(size: usize) {
    let (mut longest, mut all) = (Duration::ZERO, Vec::new());
    for _ in 0..RUNS {
        let mut desk = Desk::with(size);
        desk.press(Key::char('a'));
        let agenda = meeting::agenda();
        let arriving = meeting::records_of(WriterId::new(99), 9, &agenda, BUNDLE, Spread::OneList);
        let mut batches = arriving.chunks(BATCH).map(<[Record]>::to_vec);
        let begun = Instant::now();
        let mut left = true;
        while left {
            let turn = Instant::now();
            left = false;
            for batch in batches.by_ref() {
                desk.app.update(Message::Arrived(batch));
                left = true;
                if turn.elapsed() >= TURN {
                    break;
                }
            }
            desk.press(Key::char('b'));
            longest = longest.max(turn.elapsed());
        }
        all.push(begun.elapsed());
    }
    let all = median(all);
    println!("typing  {BUNDLE} points into {size}: longest turn {longest:?}, all in {all:?}");
}

// ----- the receipt -------------------------------------------------------------------------------

/// The points of all groups together.
const SAID: usize = 100_000;

fn receipt(groups: usize) {
    let group = |number: usize| Group {
        id: GroupId::from(format!("group-{number}").as_str()),
        title: format!("Group {number}"),
        ..Group::default()
    };
    let agenda = Agenda { groups: (1..=groups).map(group).collect(), ..meeting::agenda() };
    let mut workshop = Workshop::new(&agenda);
    let mut parcels: Vec<Parcel> = Vec::new();
    for laptop in 1..=groups as u64 {
        let writer = WriterId::new(laptop << 40);
        let of_group = Spread::OfGroup(laptop as usize - 1);
        let mut parcel = Parcel { name: format!("{laptop}.bundle"), ..Parcel::default() };
        for record in meeting::records_of(writer, laptop, &agenda, SAID / groups, of_group) {
            for change in &record.changes {
                if let rapporteur::workshop::Change::PointCaptured(captured) = change {
                    parcel.new_points.push(captured.point);
                }
            }
            workshop.apply(record);
        }
        parcels.push(parcel);
    }
    let (mut gaps, mut receipts, mut frames) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..RUNS as u64 {
        // Something of one group comes in each time.
        let writer = WriterId::new((run + 1) << 20);
        for record in
            meeting::records_of(writer, run + 1, &agenda, 10, Spread::OfGroup(run as usize))
        {
            workshop.apply(record);
        }
        let begun = Instant::now();
        let missing = workshop.missing_at(MORNING);
        gaps.push(begun.elapsed());
        assert!(missing.len() < 2 * groups, "gaps that several groups share are one");
        let begun = Instant::now();
        let receipt = Receipt::of(&workshop, &parcels, &[], &HashSet::new(), MORNING);
        receipts.push(begun.elapsed());
        let begun = Instant::now();
        let rows = receipt_rows(&receipt, workshop.zone(), MORNING, (200, 44));
        assert!(groups > 100 || rows.len() <= 44, "one screen");
        frames.push(begun.elapsed());
    }
    println!(
        "receipt {groups} groups, {SAID} points: {:?}, its rows {:?}, what is missing {:?}",
        median(receipts),
        median(frames),
        median(gaps)
    );
}
