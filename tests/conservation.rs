//! Every point ends somewhere, whatever was done with it and wherever.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rapporteur::workshop::*;

use crate::merging::{SORTS, agenda, change};

/// Several laptops at work on one meeting, and what they all made.
fn played(steps: &[(usize, usize, usize, usize)]) -> Workshop {
    let mut ids = Ids::seeded(5);
    let writers: Vec<WriterId> = (0..3).map(|_| ids.writer()).collect();
    let mut laptops = vec![Workshop::new(&agenda()); 3];
    let mut all = Workshop::new(&agenda());
    let mut records = Vec::new();
    for (nth, (laptop, sort, which, value)) in steps.iter().enumerate() {
        let at = &mut laptops[*laptop];
        let Some(change) = change(at, &mut ids, *sort, *which, *value) else { continue };
        let record = at.record(writers[*laptop], Moment(0), [change]);
        at.apply(record.clone());
        all.apply(record.clone());
        records.push(record);
        // Now and then one hears of all the others.
        if nth % 7 == 0 {
            for record in &records {
                laptops[*laptop].apply(record.clone());
            }
        }
    }
    all
}

pub(crate) fn assert_conserved(workshop: &Workshop) {
    let account = workshop.account();
    let Account { captured, carried, merged, set_aside, open } = account;
    assert_eq!(captured, workshop.captured());
    assert_eq!(captured, carried + merged + set_aside + open, "{account}");
    // The lineage from the points' side and from the comments' side are one.
    let mut from_points: BTreeMap<CommentId, Vec<PointId>> = BTreeMap::new();
    let mut firsts = 0;
    for (point, fate) in workshop.fates() {
        match fate {
            Fate::Carried(comment) => {
                firsts += 1;
                from_points.entry(comment).or_default().push(point);
            }
            Fate::Merged(comment) => from_points.entry(comment).or_default().push(point),
            _ => {}
        }
    }
    let mut from_comments: BTreeMap<CommentId, Vec<PointId>> = BTreeMap::new();
    for topic in workshop.topics() {
        for comment in workshop.comments(&topic.id) {
            let sources = workshop.sources(comment.id()).iter();
            let sources: Vec<PointId> = sources.map(|i| workshop.point_at(*i).id()).collect();
            assert!(!sources.is_empty() && !workshop.wording(comment).is_empty());
            assert!(from_comments.insert(comment.id(), sources).is_none(), "listed once");
        }
    }
    for sources in from_points.values_mut().chain(from_comments.values_mut()) {
        sources.sort_unstable();
    }
    assert_eq!(from_points, from_comments);
    assert_eq!((firsts, carried), (from_points.len(), from_points.len()));
}

proptest! {
    #![proptest_config(crate::cases(200))]

    #[test]
    fn the_account_closes_whatever_was_done_and_merged(
        steps in prop::collection::vec((0..3usize, 0..SORTS, 0..64usize, 0..4usize), 1..80),
        from in 1..4u64,
        into in 1..4u64,
    ) {
        let mut workshop = played(&steps);
        assert_conserved(&workshop);
        let before = workshop.account();
        match workshop.merge_comments(CommentId::new(from), CommentId::new(into)) {
            Ok(changes) => {
                let moved = workshop.sources(CommentId::new(from)).len();
                let there = workshop.sources(CommentId::new(into)).len();
                let record = workshop.record(WriterId::new(9), Moment(0), changes);
                workshop.apply(record);
                assert_conserved(&workshop);
                prop_assert_eq!(workshop.sources(CommentId::new(into)).len(), moved + there);
                let after = workshop.account();
                prop_assert_eq!(after.carried + after.merged, before.carried + before.merged);
            }
            Err(Refusal::IntoItself) => prop_assert_eq!(from, into),
            Err(Refusal::NoComment(_)) => {}
            Err(refusal) => panic!("{refusal}"),
        }
    }
}

/// A small meeting with these points of group 1 on capacity.
fn meeting(texts: &[&str]) -> (Workshop, Vec<PointId>) {
    let mut workshop = Workshop::new(&agenda());
    let mut ids = Ids::seeded(1);
    let mut points = Vec::new();
    for text in texts {
        let place = Place::new("group-1".into(), "capacity".into());
        let id = ids.point();
        let captured = CapturedPoint::new(id, place, PointKind::Recommendation, *text);
        make(&mut workshop, 1, vec![Change::PointCaptured(captured.into())]);
        points.push(id);
    }
    (workshop, points)
}

fn make(workshop: &mut Workshop, writer: u64, changes: Vec<Change>) -> Record {
    let record = workshop.record(WriterId::new(writer), Moment(0), changes);
    workshop.apply(record.clone());
    record
}

#[test]
fn a_source_deleted_on_another_laptop_is_not_lost_in_silence() {
    let (mut here, points) = meeting(&["One", "Two"]);
    let mut there = here.clone();
    let comment = CommentId::new(1);
    let put = here.put_into(comment, points.clone()).unwrap();
    let put = make(&mut here, 2, put);
    let deletion = there.delete(points[1]).unwrap();
    let deleted = make(&mut there, 3, vec![deletion]);
    here.apply(deleted);
    there.apply(put);
    for workshop in [&here, &there] {
        let point = workshop.point(points[1]).unwrap();
        assert!(point.is_spared(), "whoever put it into the comment did not know");
        assert_eq!(workshop.sources(comment).len(), 2);
        assert_eq!(
            workshop.account().to_string(),
            "2 captured = 1 kept + 1 merged + 0 set aside; 0 open"
        );
    }
    let deletion = here.delete(points[1]).unwrap();
    make(&mut here, 2, vec![deletion]);
    assert_eq!(here.account().to_string(), "2 captured = 1 kept + 0 merged + 1 set aside; 0 open");
}

#[test]
fn two_laptops_that_put_a_point_into_two_comments_leave_a_choice() {
    let (mut here, points) = meeting(&["One"]);
    let mut there = here.clone();
    let (first, second) = (CommentId::new(1), CommentId::new(2));
    let put = here.put_into(first, points.clone()).unwrap();
    let put_here = make(&mut here, 2, put);
    let put = there.put_into(second, points.clone()).unwrap();
    let put_there = make(&mut there, 3, put);
    here.apply(put_there);
    there.apply(put_here);
    for workshop in [&here, &there] {
        assert_eq!(workshop.point(points[0]).unwrap().what_is_disputed(), ["comment"]);
        assert_eq!(workshop.account().to_string(), here.account().to_string());
        assert_eq!((workshop.sources(first).len(), workshop.sources(second).len()), (0, 1));
    }
}

#[test]
fn a_comment_given_up_while_another_laptop_adds_to_it_stays() {
    let (mut here, points) = meeting(&["One", "Two"]);
    let (from, into) = (CommentId::new(1), CommentId::new(2));
    for (comment, point) in [(from, points[0]), (into, points[1])] {
        let put = here.put_into(comment, [point]).unwrap();
        make(&mut here, 2, put);
    }
    let mut there = here.clone();
    let merge = here.merge_comments(from, into).unwrap();
    let merged = make(&mut here, 2, merge);
    let place = Place::new("group-1".into(), "capacity".into());
    let late = PointId::new(77);
    let captured = CapturedPoint::new(late, place, PointKind::Recommendation, "Three");
    make(&mut there, 3, vec![Change::PointCaptured(captured.into())]);
    let put = there.put_into(from, [late]).unwrap();
    make(&mut there, 3, put);
    there.apply(merged);
    let mut standing: Vec<_> =
        there.comments(&TopicId::general()).iter().map(|s| there.wording(s)).collect();
    standing.sort_unstable();
    assert_eq!(standing, ["One", "Three"]);
    assert!(there.account().is_closed());
}

#[test]
fn what_was_confirmed_and_then_changed_says_so() {
    let (mut workshop, points) = meeting(&["As said"]);
    let point = workshop.point(points[0]).unwrap();
    let said = Field::ReadBack(Some(point.reading(Verdict::Confirmed).into()));
    let change = workshop.set(points[0], said).unwrap();
    make(&mut workshop, 1, vec![change]);
    let seal = workshop.set_seal("group-1".into(), "capacity".into(), true);
    make(&mut workshop, 1, vec![seal]);
    assert!(!workshop.point(points[0]).unwrap().is_changed_since_read_back());
    assert_eq!(workshop.sealed(&"group-1".into(), &"capacity".into()), SealStatus::Yes);
    let change = workshop.set(points[0], Field::Text("As changed".into())).unwrap();
    make(&mut workshop, 1, vec![change]);
    assert!(workshop.point(points[0]).unwrap().is_changed_since_read_back());
    assert_eq!(workshop.sealed(&"group-1".into(), &"capacity".into()), SealStatus::Changed);
}
