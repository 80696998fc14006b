//! Two hundred points consolidated by keys alone, each of them counted: what half an hour before the
//! closing session has to be enough for. `docs/measurements.md` has the numbers.

use rapporteur::app::{Side, TwoSided};
use rapporteur::workshop::*;

use crate::conservation::assert_conserved;
use crate::desk::Desk;

const GROUPS: usize = 4;
const TOPICS: usize = 4;
const POINTS: usize = 200;
/// What is said on a topic, theme by theme: some by nearly every group, some by one alone.
const SAID: [usize; 24] =
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 0, 1, 4, 0, 5, 2, 6, 1];

/// What becomes of a point, in the mind of who consolidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    /// It says this.
    Theme(usize),
    /// It wants something else than the theme's comment.
    Against(usize),
    /// It goes no further.
    Aside(&'static str),
}

fn meant(nth: usize) -> Meant {
    match nth {
        48 => Meant::Aside("mee"),
        49 => Meant::Aside("not"),
        22 | 35 => Meant::Against(nth % 3),
        _ => Meant::Theme(SAID[nth * 7 % SAID.len()]),
    }
}

fn words(meant: Meant, topic: usize, group: usize) -> String {
    match meant {
        Meant::Theme(theme) => format!("Theme {theme} of topic {topic}, as group {group} puts it"),
        Meant::Against(theme) => format!("Not theme {theme} of topic {topic}, says group {group}"),
        Meant::Aside(_) => format!("The coffee on topic {topic} was cold, says group {group}"),
    }
}

fn meant_by(text: &str) -> Meant {
    let number = |text: &str| text.split(' ').next().unwrap().parse().unwrap();
    if let Some(theme) = text.strip_prefix("Theme ") {
        return Meant::Theme(number(theme));
    }
    match text.strip_prefix("Not theme ") {
        Some(theme) => Meant::Against(number(theme)),
        None => Meant::Aside("mee"),
    }
}

/// Two hundred points of four groups on four topics, as they were taken down.
fn meeting() -> Workshop {
    let topic = |n: usize| Topic {
        id: TopicId(format!("topic-{n}").into()),
        title: format!("Topic {n}"),
        ..Topic::default()
    };
    let group = |n: usize| Group {
        id: GroupId::from(format!("group-{n}").as_str()),
        title: format!("Group {n}"),
        ..Group::default()
    };
    let agenda = Agenda {
        topics: (1..=TOPICS).map(topic).collect(),
        groups: (1..=GROUPS).map(group).collect(),
        ..crate::desk::agenda()
    };
    let mut workshop = Workshop::new(&agenda);
    let mut ids = Ids::seeded(9);
    for number in 0..POINTS {
        let (nth, topic) = (number / TOPICS, number % TOPICS);
        let group = nth % GROUPS;
        let place = Place::new(agenda.groups[group].id.clone(), agenda.topics[topic].id.clone());
        let text = words(meant(nth), topic + 1, group + 1);
        let captured = CapturedPoint::new(ids.point(), place, PointKind::Recommendation, text);
        let change = Change::PointCaptured(captured.into());
        let record = workshop.record(WriterId::new(3), Moment(0), [change]);
        workshop.apply(record);
    }
    workshop
}

/// A person at the screen, who presses keys and knows how many.
struct Hands {
    desk: Desk,
    pressed: usize,
}

impl Hands {
    fn press(&mut self, keys: &str) {
        let named = keys.matches('<').count();
        self.pressed += if named > 0 { named } else { keys.chars().count() };
        self.desk.keys(keys);
    }

    /// The comment whose first source says so, by its number.
    fn comment_of(&self, theme: usize) -> Option<usize> {
        let workshop = &self.desk.app.core.workshop;
        let says = |id: &CommentId| {
            let wording = workshop.comment(*id).map(|found| workshop.wording(found));
            wording.is_some_and(|wording| meant_by(wording) == Meant::Theme(theme))
        };
        self.desk.app.consolidate.comments.iter().position(says).map(|at| at + 1)
    }

    /// Goes by the keys that the screen offers to the comment of a number, or through its list.
    fn put(&mut self, number: usize) {
        let chosen = self.desk.app.consolidate.chosen_in(Side::Comments).map(|at| at + 1);
        match number {
            _ if chosen == Some(number) => self.press("p"),
            1..=9 => self.press(&number.to_string()),
            _ => {
                self.press("P");
                self.press(&number.to_string());
                self.press("<enter>");
            }
        }
    }

    /// Decides on the point that is chosen.
    fn decide(&mut self) {
        let state = &self.desk.app.consolidate;
        let at = state.chosen_in(Side::Points).expect("a point is chosen");
        let text = self.desk.app.core.workshop.point_at(state.points[at].index).text().to_owned();
        match meant_by(&text) {
            Meant::Theme(theme) => match self.comment_of(theme) {
                Some(number) => self.put(number),
                None => self.press("n"),
            },
            Meant::Against(theme) => {
                let number = self.comment_of(theme).expect("it was said before");
                self.press("<tab>");
                while let Some(at) = self.desk.app.consolidate.chosen_in(Side::Comments)
                    && at + 1 != number
                {
                    self.press(if at + 1 < number { "<down>" } else { "<up>" });
                }
                self.press("<tab>");
                self.press("v");
            }
            Meant::Aside(reason) => {
                self.press("x");
                self.press(reason);
                self.press("<enter>");
                self.press("<enter>");
            }
        }
    }
}

#[test]
fn two_hundred_points_are_consolidated_by_keys_alone() {
    let mut desk = Desk::start((80, 24));
    desk.open_workshop(meeting(), None);
    let mut hands = Hands { desk, pressed: 0 };
    hands.press("<f8>");
    let mut decided = 0;
    for topic in 0..TOPICS {
        while hands.desk.app.consolidate.count_in(Side::Points) > 0 {
            assert!(decided < POINTS, "each point is decided on once");
            hands.decide();
            decided += 1;
            assert_conserved(&hands.desk.app.core.workshop);
        }
        if topic + 1 < TOPICS {
            hands.press("]");
        }
    }
    let account = hands.desk.app.core.workshop.account();
    assert!(account.is_closed(), "{account}");
    assert_eq!((decided, account.captured), (POINTS, POINTS));
    assert_eq!(hands.pressed, 320, "docs/measurements.md says how many");
    // All of it can be taken back, step by step.
    let mut steps = 0;
    while !hands.desk.text().contains("Nothing to undo.") {
        hands.desk.keys("<ctrl-z>");
        assert_conserved(&hands.desk.app.core.workshop);
        steps += 1;
        assert!(steps < 400);
    }
    let account = hands.desk.app.core.workshop.account();
    assert_eq!((account.open, account.captured), (POINTS, POINTS), "{account}");
    let topics = hands.desk.app.core.workshop.topics();
    assert!(topics.iter().all(|topic| hands.desk.app.core.workshop.comments(&topic.id).is_empty()));
}
