//! Whatever happens to a run, what it had typed comes back once, and nothing else does.

use std::{collections::HashSet, path::Path};

use proptest::prelude::*;

use super::super::{KeptText, run, run::Run, shaky::Shaky};
use super::*;
use crate::workshop::{
    Agenda, CapturedPoint, Change, GroupId, Ids, Moment, PointKind, TopicId, Workshop,
};

#[derive(Clone, Debug)]
enum Act {
    /// Letters are typed into a text, which is begun if necessary.
    Type(usize, u8),
    /// The last letter of a text is erased.
    Erase(usize),
    /// A text continues under another topic.
    Move(usize),
    /// A text is entered, and its point is saved.
    Enter(usize),
    /// A text is given up.
    Drop(usize),
    /// The time after which a key is flushed has passed.
    Flush,
    /// The scratch has become large, or something was purged.
    Sweep,
    /// The program is killed and started again.
    Kill,
    /// The power is cut, in pieces of this many bytes, by this random seed.
    PowerCut(usize, u64),
    /// The program ends and is started again.
    Quit,
    Flushing(bool),
    Removing(bool),
}

fn act() -> impl Strategy<Value = Act> {
    let text = || 0..3_usize;
    prop_oneof![
        8 => (text(), 1..4_u8).prop_map(|(text, letters)| Act::Type(text, letters)),
        2 => text().prop_map(Act::Erase),
        1 => text().prop_map(Act::Move),
        2 => text().prop_map(Act::Enter),
        1 => text().prop_map(Act::Drop),
        4 => Just(Act::Flush),
        1 => Just(Act::Sweep),
        3 => Just(Act::Kill),
        2 => (1..400_usize, any::<u64>()).prop_map(|(piece, dice)| Act::PowerCut(piece, dice)),
        1 => Just(Act::Quit),
        2 => any::<bool>().prop_map(Act::Flushing),
        1 => any::<bool>().prop_map(Act::Removing),
    ]
}

/// A text as a person knows it.
#[derive(Clone, Default)]
struct KnownText {
    line: Option<LineId>,
    /// Everything it has ever been, the last as it is now, and up to where the disk has it.
    was: Vec<String>,
    flushed: usize,
}

impl KnownText {
    fn now(&self) -> &str {
        self.was.last().map_or("", String::as_str)
    }
}

fn number(text: &str) -> String {
    text.split(':').next().unwrap_or_default().to_owned()
}

/// A laptop on which one program after another runs.
struct TestLaptop {
    disk: Shaky,
    ids: Ids,
    workshop: Workshop,
    scratch: Option<Scratch>,
    texts: Vec<KnownText>,
    /// Texts that were entered or given up, perhaps without the disk knowing yet.
    over: Vec<KnownText>,
    /// How many texts there were: each begins with a number of its own.
    begun: usize,
}

impl TestLaptop {
    fn new() -> Self {
        let mut laptop = Self {
            disk: Shaky::default(),
            ids: Ids::seeded(3),
            workshop: Workshop::new(&Agenda::default()),
            scratch: None,
            texts: Vec::new(),
            over: Vec::new(),
            begun: 0,
        };
        laptop.start();
        laptop
    }

    fn place(topic: &str) -> Place {
        Place::new(GroupId::plenary(), topic.into())
    }

    fn left(&self) -> Vec<KeptText> {
        let files = self.disk.files(false);
        let mut runs = Vec::new();
        for (name, paths) in run::by_run(files.iter().map(|(path, _)| path.clone())) {
            let mut run = Run::named(name);
            for path in paths {
                let (_, bytes) = files.iter().find(|(found, _)| *found == path).unwrap();
                run.read(path, Some(&mut &bytes[..]));
            }
            runs.push(run);
        }
        KeptText::of(&run::in_order(runs), &self.workshop)
    }

    /// A program starts: it takes over what it finds, and brings it back.
    fn start(&mut self) {
        let left = self.left();
        let disk = Box::new(self.disk.clone());
        let mut scratch = Scratch::on(disk, "typing".into(), self.ids.writer());
        let (lines, kept) = KeptText::take_over(&left, &mut scratch);
        kept.unwrap();
        let mut before = std::mem::take(&mut self.over);
        before.append(&mut self.texts);
        self.texts.resize_with(left.len().max(3), KnownText::default);
        for ((one, line), known) in left.iter().zip(lines).zip(&mut self.texts) {
            let same = |before: &&mut KnownText| number(before.now()) == number(&one.text);
            let before = before.iter_mut().find(same).map(std::mem::take).unwrap_or_default();
            *known = KnownText { line: Some(line), ..before };
            known.was.push(one.text.clone());
            scratch.begin_again(line, &Self::place("general"), None, None, &one.text).unwrap();
        }
        before.retain(|known| !known.was.is_empty());
        self.over = before;
        self.scratch = Some(scratch);
    }

    fn flushed(&mut self) {
        for known in &mut self.texts {
            known.flushed = known.was.len().saturating_sub(1);
        }
        self.over.clear();
    }

    fn act(&mut self, act: &Act) {
        let Some(scratch) = &mut self.scratch else { return };
        match *act {
            Act::Type(nth, letters) => {
                let known = &mut self.texts[nth];
                let line = *known.line.get_or_insert_with(|| {
                    let (line, kept) = scratch.begin(&Self::place("general"), None, "");
                    kept.unwrap();
                    let number = format!("{}:", self.begun);
                    self.begun += 1;
                    scratch.edit(line, 0, 0, &number).unwrap();
                    known.was = vec![String::new(), number];
                    known.flushed = 0;
                    line
                });
                for _ in 0..letters {
                    let mut text = known.now().to_owned();
                    let letter = char::from(b'a' + (text.len() % 26) as u8).to_string();
                    scratch.edit(line, text.len(), 0, &letter).unwrap();
                    text.push_str(&letter);
                    known.was.push(text);
                }
            }
            Act::Erase(nth) => {
                let known = &mut self.texts[nth];
                let (Some(line), Some((at, _))) = (known.line, known.now().char_indices().last())
                else {
                    return;
                };
                if !known.now().ends_with(':') {
                    scratch.edit(line, at, 1, "").unwrap();
                    known.was.push(known.now()[..at].to_owned());
                }
            }
            Act::Move(nth) => {
                let known = &self.texts[nth];
                if let Some(line) = known.line {
                    let place = Self::place("another");
                    scratch.begin_again(line, &place, None, None, known.now()).unwrap();
                }
            }
            Act::Enter(nth) => {
                let known = std::mem::take(&mut self.texts[nth]);
                let Some(line) = known.line else { return };
                let point = self.ids.point();
                scratch.entered(line, &[point]).unwrap();
                let place = Self::place("general");
                let captured = CapturedPoint::new(point, place, PointKind::Fact, known.now());
                let change = Change::PointCaptured(captured.into());
                let record = self.workshop.record(WriterId::new(1), Moment(0), [change]);
                self.workshop.apply(record);
                scratch.saved().unwrap();
                self.over.push(known);
            }
            Act::Drop(nth) => {
                let known = std::mem::take(&mut self.texts[nth]);
                let Some(line) = known.line else { return };
                scratch.dropped(line).unwrap();
                self.over.push(known);
            }
            Act::Flush => {
                scratch.flush.once(&mut self.disk.clone());
                if self.disk.has_all() {
                    self.flushed();
                }
            }
            Act::Sweep => scratch.sweep().unwrap(),
            Act::Kill => {
                std::mem::forget(self.scratch.take());
                self.check(false);
                self.start();
            }
            Act::PowerCut(piece, dice) => {
                std::mem::forget(self.scratch.take());
                let mut dice = fastrand::Rng::with_seed(dice);
                self.disk.cut_power(piece, || dice.bool());
                self.check(true);
                self.start();
            }
            Act::Quit => {
                drop(self.scratch.take());
                self.check(false);
                self.start();
            }
            Act::Flushing(works) => self.disk.0.lock().unwrap().no_flush = !works,
            Act::Removing(works) => self.disk.0.lock().unwrap().no_removal = !works,
        }
    }

    /// Compares what a program would find with what a person knows.
    fn check(&self, power_cut: bool) {
        let found: Vec<String> = self.left().into_iter().map(|one| one.text).collect();
        let once: HashSet<String> = found.iter().map(|text| number(text)).collect();
        assert_eq!(once.len(), found.len(), "each comes back once: {found:?}");
        let of = |text: &String| {
            let all = self.texts.iter().chain(self.over.iter().filter(|_| power_cut));
            all.into_iter().find(|known| number(known.now()) == number(text))
        };
        for text in &found {
            let known = of(text).unwrap_or_else(|| panic!("“{text}” was over"));
            let now = !power_cut && text == known.now();
            let earlier = power_cut && known.was.contains(text);
            assert!(now || earlier, "“{text}” of {:?}", known.was);
        }
        for known in self.texts.iter().filter(|known| !known.was.is_empty()) {
            let back = found.iter().find(|text| number(text) == number(known.now()));
            let flushed = &known.was[known.flushed];
            let at = back.and_then(|back| known.was.iter().rposition(|was| was == back));
            let is_back = at.is_some_and(|at| at >= known.flushed) || flushed.is_empty();
            assert!(is_back, "{back:?} of {:?}, of which {flushed:?} was flushed", known.was);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Two crashes made four copies of a text, and fourteen made 16,384; if flushing failed, ending
    /// the program normally did so too. A letter that the disk had lost was missing in the middle.
    #[test]
    fn what_was_typed_comes_back_once(acts in prop::collection::vec(act(), 0..60)) {
        let mut laptop = TestLaptop::new();
        for act in &acts {
            laptop.act(act);
        }
        laptop.act(&Act::Kill);
        std::mem::forget(laptop.scratch.take());
    }
}

/// The same if nothing is ever flushed or removed: files pile up, but texts do not.
#[test]
fn thirty_crashes_on_a_disk_that_flushes_nothing_leave_one_text() {
    let mut laptop = TestLaptop::new();
    laptop.act(&Act::Flushing(false));
    laptop.act(&Act::Type(0, 3));
    for nth in 0..30 {
        laptop.act(&Act::Flush);
        laptop.act(if nth % 3 == 2 { &Act::Quit } else { &Act::Kill });
        assert_eq!(laptop.left().len(), 1);
        laptop.act(&Act::Type(0, 1));
    }
    assert!(laptop.disk.files(false).len() < 70, "{}", laptop.disk.files(false).len());
    laptop.act(&Act::Enter(0));
    laptop.act(&Act::Kill);
    assert!(laptop.left().is_empty());
    // It works again: everything that piled up is removed with the next text.
    laptop.act(&Act::Flushing(true));
    laptop.act(&Act::Type(0, 1));
    laptop.act(&Act::Kill);
    laptop.act(&Act::Flush);
    let files = laptop.disk.files(false);
    assert_eq!(files.len(), 1, "{:?}", files.iter().map(|(path, _)| path).collect::<Vec<_>>());
    std::mem::forget(laptop.scratch.take());
}

/// What earlier programs left by the thousand is one text, and is removed once it is entered.
#[test]
fn copies_that_earlier_programs_made_are_one_text() {
    let mut laptop = TestLaptop::new();
    let begun = |line| {
        Stroke::Begun(Begun {
            line: LineId(line),
            group: GroupId::plenary(),
            topic: TopicId::general(),
            session: None,
            editing: None,
            proposing: None,
            text: "0:many times".into(),
            age: 0,
            took: None,
        })
    };
    for (file, copies) in [("one-1", 1), ("two-1", 20_000), ("two-3", 5)] {
        let mut texts = Texts::default();
        (0..copies).for_each(|line| texts.follow(begun(line)));
        let path = Path::new("typing").join(file).with_extension("jsonl");
        laptop.disk.make(&path).unwrap().append(&texts.lines(false)).unwrap();
    }
    laptop.start();
    assert_eq!(laptop.left().len(), 1);
    laptop.act(&Act::Flush);
    assert_eq!(laptop.disk.files(false).len(), 1);
    laptop.act(&Act::Enter(0));
    laptop.act(&Act::Quit);
    assert!(laptop.disk.files(false).is_empty());
    std::mem::forget(laptop.scratch.take());
}
