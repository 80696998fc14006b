//! Changing the words of a point as the group hears them.

use super::super::{Mode, Reading, Target, edit};
use super::{Action, Core, amend_area, verdict::confirming};
use crate::workshop::{Field, PointId, ReadBack, clean};

impl Reading {
    /// Puts the point's words into the line of the capture screen, where every key is kept.
    pub(super) fn amend(core: &mut Core, point: PointId) {
        if core.typing.editing().is_some() {
            return core.say("In capture (F3) a point is being reworded: finish that first.");
        }
        if core.typing.proposing().is_some() {
            return core.say("In capture (F3) a paragraph is being reworded: finish that first.");
        }
        core.here.target = Some(Target::Line);
        if core.begin_rewording(point)
            && let Mode::Reword { point, seen } = std::mem::take(&mut core.typing.mode)
        {
            core.typing.mode = Mode::Amend { point, seen };
        }
    }

    pub(super) fn act_amend(&mut self, core: &mut Core, action: Action) {
        match action {
            Action::Accept => self.keep_amended(core),
            Action::Back => {
                core.text_dropped();
                Self::end_amending(core);
                core.say("The point stays as it was.");
            }
            Action::NewLine => core.type_text("\n"),
            Action::SelectUp | Action::SelectDown => {
                let (_, typed) = amend_area(core);
                let by = if action == Action::SelectUp { -1 } else { 1 };
                let place = typed.place_above(&core.typing.line, by);
                core.typing.line.go(place);
            }
            action => {
                let edited = edit(&mut core.typing.line, action);
                core.keep_typing(edited);
            }
        }
    }

    fn end_amending(core: &mut Core) {
        core.finish_line();
        core.here.point.forget(0);
    }

    /// Keeps the words and also confirms them, because the group hears them: one action to undo.
    fn keep_amended(&mut self, core: &mut Core) {
        let Some(point) = core.typing.editing() else { return Self::end_amending(core) };
        let Some(found) = core.workshop.point(point) else { return Self::end_amending(core) };
        let text = clean(core.typing.line.text()).into_owned();
        if text == found.text() {
            core.text_entered(vec![point]);
            Self::end_amending(core);
            return self.act_on_read(core, Action::Confirm, point);
        }
        let saw = vec![core.workshop.next_stamp(core.writer)];
        let said = Field::ReadBack(Some(Box::new(ReadBack { verdict: confirming(found), saw })));
        let seen = core.typing.seen();
        let words = core.workshop.set_over(point, Field::Text(text.into()), seen);
        let both = words.and_then(|words| Ok(vec![words, core.workshop.set(point, said)?]));
        if core.make_or_complain("amending a point", both) {
            core.text_entered(vec![point]);
            Self::end_amending(core);
            self.refresh_reading(core);
            self.go_on(core, "Amended and confirmed. Ctrl-Z undoes this.".to_owned());
        }
    }
}
