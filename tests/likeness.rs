//! Points that say the same in other words are found, in every script, whatever came first.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rapporteur::workshop::{Alike, Likeness, SAID};

const POINTS: [&str; 12] = [
    "Ministries should share flood warnings with neighbouring provinces in time.",
    "Training for village volunteers must be repeated every year.",
    "No money was set aside for maintaining the gauges.",
    "Women's groups were not asked when the shelters were planned.",
    "One contact per country for early warning.",
    "The radio programme reached farmers who have no telephone.",
    "ควรแบ่งปันข้อมูลเตือนภัยน้ำท่วมระหว่างจังหวัด",
    "ການຝຶກອົບຮົມອາສາສະໝັກບ້ານຄວນຈັດທຸກປີ",
    "គួរចែករំលែកព័ត៌មានព្រមានទឹកជំនន់រវាងខេត្ត",
    "Cần chia sẻ cảnh báo lũ lụt giữa các tỉnh kịp thời",
    "各省之间应及时共享洪水预警信息",
    "Drills before the monsoon showed who opens which shelter.",
];

fn index() -> Likeness {
    let mut index = Likeness::default();
    for (key, text) in (0..).zip(POINTS) {
        index.insert(key, text);
    }
    index
}

#[test]
fn the_same_in_other_words_comes_first() {
    let index = index();
    for (text, key) in [
        ("provinces to warn each other of floods: sharing between ministries", 0),
        ("train the volunteers of villages again each year", 1),
        ("maintenance of gauges has no budget, money is missing", 2),
        ("planning of shelters without asking women", 3),
        ("a single early-warning contact in each country", 4),
        ("farmers without telephones were reached by radio", 5),
        ("แต่ละจังหวัดต้องแบ่งปันข้อมูลน้ำท่วม", 6),
        ("ອາສາສະໝັກຕ້ອງໄດ້ຮັບການຝຶກອົບຮົມ", 7),
        ("ខេត្តនានាត្រូវចែករំលែកព័ត៌មានទឹកជំនន់", 8),
        ("các tỉnh phải chia sẻ cảnh báo về lũ", 9),
        ("洪水预警应当共享", 10),
    ] {
        assert_eq!(index.like(text, 3, None).first().map(|alike| alike.key), Some(key), "{text}");
    }
}

#[test]
fn the_very_same_scores_one_however_it_was_typed() {
    let index = index();
    for (text, key) in [
        ("ONE CONTACT, per country – for early-warning!", 4),
        (
            "Ca\u{302}\u{300}n chia se\u{309} ca\u{309}nh ba\u{301}o lu\u{303} lu\u{323}t giu\u{31b}\u{303}a ca\u{301}c ti\u{309}nh ki\u{323}p tho\u{31b}\u{300}i",
            9,
        ),
        ("ควรแบ่งปันข้อมูล\u{200b}เตือนภัย\u{200b}น้ำท่วมระหว่างจังหวัด", 6),
    ] {
        let best = index.like(text, 1, None)[0];
        assert_eq!(best.key, key, "{text}");
        assert!(best.score > 0.999, "{text}: {best:?}");
    }
}

#[test]
fn nothing_alike_is_nothing_said() {
    let index = index();
    for text in [
        "Lunch is served on the second floor.",
        "Interpreters need the slides by noon.",
        "อาหารกลางวันอยู่ที่ชั้นสอง",
        "Wifi?",
        "the of and to in for with",
        "12",
    ] {
        let said: Vec<Alike> =
            index.like(text, 5, None).into_iter().filter(|alike| alike.score >= SAID).collect();
        assert_eq!(said, [], "{text}");
    }
    for nothing in ["", "  …!? ", "\u{200b}", "👍🏽"] {
        assert_eq!(index.like(nothing, 5, None), [], "{nothing:?}");
    }
    assert_eq!(Likeness::default().like("floods", 5, None), []);
}

#[test]
fn what_is_excepted_or_removed_is_not_found() {
    let mut index = index();
    assert!(index.like(POINTS[0], 12, Some(0)).iter().all(|alike| alike.key != 0));
    assert_eq!(index.like(POINTS[0], 0, None), []);
    index.remove(0);
    index.remove(99);
    assert_eq!(index.len(), POINTS.len() - 1);
    assert!(index.like(POINTS[0], 12, None).iter().all(|alike| alike.key != 0));
    index.replace(5, POINTS[0]);
    assert_eq!(index.like(POINTS[0], 1, None)[0].key, 5);
}

#[test]
fn equal_points_are_in_the_order_of_their_keys() {
    let mut index = Likeness::default();
    for key in [7, 3, u32::MAX, 5] {
        index.insert(key, "Share the data.");
    }
    let keys: Vec<u32> = index.like("share data", 9, None).iter().map(|alike| alike.key).collect();
    assert_eq!(keys, [3, 5, 7, u32::MAX]);
}

#[test]
fn where_all_points_share_their_words_the_same_is_still_found() {
    let form = |district: u32| {
        format!("The group of district {district} needs a clearer form for boat sightings.")
    };
    for count in [2, 20, 400, 1_000] {
        let mut index = Likeness::default();
        for key in 0..count {
            index.insert(key, &form(1_000 + key));
        }
        let text = "District 77 needs a clearer form for a boat sighting.";
        let found = index.like(text, 1, None)[0];
        assert!(found.score > 0.4, "{count}: {found:?}");
        let found = index.like(&form(1_001), 2, None);
        assert!(found[0].key == 1 && found[0].score > 0.999, "{count}: {found:?}");
        assert!(found[1].score > 0.5, "{count}: {found:?}");
        let lunch = index.like("Lunch is served on the second floor.", 1, None);
        assert!(lunch.iter().all(|alike| alike.score < 0.4), "{count}: {lunch:?}");
    }
}

#[test]
fn of_a_huge_text_the_beginning_is_compared() {
    let mut index = index();
    for piece in ["word and ", "น้ำท่วม", "a", "ﷺ "] {
        let huge = piece.repeat(4_000_000 / piece.len());
        let beginning: String = huge.chars().take(2_000).collect();
        index.insert(99, &huge);
        let found = index.like(&huge, 3, None);
        assert_eq!(found, index.like(&beginning, 3, None));
        assert!(found[0].key == 99 && found[0].score > 0.999, "{found:?}");
    }
}

/// What comes next. Most points share words, some are equal, some are empty.
#[derive(Clone, Debug)]
enum Step {
    Put(u32, String),
    Remove(u32),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let words = ["share", "sharing", "data", "floods", "flood", "ข้อมูลน้ำ", "ຂໍ້ມູນ", "lũ", "水", "the"];
    let text = prop::collection::vec(prop::sample::select(words.to_vec()), 0..7)
        .prop_map(|words| words.join(" "));
    let put = (0..12_u32, text).prop_map(|(key, text)| Step::Put(key, text));
    let remove = (0..12_u32).prop_map(Step::Remove);
    prop::collection::vec(prop_oneof![4 => put, 1 => remove], 1..40)
}

proptest! {
    /// The ranking depends on the points that are there, not on how they came.
    #[test]
    fn however_the_points_came_the_ranking_is_the_same(steps in steps(), asked in 0..12_u32) {
        let (mut index, mut there) = (Likeness::default(), BTreeMap::new());
        for step in steps {
            match step {
                Step::Put(key, text) => {
                    index.replace(key, &text);
                    there.insert(key, text);
                }
                Step::Remove(key) => {
                    index.remove(key);
                    there.remove(&key);
                }
            }
        }
        let (mut forth, mut back) = (Likeness::default(), Likeness::default());
        for (key, text) in &there {
            forth.insert(*key, text);
        }
        for (key, text) in there.iter().rev() {
            back.insert(*key, text);
        }
        let text = there.get(&asked).map_or("flood data ຂໍ້ມູນ", String::as_str);
        let found = index.like(text, 5, Some(asked));
        prop_assert_eq!(&found, &forth.like(text, 5, Some(asked)));
        prop_assert_eq!(&found, &back.like(text, 5, Some(asked)));
        prop_assert!(found.iter().all(|alike| (0.0..=1.0).contains(&alike.score)));
        prop_assert!(found.is_sorted_by(|one, other| one.score >= other.score));
    }
}
