//! What the group says about a point: confirmed, with a reservation, how far it agreed, a show of hands.

use super::super::{Reading, choose::with_present, history::Changes};
use super::{About, Back, Choice, Core, ReadingQuestion, Then, quoted, wrap};
use crate::workshop::{Convergence, Field, Hands, Point, PointId, ReadBackState, Verdict};

impl Reading {
    /// Confirms the point and goes on.
    pub(super) fn confirm(&mut self, core: &mut Core, point: PointId) {
        let Some(found) = core.workshop.point(point) else { return };
        let said = found.read_back_state();
        let words = wrap::shorten(found.text(), 30);
        let verdict = confirming(found);
        if matches!(said, ReadBackState::Confirmed | ReadBackState::Reservation)
            && !found.is_said_twice()
        {
            return self.go_on(core, "It is confirmed already.".to_owned());
        }
        if Self::set_verdict(core, point, "confirming a point", verdict, None) {
            self.go_on(core, format!("Confirmed: “{words}”. Ctrl-Z undoes this."));
        }
    }

    /// Records what the group says about a point's current words, and how far it agreed if that is new.
    pub(super) fn set_verdict(
        core: &mut Core,
        point: PointId,
        what: &'static str,
        verdict: Verdict,
        how: Option<Field>,
    ) -> bool {
        let Some(found) = core.workshop.point(point) else { return false };
        let said = Field::ReadBack(Some(Box::new(found.reading(verdict))));
        let fields = [Some(said), how];
        let changes = fields.into_iter().flatten().map(|field| core.workshop.set(point, field));
        let changes: Changes = changes.collect();
        core.make_or_complain(what, changes)
    }

    pub(super) fn reserve(&mut self, core: &mut Core, point: PointId, answer: &str) {
        let Some(found) = core.workshop.point(point) else { return };
        let before = found.reservation().is_some();
        let noted = Some(&Convergence::ReservationNoted);
        match (answer.is_empty(), before, found.convergence()) {
            (true, false, _) => core.say("A reservation needs its words; nothing was noted."),
            (true, true, how) => {
                let how = (how == noted).then_some(Field::Convergence(None));
                if Self::set_verdict(
                    core,
                    point,
                    "taking a reservation off",
                    Verdict::Confirmed,
                    how,
                ) {
                    core.say("Confirmed without a reservation.");
                }
            }
            (false, _, how) => {
                let how = how.is_none().then(|| Field::Convergence(noted.cloned()));
                let verdict = Verdict::Reservation { words: answer.into() };
                if Self::set_verdict(core, point, "noting a reservation", verdict, how) {
                    self.go_on(
                        core,
                        "Confirmed with a reservation. Ctrl-Z undoes this.".to_owned(),
                    );
                }
            }
        }
    }

    pub(super) fn choose_convergence(core: &mut Core, point: PointId) {
        let now = core.workshop.point(point).and_then(Point::convergence);
        let (known, at) = with_present(Convergence::KNOWN, now);
        let choice = |how: Option<&Convergence>| {
            let then = Then::ReadBack(Back::Converge(point, how.cloned()));
            Choice::new(how.map_or("not recorded", Convergence::title), then)
        };
        let choices = std::iter::once(None).chain(known.iter().map(Some)).map(choice).collect();
        let title = format!("How far did the group agree on {}?", quoted(&core.workshop, point));
        core.offer(title, choices, at.map_or(0, |at| at + 1));
    }

    pub(super) fn ask_hands(core: &mut Core, point: PointId, answer: &str) {
        let question = format!("A show of hands on {}", quoted(&core.workshop, point));
        core.ask(
            &question,
            "Three numbers: for, against and abstaining, such as 12 3 1. Leave empty for none.",
            answer,
            About::ReadBack(ReadingQuestion::Hands(point)),
        );
    }

    pub(super) fn count_hands(core: &mut Core, point: PointId, answer: &str) {
        let numbers = answer.split([' ', ',', ';', '/']).filter(|number| !number.is_empty());
        let numbers: Result<Vec<u16>, _> = numbers.map(str::parse).collect();
        let hands = match numbers.as_deref() {
            Ok([]) => None,
            Ok([yes, no, neither]) => Some(Hands { yes: *yes, no: *no, neither: *neither }),
            _ => {
                Self::ask_hands(core, point, answer);
                return core
                    .complain("Three numbers, please: for, against, abstaining. Like 12 3 1.");
            }
        };
        let same = core.workshop.point(point).is_none_or(|found| found.hands() == hands);
        let change = core.workshop.set(point, Field::Hands(hands)).map(|change| vec![change]);
        if !same {
            core.make_or_complain("noting a show of hands", change);
        }
    }
}

/// The verdict that confirms a point. An existing reservation is kept: it is a way to confirm.
pub(super) fn confirming(found: &Point) -> Verdict {
    match found.reservation() {
        Some(words) => Verdict::Reservation { words: words.into() },
        None => Verdict::Confirmed,
    }
}
