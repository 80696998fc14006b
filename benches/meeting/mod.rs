//! The meeting that the benchmarks measure on: the sample's agenda with many points.
#![allow(dead_code, reason = "every benchmark takes what it needs of it")]

use std::collections::HashSet;
use std::hint::black_box;
use std::path::Path;

use rapporteur::app::key::Key;
use rapporteur::app::{
    App, Message, OpenedWorkshop, RememberedExchange, Setting, StoredWorkshop, Words,
};
use rapporteur::feedback::{ClearedDocument, Feedback, Gate, in_turn};
use rapporteur::import::{agenda, samples};
use rapporteur::names::{ListedNames, Names, SearchCounts};
use rapporteur::view::{self, Canvas, Theme};
use rapporteur::workshop::{
    Agenda, CapturedPoint, Change, Ids, Moment, Place, PointKind, Record, Workshop, WriterId,
};
use ratatui::layout::Rect;
use tempfile::TempDir;

/// How many points a list has in the middle of a meeting, after a long one, and never.
pub(crate) const SIZES: [usize; 3] = [100, 10_000, 100_000];
/// 27 May 2025, 09:00 in Kuala Lumpur.
pub(crate) const MORNING: Moment = Moment(1_748_307_600_000);
/// Who wrote the points.
pub(crate) const WRITER: WriterId = WriterId::new(7);
/// The word that only the point in the middle has.
pub(crate) const NEEDLE: &str = "quorum";

/// Columns and rows of a large terminal.
pub(crate) const SIZE: (u16, u16) = (200, 50);
const THEME: Theme = Theme { colour: true, ascii: false };

const WORDS: [&str; 24] = [
    "members", "should", "share", "early", "warning", "data", "across", "borders", "and", "agree",
    "on", "joint", "drills", "before", "the", "monsoon", "with", "local", "councils", "in",
    "every", "coastal", "province", "under",
];

/// Which lists the points stand in.
#[derive(Clone, Copy)]
pub(crate) enum Spread {
    /// All in that of the first group and topic, where a list is longest.
    OneList,
    /// Evenly over all groups and topics, as at the end of a meeting.
    AllLists,
    /// Evenly over the topics of the group at this place, as its own laptop has them.
    OfGroup(usize),
}

/// The sample's agenda.
pub(crate) fn agenda() -> Agenda {
    let sample = samples::sample("asean-declaration").expect("the sample is built in");
    agenda::read(sample.name, sample.text.as_bytes()).expect("the sample is sound").agenda
}

/// So many points of about 180 letters, as records of one writer. The same ones in every run.
pub(crate) fn records(agenda: &Agenda, points: usize, spread: Spread) -> Vec<Record> {
    records_of(WRITER, 1, agenda, points, spread)
}

/// The same of another laptop, with points of its own.
pub(crate) fn records_of(
    writer: WriterId,
    seed: u64,
    agenda: &Agenda,
    points: usize,
    spread: Spread,
) -> Vec<Record> {
    let mut workshop = Workshop::new(agenda);
    let (mut ids, mut random) = (Ids::seeded(seed), fastrand::Rng::with_seed(seed));
    let record = |number| {
        let list = match spread {
            Spread::OneList => 0,
            Spread::AllLists => number,
            Spread::OfGroup(place) => place + number * agenda.groups.len(),
        };
        let group = &agenda.groups[list % agenda.groups.len()];
        let topic = &agenda.topics[list / agenda.groups.len() % agenda.topics.len()];
        let place = Place::new(group.id.clone(), topic.id.clone());
        let kind = random.choice(PointKind::KNOWN).expect("there are kinds").clone();
        let mut text = format!("Point {number:06} says that");
        if number == points / 2 {
            text += &format!(" a {NEEDLE}");
        }
        let length = random.usize(165..195);
        while text.len() < length {
            text.push(' ');
            text.push_str(WORDS[random.usize(..WORDS.len())]);
        }
        let captured = CapturedPoint::new(ids.point(), place, kind, text);
        let change = Change::PointCaptured(Box::new(captured));
        let record = workshop.record(writer, MORNING, [change]);
        workshop.apply(record.clone());
        record
    };
    (0..points).map(record).collect()
}

/// A workshop with so many points.
pub(crate) fn workshop(points: usize, spread: Spread) -> Workshop {
    let agenda = agenda();
    let mut workshop = Workshop::new(&agenda);
    for record in records(&agenda, points, spread) {
        workshop.apply(record);
    }
    workshop
}

/// A group at work, and the terminal it looks at.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) canvas: Canvas,
    terminal: Vec<u8>,
}

impl Desk {
    /// In the list of the first group and topic, which has all the points.
    pub(crate) fn with(points: usize) -> Self {
        let workshop = workshop(points, Spread::OneList);
        let agenda = workshop.agenda();
        let opened = OpenedWorkshop {
            workshop: Workshop::new(agenda),
            folder: "measured.workshop".into(),
            exposed: false,
            writer: WRITER,
            exports: "exports".into(),
            exchange: RememberedExchange::default(),
            group: Some(agenda.groups[0].id.clone()),
            topic: Some(agenda.topics[0].id.clone()),
        };
        let setting = Setting {
            ids: Ids::seeded(2),
            offers: Vec::new(),
            formats: Vec::new(),
            now: MORNING,
            size: SIZE,
        };
        let canvas = Canvas::new(Rect::new(0, 0, SIZE.0, SIZE.1));
        let mut desk = Self { app: App::new(setting), canvas, terminal: Vec::new() };
        desk.tell(Message::Opened(Box::new(opened)));
        let loaded = StoredWorkshop {
            words: Words::of(&workshop),
            names: workshop.names(),
            workshop,
            damage: Vec::new(),
            unfinished: Vec::new(),
            own: HashSet::new(),
        };
        desk.tell(Message::Loaded(Box::new(loaded)));
        desk
    }

    /// Takes in what happened and brings the terminal up to date, as the program's loop does.
    pub(crate) fn tell(&mut self, message: Message) {
        self.app.update(Message::Clock(MORNING));
        black_box(self.app.update(message));
        view::draw(&self.app, THEME, &mut self.canvas);
        self.terminal.clear();
        let terminal = &mut self.terminal;
        self.canvas.changes(|_, _, cell| terminal.extend_from_slice(cell.symbol().as_bytes()));
        black_box(&self.terminal);
    }

    pub(crate) fn press(&mut self, key: Key) {
        self.tell(Message::Key(key));
    }
}

/// A folder for the length of a benchmark, on the disk that the project is built on: where the
/// system keeps its temporary files, there may be no disk at all.
pub(crate) fn scratch() -> TempDir {
    tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a folder to measure in")
}

/// Feedback that may be exported in a measurement.
pub(crate) fn cleared<'a>(feedback: &Feedback<'a>) -> ClearedDocument<Feedback<'a>> {
    let (workshop, names) = (Workshop::default(), Names::of(&ListedNames::default()));
    let waive = Some("it is a measurement");
    let gate =
        Gate { workshop: &workshop, names: &names, waive, searched: SearchCounts::default() };
    gate.clear(feedback.clone(), &in_turn).expect("a reason lets all pass")
}
