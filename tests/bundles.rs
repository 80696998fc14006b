//! Whatever goes from laptop to laptop, in whatever order: in the end all have the same.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;
use rapporteur::store::*;
use rapporteur::workshop::*;
use serde_json::json;

use crate::durability::everything;
use crate::laptops::{Laptop, copy_folder, forge, jsons};
use crate::merging::{SORTS, agenda, assert_all_there, change, whole};

/// The most laptops there are.
const LAPTOPS: usize = 5;

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// Somebody makes a change of this sort.
    Make { who: usize, sort: usize, which: usize, value: usize },
    /// A bundle goes from one to another.
    Carry { from: usize, to: usize, how: usize },
    /// An earlier bundle is taken in, perhaps again.
    Again { to: usize, which: prop::sample::Index },
    /// One takes in another's folder.
    Folder { from: usize, to: usize },
    /// A program is closed and started again.
    Restart { who: usize },
    /// The same, and what was purged is taken from the disk.
    Sweep { who: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let laptops = 0..LAPTOPS;
    let make = (laptops.clone(), 0..SORTS, 0..64usize, 0..4usize)
        .prop_map(|(who, sort, which, value)| Step::Make { who, sort, which, value });
    let carry = (laptops.clone(), laptops.clone(), 0..5usize)
        .prop_map(|(from, to, how)| Step::Carry { from, to, how });
    let again = (laptops.clone(), any::<prop::sample::Index>())
        .prop_map(|(to, which)| Step::Again { to, which });
    let folder =
        (laptops.clone(), laptops.clone()).prop_map(|(from, to)| Step::Folder { from, to });
    let restart = laptops.clone().prop_map(|who| Step::Restart { who });
    let sweep = laptops.prop_map(|who| Step::Sweep { who });
    let step =
        prop_oneof![10 => make, 4 => carry, 1 => again, 1 => folder, 1 => restart, 1 => sweep];
    prop::collection::vec(step, 1..50)
}

proptest! {
    #![proptest_config(crate::cases(48))]

    #[test]
    fn laptops_that_exchanged_everything_have_the_same_workshop(
        steps in steps(),
        count in 3..=LAPTOPS,
        cloned in any::<bool>(),
    ) {
        let home = tempfile::tempdir().unwrap();
        let mut laptops: Vec<Laptop> = (0..count)
            .map(|nth| Laptop::new(&home.path().join(nth.to_string()), &agenda(), nth as u64))
            .collect();
        if cloned {
            // A disk was copied before anything was written: two laptops, one name.
            laptops[1].writer = laptops[0].writer;
            laptops[1].replica = laptops[0].replica;
        }
        let mut letters: Vec<Vec<u8>> = Vec::new();
        let mut captured = BTreeSet::new();
        for step in steps {
            match step {
                Step::Make { who, sort, which, value } => {
                    let laptop = &mut laptops[who % count];
                    let Some(change) =
                        change(&laptop.workshop, &mut laptop.ids, sort, which, value)
                    else { continue };
                    if let Change::PointCaptured(new) = &change {
                        captured.insert(new.point);
                    }
                    laptop.make(which as i64, [change]);
                }
                Step::Carry { from, to, how } => {
                    let (from, to) = (from % count, to % count);
                    let held = laptops[to].bundle_of_all();
                    let held = Bundle::read(held).unwrap();
                    let from = &mut laptops[from];
                    let packing = Packing {
                        all: how != 1,
                        since: (how > 2).then_some(Moment(30)),
                        ..from.packing()
                    };
                    let letter = from.pack(&packing, (how % 2 == 0).then_some(&held));
                    laptops[to].take(&letter).unwrap();
                    letters.push(letter);
                }
                Step::Again { to, which } if !letters.is_empty() => {
                    let letter: &Vec<u8> = which.get(&letters);
                    laptops[to % count].take(letter).unwrap();
                }
                Step::Again { .. } => {}
                Step::Folder { from, to } if from % count != to % count => {
                    let folder = laptops[from % count].folder.clone();
                    let to = &mut laptops[to % count];
                    to.intake.take_folder("folder", &folder).unwrap();
                    to.catch_up();
                }
                Step::Folder { .. } => {}
                Step::Restart { who } => laptops[who % count].restart(),
                Step::Sweep { who } => drop(laptops[who % count].sweep()),
            }
        }
        letters.extend(laptops.iter_mut().map(Laptop::bundle_of_all));
        for laptop in &mut laptops {
            for letter in &letters {
                laptop.take(letter).unwrap();
            }
        }
        let expected = whole(&laptops[0].read());
        // Nowhere is anything left of what was purged, and nothing is sealed in a letter.
        for laptop in &mut laptops {
            prop_assert_eq!(laptop.sweep().held, [""; 0]);
            let read = laptop.read();
            let settled = read.settled_purges();
            let mut left = Vec::new();
            let damage = laptop.folder.records(&mut |records| left.extend(records));
            prop_assert_eq!(damage, []);
            for record in left {
                let json = serde_json::to_vec(&record).unwrap();
                prop_assert!(*settled.line(record.stamp, &json) == *json, "{record:?}");
            }
            let bundle = Bundle::read(laptop.bundle_of_all()).unwrap();
            prop_assert_eq!(bundle.holds(read.purges()), 0);
        }
        for laptop in &laptops {
            let read = laptop.read();
            prop_assert_eq!(&whole(&read), &expected);
            prop_assert_eq!(&whole(&laptop.workshop), &expected);
            prop_assert_eq!(read.waiting(), 0);
            assert_all_there(&read);
            let here: BTreeSet<PointId> =
                (0..read.captured() as u32).map(|nth| read.point_at(nth).id()).collect();
            prop_assert_eq!(&here, &captured);
        }
        // All of it once more: nothing is new, and nothing is written.
        let before = everything(home.path());
        letters.extend(laptops.iter_mut().map(Laptop::bundle_of_all));
        for laptop in &mut laptops {
            laptop.restart();
            for letter in &letters {
                let parcel = laptop.take(letter).unwrap();
                prop_assert_eq!((parcel.fresh, parcel.missing, parcel.newer), (0, 0, 0));
                prop_assert_eq!(parcel.new_points, []);
            }
        }
        prop_assert!(everything(home.path()) == before);
    }
}

/// Two laptops, the first with two points of which one was reworded.
fn two() -> (tempfile::TempDir, Laptop, Laptop) {
    let home = tempfile::tempdir().unwrap();
    let [mut one, two] = ["one", "two"]
        .map(|name| Laptop::new(&home.path().join(name), &agenda(), name.as_bytes()[0].into()));
    let place = || Place::new("group-1".into(), "capacity".into());
    let above = one.capture(place(), None, "Train the trainers");
    one.capture(place(), Some(above), "ฝึกอบรม");
    one.set(above, Field::Text("Train them".into()));
    (home, one, two)
}

#[test]
fn a_bundle_cut_anywhere_is_refused_and_changes_nothing() {
    let (home, mut one, mut two) = two();
    let whole = one.bundle_of_all();
    let before = everything(home.path());
    let start = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for length in 0..whole.len() {
        let refused = two.take(&whole[..length]).unwrap_err();
        let (have, of) = ((length.saturating_sub(start)) as u64, (whole.len() - start) as u64);
        match length {
            0 => assert_eq!(refused, Rejection::Empty),
            _ if length >= start => assert_eq!(refused, Rejection::CutShort { have, of }),
            _ => assert!(
                matches!(refused, Rejection::Altered | Rejection::Foreign),
                "{length}: {refused}"
            ),
        }
    }
    let more = [&whole[..], b"\n"].concat();
    assert_eq!(two.take(&more), Err(Rejection::Altered));
    assert!(everything(home.path()) == before);
    assert_eq!(two.take(&whole).unwrap().fresh, 3);
}

#[test]
fn a_bundle_with_any_bit_flipped_is_refused_and_changes_nothing() {
    let (home, mut one, mut two) = two();
    let mut bundle = one.bundle_of_all();
    let before = everything(home.path());
    for bit in 0..bundle.len() * 8 {
        bundle[bit / 8] ^= 1 << (bit % 8);
        let refused = two.take(&bundle);
        assert!(refused.is_err(), "bit {bit}");
        bundle[bit / 8] ^= 1 << (bit % 8);
    }
    assert!(everything(home.path()) == before);
    assert_eq!(two.take(&bundle).unwrap().new_points.len(), 2);
}

#[test]
fn what_a_newer_version_wrote_is_kept_and_passed_on_as_it_is() {
    let (home, mut one, mut two) = two();
    let point = one.ids.point();
    let writer = one.ids.writer();
    let known = json!({"point_captured": {
        "point": point, "text": "from the future", "group": "group-1", "topic": "capacity",
        "kind": "dream", "mood": {"glad": [1, 2.5e300, null]},
    }});
    // Spaces, unknown fields and numbers: no program of today would write them like this.
    let newer = [
        format!(
            "{{\"stamp\" : \"7@{writer}\", \"at\":5,\"changes\":[{{\"floor_given\":{{\"to\":3}}}}]}}"
        ),
        format!(
            "{{\"by\":[1.0e2],\"stamp\":\"8@{writer}\",\"at\":6,\"changes\":[{known},{{\"x\":{{}}}}]}}"
        ),
        format!("{{\"stamp\":\"9@{writer}\",\"at\":7,\"changes\":[{known}],\"room\":\"\\u0041\"}}"),
    ];
    let mut lines = jsons(&one.bundle_of_all());
    let header = lines.remove(0);
    lines.extend(newer.iter().map(|line| line.clone().into_bytes()));
    let model = one.bundle_of_all();
    let bundle = forge(&model, &lines, &json!({"format": 7, "invented": {"later": true}}));
    let parcel = two.take(&bundle).unwrap();
    // Two are of unknown kinds, and two of a known kind have more fields.
    assert_eq!((parcel.fresh, parcel.newer, parcel.known), (6, 4, 0));
    let loaded = two.folder.read().unwrap();
    assert_eq!((loaded.newer, loaded.workshop.captured()), (4, 3));
    assert_eq!(loaded.workshop.point(point).unwrap().kind(), &PointKind::Other("dream".into()));

    // On to a third, through files that were read by this version.
    let onward = two.bundle_of_all();
    let mut third = Laptop::new(&home.path().join("three"), &agenda(), 3);
    assert_eq!(third.take(&onward).unwrap().fresh, 6);
    let lines: BTreeSet<Vec<u8>> = lines.into_iter().collect();
    for passed in [onward, third.bundle_of_all()] {
        let passed: Vec<Vec<u8>> = jsons(&passed).split_off(1);
        assert_eq!(passed.len(), lines.len());
        assert_eq!(passed.into_iter().collect::<BTreeSet<_>>(), lines);
    }

    // A format that this version cannot read says so; an older one is read.
    let before = everything(home.path());
    let refused =
        two.take(&forge(&model, &lines.iter().collect::<Vec<_>>(), &json!({"reader": 2})));
    let words = refused.unwrap_err().to_string();
    assert!(words.contains("newer version of this program (format 2)"), "{words}");
    assert!(everything(home.path()) == before);
    let old = forge(&model, &lines.iter().collect::<Vec<_>>(), &json!({"reader": 0, "format": 0}));
    assert_eq!(two.take(&old).unwrap().known, 6);
    assert!(!header.is_empty());
}

#[test]
fn a_part_says_what_is_still_missing() {
    let (_home, mut one, mut two) = two();
    let first = Bundle::read(one.bundle_of_all()).unwrap();
    let place = Place::new("group-2".into(), "monitoring".into());
    one.capture(place, None, "later");
    let packing = one.packing();
    let part = one.pack(&packing, Some(&first));
    let parcel = two.take(&part).unwrap();
    assert_eq!((parcel.fresh, parcel.missing), (1, 3));
    let parcel = two.take(&first.bytes()).unwrap();
    assert_eq!((parcel.fresh, parcel.known, parcel.missing), (3, 0, 0));
    let parcel = two.take(&part).unwrap();
    assert_eq!((parcel.fresh, parcel.known, parcel.missing), (0, 1, 0));
    // One's own alone goes without what was taken in.
    let own = two.packing();
    assert_eq!(jsons(&two.pack(&own, None)).len(), 2, "a header and the founding record");
}

#[test]
fn a_folder_is_taken_in_but_for_its_damaged_lines() {
    let (home, one, mut two) = two();
    let copy = home.path().join("copy");
    copy_folder(one.folder.path(), &copy);
    let journal = copy.join(format!("changes/{}.jsonl", one.writer));
    let mut bytes = fs::read(&journal).unwrap();
    let place = bytes.windows(8).position(|window| window == "trainers".as_bytes()).unwrap();
    bytes[place] ^= 1;
    fs::write(&journal, bytes).unwrap();
    let parcel = two.intake.take_folder("copy", &Folder::open(&copy).unwrap()).unwrap();
    assert_eq!((parcel.fresh, parcel.new_points.len(), parcel.damage.len()), (2, 1, 1));
    two.catch_up();
    assert_eq!(two.workshop.waiting(), 1);
    let parcel = two.intake.take_folder("one", &one.folder).unwrap();
    assert_eq!((parcel.fresh, parcel.known, parcel.damage.len()), (1, 2, 0));
    assert_eq!(whole(&two.read()), whole(&one.read()));
    let itself = two.folder.clone();
    assert_eq!(two.intake.take_folder("itself", &itself), Err(Rejection::Itself));
}

#[test]
fn a_bundle_is_whole_or_not_made_at_all() {
    let (_home, mut one, _) = two();
    // Together a little more than the largest bundle by the line, a little less by the byte.
    let writer = one.writer;
    let count = 200;
    for nth in 0..=count {
        let head =
            format!("{{\"stamp\":\"{}@{writer}\",\"at\":0,\"changes\":[],\"x\":\"", 100 + nth);
        let length = if nth == count { 1000 } else { (128 << 20) / count - 32 };
        let mut json = head.into_bytes();
        json.resize(length - 2, b'x');
        json.extend(b"\"}");
        one.write(&json);
    }
    let packing = one.packing();
    match one.intake.pack(&packing, None) {
        Ok((bundle, _)) => assert_eq!(bundle.header.changes, 1 + 3 + 1 + count as u64),
        Err(refused) => assert!(matches!(refused, Rejection::Trouble(Trouble::TooLarge(_)))),
    }
}
