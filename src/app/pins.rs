//! Pinning points and comments to the paragraphs of the draft text.

use super::{Choice, Core, Then, quoted, wrap};
use crate::workshop::{CommentField, DraftParagraph, Field, Pin, Subject, Workshop};

/// How much of a paragraph a list of them shows, in columns.
const SHOWN: usize = 160;

impl Core {
    /// Offers the places that something can be pinned to.
    pub(super) fn offer_pins(&mut self, subject: Subject, then: impl Fn(Option<Pin>) -> Then) {
        let choice = |(name, pin): (String, Option<Pin>)| Choice::new(name, then(pin));
        let all = paragraphs_to_choose(&self.workshop, true)
            .into_iter()
            .map(|(name, pin)| (name, Some(pin)));
        let mut choices: Vec<Choice> = all.map(choice).collect();
        choices.push(choice(("the whole text: no paragraph".to_owned(), None)));
        let title = format!("Pin {} to", named_subject(&self.workshop, subject));
        self.offer(title, choices, 0);
    }

    pub(super) fn pin(&mut self, subject: Subject, pin: Option<Pin>) {
        let label = pin.as_ref().map(|pin| self.workshop.printed(pin).into_owned());
        let change = match subject {
            Subject::Point(point) => self.workshop.set(point, Field::Paragraph(pin)),
            Subject::Comment(id) => self.workshop.set_comment(id, CommentField::Paragraph(pin)),
        };
        match change {
            Ok(change) => {
                self.make("pinning to a paragraph", [change]);
                let label = label.unwrap_or_else(|| "the whole text".to_owned());
                self.say(format!("Pinned to {label}."));
            }
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }
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
