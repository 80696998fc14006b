//! Topics by groups.

use insta::assert_snapshot;
use rapporteur::app::Message;
use rapporteur::workshop::{Gap, Gaps, GroupId, WriterId};

use crate::desk::Desk;

#[test]
fn gaps_are_seen_while_the_groups_are_in_the_room() {
    let mut desk = Desk::capture((80, 24));
    desk.keys("a<enter>b<enter><tab>c<enter><up><alt-p><enter><f4>");
    assert_snapshot!(desk.picture());
    desk.keys("<right><alt-c><up><enter>d<enter>");
    assert_eq!(desk.points("group-2", "cooperation"), ["d"]);
    desk.keys("<f4><alt-m>Night group<enter>");
    assert!(desk.text().contains("Night group"));
}

#[test]
fn the_short_name_of_a_group_names_nobody_and_is_not_too_long() {
    let mut desk = Desk::capture((80, 24));
    desk.tell(rapporteur::app::Message::Idle);
    desk.keys("<f4><alt-m>").keys(&"x".repeat(200)).keys("<enter>");
    assert!(desk.text().contains("too long for a group's name"), "{}", desk.text());
    desk.keys("<alt-m>Friends of Malaysia<enter>");
    let groups = desk.app.workshop.breakout_groups();
    let (id, _) = groups.iter().find(|(_, title)| title == "Friends of Malaysia").unwrap();
    assert!(id.as_str().starts_with("group-") && !id.as_str().contains("malaysia"), "{id}");
    desk.keys("<alt-m>Night group<enter>");
    assert!(desk.app.workshop.group(&"night-group".into()).is_some());
}

#[test]
fn what_is_missing_is_on_every_screen_until_it_comes() {
    let mut desk = Desk::capture((80, 24));
    let laptop = WriterId::new(7 << 55);
    let group = Some(GroupId::from("group-2"));
    let part = Gap::Part { laptop, group, missing: 3, of: 8 };
    let damage = vec!["changes/7.jsonl, line 4: this line is damaged.".to_owned()];
    desk.keys("a<enter>").tell(Message::Missing(damage, Gaps::of([part])));
    let told = "Group 2, laptop 7000: 3 of its 8 changes have not arrived.";
    for screen in ["<f4>", "<f5>", "<f6>"] {
        desk.keys(screen);
        assert!(desk.text().contains(told), "{screen}: {}", desk.text());
        assert!(desk.text().contains("1 damaged, see F1"), "{screen}");
    }
    desk.tell(Message::Missing(Vec::new(), Gaps::default()));
    for screen in ["<f4>", "<f5>", "<f6>"] {
        desk.keys(screen);
        assert!(!desk.text().contains("arrived") && !desk.text().contains("damaged"), "{screen}");
    }
}
