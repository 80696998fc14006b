//! Copying what is chosen to the clipboard, from where it can go anywhere.

use super::keymap::{Action, key_of};
use super::quote::brief;
use super::seen::Of;
use super::{App, Effect};
use crate::workshop::Subject;

/// How else text leaves the screen.
const MOUSE: &str = "To select other text with the mouse, hold Shift (on a Mac, Option or Fn).";

impl App {
    /// Copies the chosen point, comment or paragraph. What could show who spoke stays in the room until somebody
    /// has decided on it.
    pub(super) fn copy(&mut self) {
        let subject = self.shown().subjects(&self.core).into_iter().find_map(|of| match of {
            Of::Point(id, _) => Some(Subject::Point(id)),
            Of::Comment(id, _) => Some(Subject::Comment(id)),
            _ => None,
        });
        let workshop = &self.core.workshop;
        let text = match subject {
            Some(Subject::Point(id)) => workshop.point(id).map(|point| point.text().to_owned()),
            Some(Subject::Comment(id)) => {
                workshop.comment(id).map(|comment| workshop.wording(comment).to_owned())
            }
            None => self.shown().paragraph_shown(&self.core),
        };
        let Some(text) = text else {
            return self.core.say(format!("Choose a point or a paragraph to copy first. {MOUSE}"));
        };
        let open = match subject {
            Some(subject) => self.core.attributions.undecided(workshop, subject),
            None => Some(Vec::new()),
        };
        let names = key_of(Action::GoNames).map(|key| key.to_string()).unwrap_or_default();
        match open.as_deref() {
            None => self.core.say("The points are still being read."),
            Some([]) => {
                self.core.say(format!("Copied: “{}”", brief(text.replace('\n', " "))));
                self.core.effects.push(Effect::Copy(text));
            }
            Some([first, ..]) => self.core.complain(format!(
                "Not copied: “{}” could show who spoke. Decide on it on Names ({names}), then copy.",
                first.found()
            )),
        }
    }
}
