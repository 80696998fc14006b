//! Whether an export would be marked DRAFT, and why: the same on every screen.

use super::Core;
use super::say::counting;
use crate::workshop::Workshop;

impl Core {
    /// What is missing and what is still to come, as it is said in an export made now.
    pub fn incomplete(&self) -> Vec<String> {
        let mut sentences = self.workshop.missing();
        sentences.extend(self.workshop.to_come(self.workshop.judged_at()));
        sentences
    }

    /// Why an export made now would be marked DRAFT, or that it would be complete; and whether that is good.
    pub fn draft_line(&self) -> (String, bool) {
        let workshop = &self.workshop;
        let open = workshop.groups().filter(|group| group.is_open()).count();
        let (undecided, twice) = (workshop.account().open, set_at_once(workshop));
        let why = if open > 0 {
            format!("{} still at work", counting(open, "group", "is", "are"))
        } else if undecided > 0 {
            format!("{} open", counting(undecided, "point", "is", "are"))
        } else if twice > 0 {
            format!("{} set twice at once", counting(twice, "thing", "is", "are"))
        } else if !workshop.missing().is_empty() {
            "Something is missing".to_owned()
        } else if !workshop.to_come(workshop.judged_at()).is_empty() {
            "Something is still to come".to_owned()
        } else {
            let complete = "All groups are done, and no points are open: the feedback is complete.";
            return (complete.to_owned(), true);
        };
        (format!("{why}: exports are marked DRAFT."), false)
    }
}

/// How many things were set on several laptops at once and not chosen between.
fn set_at_once(workshop: &Workshop) -> usize {
    let topics = workshop.topics();
    let comments = topics.iter().flat_map(|topic| workshop.comments(&topic.id));
    let comments = comments.filter(|comment| !comment.what_is_disputed().is_empty()).count();
    let cells = workshop.groups().flat_map(|group| topics.iter().map(move |topic| (group, topic)));
    let seals =
        cells.filter(|(group, topic)| workshop.is_sealed_twice(&group.id, &topic.id)).count();
    let sessions = workshop.agenda().sessions().into_iter();
    let is_twice = |id| workshop.course(id).is_some_and(|course| course.consents().len() > 1);
    let consents = sessions.filter(|(.., session)| is_twice(&session.id)).count();
    let whole = [workshop.other_draft_texts().is_empty(), workshop.other_legends().is_empty()];
    let whole = whole.iter().filter(|is_settled| !**is_settled).count();
    let answers = workshop.answered_at_once().len();
    workshop.changed_at_once().len() + comments + seals + consents + whole + answers
}
