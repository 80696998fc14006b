//! What happens when a proposal that was edited in the line is entered or given up.

use super::super::{Capture, Core, ScreenId, Target};
use crate::workshop::Proposal;

impl Capture {
    /// Takes the edited words as a proposal, and asks why.
    pub(super) fn end_proposing(core: &mut Core, text: &str) {
        let Some(proposing) = core.typing.proposing().cloned() else { return };
        let place = (proposing.paragraph, proposing.after);
        match Proposal::between(&proposing.old, text, "") {
            Some(proposal) => core.ask_why_proposed(proposing.point, place, proposal),
            None if proposing.after => core.say("A new paragraph needs words; Esc cancels."),
            None => core.say("Nothing was changed yet: edit the words, or press Esc to cancel."),
        }
    }

    /// Handles Esc: the paragraph stays as it was.
    pub(super) fn leave_proposing(core: &mut Core) {
        core.text_dropped();
        let was = core.typing.proposing().and_then(|proposing| proposing.point);
        core.finish_line();
        // A proposal that was begun from what was said returns there.
        core.here.target = was.map(|_| Target::Said);
        core.go(ScreenId::DraftText);
        core.say("Nothing was proposed.");
    }
}
