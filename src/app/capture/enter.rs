//! Entering what was typed or pasted as points.

use super::super::{Action, Capture, Core, Overlay, composer::round_of};
use crate::workshop::{CapturedPoint, Change, Place, clean, counted};

/// How many bytes of points go into one record at most: none may be longer than 16 MB.
const TOGETHER: usize = 4 << 20;
/// How many bytes a point may need besides its text.
const POINT: usize = 600;

impl Capture {
    pub(super) fn add(&mut self, core: &mut Core) {
        let text = clean(core.typing.line.text()).into_owned();
        if core.typing.proposing().is_some() {
            return Self::end_proposing(core, &text);
        }
        match (core.typing.editing(), text.is_empty()) {
            (Some(point), _) => Self::reword(core, point, text),
            (None, false) => {
                self.enter(core, &text);
            }
            (None, true) if core.here.chosen().is_some() => {
                self.change_point(core, Action::Edit);
            }
            (None, true) => core.say("Type a point first; Enter then adds it."),
        }
    }

    /// Enters the text being typed as a point.
    fn enter(&mut self, core: &mut Core, text: &str) {
        let place = core.place_now();
        let point = new_point(core, &place, text);
        let id = point.point;
        if self.enter_points(core, vec![point]) {
            core.text_entered(vec![id]);
            core.here.point.forget(0);
            core.finish_line();
        }
    }

    /// Enters lines as points, one each. What is being typed meanwhile stays as it is, with what belongs to it alone.
    fn enter_each(&mut self, core: &mut Core, lines: &[String]) -> bool {
        let typing = &mut core.typing;
        let own = (typing.own_kind.take(), typing.paragraph.take(), typing.own_session.take());
        let place = core.place_now();
        let points = lines.iter().map(|line| new_point(core, &place, line)).collect();
        let typing = &mut core.typing;
        (typing.own_kind, typing.paragraph, typing.own_session) = own;
        let is_done = self.enter_points(core, points);
        if is_done && core.typing.editing().is_none() {
            core.here.point.forget(0);
        }
        is_done
    }

    /// Makes these points part of the workshop, once that was read.
    fn enter_points(&mut self, core: &mut Core, points: Vec<CapturedPoint>) -> bool {
        if core.loading {
            self.waiting.extend(points);
            return true;
        }
        Self::take_down(core, points)
    }

    /// Makes points part of the workshop, or says why not and leaves the text where it is. More than one record can
    /// have are several actions.
    fn take_down(core: &mut Core, points: Vec<CapturedPoint>) -> bool {
        let size = |point: &CapturedPoint| point.text.len() + POINT;
        let changes: Vec<(usize, Change)> = points
            .into_iter()
            .map(|point| (size(&point), Change::PointCaptured(Box::new(point))))
            .collect();
        let refusal = changes.iter().find_map(|(_, change)| core.workshop.check(change).err());
        if let Some(refusal) = refusal {
            core.complain(refusal.to_string());
            return false;
        }
        let what = if changes.len() == 1 { "adding a point" } else { "adding points" };
        let (mut together, mut bytes) = (Vec::new(), 0);
        for (size, change) in changes {
            if bytes + size > TOGETHER && !together.is_empty() {
                core.make(what, std::mem::take(&mut together));
                bytes = 0;
            }
            bytes += size;
            together.push(change);
        }
        core.make(what, together);
        true
    }

    /// Enters what was entered before the workshop was read.
    pub(in super::super) fn enter_waiting(&mut self, core: &mut Core) {
        let mut waiting = std::mem::take(&mut self.waiting);
        // Before, it was not known which session runs.
        for point in waiting.iter_mut().filter(|point| point.session.is_none()) {
            point.session = core.session_of(&point.group, &point.topic);
            point.round = round_of(&core.workshop, point.session.as_ref());
        }
        if !waiting.is_empty() {
            Self::take_down(core, waiting);
        }
    }

    /// Takes in a paste of many lines: as one text, or as one point per line.
    pub(in super::super) fn act_paste(&mut self, core: &mut Core, text: String, action: Action) {
        match action {
            Action::OnePoint => core.type_text(&clean(&text)),
            Action::OneEach => {
                // Terminals end the lines of a paste with CR.
                let cleaned = clean(&text);
                let lines: Vec<String> = cleaned
                    .lines()
                    .map(|line| clean(line).into_owned())
                    .filter(|l| !l.is_empty())
                    .collect();
                if self.enter_each(core, &lines) {
                    core.say(format!("{} added, one a line.", counted(lines.len(), "point")));
                } else {
                    core.overlay = Some(Overlay::Paste(text));
                }
            }
            _ => core.overlay = Some(Overlay::Paste(text)),
        }
    }
}

/// A new point with this text, at this place.
fn new_point(core: &mut Core, place: &Place, text: &str) -> CapturedPoint {
    let (id, kind) = (core.ids.point(), core.typing.kind_now().clone());
    let mut point = CapturedPoint::new(id, place.clone(), kind, text);
    point.paragraph.clone_from(&core.typing.paragraph);
    point.parent = core.typing.under;
    point
}
