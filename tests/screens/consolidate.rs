//! Making comments of points.

use insta::assert_snapshot;
use proptest::prelude::*;
use rapporteur::app::key::Mouse;
use rapporteur::app::{Message, Side, TwoSided};
use rapporteur::workshop::{
    Comment, Convergence, Fate, Field, Outcome, PointKind, Reason, TopicId,
};

use crate::conservation::assert_conserved;
use crate::desk::Desk;

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (200, 50);

/// A dozen points of two groups and the whole room, on two topics.
fn meeting(size: (u16, u16)) -> Desk {
    let mut desk = Desk::capture(size);
    desk.keys("One focal point a State, reachable day and night, with a deputy for leave and ");
    desk.keys("rotation so that the chain does not break<enter>");
    desk.keys("Joint exercises twice a year<enter>");
    desk.keys("Share sightings within the hour<enter>");
    desk.keys("Who pays for the interpreters?<enter>");
    desk.keys("<tab>Train the trainers<enter><shift-tab>");
    desk.keys("<alt-n>A focal point in every State, day and night<enter>");
    desk.keys("Exercises once a year are enough<enter>");
    desk.keys("The coffee was cold<enter>");
    desk.keys("Personal details must not travel with intelligence<enter>");
    desk.keys("<tab>Training for trainers in every State<enter><shift-tab>");
    desk.keys("<alt-n>Sightings to be shared within the hour<enter>");
    desk.keys("Meet again before the summit<enter><alt-n><f8>");
    desk
}

fn account(desk: &Desk) -> String {
    desk.app.core.workshop.account().to_string()
}

/// A topic's comments: the wording and the sources' words.
fn comments(desk: &Desk, topic: &str) -> Vec<(String, Vec<String>)> {
    let workshop = &desk.app.core.workshop;
    let told = |found: &&Comment| {
        let sources = workshop.sources(found.id()).iter();
        let sources = sources.map(|index| workshop.point_at(*index).text().to_owned());
        (workshop.wording(found).to_owned(), sources.collect())
    };
    workshop.comments(&TopicId::from(topic)).iter().map(told).collect()
}

fn wordings(desk: &Desk) -> Vec<String> {
    comments(desk, "cooperation").into_iter().map(|(wording, _)| wording).collect()
}

fn comment(desk: &Desk, number: usize) -> &Comment {
    desk.app.core.workshop.comments(&"cooperation".into())[number - 1]
}

#[test]
fn points_on_one_side_comments_on_the_other() {
    for size in [SMALL, LARGE] {
        let mut desk = meeting(size);
        assert_snapshot!(format!("open_{}", size.0), desk.picture());
        desk.keys("n");
        desk.keys("<down> <down><down> ");
        assert_snapshot!(format!("marked_{}", size.0), desk.picture());
        desk.keys("p<tab>");
        assert_snapshot!(format!("comments_{}", size.0), desk.picture());
    }
}

#[test]
fn a_dozen_points_end_and_the_account_closes() {
    let mut desk = meeting(SMALL);
    assert_eq!(account(&desk), "12 captured = 0 kept + 0 merged + 0 set aside; 12 open");
    // The first focal point, and what is like it.
    desk.keys("=");
    assert_snapshot!("suggestions", desk.picture());
    assert_eq!(wordings(&desk), Vec::<String>::new(), "nothing is put together by itself");
    desk.keys(" n");
    assert_eq!(account(&desk), "12 captured = 1 kept + 1 merged + 0 set aside; 10 open");
    // Exercises, with the other group's wish beside them.
    desk.keys("n/once a<enter>v<esc>");
    assert_eq!(comment(&desk, 2).alternatives(), ["Exercises once a year are enough".into()]);
    // Sightings: those of both groups.
    desk.keys("/sightings<enter>n1<ctrl-z>3<esc>");
    desk.keys("n");
    desk.keys("xmeeting<enter><enter>n");
    // The last one becomes an early action.
    desk.keys(
        "n<tab><end>kearly<enter>dhost<enter>before the summit<enter>cconsensus<enter>rOP3<enter>",
    );
    assert_eq!(account(&desk), "12 captured = 6 kept + 3 merged + 1 set aside; 2 open");
    assert_snapshot!("nearly_done", desk.picture());
    desk.keys("]<left>  n");
    assert_eq!(account(&desk), "12 captured = 7 kept + 4 merged + 1 set aside; 0 open");
    assert!(desk.app.core.workshop.account().is_closed());
    assert_snapshot!("closed", desk.picture());
    let action = desk.app.core.workshop.comments(&"cooperation".into());
    let action = action.last().unwrap();
    assert_eq!((action.owner(), action.by_when()), ("host", "before the summit"));
    assert_eq!(action.kind(), &PointKind::EarlyAction);
    assert_eq!(action.convergence(), Some(&Convergence::Consensus));
    assert_eq!(action.paragraph().unwrap().to_string(), "OP3");
    // And all of it can be taken back.
    for _ in 0..30 {
        desk.keys("<ctrl-z>");
    }
    assert_eq!(desk.app.core.workshop.account().carried, 0);
}

#[test]
fn a_point_like_one_that_a_comment_has_goes_there() {
    let mut desk = meeting(SMALL);
    desk.keys("<down><down>nn");
    assert_eq!(
        wordings(&desk),
        ["Share sightings within the hour", "Who pays for the interpreters?"]
    );
    desk.keys("<end><up>=");
    assert!(
        desk.text().contains("Comment 1 has a similar point: p puts it there."),
        "{}",
        desk.text()
    );
    desk.keys("p");
    let [(_, sources), _] = &comments(&desk, "cooperation")[..] else { panic!() };
    assert_eq!(sources.last().unwrap(), "Sightings to be shared within the hour");
}

#[test]
fn what_it_says_fits_on_eighty_columns() {
    let mut desk = meeting(SMALL);
    desk.keys("nn<tab>d");
    assert!(desk.text().contains("Leave empty for none."), "{}", desk.text());
    desk.keys("<esc>w own words<enter>m1<enter>");
    assert!(desk.text().contains("Ctrl-Z undoes."), "{}", desk.text());
}

#[test]
fn the_first_marked_gives_the_words() {
    let mut desk = meeting(SMALL);
    desk.keys("<down><down> <up><up><up> n");
    let [(wording, sources)] = &comments(&desk, "cooperation")[..] else { panic!() };
    assert_eq!(wording, "Share sightings within the hour");
    assert_eq!(sources.len(), 2);
    // What comes in later changes no words that a person has seen.
    let mut desk = meeting(SMALL);
    desk.keys("<down>n<up>1");
    let [(wording, sources)] = &comments(&desk, "cooperation")[..] else { panic!() };
    assert_eq!((wording.as_str(), sources.len()), ("Joint exercises twice a year", 2));
    assert!(sources[0].starts_with("One focal point"));
}

#[test]
fn comments_are_merged_with_all_their_sources_and_never_into_themselves() {
    let mut desk = meeting(SMALL);
    desk.keys("nn<tab><home>");
    let before = comments(&desk, "cooperation");
    desk.keys("m1<enter><esc>");
    assert_eq!(comments(&desk, "cooperation"), before);
    desk.keys("m");
    assert_snapshot!("merge", desk.picture());
    desk.keys("<enter>");
    let [(wording, sources)] = &comments(&desk, "cooperation")[..] else { panic!() };
    assert_eq!((wording.as_str(), sources.len()), ("Joint exercises twice a year", 2));
    assert_eq!(account(&desk), "12 captured = 1 kept + 1 merged + 0 set aside; 10 open");
    desk.keys("<ctrl-z>");
    assert_eq!(comments(&desk, "cooperation"), before);
    desk.keys("<ctrl-y>m");
    assert!(desk.text().contains("There is no other comment"), "{}", desk.text());
}

#[test]
fn a_source_is_taken_out_or_left_alone() {
    let mut desk = meeting(SMALL);
    desk.keys("   n<tab>");
    assert_eq!(comments(&desk, "cooperation")[0].1.len(), 3);
    desk.keys("sexercises<enter>");
    let told = comments(&desk, "cooperation");
    assert_eq!(told[1], ("Joint exercises twice a year".into(), vec![told[1].0.clone()]));
    desk.keys("<up>bsightings<enter>");
    assert_eq!(account(&desk), "12 captured = 2 kept + 0 merged + 0 set aside; 10 open");
    desk.keys("s");
    assert!(desk.text().contains("one source only"), "{}", desk.text());
    desk.keys("b");
    assert_eq!(wordings(&desk), ["Joint exercises twice a year"]);
    desk.keys("<del>");
    assert_eq!(account(&desk), "12 captured = 0 kept + 0 merged + 0 set aside; 12 open");
    desk.keys("<ctrl-z><ctrl-z><ctrl-z><ctrl-z>");
    assert_eq!(comments(&desk, "cooperation")[0].1.len(), 3);
}

#[test]
fn a_comment_is_reworded_ordered_and_moved() {
    let mut desk = meeting(SMALL);
    desk.keys("nn<right><home>w");
    assert_snapshot!("reword", desk.picture());
    desk.keys("<ctrl-u>One focal point<enter><alt-down>");
    assert_eq!(wordings(&desk), ["Joint exercises twice a year", "One focal point"]);
    desk.keys("<alt-down>");
    assert!(desk.text().contains("already at the top or bottom"), "{}", desk.text());
    desk.keys("<alt-up>w<ctrl-u><enter>");
    assert!(wordings(&desk)[0].starts_with("One focal point a State"), "it follows its source");
    assert_eq!(comment(&desk, 1).own_text(), "");
    desk.keys("vTwo focal points<enter>");
    assert_eq!(comment(&desk, 1).alternatives(), ["Two focal points".into()]);
    desk.keys("V<enter>");
    assert!(comment(&desk, 1).alternatives().is_empty());
    desk.keys("tCapacity<enter>");
    assert_eq!(wordings(&desk), ["Joint exercises twice a year"]);
    assert_eq!(comments(&desk, "capacity").len(), 1);
    desk.keys("<ctrl-z>");
    assert_eq!(wordings(&desk).len(), 2);
}

#[test]
fn points_are_set_aside_with_a_reason_and_come_back() {
    let mut desk = meeting(SMALL);
    desk.keys("/coffee<enter>x");
    assert_snapshot!("set_aside", desk.picture());
    desk.keys("other reason<enter><enter>");
    assert!(desk.text().contains("needs words"), "{}", desk.text());
    desk.keys("about the tea<enter><esc>o/coffee<enter>");
    assert!(desk.text().contains("aside: other reason: about the tea"), "{}", desk.text());
    let aside = |desk: &Desk| {
        let fates = desk.app.core.workshop.fates().filter_map(|(_, fate)| match fate {
            Fate::SetAside(aside) => Some((aside.reason, aside.words.to_string())),
            _ => None,
        });
        fates.collect::<Vec<_>>()
    };
    assert_eq!(aside(&desk), [(Reason::Other, "about the tea".into())]);
    desk.keys("b");
    assert!(aside(&desk).is_empty());
    desk.keys("<ctrl-z>");
    assert_eq!(aside(&desk).len(), 1);
    // Some at once go to another topic.
    desk.keys("<esc>  tCapacity<enter>");
    assert_eq!(desk.points("group-2", "capacity").len(), 3);
}

#[test]
fn a_legend_with_gaps_is_refused_and_can_be_mended() {
    let mut desk = meeting(LARGE);
    let before = desk.app.core.workshop.legend().clone();
    desk.keys("L<ctrl-u>most 60-100; few 0-50<enter>");
    assert_snapshot!("bad_legend", desk.text());
    assert_eq!(desk.app.core.workshop.legend(), &before);
    desk.keys("<backspace><backspace>59<enter>");
    assert_eq!(desk.app.core.workshop.legend().to_string(), "most 60-100; few 0-59");
    desk.keys("<ctrl-z>");
    assert_eq!(desk.app.core.workshop.legend(), &before);
}

#[test]
fn the_filter_looks_here_or_everywhere() {
    let mut desk = meeting(SMALL);
    desk.keys("/train");
    assert!(desk.text().contains("No point contains these words"), "{}", desk.text());
    desk.keys("<tab>");
    assert_snapshot!("filter", desk.picture());
    desk.keys("<enter>  n");
    assert!(desk.text().contains("A comment on another topic, of 2 points."), "{}", desk.text());
    assert_eq!(comments(&desk, "capacity")[0].1.len(), 2);
    assert!(!desk.text().contains("Train the trainers"));
}

#[test]
fn what_two_laptops_decided_at_once_waits_for_a_choice() {
    let mut desk = meeting(LARGE);
    let mut other = Desk::beside(&desk);
    other.keys("<f8>xmeeting<enter><enter>");
    desk.keys("n");
    desk.hear(&mut other);
    assert_snapshot!("decided_twice", desk.text());
    desk.keys("<home><alt-w>");
    assert!(desk.text().contains("Where does it end?"), "{}", desk.text());
    desk.keys("in<enter>");
    let workshop = &desk.app.core.workshop;
    let point = workshop.points().find(|point| point.text().starts_with("One focal")).unwrap();
    assert!(!point.is_disputed());
    assert!(matches!(
        point.field(&Field::Outcome(Outcome::Open)).0,
        Field::Outcome(Outcome::In(_))
    ));
}

#[test]
fn any_size_of_screen_will_do() {
    let mut desk = meeting(SMALL);
    desk.keys("nn");
    for size in [(1, 1), (2, 2), (5, 3), (20, 4), (30, 7), (40, 10), (60, 14), (100, 5), (300, 100)]
    {
        for keys in
            ["<right>", "<left><pgdn>o", "=", "<esc><f8>/train<tab>", "<esc><right>w", "<esc>m"]
        {
            desk.resize(size.0, size.1).keys(keys).picture();
        }
        desk.keys("<esc><f8>");
    }
    desk.resize(40, 12).keys("<right>");
    assert_snapshot!("one_side_at_a_time", desk.text());
}

#[test]
fn the_mouse_chooses_on_both_sides() {
    let mut desk = meeting(LARGE);
    desk.keys("nn");
    desk.tell(Message::Mouse(Mouse::Click { x: 120, y: 3 }));
    desk.keys("wFirst<enter>");
    assert!(wordings(&desk)[0].ends_with("First"), "{:?}", wordings(&desk));
    desk.tell(Message::Mouse(Mouse::Click { x: 20, y: 5 }));
    desk.keys("1");
    assert_eq!(
        comments(&desk, "cooperation")[0].1[1],
        "A focal point in every State, day and night"
    );
    desk.tell(Message::Mouse(Mouse::Click { x: 30, y: 1 }));
    assert!(desk.text().contains("2 open points"), "{}", desk.text());
}

#[test]
fn points_move_to_a_topic_with_all_that_is_under_them() {
    let mut desk = Desk::capture(SMALL);
    desk.keys(
        "One focal point<enter>With a deputy<alt-right><enter>Exercises<alt-left><enter><f8>",
    );
    assert_snapshot!("nested", desk.text());
    desk.keys("  tCapacity<enter>");
    assert_eq!(desk.points("group-1", "capacity"), ["One focal point", "  With a deputy"]);
    desk.keys("<ctrl-z>");
    assert!(desk.points("group-1", "capacity").is_empty());
    desk.keys("<home>tCapacity<enter>]");
    assert!(desk.text().contains("2 open points"), "{}", desk.text());
}

fn steps() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "n",
        "n",
        "n",
        " n",
        "p",
        "1",
        "2",
        " ",
        " ",
        "<up>",
        "<down>",
        "<home>",
        "<end>",
        "<tab>",
        "<left>",
        "<right>",
        "x<enter><enter>",
        "x<end>other<enter>tea<enter>",
        "b",
        "b<down><enter>",
        "=",
        "=  n",
        "o",
        "m<enter>",
        "m1<enter>",
        "m<down><enter>",
        "s<enter>",
        "s<down><enter>",
        "v",
        "va wish<enter>",
        "V<enter>",
        "w anew<enter>",
        "w<ctrl-u><enter>",
        "k<down><enter>",
        "t<down><enter>",
        "]",
        "[",
        "<del>",
        "<alt-up>",
        "<alt-down>",
        "dhost<enter>June<enter>",
        "c<down><enter>",
        "rOP3<enter>",
        "<ctrl-z>",
        "<ctrl-y>",
        "P<enter>",
        "<alt-w><enter>",
    ])
}

proptest! {
    #![proptest_config(crate::cases(48))]

    #[test]
    fn whatever_is_pressed_every_point_ends_somewhere_and_all_can_be_undone(
        steps in prop::collection::vec(steps(), 1..60),
    ) {
        let captured = meeting(SMALL).app.core.workshop;
        let mut desk = Desk::start(SMALL);
        desk.open_workshop(captured, Some("group-1"));
        desk.keys("<f8>");
        for step in &steps {
            desk.keys(step);
            while desk.app.core.overlay.is_some() {
                desk.keys("<esc>");
            }
            assert_conserved(&desk.app.core.workshop);
            prop_assert_eq!(desk.app.consolidate.account, desk.app.core.workshop.account());
            desk.picture();
        }
        let said = |desk: &Desk| desk.app.core.notice.clone().map(|notice| (notice.text, notice.bad));
        desk.keys("<ctrl-z>");
        while let Some((text, bad)) = said(&desk).filter(|(text, _)| !text.contains("Nothing")) {
            prop_assert!(!bad, "{text}");
            desk.keys("<ctrl-z>");
        }
        let open = "12 captured = 0 kept + 0 merged + 0 set aside; 12 open";
        prop_assert_eq!(account(&desk), open);
    }
}

#[test]
fn the_mark_that_came_with_suggestions_goes_with_them() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("One focal point a State, reachable day and night<enter>Boats leave at night<enter>");
    desk.keys("A focal point in every State, reachable day and night<enter><f8>");
    desk.keys("=");
    assert_eq!(desk.app.consolidate.marked.len(), 1);
    desk.keys("<esc>");
    assert!(desk.app.consolidate.marked.is_empty());
    desk.keys("<space>=<down><space><esc>");
    assert!(desk.app.consolidate.marked.len() > 1, "what a person marked stays");
}

#[test]
fn what_two_laptops_set_of_a_comment_at_once_is_chosen_field_by_field() {
    let mut desk = meeting(SMALL);
    desk.keys("n<tab>");
    let mut other = Desk::beside(&desk);
    other.keys(
        "<f8><tab>kconc<enter>vOnly by day<enter>rOP3<enter>w<ctrl-u>One office a State<enter>",
    );
    desk.keys("kchall<enter>vOnly at night<enter>rOP4<enter>w<ctrl-u>One officer a State<enter>");
    desk.saves();
    desk.hear(&mut other);
    assert_snapshot!("set_twice", desk.text());
    desk.keys("<alt-w>");
    assert_snapshot!("set_twice_choices", desk.text());
    desk.keys("kind: conc<enter>");
    assert!(desk.text().contains("Settled, kind: concern. Still open: wording, paragraph"));
    desk.keys("officer<enter>OP3<enter>");
    assert!(desk.text().contains("Which alternatives? · “One officer a State”"), "{}", desk.text());
    desk.keys("All<enter>");
    assert!(desk.text().contains("Settled, alternatives"), "{}", desk.text());
    let wishes: Vec<&str> = comment(&desk, 1).alternatives().iter().map(|wish| &**wish).collect();
    assert_eq!(wishes.len(), 2, "{wishes:?}");
    assert_eq!(comment(&desk, 1).disputes(), []);
    assert_eq!(comment(&desk, 1).kind(), &PointKind::Concern);
    desk.keys("<alt-w>");
    assert!(desk.text().contains("Nothing to choose: this comment was not"), "{}", desk.text());
    // Taking a choice back brings all that stood there.
    desk.keys("<ctrl-z>");
    assert_eq!(comment(&desk, 1).what_is_disputed(), ["alternatives"]);
    desk.keys("<ctrl-z><ctrl-z><ctrl-z>");
    assert_eq!(comment(&desk, 1).disputes().len(), 4);
    desk.keys("<ctrl-y>");
    assert_eq!(comment(&desk, 1).disputes().len(), 3);
}

#[test]
fn a_legend_set_twice_says_so_until_it_is_set_again() {
    let mut desk = meeting(SMALL);
    desk.keys("n");
    let mut other = Desk::beside(&desk);
    other.keys("<f8>L<ctrl-u>all 50-100; few 0-49<enter>");
    desk.keys("L<ctrl-u>many 20-100; few 0-19<enter>");
    desk.saves();
    desk.hear(&mut other);
    assert!(desk.text().contains("quantifiers set 2 times at once: choose (L)"), "{}", desk.text());
    desk.keys("L");
    assert!(desk.text().contains("The other one: "), "{}", desk.text());
    desk.keys("<enter>");
    assert!(!desk.text().contains("at once"), "{}", desk.text());
    desk.keys("<ctrl-z>");
    assert!(desk.text().contains("quantifiers set 2 times at once"), "{}", desk.text());
}

#[test]
fn a_name_in_a_comment_is_marked_where_it_is_and_where_it_is_typed() {
    let mut desk = meeting(SMALL);
    desk.keys("n<tab>w<ctrl-u>Malaysia proposed one focal point");
    assert!(desk.text().contains("reveals who spoke: “Malaysia” → "), "{}", desk.text());
    desk.keys("<enter>");
    assert_snapshot!("named", desk.picture());
    desk.keys("w<ctrl-u>One focal point<enter>");
    assert!(!desk.text().contains("reveals who spoke"), "{}", desk.text());
}

#[test]
fn what_does_not_fit_says_that_it_goes_on() {
    let mut desk = meeting((20, 5));
    desk.keys("n");
    let small = desk.text();
    desk.resize(34, 24);
    assert_snapshot!("cut", format!("{small}-----\n{}", desk.text()));
    desk.keys("]");
    assert!(desk.text().lines().nth(1).unwrap().starts_with('…'), "{}", desk.text());
}

#[test]
fn the_next_open_point_is_chosen_after_points_went_somewhere() {
    let mut desk = meeting(SMALL);
    let chosen = |desk: &Desk| {
        let state = &desk.app.consolidate;
        let line = state.points[state.chosen_in(Side::Points).unwrap()];
        desk.app.core.workshop.point_at(line.index).text().to_owned()
    };
    desk.keys("<down><space><down><down><down><space>n");
    assert_eq!(chosen(&desk), "Share sightings within the hour", "what was passed over");
    desk.keys("<home>=<space>n");
    assert_eq!(chosen(&desk), "Share sightings within the hour", "where the suggestions began");
    desk.keys("<end>xmee<enter><enter>");
    assert_eq!(chosen(&desk), "Sightings to be shared within the hour", "the last one now");
    // Where all are shown, what has ended is passed over.
    desk.keys("o<home><down><down>n");
    assert_eq!(chosen(&desk), "Who pays for the interpreters?");
}
