//! The disk: a workshop read whole, and points put where a power cut leaves them.
#![allow(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to measure")]

mod meeting;

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{env, slice};

use divan::Bencher;
use divan::counter::ItemsCount;
use meeting::{SIZES, Spread, WRITER};
use rapporteur::store::{Folder, Scratch, Writer, WriterNews};
use rapporteur::workshop::{Place, Record};

/// How long a disk may take before the benchmark gives up.
const PATIENCE: Duration = Duration::from_mins(1);
/// Saves measured one by one.
const SAVES: u32 = 300;

/// A new workshop in this folder.
fn folder(scratch: &Path) -> Folder {
    Folder::create(&scratch.join("measured.workshop"), &meeting::agenda()).expect("a new workshop")
}

/// A writer with its answers.
fn writer(folder: &Folder) -> (Writer, Receiver<WriterNews>) {
    let (send, answers) = channel();
    let answer = move |answer| {
        // A writer that is stopping has nobody left to tell.
        let _ = send.send(answer);
    };
    (Writer::start(folder, WRITER, None, answer).expect("a writer"), answers)
}

/// Gives records to be saved and waits until the disk has them and all that were given before.
fn save(writer: &Writer, answers: &Receiver<WriterNews>, records: &[Record], through: u64) {
    for record in records {
        writer.save(record).expect("a record of a fair length");
    }
    let mut saved = 0;
    while saved < through {
        match answers.recv_timeout(PATIENCE).expect("an answer") {
            WriterNews::Saved { through } => saved = through,
            WriterNews::Failed { why } => assert!(why.is_empty(), "not saved: {why}"),
        }
    }
}

fn points(count: usize) -> Vec<Record> {
    meeting::records(&meeting::agenda(), count, Spread::OneList)
}

/// What the first frame waits for: the workshop recognised, and its agenda.
#[divan::bench(args = SIZES)]
fn open_agenda(bencher: Bencher, count: usize) {
    let scratch = meeting::scratch();
    let folder = filled(scratch.path(), count);
    bencher.bench_local(|| {
        let folder = Folder::open(folder.path()).expect("the workshop");
        folder.agenda().expect("its agenda")
    });
}

/// All points read, checked and folded.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn open(bencher: Bencher, count: usize) {
    let scratch = meeting::scratch();
    let folder = filled(scratch.path(), count);
    assert_eq!(folder.read().expect("the workshop").workshop.captured(), count);
    bencher.bench_local(|| folder.read().expect("the workshop"));
}

fn filled(scratch: &Path, count: usize) -> Folder {
    let folder = folder(scratch);
    let (writer, answers) = writer(&folder);
    save(&writer, &answers, &points(count), count as u64);
    folder
}

/// A point given to the writer until it is called saved.
#[divan::bench(sample_count = SAVES, sample_size = 1)]
fn save_one(bencher: Bencher) {
    let scratch = meeting::scratch();
    let (writer, answers) = writer(&folder(scratch.path()));
    let mut records = points(SAVES as usize * 2).into_iter();
    let mut given = 0;
    let next = || records.next().expect("enough records");
    bencher.with_inputs(next).bench_local_values(|record| {
        given += 1;
        save(&writer, &answers, &[record], given);
    });
}

/// The same bytes written and flushed to the disk by nothing but the system's two calls: what
/// `save_one` is to be compared with.
#[divan::bench(sample_count = SAVES, sample_size = 1)]
fn save_one_bare(bencher: Bencher) {
    let scratch = meeting::scratch();
    let mut lines = lines(scratch.path(), SAVES as usize * 2).into_iter();
    let mut file = File::create(scratch.path().join("bare")).expect("a file");
    let next = || lines.next().expect("enough lines");
    bencher.with_inputs(next).bench_local_values(|line| {
        file.write_all(&line).expect("written");
        file.sync_data().expect("on the disk");
    });
}

/// The very lines that a writer writes.
fn lines(scratch: &Path, count: usize) -> Vec<Vec<u8>> {
    let folder = filled(scratch, count);
    let journal = folder.path().join("changes").join(format!("{WRITER}.jsonl"));
    let journal = std::fs::read(journal).expect("the journal");
    journal.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// Points that come as quickly as `add -` reads them.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn save_100_000(bencher: Bencher) {
    let records = points(100_000);
    let fresh = || {
        let scratch = meeting::scratch();
        let (writer, answers) = writer(&folder(scratch.path()));
        (scratch, writer, answers)
    };
    let bencher = bencher.counter(ItemsCount::new(records.len())).with_inputs(fresh);
    bencher.bench_local_refs(|(_, writer, answers)| {
        save(writer, answers, &records, records.len() as u64);
    });
}

/// A letter of a text being typed, handed to the one that keeps it; a text has 180 of them.
#[divan::bench(sample_count = 2000, sample_size = 1)]
fn keep_letter(bencher: Bencher) {
    let scratch = meeting::scratch();
    let agenda = meeting::agenda();
    let place = Place::new(agenda.groups[0].id.clone(), agenda.topics[0].id.clone());
    let kept = RefCell::new(Scratch::start(&folder(scratch.path()), WRITER));
    let (mut line, mut at) = (None, 0);
    let next = || {
        let here = at % 180;
        at += 1;
        if let Some(full) = line.take_if(|_| here == 0) {
            kept.borrow_mut().dropped(full).expect("a text given up");
        }
        (*line.get_or_insert_with(|| kept.borrow_mut().begin(&place, None, "").0), here)
    };
    let edit = |(line, at)| kept.borrow_mut().edit(line, at, 0, "e").expect("a letter kept");
    bencher.with_inputs(next).bench_local_values(edit);
}

/// Saves points and writes as many bytes bare by turns, so that whatever else the disk does meets
/// both alike, and prints the medians.
fn by_turns() {
    let scratch = meeting::scratch();
    let lines = lines(&scratch.path().join("lines"), SAVES as usize);
    let (writer, answers) = writer(&folder(scratch.path()));
    let mut file = File::create(scratch.path().join("bare")).expect("a file");
    let (mut saves, mut bares) = (Vec::new(), Vec::new());
    for ((record, line), given) in points(SAVES as usize).iter().zip(lines).zip(1..) {
        let began = Instant::now();
        save(&writer, &answers, slice::from_ref(record), given);
        saves.push(began.elapsed());
        let began = Instant::now();
        file.write_all(&line).expect("written");
        file.sync_data().expect("on the disk");
        bares.push(began.elapsed());
    }
    saves.sort();
    bares.sort();
    let (saved, bare) = (saves[saves.len() / 2], bares[bares.len() / 2]);
    let ratio = saved.as_secs_f64() / bare.as_secs_f64();
    let words = format!("by turns: save {saved:.1?}, bare {bare:.1?} (medians): {ratio:.2} times");
    writeln!(io::stdout(), "{words}").expect("somebody reads it");
}

fn main() {
    divan::main();
    if env::args().skip(1).all(|argument| argument == "--bench") {
        by_turns();
    }
}
