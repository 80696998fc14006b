//! A folder that all laptops publish to and collect from, with all that happens to such folders.

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::store::lock::{Keys, Lock, new_key};
use rapporteur::store::*;
use rapporteur::workshop::*;

use crate::durability::everything;
use crate::laptops::{Laptop, copy_folder};
use crate::merging::{agenda, whole};

/// A stick, and laptops to put it into.
struct Stick {
    home: tempfile::TempDir,
    path: PathBuf,
}

impl Stick {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("stick");
        fs::create_dir(&path).unwrap();
        Self { home, path }
    }

    fn laptop(&self, seed: u64) -> Laptop {
        let mut laptop = Laptop::new(&self.home.path().join(seed.to_string()), &agenda(), seed);
        capture(&mut laptop, &format!("of {seed}"));
        laptop
    }

    fn place(&self) -> SharedFolder {
        SharedFolder::new(&self.path)
    }

    fn names(&self) -> Vec<String> {
        let names = everything(&self.path).into_keys();
        let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        names.map(name).collect()
    }
}

fn capture(laptop: &mut Laptop, text: &str) -> PointId {
    laptop.capture(Place::new("group-1".into(), "capacity".into()), None, text)
}

fn bundle(laptop: &mut Laptop) -> Bundle {
    let packing = laptop.packing();
    laptop.intake.pack(&packing, None).unwrap().0
}

fn publish(place: &mut SharedFolder, laptop: &mut Laptop) -> Result<bool, Trouble> {
    let bundle = bundle(laptop);
    place.publish(&bundle, None)
}

fn collect(place: &mut SharedFolder, laptop: &mut Laptop) -> Collection {
    let collected = place.collect(laptop.replica, &mut laptop.intake, &Keys::default()).unwrap();
    laptop.catch_up();
    collected
}

/// How many changes came in, and why what was refused was.
fn brought(collected: &Collection) -> (usize, Vec<&str>) {
    let fresh = collected.parcels.iter().map(|parcel| parcel.fresh).sum();
    (fresh, collected.refused.iter().map(|turned| turned.why.as_str()).collect())
}

#[test]
fn a_half_copied_bundle_is_reported_and_taken_in_once_it_is_whole() {
    let stick = Stick::new();
    let (mut one, mut two) = (stick.laptop(1), stick.laptop(2));
    let bytes = bundle(&mut one).bytes();
    let path = stick.path.join("copied.bundle");
    let mut place = stick.place();
    fs::write(&path, "").unwrap();
    let collected = collect(&mut place, &mut two);
    assert!(brought(&collected).1[0].contains("the file is empty"), "{collected:?}");
    for length in [1, 30, bytes.len() / 2, bytes.len() - 2] {
        fs::write(&path, &bytes[..length]).unwrap();
        // Told each time, not only the first.
        for _ in 0..2 {
            let collected = collect(&mut place, &mut two);
            let (fresh, refused) = brought(&collected);
            assert_eq!((fresh, refused.len()), (0, 1), "{length}");
            assert_eq!(collected.refused[0].name, "copied.bundle");
        }
    }
    fs::write(&path, &bytes).unwrap();
    assert_eq!(brought(&collect(&mut place, &mut two)), (1, vec![]));
    let collected = collect(&mut place, &mut two);
    assert_eq!((collected.parcels.len(), collected.refused.len()), (0, 0), "it is looked at once");
    assert_eq!(two.read().captured(), 2);
}

#[test]
fn a_file_left_half_written_is_nobodys_bundle_and_goes_with_the_next() {
    let stick = Stick::new();
    let (mut one, mut two) = (stick.laptop(1), stick.laptop(2));
    let mut place = stick.place();
    let first = bundle(&mut one);
    let (name, theirs) = (first.header.file_name(false), bundle(&mut two).header.file_name(false));
    let passing = [format!(".{name}.4711-0"), format!(".{name}.age.1-12")];
    for passing in &passing {
        fs::write(stick.path.join(passing), &first.bytes()[..20]).unwrap();
    }
    // Files of others, and copies that somebody made, stay as they are.
    let others = [
        format!(".{theirs}.4711-0"),
        format!(".{name}.swp"),
        format!("{name}.txt"),
        format!("{name} (copy)"),
        format!("Copy of {name}.bak"),
        "notes.txt".to_owned(),
        ".hidden.bundle".to_owned(),
    ];
    for other in &others {
        fs::write(stick.path.join(other), "others'").unwrap();
    }
    fs::create_dir(stick.path.join(format!("folder.{}.bundle", one.replica))).unwrap();
    let collected = collect(&mut place, &mut two);
    assert_eq!((collected.parcels.len(), collected.refused.len()), (0, 0));
    assert_eq!(publish(&mut place, &mut one), Ok(true));
    let names = stick.names();
    assert!(passing.iter().all(|passing| !names.contains(passing)), "{names:?}");
    for other in &others {
        assert_eq!(fs::read(stick.path.join(other)).unwrap(), b"others'", "{other}");
    }
    assert!(names.contains(&name));
}

#[test]
fn nothing_is_written_twice_and_what_was_damaged_is_written_again() {
    let stick = Stick::new();
    let (mut one, mut two) = (stick.laptop(1), stick.laptop(2));
    let mut place = stick.place();
    assert_eq!(publish(&mut place, &mut one), Ok(true));
    let first = bundle(&mut one);
    let path = stick.path.join(first.header.file_name(false));
    let published = fs::read(&path).unwrap();
    assert!(place.is_there(&first.header, false));
    assert_eq!(publish(&mut place, &mut one), Ok(false));
    let mut next = stick.place();
    assert_eq!(publish(&mut next, &mut one), Ok(false), "nor by the next run");
    assert!(next.is_there(&first.header, false));
    // Somebody's tool damaged it: as long as before, with the same first line.
    let mut damaged = published.clone();
    *damaged.last_mut().unwrap() ^= 1;
    fs::write(&path, damaged).unwrap();
    assert_eq!(brought(&collect(&mut place, &mut two)).1.len(), 1);
    collect(&mut place, &mut one);
    assert!(!place.is_there(&first.header, false));
    for place in [&mut place, &mut stick.place()] {
        publish(place, &mut one).unwrap();
        assert_eq!(fs::read(&path).unwrap(), published);
    }
    // A sync program brought an older one back.
    capture(&mut one, "later");
    let second = bundle(&mut one);
    assert_eq!(place.publish(&second, None), Ok(true));
    fs::write(&path, &published).unwrap();
    assert_eq!(brought(&collect(&mut place, &mut one)), (0, vec![]));
    assert!(!place.is_there(&second.header, false));
    assert_eq!(place.publish(&second, None), Ok(true));
    assert_eq!(brought(&collect(&mut stick.place(), &mut two)), (2, vec![]));
    // Or took it away.
    fs::remove_file(&path).unwrap();
    assert!(!place.is_there(&second.header, false));
    assert_eq!(place.publish(&second, None), Ok(true));
}

#[test]
fn a_folder_that_cannot_be_used_is_reported_and_used_once_it_can() {
    let stick = Stick::new();
    let (mut one, mut two) = (stick.laptop(1), stick.laptop(2));
    let mut place = stick.place();
    let away = stick.home.path().join("away");
    fs::rename(&stick.path, &away).unwrap();
    // Pulled out, and then a plain file in its place: neither can be listed or written to.
    for _ in 0..2 {
        let refused = place.collect(two.replica, &mut two.intake, &Keys::default()).unwrap_err();
        assert!(refused.to_string().contains("stick"), "{refused}");
        let refused = publish(&mut place, &mut one).unwrap_err();
        assert!(refused.to_string().contains("cannot be written"), "{refused}");
        assert!(!stick.path.is_dir(), "no folder is made where the stick should be");
        let _ = fs::write(&stick.path, "");
    }
    fs::remove_file(&stick.path).unwrap();
    fs::rename(&away, &stick.path).unwrap();
    assert_eq!(publish(&mut stick.place(), &mut one), Ok(true));
    assert_eq!(brought(&collect(&mut place, &mut two)), (1, vec![]));
    // What one has stays where it is if the place goes for good.
    fs::remove_dir_all(&stick.path).unwrap();
    assert!(place.collect(two.replica, &mut two.intake, &Keys::default()).is_err());
    assert_eq!(two.read().captured(), 2);
}

#[test]
fn two_laptops_of_one_name_lose_nothing() {
    let stick = Stick::new();
    // A laptop was copied, disk and all: one folder, one writer, one name, and work on both.
    let mut one = stick.laptop(1);
    let copy = stick.home.path().join("copy");
    copy_folder(one.folder.path(), &copy);
    let mut two = Laptop::of(Folder::open(&copy).unwrap(), 20);
    two.replica = one.replica;
    let (here, there) = (capture(&mut one, "here"), capture(&mut two, "there"));
    let (mut first, mut second) = (stick.place(), stick.place());
    let mut usurped = 0;
    for _ in 0..4 {
        for (place, laptop) in [(&mut first, &mut one), (&mut second, &mut two)] {
            if collect(place, laptop).usurped {
                usurped += 1;
                laptop.replica = laptop.ids.writer();
            }
            publish(place, laptop).unwrap();
        }
    }
    assert_eq!(usurped, 1, "one of the two takes another name, once");
    assert_ne!(one.replica, two.replica);
    for laptop in [&one, &two] {
        let workshop = laptop.read();
        assert!([here, there].iter().all(|point| workshop.point(*point).is_some()));
    }
    assert_eq!(whole(&one.read()), whole(&two.read()));
    let mut third = stick.laptop(3);
    collect(&mut stick.place(), &mut third);
    assert_eq!(third.read().captured(), 4);
}

#[test]
fn everybody_leaves_one_file_under_a_name_of_their_own() {
    let stick = Stick::new();
    let mut laptops: Vec<Laptop> = (1..6).map(|seed| stick.laptop(seed)).collect();
    let mut place = stick.place();
    for laptop in &mut laptops {
        publish(&mut place, laptop).unwrap();
    }
    let before = everything(&stick.path);
    assert_eq!(before.len(), 5);
    // One goes on for another group: its file has another name, and the rest stay.
    capture(&mut laptops[0], "for another group");
    let packing = Packing { group: Some("group-2".into()), ..laptops[0].packing() };
    let (packed, _) = laptops[0].intake.pack(&packing, None).unwrap();
    assert_eq!(place.publish(&packed, None), Ok(true));
    let after = everything(&stick.path);
    assert_eq!(after.len(), 5);
    let same = after.iter().filter(|(path, bytes)| before.get(*path) == Some(bytes)).count();
    assert_eq!(same, 4);
    // Ids that look alike in a file's name are still told apart by the laptop.
    let names: std::collections::BTreeSet<String> = laptops
        .iter_mut()
        .zip(["a b", "a/b", "a.b", "a_b", "A_B"])
        .map(|(laptop, group)| {
            let packing = Packing { group: Some(group.into()), ..laptop.packing() };
            laptop.intake.pack(&packing, None).unwrap().0.header.file_name(false).to_lowercase()
        })
        .collect();
    assert_eq!(names.len(), 5);
    assert!(names.iter().all(|name| Path::new(name).components().count() == 1));
}

#[test]
fn other_meetings_are_counted_and_left_alone() {
    let stick = Stick::new();
    let mut one = stick.laptop(1);
    let other = Agenda { id: "other".into(), title: "Other".into(), ..agenda() };
    let mut stranger = Laptop::new(&stick.home.path().join("stranger"), &other, 8);
    publish(&mut stick.place(), &mut stranger).unwrap();
    let mut place = stick.place();
    let before = everything(&stick.path);
    for _ in 0..2 {
        let collected = collect(&mut place, &mut one);
        assert_eq!((collected.elsewhere, brought(&collected)), (1, (0, vec![])));
    }
    publish(&mut place, &mut one).unwrap();
    let after = everything(&stick.path);
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
}

#[test]
fn locked_bundles_wait_for_their_key_and_ones_own_is_no_trouble() {
    let stick = Stick::new();
    let (mut one, mut two) = (stick.laptop(1), stick.laptop(2));
    let (secret, public) = new_key();
    let lock = Lock::to_keys([&*public]).unwrap();
    let packed = bundle(&mut one);
    let mut place = stick.place();
    // What was published open before is gone once it is locked.
    assert_eq!(place.publish(&packed, None), Ok(true));
    assert_eq!(place.publish(&packed, Some(&lock)), Ok(true));
    assert_eq!(stick.names(), [packed.header.file_name(true)]);
    // The next run of the same laptop cannot open its own, and has nothing to say about it.
    assert_eq!(brought(&collect(&mut stick.place(), &mut one)), (0, vec![]));
    let collected = collect(&mut place, &mut two);
    assert_eq!(brought(&collected), (0, vec![]), "this run left it there itself");
    let mut place = stick.place();
    for _ in 0..2 {
        assert!(brought(&collect(&mut place, &mut two)).1[0].starts_with("locked."));
    }
    let path = stick.home.path().join("key");
    fs::write(&path, secret).unwrap();
    let mut keys = Keys::default();
    keys.add_file(&path).unwrap();
    place.look_again();
    let collected = place.collect(two.replica, &mut two.intake, &keys).unwrap();
    assert_eq!(brought(&collected), (1, vec![]));
}

#[test]
#[cfg(unix)]
fn what_another_account_keeps_to_itself_is_said_with_what_helps() {
    use std::os::unix::fs::PermissionsExt;

    let stick = Stick::new();
    let (mut one, mut two) = (stick.laptop(1), stick.laptop(2));
    let mut place = stick.place();
    publish(&mut place, &mut one).unwrap();
    let path = stick.path.join(&stick.names()[0]);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        // The superuser may read everything, and has no such trouble.
        return;
    }
    let mut place = stick.place();
    let collected = collect(&mut place, &mut two);
    assert!(brought(&collected).1[0].contains("Set the meeting's key"), "{collected:?}");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(brought(&collect(&mut place, &mut two)), (1, vec![]));
}
