//! Groups made on the day, and marking a group's work as done.

use super::Core;
use crate::workshop::{GroupField, GroupId};

/// The longest title of a group, in bytes: its short name is made from it.
const LONGEST_TITLE: usize = 120;

impl Core {
    /// Marks a group's work as done, or removes the mark.
    pub(super) fn close_group(&mut self, id: &GroupId) {
        let group = self.workshop.group(id);
        let Some(group) = group.filter(|group| !group.is_plenary()) else {
            self.say("The plenary is never marked as done. Choose a group first.");
            return;
        };
        let (id, title, open) = (group.id.clone(), group.title().to_owned(), group.is_open());
        let change = self.workshop.set_group(id, GroupField::Open(!open));
        self.make("marking the group's work", [change]);
        self.say(if open {
            format!("{title} is marked as done.")
        } else {
            format!("{title} is at work again.")
        });
    }
}

pub(super) fn make_group(core: &mut Core, title: &str) {
    let words = title.to_lowercase();
    let words: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let plain = GroupId::from(words.join("-").as_str());
    // The short name goes into file names and never changes, so it must not name anybody.
    let is_unfit = plain.as_str().len() > LONGEST_TITLE || core.attributions.names_somebody(title);
    let id = if is_unfit { GroupId::unnamed(title) } else { plain };
    if title.chars().count() > LONGEST_TITLE {
        core.complain(format!(
            "That is too long for a group's name: {} letters of at most {LONGEST_TITLE}. Take a shorter one.",
            title.chars().count()
        ));
    } else if words.is_empty() {
        core.complain("A group needs a name; nothing was made.");
    } else if core.workshop.group(&id).is_some() {
        core.complain(format!("There is a group “{title}” already."));
    } else {
        let change = core.workshop.set_group(id.clone(), GroupField::Title(title.to_owned()));
        core.make("making a group", [change]);
        core.here.group = id;
        core.say(format!("{title} was made."));
    }
}
