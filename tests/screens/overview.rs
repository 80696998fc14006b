//! Topics by groups.

use insta::assert_snapshot;

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
