//! Names found in what would leave the room: shown at the line while one types, and in a list of all
//! that somebody has to decide on.

mod known;
mod phrase;

use std::cmp::Reverse;
use std::collections::HashSet;

use super::keymap::{Action, key_of};
use super::say::counted;
use super::{About, App, Chosen, Mouse, Overlay, Screen, wrap};
use crate::workshop::{
    Change, Clearance, Course, Grade, Hit, Holder, Mention, MentionKey, Names, Point, Refusal,
    Ruling, Statement,
};
use known::Known;
pub(super) use phrase::PhraseChoice;

/// How many points are looked at before the program looks for keys again.
const SLICE: u32 = 50;
/// The longest text that is looked at while it is typed, in bytes.
const LONGEST: usize = 4000;
/// Rows above the first name.
pub const HEAD: u16 = 4;

/// What was found so far.
#[derive(Debug, Default)]
pub struct Attributions {
    /// The names that are looked for; absent until the workshop was read.
    names: Option<Known>,
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
    open: Vec<Mention>,
    /// All that was decided on, in the same order.
    decided: Vec<Mention>,
    revision: u64,
    /// Which of them is chosen.
    chosen: Chosen<MentionKey>,
    choice: ChoiceOf,
    /// What the question that is open was asked about.
    asked: Option<Mention>,
}

/// How what is chosen came to be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ChoiceOf {
    /// It is the first, whatever comes in before it.
    #[default]
    Nobody,
    /// Somebody chose it.
    Somebody,
    /// One's own key is changing the list: what was chosen may go from it.
    Acting,
    /// What somebody chose went away by itself, and this took its place.
    Chance,
}

impl Attributions {
    /// Begins with the names of a meeting; nothing has been looked at yet.
    pub(super) fn of(names: Names) -> Self {
        Self { names: Some(Known::of(names)), ..Self::default() }
    }

    /// A name in the text being typed, and what could stand there instead.
    pub fn in_line(&self) -> Option<(&str, &str)> {
        self.in_line.as_ref().map(|(found, instead)| (found.as_str(), instead.as_str()))
    }

    /// All that is open, as the list shows it.
    pub fn open(&self) -> &[Mention] {
        &self.open
    }

    /// How many were decided on.
    pub fn decided(&self) -> usize {
        self.decided.len()
    }

    /// How many were decided by a phrase since that was decided on.
    pub fn since(&self) -> usize {
        self.decided.iter().filter(|one| one.is_since()).count()
    }

    /// Where in the list the chosen one is.
    pub fn chosen(&self) -> usize {
        self.chosen.at()
    }

    fn choose(&mut self, at: usize) {
        self.choice = ChoiceOf::Somebody;
        self.chosen.choose(self.open.iter().map(|mention| mention.key.clone()), at);
    }
}

/// What is said of a decision on a name that somebody holds.
const HELD: &str = "This name is held. Reword it, or press h to let go of it first.";

impl App {
    /// Whether points were not looked at for names yet.
    pub(super) fn names_are_behind(&self) -> bool {
        self.attributions.names.is_some()
            && ((self.attributions.next as usize) < self.core.workshop.captured()
                || self.attributions.reworded < self.core.workshop.reworded().len())
    }

    /// How many points were not looked at for names yet.
    pub fn unlooked(&self) -> usize {
        self.core.workshop.captured() - self.attributions.next as usize
    }

    /// How many of the open mentions were written before the groups met, and are accepted together.
    pub fn given_mentions(&self) -> usize {
        let given = |mention: &&Mention| self.core.workshop.is_given(&mention.key.of);
        self.attributions.open.iter().filter(given).count()
    }

    /// Looks at some of the points that came in or were reworded since.
    pub(super) fn look_for_names(&mut self) {
        let state = &mut self.attributions;
        let Some(names) = &state.names else { return };
        let until = (self.core.workshop.captured() as u32).min(state.next + SLICE);
        let fresh = state.next..until;
        let changed = &self.core.workshop.reworded()[state.reworded..];
        let changed = &changed[..changed.len().min(SLICE as usize)];
        for key in fresh.chain(changed.iter().copied()) {
            let point = self.core.workshop.point_at(key);
            // Whatever was decided: a decision can be taken back, and so can consent.
            let found = !self.core.workshop.mentions_in(names, point).is_empty();
            match state.points.binary_search(&key) {
                Ok(place) if !found => drop(state.points.remove(place)),
                Err(place) if found => state.points.insert(place, key),
                _ => {}
            }
        }
        state.next = until;
        state.reworded += changed.len();
        if !self.names_are_behind() {
            // Once all were looked at: a list made after each slice would look at what was found
            // again and again.
            self.attributions.revision = u64::MAX;
        }
    }

    /// Brings what is open up to date: only what was found is looked at again. The most urgent come
    /// first, then by name; what was written before the groups met comes last.
    pub(super) fn refresh_names(&mut self) {
        let revision = self.core.workshop.revision();
        let state = &mut self.attributions;
        let acted = state.choice == ChoiceOf::Acting;
        if acted {
            state.choice = ChoiceOf::Somebody;
        }
        let Some(names) = state.names.as_ref().filter(|_| state.revision != revision) else {
            return;
        };
        let workshop = &self.core.workshop;
        let points = state.points.iter().map(|key| workshop.point_at(*key));
        let mut open: Vec<Mention> =
            points.flat_map(|point| workshop.mentions_in(names, point)).collect();
        open.extend(workshop.mentions_of_statements(names));
        open.extend(workshop.mentions_of_meeting(names));
        // Stable: within a name they come in the order of the points.
        open.sort_by_cached_key(|mention| {
            let hit = &mention.hit;
            let given = workshop.is_given(&mention.key.of);
            (given, Reverse(hit.grade), !hit.present, hit.which.clone())
        });
        let decided = open.extract_if(.., |mention| !mention.is_open()).collect();
        if state.choice == ChoiceOf::Nobody {
            state.chosen.forget(0);
        }
        let gone = state.chosen.refresh(open.iter().map(|mention| mention.key.clone()));
        if gone && !acted && state.choice == ChoiceOf::Somebody {
            state.choice = ChoiceOf::Chance;
        }
        (state.open, state.decided, state.revision) = (open, decided, revision);
    }

    /// Names in a statement's words that somebody has to decide on, as the list of statements marks
    /// them.
    pub(super) fn named_in(&self, statement: &Statement) -> String {
        let short = self.core.workshop.wording(statement).len() <= LONGEST;
        // A longer one would be looked at each time the list is measured; the names screen has it.
        let Some(names) = self.attributions.names.as_ref().filter(|_| short) else {
            return String::new();
        };
        let found = self.core.workshop.mentions_shown(names, statement);
        let open = |mention: &&Mention| mention.is_open() && mention.hit.is_certain();
        let Some(first) = found.iter().find(open) else {
            return String::new();
        };
        let key = key_of(Action::GoNames).map(|key| format!(" ({key})")).unwrap_or_default();
        format!("reveals who spoke: “{}”{key}", first.found())
    }

    /// Looks at the text being typed, where it changed: the line, or an answer that leaves the room.
    pub(super) fn look_at_line(&mut self) {
        let (text, agreed, statement) = match &self.core.overlay {
            Some(Overlay::Ask(ask)) if ask.about.is_told() => {
                (ask.line.text(), false, ask.about.words_of())
            }
            _ => (self.capture.line.text(), self.is_line_attributable(), None),
        };
        let statement = statement.and_then(|id| self.core.workshop.statement(id));
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
        let workshop = &self.core.workshop;
        let may = |hit: &Hit| {
            let borne = statement.is_some_and(|found| workshop.is_agreed(names, found, hit));
            borne || (agreed && !hit.what.may_be_a_person())
        };
        let holds = |hit: &Hit| hit.is_certain() && !may(hit);
        let hit = names.check(text).into_iter().find(holds);
        state.in_line = hit.map(|hit| {
            let instead = hit.neutral.as_ref().map_or("", |neutral| &*neutral.text);
            let range = hit.neutral.as_ref().map_or(hit.range.clone(), |n| n.range.clone());
            (text[range].to_owned(), instead.to_owned())
        });
    }

    /// What in a point's texts somebody has to decide on, but for subjects; none before the names
    /// that are looked for are known.
    pub(super) fn open_in(&self, point: &Point) -> Option<Vec<Mention>> {
        let mut found = self.core.workshop.mentions_in(self.attributions.names.as_ref()?, point);
        found.retain(|one| one.is_open() && one.hit.grade > Grade::Subject);
        Some(found)
    }

    /// Whether there is any name in a text.
    pub(super) fn names_somebody(&self, text: &str) -> bool {
        self.attributions
            .names
            .as_ref()
            .is_some_and(|names| names.check(text).iter().any(|hit| hit.what.is_name()))
    }

    fn is_line_attributable(&self) -> bool {
        match self.capture.editing.and_then(|point| self.core.workshop.point(point)) {
            Some(point) => self.core.workshop.is_attributable(point),
            None => self.session_now().is_some_and(|id| self.core.workshop.may_attribute(&id)),
        }
    }

    pub(super) fn enter_names(&mut self) {
        self.attributions.choice = ChoiceOf::Nobody;
        self.attributions.revision = u64::MAX;
    }

    pub(super) fn act_names(&mut self, action: Action) {
        let moves = matches!(
            action,
            Action::Up
                | Action::Down
                | Action::PageUp
                | Action::PageDown
                | Action::Top
                | Action::Bottom
                | Action::AcceptGiven
                | Action::Decided
                | Action::Back
        );
        if self.attributions.choice == ChoiceOf::Chance && !moves {
            self.attributions.choice = ChoiceOf::Somebody;
            return self
                .complain("The name you chose is gone: its words were changed. Look again.");
        }
        self.attributions.choice = ChoiceOf::Acting;
        self.decide_names(action);
    }

    fn decide_names(&mut self, action: Action) {
        let at = self.attributions.chosen();
        let state = &mut self.attributions;
        match action {
            Action::Up => state.choose(at.saturating_sub(1)),
            Action::Down => state.choose(at + 1),
            Action::PageUp => state.choose(at.saturating_sub(5)),
            Action::PageDown => state.choose(at + 5),
            Action::Top => state.choose(0),
            Action::Bottom => state.choose(usize::MAX),
            Action::TakeNeutral => self.take_neutral(),
            Action::RewordName => self.ask_rewording(),
            Action::Waive => self.ask_reason(),
            Action::IsSubject => self.decide_chosen(
                Ruling::Subject,
                "“{}” is a subject there and reveals nobody. Ctrl-Z takes it back.",
            ),
            Action::AllSubjects => self.ask_for_all(),
            Action::ByPhrase => self.ask_for_phrase(),
            Action::HoldName => self.hold_or_release(),
            Action::ByConsent => self.decide_by_consent(),
            Action::AcceptGiven => self.accept_given(),
            Action::Decided => self.choose_decided(),
            Action::OpenNamed => self.open_named(),
            Action::Back => self.go(Screen::HandOver),
            _ => {}
        }
    }

    fn chosen_name(&self) -> Option<Mention> {
        self.attributions.open.get(self.attributions.chosen()).cloned()
    }

    fn take_neutral(&mut self) {
        let Some(found) = self.chosen_name() else { return };
        match found.reworded() {
            Some(text) => drop(self.reword_named(&found, &text)),
            None => self.ask_rewording(),
        }
    }

    fn ask_rewording(&mut self) {
        let Some(found) = self.chosen_name() else { return };
        let text = found.reworded().unwrap_or_else(|| found.text.to_string());
        self.ask_about(found, &text, About::NamedWording);
    }

    fn ask_reason(&mut self) {
        let Some(found) = self.chosen_name() else { return };
        if found.is_held() {
            return self.complain(HELD);
        }
        // What an earlier version of the program was given for the same name is offered again.
        let earlier = self.earlier_reason(&found).unwrap_or_default();
        self.ask_about(found, &earlier, About::WaiverReason);
    }

    /// The reason recorded by a program that did not bind its decisions to the words yet.
    fn earlier_reason(&self, found: &Mention) -> Option<String> {
        let waived = match found.key.of {
            Holder::Point(id) => self.core.workshop.point(id)?.waived(),
            Holder::Statement(id) => self.core.workshop.statement(id)?.waived(),
            _ => return None,
        };
        let named = waived.iter().find(|waiver| waiver.found == found.found())?;
        Some(named.reason.to_string())
    }

    /// Asks about one mention, and remembers which: the answer is for that one alone.
    fn ask_about(&mut self, found: Mention, answer: &str, about: About) {
        let words = wrap::shorten(&found.text, 48);
        let (question, hint) = match about {
            About::NamedWording => {
                (format!("New wording of “{words}”"), "It must not reveal who spoke.".to_owned())
            }
            _ => (
                format!("Why may “{}” stay in “{words}”?", found.found()),
                "The reason is printed at the end of every export.".to_owned(),
            ),
        };
        self.attributions.asked = Some(found);
        self.ask(&question, &hint, answer, about);
    }

    fn open_named(&mut self) {
        match self.chosen_name().map(|found| found.key.of) {
            Some(Holder::Point(point)) => self.show_point(point),
            Some(Holder::Statement(_)) => self.say("This is a statement: r rewords it."),
            Some(Holder::DraftText) => self.go(Screen::DraftText),
            Some(Holder::Group(_)) => self.say("This is a group's title: r gives it another."),
            Some(Holder::Legend) => self.say("This is a word of the legend: change it at F8, L."),
            Some(Holder::Agenda | Holder::Topic(_)) => {
                self.say("This is in the agenda: a accepts it, together with all the others.");
            }
            None => self.say("No name is left to decide on. F5 hands over."),
        }
    }

    /// Takes an answer for the mention that was asked about, if that is still there in those words.
    pub(super) fn answer_names(&mut self, about: About, answer: &str) {
        let Some(found) = self.attributions.asked.take() else { return };
        self.attributions.choice = ChoiceOf::Acting;
        let done = if !self.is_still_there(&found) {
            Err("These words were changed meanwhile. Nothing was done; Esc closes.".to_owned())
        } else if answer.is_empty() {
            Err("Nothing was changed: it needs words.".to_owned())
        } else if about == About::NamedWording {
            self.reword_named(&found, answer)
        } else {
            self.waive_named(&found, answer)
        };
        if let Err(why) = done {
            // What was typed is not lost: it can be corrected.
            self.ask_about(found, answer, about);
            self.complain(why);
        }
    }

    fn is_still_there(&self, found: &Mention) -> bool {
        let Some(names) = &self.attributions.names else { return false };
        let now = match found.key.of {
            Holder::Point(id) => self
                .core
                .workshop
                .point(id)
                .map(|point| self.core.workshop.mentions_in(names, point)),
            Holder::Statement(id) => self
                .core
                .workshop
                .statement(id)
                .map(|found| self.core.workshop.mentions_of(names, found)),
            _ => Some(self.core.workshop.mentions_of_meeting(names)),
        };
        now.is_some_and(|now| now.iter().any(|mention| mention.key == found.key))
    }

    fn waive_named(&mut self, found: &Mention, reason: &str) -> Result<(), String> {
        let names = self.attributions.names.as_ref();
        if let Some(name) = names.and_then(|names| names.first_in(reason)) {
            return Err(Refusal::TellsWho(name.into()).to_string());
        }
        let made = Clearance::public(reason);
        self.make(
            "letting a name stay",
            [self.core.workshop.decide(found.key.clone(), Some(made))],
        );
        self.say(format!(
            "“{}” may stay here; the reason will be printed. Ctrl-Z takes it back.",
            found.found()
        ));
        Ok(())
    }

    /// Lists what would be decided by name: all mentions of the chosen one that are no more urgent,
    /// and never a certain one.
    fn ask_for_all(&mut self) {
        let Some(found) = self.chosen_name() else { return };
        if found.hit.is_certain() {
            return self.complain("A certain one is decided by itself: n, r, s or w.");
        }
        if found.is_flagged() {
            return self.complain("A flagged point is decided by itself: r, s or w.");
        }
        let same = |mention: &&Mention| {
            !mention.is_held()
                && mention.hit.which == found.hit.which
                && mention.hit.grade <= found.hit.grade
                && !self.core.workshop.is_given(&mention.key.of)
        };
        let all: Vec<&Mention> = self.attributions.open.iter().filter(same).collect();
        let count = counted(all.len(), "mention");
        let mut which = found.hit.which.to_string();
        if !found.hit.what.is_name() {
            which = format!("“{which}”");
        }
        let are = if all.len() == 1 { "is a subject" } else { "are subjects" };
        let mut lines = vec![format!("{count} of {which} {are}:")];
        lines.extend(all.iter().map(|mention| format!("  {}", mention.text)));
        let keys = all.iter().map(|mention| mention.key.clone()).collect();
        self.report_names(lines, keys, Ruling::Subject);
    }

    /// Decides on mentions that were listed first; those that are open no more are left alone.
    pub(super) fn decide_listed(&mut self, keys: &[MentionKey], ruling: Ruling) {
        let Some(names) = &self.attributions.names else { return };
        let keys: HashSet<&MentionKey> = keys.iter().collect();
        let open = self.attributions.open.iter().filter(|one| keys.contains(&one.key));
        let decide = |mention: &Mention| {
            let consent = match ruling {
                Ruling::Consent => {
                    Some(self.core.workshop.consent_to(names, &mention.key, &mention.hit)?)
                }
                _ => None,
            };
            let made = Clearance { consent, ..Clearance::plain(ruling) };
            Some(self.core.workshop.decide(mention.key.clone(), Some(made)))
        };
        let changes: Vec<Change> = open.filter_map(decide).collect();
        let count = counted(changes.len(), "name");
        self.make("deciding on names", changes);
        self.attributions.choice = ChoiceOf::Acting;
        self.say(match ruling {
            Ruling::Consent => {
                format!("{count} may stay by the session's consent. Ctrl-Z takes it back.")
            }
            _ => format!("{count} decided to be a subject. Ctrl-Z takes it back."),
        });
    }

    /// Holds the chosen name, or lets go of it.
    fn hold_or_release(&mut self) {
        match self.chosen_name() {
            Some(found) if found.is_held() => {
                self.make(
                    "letting go of a name",
                    [self.core.workshop.decide(found.key.clone(), None)],
                );
                self.refresh_names();
                let by_phrase = self.attributions.decided.iter().any(|one| one.key == found.key);
                let now = if by_phrase { "is covered by a phrase" } else { "can be decided on" };
                self.say(format!("“{}” {now} again.", found.found()));
            }
            _ => self
                .decide_chosen(Ruling::Held, "“{}” is held: reword it, or h again lets go of it."),
        }
    }

    fn decide_chosen(&mut self, ruling: Ruling, words: &str) {
        let Some(found) = self.chosen_name() else { return };
        if found.is_held() {
            return self.complain(HELD);
        }
        let change = self.core.workshop.decide(found.key.clone(), Some(Clearance::plain(ruling)));
        self.make("deciding on a name", [change]);
        self.say(words.replacen("{}", found.found(), 1));
    }

    /// Lets stay what was said on the record in the session of the chosen mention: all of it that
    /// the session's consent covers.
    fn decide_by_consent(&mut self) {
        let Some(found) = self.chosen_name() else { return };
        let session = match found.key.of {
            Holder::Point(id) => {
                self.core.workshop.point(id).and_then(|point| point.session()).cloned()
            }
            _ => None,
        };
        let Some(names) = &self.attributions.names else { return };
        let same_session = |mention: &&Mention| match mention.key.of {
            Holder::Point(id) => {
                self.core.workshop.point(id).and_then(|point| point.session()) == session.as_ref()
            }
            _ => mention.key == found.key,
        };
        let covered = |mention: &&Mention| {
            !mention.is_held() && self.core.workshop.may_consent(names, &mention.key, &mention.hit)
        };
        let all = self.attributions.open.iter().filter(same_session).filter(covered);
        let all: Vec<&Mention> = all.collect();
        if !all.iter().any(|mention| mention.key == found.key) {
            return self.complain(
                "No consent covers this name. F2, c records one; it never covers persons.",
            );
        }
        let course = session.as_ref().and_then(|session| self.core.workshop.course(session));
        let words = course.and_then(Course::consent).unwrap_or("recorded with its sources");
        let mut lines = vec![format!("By this consent: {words}"), "these names may stay:".into()];
        lines.extend(all.iter().map(|one| format!("  {}: {}", one.found(), one.text)));
        let keys = all.iter().map(|mention| mention.key.clone()).collect();
        self.report_names(lines, keys, Ruling::Consent);
    }

    /// Accepts what was written before the groups met, as it is: the agenda's own words and the
    /// draft text's.
    fn accept_given(&mut self) {
        let given = |mention: &&Mention| self.core.workshop.is_given(&mention.key.of);
        let keys: Vec<MentionKey> =
            self.attributions.open.iter().filter(given).map(|found| found.key.clone()).collect();
        if keys.is_empty() {
            return self.say("No name in the agenda or the draft text is left to decide on.");
        }
        let count = counted(keys.len(), "name");
        self.decide_all("accepting the agenda and the draft text", keys, Clearance::given);
        self.say(format!("{count} accepted as part of the meeting's own texts. Ctrl-Z undoes it."));
    }

    fn decide_all(
        &mut self,
        what: &'static str,
        keys: Vec<MentionKey>,
        how: impl Fn(&Holder) -> Clearance,
    ) {
        let decide = |key: MentionKey| {
            let made = how(&key.of);
            self.core.workshop.decide(key, Some(made))
        };
        let changes: Vec<Change> = keys.into_iter().map(decide).collect();
        self.make(what, changes);
    }

    fn reword_named(&mut self, found: &Mention, text: &str) -> Result<(), String> {
        let change = self.core.workshop.reword_mention(found, text).map_err(|refusal| {
            let words = refusal.to_string();
            self.complain(&*words);
            words
        })?;
        self.make("rewording what names somebody", [change]);
        let left = self.attributions.names.as_ref().and_then(|names| {
            let hit = names.check(text).into_iter().find(Hit::is_certain)?;
            text.get(hit.range)
        });
        self.say(match left {
            Some(left) => format!("Reworded. It still names “{left}”. Ctrl-Z takes it back."),
            None if found.is_flagged() => {
                "Reworded. The point is still flagged: s or w decides on it.".to_owned()
            }
            None => "Reworded. Ctrl-Z takes it back.".to_owned(),
        });
        Ok(())
    }

    pub(super) fn point_names(&mut self, mouse: Mouse) {
        match mouse {
            Mouse::Wheel { notches } if notches < 0 => self.act_names(Action::Up),
            Mouse::Wheel { .. } => self.act_names(Action::Down),
            Mouse::Click { .. } => {}
        }
    }
}
