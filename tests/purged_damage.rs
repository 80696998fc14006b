//! What is damaged where words are purged: nothing is missed for ever, and the words go from damaged
//! lines too.

use std::fs;
use std::path::PathBuf;

use rapporteur::store::*;
use rapporteur::workshop::*;

use crate::laptops::Laptop;

/// Words that go. Parts of them are looked for, for damage leaves most of them legible.
const WORDS: &str = "Malaysia wants ferry boats";
const PARTS: [&str; 4] = ["Mala", "want", "ferr", "boat"];

/// Two laptops with the same points, one of them reworded, all written by the first of them.
fn two() -> (tempfile::TempDir, [Laptop; 2], PointId) {
    let home = tempfile::tempdir().unwrap();
    let agenda = crate::merging::agenda();
    let laptop = |nth| Laptop::new(&home.path().join(format!("{nth}")), &agenda, nth);
    let mut laptops = [laptop(0), laptop(1)];
    let place = || Place::new("group-1".into(), "capacity".into());
    laptops[0].capture(place(), None, "First of all");
    let point = laptops[0].capture(place(), None, WORDS);
    laptops[0].set(point, Field::Text("Said in other terms".into()));
    laptops[0].capture(place(), None, "Last of all");
    let letter = laptops[0].bundle_of_all();
    laptops[1].take(&letter).unwrap();
    (home, laptops, point)
}

/// Puts damaged bytes in the place of what a laptop wrote, and opens the program again.
fn damage(laptop: &mut Laptop, bytes: &[u8]) {
    laptop.close();
    fs::write(own(laptop), bytes).unwrap();
    laptop.restart();
}

/// The file that the first laptop wrote.
fn own(laptop: &Laptop) -> PathBuf {
    laptop.folder.path().join(format!("changes/{}.jsonl", laptop.writer))
}

/// Where the line is in which this stands.
fn line_of(file: &[u8], words: &str) -> std::ops::Range<usize> {
    let at = memchr::memmem::find(file, words.as_bytes()).unwrap();
    let start = memchr::memrchr(b'\n', &file[..at]).unwrap();
    start + 1..at + memchr::memchr(b'\n', &file[at..]).unwrap()
}

fn purge(laptop: &mut Laptop, point: PointId) {
    let purge = laptop.workshop.purge(point).unwrap();
    laptop.make(240_000, [purge]);
    laptop.sweep();
}

/// Takes in all that the other has, then closes and opens the program.
fn take_all(laptops: &mut [Laptop; 2], from: usize) {
    let letter = laptops[from].bundle_but_for_flaws();
    let all = Packing { all: true, ..laptops[from].packing() };
    let all = laptops[from].intake.pack(&all, None).unwrap().0.bytes();
    for letter in [letter, all] {
        laptops[1 - from].take(&letter).unwrap();
    }
    laptops[1 - from].sweep();
}

/// The parts of the words that are still in a folder's files.
fn left(laptop: &Laptop) -> Vec<&'static str> {
    let files = fs::read_dir(laptop.folder.path().join("changes")).unwrap();
    let files: Vec<Vec<u8>> = files.map(|found| fs::read(found.unwrap().path()).unwrap()).collect();
    let is_in = |part: &&str| {
        let holds = |line: &[u8]| {
            let is_agenda = memchr::memmem::find(line, b"founded").is_some();
            !is_agenda && memchr::memmem::find(line, part.as_bytes()).is_some()
        };
        files.iter().any(|file| file.split(|byte| *byte == b'\n').any(holds))
    };
    PARTS.into_iter().filter(is_in).collect()
}

fn texts(laptop: &Laptop) -> Vec<String> {
    let workshop = laptop.folder.read().unwrap().workshop;
    let mut texts: Vec<String> = workshop.points().map(|p| p.text().to_owned()).collect();
    texts.sort();
    texts
}

fn assert_whole(laptops: &[Laptop; 2], what: &str) {
    for (nth, laptop) in laptops.iter().enumerate() {
        let (damage, gaps) = laptop.folder.gaps();
        assert_eq!((damage, gaps.iter().count()), (Vec::new(), 0), "{nth}: {what}: {gaps:?}");
        assert_eq!(left(laptop), [""; 0], "{nth}: {what}");
        assert_eq!(texts(laptop), ["First of all", "Last of all", "Said in other terms"]);
    }
}

/// Every way to damage the line in which these words are, by one bit or by two of what was said.
fn damaged(file: &[u8], words: &str) -> Vec<(String, Vec<u8>)> {
    let line = line_of(file, words);
    let flipped = |bits: &[(usize, u8)]| {
        let mut bytes = file.to_vec();
        for (byte, bit) in bits {
            bytes[*byte] ^= bit;
        }
        bytes
    };
    // The line ends belong to it; of the middle every seventh byte will do.
    let ends = (line.start - 1..line.start + 60).chain(line.end - 3..=line.end);
    let bytes = ends.chain((line.start + 60..line.end - 3).step_by(7));
    let one = bytes.enumerate().map(|(nth, byte)| {
        let bit = [1, 4, 16, 2][nth % 4];
        (format!("bit {bit} of byte {byte} of the line at {}", line.start), flipped(&[(byte, bit)]))
    });
    let at = memchr::memmem::find(file, words.as_bytes()).unwrap();
    let two = ("two bits of the words".to_owned(), flipped(&[(at + 1, 1), (at + 5, 2)]));
    one.step_by(crate::ONE_OF).chain([two]).collect()
}

/// Used to be: the purge took the line that had closed the gap, and the file was a draft for ever; the
/// damaged line kept the words.
#[test]
fn a_purge_opens_no_gap_that_was_closed_and_leaves_no_word_in_a_damaged_line() {
    let (_home, laptops, _) = two();
    let whole = fs::read(own(&laptops[0])).unwrap();
    for (nth, (what, bytes)) in damaged(&whole, WORDS).into_iter().enumerate() {
        for purged_here in [true, false] {
            if nth % 2 == usize::from(purged_here) && nth > 20 {
                continue;
            }
            let (_home, mut laptops, point) = two();
            damage(&mut laptops[0], &bytes);
            if purged_here {
                take_all(&mut laptops, 1);
                assert_eq!(laptops[0].folder.gaps().0, [], "{what}");
            }
            let what = format!("{what}, purged here: {purged_here}");
            purge(&mut laptops[usize::from(!purged_here)], point);
            // The other hears of the damage here before it is mended, and of the mending.
            for from in [0, 1, 0, 1] {
                take_all(&mut laptops, from);
            }
            assert_whole(&laptops, &what);
        }
    }
}

/// Used to be: the line before got another checksum, and no record fitted after it any more.
#[test]
fn a_purged_line_beside_damage_leaves_the_gap_one_that_can_be_closed() {
    for closed_before in [true, false] {
        let (_home, laptops, _) = two();
        let whole = fs::read(own(&laptops[0])).unwrap();
        for (what, bytes) in damaged(&whole, "Said in other").into_iter().step_by(5) {
            let (_home, mut laptops, point) = two();
            let letter = laptops[1].bundle_of_all();
            damage(&mut laptops[0], &bytes);
            if closed_before {
                laptops[0].take(&letter).unwrap();
            }
            purge(&mut laptops[1], point);
            for from in [1, 0, 1] {
                take_all(&mut laptops, from);
            }
            assert_whole(&laptops, &what);
        }
    }
}

#[test]
fn lines_that_are_gone_and_came_back_are_not_missed_after_a_purge() {
    let (_home, mut laptops, point) = two();
    let mut bytes = fs::read(own(&laptops[0])).unwrap();
    bytes.drain(line_of(&bytes, WORDS));
    damage(&mut laptops[0], &bytes);
    take_all(&mut laptops, 1);
    assert_eq!(laptops[0].folder.gaps().0, []);
    purge(&mut laptops[0], point);
    for from in [0, 1] {
        take_all(&mut laptops, from);
    }
    assert_whole(&laptops, "a line that is gone");
}

/// What cannot be told to be here stays a gap, and its words go all the same.
#[test]
fn a_line_that_nobody_can_mend_loses_its_words_and_stays_a_gap() {
    let (_home, mut laptops, point) = two();
    let mut bytes = fs::read(own(&laptops[0])).unwrap();
    let line = line_of(&bytes, WORDS);
    for byte in [1, 2, 11, 12] {
        bytes[line.start + byte] = b'?';
    }
    damage(&mut laptops[0], &bytes);
    let file = own(&laptops[0]);
    purge(&mut laptops[1], point);
    for from in [1, 0, 1] {
        take_all(&mut laptops, from);
    }
    assert_eq!(left(&laptops[0]), [""; 0]);
    let (damage, gaps) = laptops[0].folder.gaps();
    assert_eq!((damage.len(), gaps.iter().count()), (1, 1));
    let before = fs::read(&file).unwrap();
    assert_eq!(laptops[0].sweep(), SweepReport::default());
    assert_eq!(fs::read(&file).unwrap(), before);
}
