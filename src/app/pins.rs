//! Pinning points and comments to the paragraphs of the draft text.

use super::{Choice, Core, Then, quoted, wrap};
use crate::workshop::{
    Comment, CommentField, DraftParagraph, Field, Pin, Point, Subject, Workshop,
};

/// How much of a paragraph a list of them shows, in columns.
const SHOWN: usize = 160;

impl Core {
    /// Offers the places that something can be pinned to.
    pub(super) fn offer_pins(&mut self, subject: Subject, then: impl Fn(Option<Pin>) -> Then) {
        let now = match subject {
            Subject::Point(point) => self.workshop.point(point).and_then(Point::paragraph),
            Subject::Comment(id) => self.workshop.comment(id).and_then(Comment::paragraph),
        };
        let (places, at) = places_to_choose(&self.workshop, now);
        let choices = places.into_iter().map(|(name, pin)| Choice::new(name, then(pin)));
        let title = format!("On which paragraph is {}?", named_subject(&self.workshop, subject));
        self.offer(title, choices.collect(), at);
    }

    pub(super) fn pin(&mut self, subject: Subject, pin: Option<Pin>) {
        let label = pin.as_ref().map(|pin| self.workshop.printed(pin).into_owned());
        let label = label.unwrap_or_else(|| "the whole text".to_owned());
        let change = match subject {
            Subject::Point(point) => {
                let to = Field::Paragraph(pin);
                let same = self.has_value(point, &to);
                (!same).then(|| self.workshop.set(point, to)).transpose()
            }
            Subject::Comment(id) => {
                let to = CommentField::Paragraph(pin);
                let found = self.workshop.comment(id);
                let same = found.is_some_and(|found| found.values(&to) == [to.clone()]);
                (!same).then(|| self.workshop.set_comment(id, to)).transpose()
            }
        };
        match change {
            Ok(None) => self.say(format!("It is on {label} already.")),
            Ok(Some(change)) => {
                self.make("choosing a paragraph", [change]);
                self.say(format!("Now on {label}."));
            }
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }
}

/// The places something can be pinned to, and where among them it is now: no paragraph, the
/// paragraphs, and what it is pinned to if that is not in the text.
pub(super) fn places_to_choose(
    workshop: &Workshop,
    now: Option<&Pin>,
) -> (Vec<(String, Option<Pin>)>, usize) {
    let known = paragraphs_to_choose(workshop, true);
    let astray = now.filter(|now| known.iter().all(|(_, pin)| pin != *now));
    let astray = astray.map(|pin| (workshop.printed(pin).into_owned(), Some(pin.clone())));
    let mut places = vec![("the whole text: no paragraph".to_owned(), None)];
    places.extend(known.into_iter().map(|(name, pin)| (name, Some(pin))));
    // Last, because whoever types a label means the paragraph that has it today.
    places.extend(astray);
    let at = places.iter().position(|(_, pin)| pin.as_ref() == now).unwrap_or(0);
    (places, at)
}

/// All paragraphs by label and beginning, each with its pin; if `after`, with the places after them too.
pub(super) fn paragraphs_to_choose(workshop: &Workshop, after: bool) -> Vec<(String, Pin)> {
    let Some(text) = workshop.draft_text() else { return Vec::new() };
    let name =
        |found: &DraftParagraph| format!("{}  {}", found.label, wrap::shorten(&found.text, SHOWN));
    let mut all: Vec<(String, Pin)> =
        text.paragraphs.iter().map(|found| (name(found), Pin::At(found.id))).collect();
    if after {
        all.extend(text.paragraphs.iter().map(|found| {
            (format!("after {}: a new paragraph", found.label), Pin::After(found.id))
        }));
    }
    all
}

/// A comment or a point, as a question names it.
pub(super) fn named_subject(workshop: &Workshop, subject: Subject) -> String {
    let words = match subject {
        Subject::Point(point) => return quoted(workshop, point),
        Subject::Comment(id) => workshop.comment(id),
    };
    let words = words.map_or("", |found| workshop.wording(found));
    format!("the comment “{}”", wrap::shorten(words, 24))
}
