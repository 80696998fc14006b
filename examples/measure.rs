//! m
#![allow(
    warnings,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::allow_attributes_without_reason
)]
use rapporteur::{store::*, workshop::*};
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};
fn main() {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap();
    let path = args.next().unwrap();
    let path = Path::new(&path);
    match what.as_str() {
        "make" => {
            let n: usize = args.next().unwrap().parse().unwrap();
            let mut agenda = Agenda { id: "m".into(), title: "M".into(), ..Agenda::default() };
            for t in ["cooperation", "capacity", "monitoring", "early-actions"] {
                agenda.topics.push(Topic { id: t.into(), title: t.into(), ..Topic::default() });
            }
            for g in 1..5 {
                let g = format!("group-{g}");
                agenda.groups.push(Group { id: g.as_str().into(), title: g, ..Group::default() });
            }
            let folder = Folder::create(path, &agenda).unwrap();
            let mut ids = Ids::seeded(1);
            let (send, receive) = mpsc::channel();
            let writer =
                Writer::start(&folder, ids.writer(), None, move |a| send.send(a).unwrap()).unwrap();
            let mut workshop = Workshop::new(&agenda);
            let start = Instant::now();
            for i in 0..n {
                let place = Place::new(
                    agenda.groups[i % 4].id.clone(),
                    agenda.topics[(i / 4) % 4].id.clone(),
                );
                let text = format!(
                    "Point {i}: the groups recommend that the secretariat publishes a regional plan for the exchange of information on maritime matters before the next meeting, with figures, and says who pays."
                );
                let mut c = Captured::new(ids.point(), place, PointKind::Recommendation, text);
                c.session = Some("group-discussions".into());
                let record = workshop.record(
                    writer.id(),
                    Moment(1_700_000_000_000 + i as i64),
                    [Change::PointCaptured(c.into())],
                );
                workshop.apply(record.clone());
                writer.save(&record).unwrap();
            }
            println!("made in {:?}", start.elapsed());
            assert!(writer.finish(Duration::from_secs(20)).is_empty());
            println!("saved in {:?}, {} groups", start.elapsed(), receive.try_iter().count());
        }
        "read" => {
            for _ in 0..5 {
                let start = Instant::now();
                let folder = Folder::open(path).unwrap();
                folder.agenda().unwrap();
                let first = start.elapsed();
                let loaded = folder.read().unwrap();
                println!(
                    "agenda {first:?} read {:?} {} points, damage {:?}",
                    start.elapsed(),
                    loaded.workshop.captured(),
                    loaded.damage
                );
                std::mem::forget(loaded);
                if std::env::var("ONCE").is_ok() {
                    break;
                }
            }
        }
        "durable" => {
            let folder = Folder::open(path).unwrap();
            let (send, receive) = mpsc::channel();
            let mut ids = Ids::seeded(9);
            let writer =
                Writer::start(&folder, ids.writer(), None, move |a| send.send(a).unwrap()).unwrap();
            let workshop = folder.read().unwrap().workshop;
            let mut times = Vec::new();
            let mut bare = Vec::new();
            let mut file = std::fs::OpenOptions::new()
                .append(true)
                .create(true)
                .open(path.join("bare"))
                .unwrap();
            for i in 0..300 {
                let c = Captured::new(
                    ids.point(),
                    Place::new("group-1".into(), "capacity".into()),
                    PointKind::Fact,
                    "x".repeat(180),
                );
                let record =
                    workshop.record(writer.id(), Moment(i), [Change::PointCaptured(c.into())]);
                let start = Instant::now();
                writer.save(&record).unwrap();
                receive.recv().unwrap();
                times.push(start.elapsed());
                use std::io::Write;
                let start = Instant::now();
                file.write_all(&vec![b'x'; 430]).unwrap();
                file.sync_data().unwrap();
                bare.push(start.elapsed());
            }
            times.sort();
            bare.sort();
            println!("durable add {:?} bare {:?}", times[150], bare[150]);
        }
        "scratch" => {
            let folder = Folder::open(path).unwrap();
            let mut s = Scratch::start(&folder, WriterId::new(5));
            let place = Place::new("group-1".into(), "capacity".into());
            let (line, r) = s.begin(&place, None, "");
            r.unwrap();
            let start = Instant::now();
            for i in 0..10_000 {
                s.edit(line, i, 0, "a").unwrap();
            }
            println!("{:?} a key", start.elapsed() / 10_000);
        }
        _ => {}
    }
}
