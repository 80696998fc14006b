//! A whole meeting: groups on laptops of their own, brought together as it happens.

use rapporteur::export::{Format, write};
use rapporteur::feedback::Feedback;
use rapporteur::store::lock::Keys;
use rapporteur::store::*;
use rapporteur::workshop::*;

use crate::laptops::Laptop;
use crate::merging::{agenda, assert_all_there, whole};

fn feedback(workshop: &Workshop, format: Format) -> Vec<u8> {
    let feedback = Feedback::of(workshop, "0.1.0");
    let mut bytes = Vec::new();
    write(format, &crate::gate::cleared(&feedback), &mut bytes, &mut |_, _| true).unwrap();
    bytes
}

fn place(group: &str, topic: &str) -> Place {
    Place::new(group.into(), topic.into())
}

#[test]
fn five_laptops_make_one_feedback_whatever_comes_first() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    let mut agenda = agenda();
    agenda.groups.extend(["group-3", "group-4"].map(|id| Group {
        id: id.into(),
        title: id.into(),
        ..Group::default()
    }));
    // The facilitator opens the day, then hands out to two groups; two have the agenda already.
    let mut room = Laptop::new(&at("room"), &agenda, 1);
    let opening = room.capture(place("plenary", "general"), None, "Welcome");
    let started = room.workshop.set_course("morning".into(), CourseField::Started(Some(Moment(1))));
    room.make(1, [started.unwrap()]);
    let mut groups: Vec<Laptop> = Vec::new();
    for nth in 1..=4 {
        let (name, seed) = (format!("group-{nth}"), 10 + nth);
        if nth > 2 {
            groups.push(Laptop::new(&at(&name), &agenda, seed));
            continue;
        }
        let group = GroupId::from(&*name);
        let packing = Packing { all: true, hand_out: Some(group.clone()), ..room.packing() };
        let bundle = Bundle::read(room.pack(&packing, None)).unwrap();
        assert_eq!(bundle.header.hand_out, Some(group));
        let taker = WriterId::new(seed);
        let (folder, parcel) = Folder::create_from(&at(&name), &bundle, taker).unwrap();
        assert_eq!(parcel.new_points, [opening]);
        groups.push(Laptop::of(folder, seed));
    }
    // Each group at work; the facilitator edits meanwhile.
    for (nth, laptop) in groups.iter_mut().enumerate() {
        let group = format!("group-{}", nth + 1);
        for topic in ["capacity", "monitoring", "general"] {
            let above = laptop.capture(place(&group, topic), None, &format!("{group} on {topic}"));
            let under = laptop.capture(place(&group, topic), Some(above), "with a reason");
            laptop.set(under, Field::Kind(PointKind::Reflection));
            let gone = laptop.capture(place(&group, topic), Some(under), "a slip");
            let delete = laptop.workshop.delete(gone).unwrap();
            laptop.make(4, [delete]);
            laptop.set(above, Field::Text(format!("{group} on {topic}, agreed").into()));
            laptop.set(above, Field::Tags(["agreed".into()].into()));
        }
    }
    groups[0].set(opening, Field::Text("Welcome to all".into()));
    groups[1].set(opening, Field::Kind(PointKind::Reflection));
    room.set(opening, Field::Text("Welcome, everyone".into()));
    let delete = room.workshop.delete(opening).unwrap();
    room.make(6, [delete]);
    // A group made on the day, on one of the laptops.
    let made = GroupId::from("late-comers");
    let title = groups[3].workshop.set_group(made.clone(), GroupField::Title("Late".into()));
    groups[3].make(7, [title]);
    groups[3].capture(place("late-comers", "capacity"), None, "We came late");
    let closed = groups[2].workshop.set_group("group-3".into(), GroupField::Open(false));
    groups[2].make(8, [closed]);

    let letters: Vec<Vec<u8>> = groups
        .iter_mut()
        .map(|laptop| {
            let packing = laptop.packing();
            laptop.pack(&packing, None)
        })
        .collect();
    // One drafter takes the room's folder and the groups in one order, one in the other, and one
    // has all from a shared folder.
    let mut drafters = ["forth", "back", "shared"]
        .map(|name| Laptop::new(&at(name), &agenda, name.len() as u64 + 100));
    for letter in &letters {
        assert!(drafters[0].take(letter).unwrap().fresh > 0);
    }
    drafters[0].intake.take_folder("room", &room.folder).unwrap();
    drafters[1].intake.take_folder("room", &room.folder).unwrap();
    for letter in letters.iter().rev() {
        assert!(drafters[1].take(letter).unwrap().fresh > 0);
    }
    let stick = at("stick");
    std::fs::create_dir(&stick).unwrap();
    for laptop in groups.iter_mut().chain([&mut room]) {
        let packing = laptop.packing();
        let (bundle, _) = laptop.intake.pack(&packing, None).unwrap();
        assert_eq!(SharedFolder::new(&stick).publish(&bundle, None), Ok(true));
    }
    let shared = &mut drafters[2];
    let collected = SharedFolder::new(&stick)
        .collect(shared.replica, &mut shared.intake, &Keys::default())
        .unwrap();
    assert_eq!((collected.parcels.len(), collected.refused.len()), (5, 0));
    for letter in &letters {
        room.take(letter).unwrap();
    }

    let expected = whole(&room.read());
    let workshop = room.read();
    assert_all_there(&workshop);
    assert_eq!(workshop.captured(), 1 + 4 * 9 + 1);
    assert!(workshop.point(opening).unwrap().is_spared());
    assert_eq!(workshop.group(&made).unwrap().title(), "Late");
    for format in [Format::Json, Format::Ron] {
        let bytes = feedback(&workshop, format);
        for drafter in &drafters {
            let read = drafter.read();
            assert_eq!(whole(&read), expected);
            assert!(feedback(&read, format) == bytes, "{format:?}");
        }
    }
    // The receipts agree as well, but for whose own points are which.
    let own = std::collections::HashSet::new();
    let heard = |laptop: &Laptop| {
        let workshop = laptop.read();
        workshop.hearings(&own, &workshop.due_topics(None))
    };
    assert_eq!(heard(&drafters[0]), heard(&drafters[1]));
    assert!(heard(&drafters[0]).iter().all(|heard| !heard.is_missing()));
}
