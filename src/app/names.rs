//! Names that would tell who spoke: shown at the line while one types, and in a list of all.

use compact_str::CompactString;

use super::keymap::{Action, key_of};
use super::{About, App, Mouse, Overlay, Screen};
use crate::workshop::{
    Attribution, Change, Field, Hit, Names, Outcome, Part, PointId, ReadBack, Refusal, SetAside,
    Statement, StatementField, Status, Verdict, What, Wherein,
};

/// How many points are looked at before the program looks for keys again.
const SLICE: u32 = 50;
/// The longest text that is looked at while it is typed, in bytes.
const LONGEST: usize = 4000;

/// What was found so far.
#[derive(Debug, Default)]
pub struct Attributions {
    /// The names that are looked for; absent until the workshop was read.
    names: Option<Names>,
    /// The first point that was not looked at yet.
    next: u32,
    /// How many rewordings were looked at.
    reworded: usize,
    /// Points with something in them, by their index.
    points: Vec<u32>,
    /// The text that was looked at last, and what was found in it.
    line: String,
    /// Whether what is typed may name delegations, by the consent recorded with the session.
    agreed: bool,
    in_line: Option<(String, String)>,
    /// All that is open, as of a revision of the workshop.
    open: Vec<Attribution>,
    revision: u64,
    /// Which of them is chosen.
    chosen: usize,
}

/// Rows above the first name.
pub const HEAD: u16 = 4;

impl Attributions {
    /// Begins anew with the names of a meeting.
    pub(super) fn of(names: Names) -> Self {
        Self { names: Some(names), ..Self::default() }
    }

    /// A name in the text being typed, and what could stand there instead.
    pub fn in_line(&self) -> Option<(&str, &str)> {
        self.in_line.as_ref().map(|(found, instead)| (found.as_str(), instead.as_str()))
    }

    /// All that is open, as the list shows it.
    pub fn open(&self) -> &[Attribution] {
        &self.open
    }

    /// Which is chosen.
    pub fn chosen(&self) -> usize {
        self.chosen
    }
}

impl App {
    /// Whether points were not looked at for names yet.
    pub(super) fn names_are_behind(&self) -> bool {
        self.attributions.names.is_some()
            && ((self.attributions.next as usize) < self.workshop.captured()
                || self.attributions.reworded < self.workshop.reworded().len())
    }

    /// How many points were not looked at for names yet.
    pub fn unlooked(&self) -> usize {
        self.workshop.captured() - self.attributions.next as usize
    }

    /// Looks at some of the points that came in or were reworded since.
    pub(super) fn look_for_names(&mut self) {
        let state = &mut self.attributions;
        let Some(names) = &state.names else { return };
        let until = (self.workshop.captured() as u32).min(state.next + SLICE);
        let fresh = state.next..until;
        let behind = &self.workshop.reworded()[state.reworded..];
        let behind = &behind[..behind.len().min(SLICE as usize)];
        for key in fresh.chain(behind.iter().copied()) {
            let point = self.workshop.point_at(key);
            // Whatever was agreed to: consent can be withdrawn, and a point told another session.
            let held = !self.workshop.names_in(names, point).is_empty();
            match state.points.binary_search(&key) {
                Ok(place) if !held => drop(state.points.remove(place)),
                Err(place) if held => state.points.insert(place, key),
                _ => {}
            }
        }
        state.next = until;
        state.reworded += behind.len();
        if !self.names_are_behind() {
            // Once all were looked at: the list made anew after each slice would look at what was
            // found again and again.
            self.attributions.revision = u64::MAX;
        }
    }

    /// Brings what is open up to date: only what was found is looked at again.
    pub(super) fn refresh_names(&mut self) {
        let revision = self.workshop.revision();
        let state = &mut self.attributions;
        let Some(names) = state.names.as_ref().filter(|_| state.revision != revision) else {
            return;
        };
        let mut open = self.workshop.attributions_of_statements(names);
        let points = state.points.iter().map(|key| self.workshop.point_at(*key));
        open.extend(points.flat_map(|point| self.workshop.attributions_in(names, point)));
        state.chosen = state.chosen.min(open.len().saturating_sub(1));
        (state.open, state.revision) = (open, revision);
    }

    /// Names in a statement's words that tell who spoke, as the list of statements marks them.
    pub(super) fn named_in(&self, statement: &Statement) -> String {
        let short = self.workshop.wording(statement).len() <= LONGEST;
        // A longer one would be looked at anew each time the list is measured; F9 has it.
        let Some(names) = self.attributions.names.as_ref().filter(|_| short) else {
            return String::new();
        };
        let found = self.workshop.attributions_shown(names, statement);
        let Some(first) = found.first() else { return String::new() };
        let key = key_of(Action::GoNames).map(|key| format!(" ({key})")).unwrap_or_default();
        format!("tells who spoke: “{}”{key}", first.found())
    }

    /// Looks at the text being typed, where it changed: the line, or an answer that leaves the room.
    pub(super) fn look_at_line(&mut self) {
        let (text, agreed, statement) = match &self.overlay {
            Some(Overlay::Ask(ask)) if ask.about.is_told() => {
                (ask.line.text(), false, ask.about.words_of())
            }
            _ => (self.capture.line.text(), self.is_line_attributable(), None),
        };
        let statement = statement.and_then(|id| self.workshop.statement(id));
        let state = &mut self.attributions;
        let Some(names) = &state.names else { return };
        if state.line == text && state.agreed == agreed {
            return;
        }
        state.line.clear();
        (state.in_line, state.agreed) = (None, agreed);
        if text.len() > LONGEST {
            return;
        }
        state.line.push_str(text);
        let workshop = &self.workshop;
        let may = |hit: &Hit| {
            let borne = statement.is_some_and(|found| workshop.is_agreed(names, found, hit));
            borne || (agreed && hit.what != What::Person)
        };
        let holds = |hit: &Hit| hit.holds() && !may(hit);
        let hit = names.check(text).into_iter().find(holds);
        state.in_line = hit.map(|hit| {
            let instead = hit.neutral.as_ref().map_or("", |neutral| &*neutral.text);
            let range = hit.neutral.as_ref().map_or(hit.range.clone(), |n| n.range.clone());
            (text[range].to_owned(), instead.to_owned())
        });
    }

    fn is_line_attributable(&self) -> bool {
        match self.capture.editing.and_then(|point| self.workshop.point(point)) {
            Some(point) => self.workshop.is_attributable(point),
            None => self.session_now().is_some_and(|id| self.workshop.may_attribute(&id)),
        }
    }

    pub(super) fn act_names(&mut self, action: Action) {
        let last = self.attributions.open.len().saturating_sub(1);
        let at = &mut self.attributions.chosen;
        match action {
            Action::Up => *at = at.saturating_sub(1),
            Action::Down => *at = (*at + 1).min(last),
            Action::PageUp => *at = at.saturating_sub(5),
            Action::PageDown => *at = (*at + 5).min(last),
            Action::Top => *at = 0,
            Action::Bottom => *at = last,
            Action::TakeNeutral => self.take_neutral(),
            Action::RewordName => self.ask_rewording(),
            Action::Waive => self.ask_reason(""),
            Action::OpenNamed => self.open_named(),
            Action::Back => self.go(Screen::HandOver),
            _ => {}
        }
    }

    fn chosen_name(&self) -> Option<Attribution> {
        self.attributions.open.get(self.attributions.chosen).cloned()
    }

    fn take_neutral(&mut self) {
        let Some(found) = self.chosen_name() else { return };
        match found.reworded() {
            Some(text) => self.reword_named(&found, &text),
            None => self.ask_rewording(),
        }
    }

    fn ask_rewording(&mut self) {
        let Some(found) = self.chosen_name() else { return };
        let text = found.reworded().unwrap_or_else(|| found.text.to_string());
        let hint = "What is to stand there; nobody must be told by it.";
        self.ask("Reword", hint, &text, About::NamedWording);
    }

    fn ask_reason(&mut self, answer: &str) {
        let Some(found) = self.chosen_name() else { return };
        let (question, hint) = if found.on_record {
            ("Who agreed to be named?", "By role, and when. For all of its session at once: F2, c.")
        } else {
            ("Why may it stay?", "The reason is printed at the end of every export.")
        };
        self.ask(question, hint, answer, About::WaiverReason);
    }

    fn open_named(&mut self) {
        match self.chosen_name().map(|found| found.wherein) {
            Some(Wherein::Point(point)) => self.show_point(point),
            Some(Wherein::Statement(_)) => self.say("This is a statement's wording: r rewords it."),
            None => self.say("No name here tells who spoke."),
        }
    }

    pub(super) fn answer_names(&mut self, about: About, answer: &str) {
        let Some(found) = self.chosen_name() else { return };
        if answer.is_empty() {
            return self.complain("Nothing was changed: it needs words.");
        }
        match about {
            About::NamedWording => self.reword_named(&found, answer),
            _ => self.waive_named(&found, answer),
        }
    }

    fn waive_named(&mut self, found: &Attribution, reason: &str) {
        let Some(names) = &self.attributions.names else { return };
        match self.workshop.waive(names, found, reason) {
            Ok(change) => {
                self.make("letting a name stay", [change]);
                self.say("It may stay; the reason will be printed. Ctrl-Z takes it back.");
            }
            Err(refusal) => {
                // What was typed is not lost: it can be mended.
                self.ask_reason(reason);
                self.complain(refusal.to_string());
            }
        }
    }

    fn reword_named(&mut self, found: &Attribution, text: &str) {
        let change = match found.wherein {
            _ if found.part == Part::Response => self.workshop.reword_response(found, text),
            Wherein::Point(point) => self.reworded_point(point, found, text),
            Wherein::Statement(statement) => match self.workshop.statement(statement) {
                Some(known) => {
                    let to = reworded_statement(known, found, text);
                    self.workshop.set_statement(statement, to)
                }
                None => Err(Refusal::NoStatement(statement)),
            },
        };
        match change {
            Ok(change) => {
                self.make("rewording what names somebody", [change]);
                self.say("Reworded. Ctrl-Z takes it back.");
            }
            Err(refusal) => self.complain(refusal.to_string()),
        }
    }

    /// The change that puts other words where a name was found. A wording that stands beside others
    /// is replaced with all of them: choosing between words that name somebody is over with that.
    fn reworded_point(
        &self,
        point: PointId,
        found: &Attribution,
        text: &str,
    ) -> Result<Change, Refusal> {
        let known = self.workshop.point(point).ok_or(Refusal::NoPoint(point))?;
        let to = match (found.part, known.outcome()) {
            (Part::Reservation, _) => {
                let verdict = Verdict::Reservation { words: text.into() };
                let saw = known.read_back().map(|said| said.saw.clone()).unwrap_or_default();
                Field::ReadBack(Some(Box::new(ReadBack { verdict, saw })))
            }
            (Part::SetAside, Outcome::SetAside(aside)) => {
                let aside = SetAside { reason: aside.reason, words: text.into() };
                Field::Outcome(Outcome::SetAside(aside.into()))
            }
            (Part::Tag, _) => {
                // One tag stays one, whatever stands in it now.
                let tag: Vec<_> = text.split_whitespace().collect();
                let tag = CompactString::from(tag.join("-"));
                let tags = known.tags().iter();
                let tags = tags.map(|known| if **known == *found.text { &tag } else { known });
                Field::Tags(tags.cloned().collect())
            }
            (Part::Proposal | Part::Why, _) => return self.workshop.reword_proposal(found, text),
            (Part::Owner, _) => Field::Status(Status::Parked { owner: text.into() }),
            _ => Field::Text(text.into()),
        };
        self.workshop.set(point, to)
    }

    pub(super) fn point_names(&mut self, mouse: Mouse) {
        match mouse {
            Mouse::Wheel { notches } if notches < 0 => self.act_names(Action::Up),
            Mouse::Wheel { .. } => self.act_names(Action::Down),
            Mouse::Click { .. } => {}
        }
    }
}

fn reworded_statement(known: &Statement, found: &Attribution, text: &str) -> StatementField {
    let is_other = known.alternatives().iter().any(|wish| **wish == *found.text);
    if is_other {
        let wishes = known.alternatives().iter();
        let wishes =
            wishes.map(|wish| if **wish == *found.text { text.into() } else { wish.clone() });
        StatementField::Alternatives(wishes.collect())
    } else if known.owner() == &*found.text {
        StatementField::Owner(text.into())
    } else if known.by_when() == &*found.text {
        StatementField::ByWhen(text.into())
    } else {
        StatementField::Text(text.into())
    }
}
