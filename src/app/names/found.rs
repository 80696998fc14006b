//! Names found in what was looked at so far, and which of them need a decision.

use std::cmp::Reverse;

use super::super::key_of;
use super::{Action, known::KnownTexts};
use crate::workshop::{Comment, Grade, Hit, Mention, Names, Point, Subject, Workshop};

/// How many points are looked at before the program looks for keys again.
const SLICE: u32 = 50;
/// The longest text that is searched while it is typed, in bytes.
const LONGEST: usize = 4000;

/// What was found so far.
#[derive(Debug, Default)]
pub struct Attributions {
    /// The names to look for; `None` until the workshop was read.
    pub(super) names: Option<KnownTexts>,
    /// How often the names were replaced, and how often the lists were made.
    epoch: u64,
    version: u64,
    /// The first point that was not looked at yet.
    next: u32,
    /// How many rewordings were looked at.
    reworded: usize,
    /// Points in which something was found, by their index.
    points: Vec<u32>,
    /// The text that was looked at last, and what was found in it.
    line: String,
    /// Whether what is typed may name delegations, according to the consent recorded with the session.
    agreed: bool,
    in_line: Option<(String, String)>,
    /// Everything that is open, as of a revision of the workshop.
    pub open: Vec<Mention>,
    /// Everything that was decided on, in the same order.
    pub decided: Vec<Mention>,
    revision: u64,
}

impl Attributions {
    /// Starts over with the names of a meeting; nothing has been looked at yet.
    pub(in crate::app) fn begin(&mut self, names: Names) {
        let (names, epoch) = (Some(KnownTexts::of(names)), self.epoch + 1);
        *self = Self { names, epoch, ..Self::default() };
    }

    /// A name in the text being typed, and what could replace it.
    pub fn in_line(&self) -> Option<(&str, &str)> {
        self.in_line.as_ref().map(|(found, instead)| (found.as_str(), instead.as_str()))
    }

    /// How many mentions came after the decision by phrase that covers them.
    pub fn since(&self) -> usize {
        self.decided.iter().filter(|one| one.is_since()).count()
    }

    /// How often the names were replaced, and how often the lists were made.
    pub(super) fn version(&self) -> (u64, u64) {
        (self.epoch, self.version)
    }

    /// Whether there are points that were not yet searched for names.
    pub(in crate::app) fn has_unsearched(&self, workshop: &Workshop) -> bool {
        self.names.is_some()
            && ((self.next as usize) < workshop.captured()
                || self.reworded < workshop.reworded().len())
    }

    /// How many points were not yet searched for names.
    pub fn unlooked(&self, workshop: &Workshop) -> usize {
        workshop.captured() - self.next as usize
    }

    /// How many of the open mentions were written before the groups met and can be accepted together.
    pub fn given(&self, workshop: &Workshop) -> usize {
        let given = |mention: &&Mention| workshop.is_given(&mention.key.of);
        self.open.iter().filter(given).count()
    }

    /// Looks at some of the points that have come in or were reworded since.
    pub(in crate::app) fn look_on(&mut self, workshop: &Workshop) {
        let state = self;
        let Some(names) = &state.names else { return };
        let until = (workshop.captured() as u32).min(state.next + SLICE);
        let fresh = state.next..until;
        let changed = &workshop.reworded()[state.reworded..];
        let changed = &changed[..changed.len().min(SLICE as usize)];
        for key in fresh.chain(changed.iter().copied()) {
            let point = workshop.point_at(key);
            // This ignores what was decided, because a decision can be taken back, and so can consent.
            let found = !workshop.mentions_in(names, point).is_empty();
            match state.points.binary_search(&key) {
                Ok(place) if !found => drop(state.points.remove(place)),
                Err(place) if found => state.points.insert(place, key),
                _ => {}
            }
        }
        state.next = until;
        state.reworded += changed.len();
        if !state.has_unsearched(workshop) {
            // Only when all were looked at: a list made after each slice would look at what was found
            // again and again.
            state.revision = u64::MAX;
        }
    }

    /// Makes the next refresh rebuild the list from all that was looked at so far.
    pub(in crate::app) fn forget_list(&mut self) {
        self.revision = u64::MAX;
    }

    /// Brings what is open up to date; only texts with findings are searched again. The most urgent come
    /// first, then by name; what was written before the groups met comes last.
    pub(in crate::app) fn refresh(&mut self, workshop: &Workshop) {
        let revision = workshop.revision();
        let Some(names) = self.names.as_ref().filter(|_| self.revision != revision) else {
            return;
        };
        let points = self.points.iter().map(|key| workshop.point_at(*key));
        let mut open: Vec<Mention> =
            points.flat_map(|point| workshop.mentions_in(names, point)).collect();
        open.extend(workshop.mentions_of_comments(names));
        open.extend(workshop.mentions_of_meeting(names));
        // A stable sort: mentions of one name stay in the order of the points.
        open.sort_by_cached_key(|mention| {
            let hit = &mention.hit;
            let given = workshop.is_given(&mention.key.of);
            (given, Reverse(hit.grade), !hit.present, hit.which.clone())
        });
        self.decided = open.extract_if(.., |mention| !mention.is_open()).collect();
        (self.open, self.revision) = (open, revision);
        self.version += 1;
    }

    /// The mark in the list of comments for names in a comment's words that need a
    /// decision.
    pub(in crate::app) fn named_in(&self, workshop: &Workshop, comment: &Comment) -> String {
        let short = workshop.wording(comment).len() <= LONGEST;
        // A longer one would be searched each time the list is measured; the names screen has it.
        let Some(names) = self.names.as_ref().filter(|_| short) else {
            return String::new();
        };
        let found = workshop.mentions_shown(names, comment);
        let open = |mention: &&Mention| mention.is_open() && mention.hit.is_certain();
        let Some(first) = found.iter().find(open) else {
            return String::new();
        };
        let key = key_of(Action::GoNames).map(|key| format!(" ({key})")).unwrap_or_default();
        format!("reveals who spoke: “{}”{key}", first.found())
    }

    /// Looks at the text being typed, if it changed. It leaves the room, and may name
    /// delegations if that is `agreed`. It may be the words of a comment.
    pub(in crate::app) fn look_at(
        &mut self,
        workshop: &Workshop,
        text: &str,
        agreed: bool,
        comment: Option<&Comment>,
    ) {
        let state = self;
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
        let may = |hit: &Hit| {
            let borne = comment.is_some_and(|found| workshop.is_agreed(names, found, hit));
            borne || (agreed && !hit.what.may_be_a_person())
        };
        let holds = |hit: &Hit| hit.is_certain() && !may(hit);
        let hit = names.check(text).into_iter().find(holds);
        state.in_line = hit.map(|hit| match names.wording(text, &hit) {
            Some(neutral) => (text[neutral.range].to_owned(), neutral.text),
            None => (text[hit.range].to_owned(), String::new()),
        });
    }

    /// The mentions in a point's texts that need a decision, except subjects; `None` until the names
    /// to look for are known.
    pub(in crate::app) fn open_in(
        &self,
        workshop: &Workshop,
        point: &Point,
    ) -> Option<Vec<Mention>> {
        let mut found = workshop.mentions_in(self.names.as_ref()?, point);
        found.retain(|one| one.is_open() && one.hit.grade > Grade::Subject);
        Some(found)
    }

    /// The mentions in a point's or comment's texts on which nobody decided, of every grade; `None` until the names to
    /// look for are known.
    pub(in crate::app) fn undecided(
        &self,
        workshop: &Workshop,
        subject: Subject,
    ) -> Option<Vec<Mention>> {
        let names = self.names.as_ref()?;
        let mut found = match subject {
            Subject::Point(id) => workshop.mentions_in(names, workshop.point(id)?),
            Subject::Comment(id) => workshop.mentions_shown(names, workshop.comment(id)?),
        };
        found.retain(Mention::is_open);
        Some(found)
    }

    /// The words of a mention with a neutral wording in them, if there is one.
    pub fn reworded(&self, mention: &Mention) -> Option<String> {
        mention.reworded(self.names.as_ref()?)
    }

    /// Whether there is any name in a text.
    pub(in crate::app) fn names_somebody(&self, text: &str) -> bool {
        self.names
            .as_ref()
            .is_some_and(|names| names.check(text).iter().any(|hit| hit.what.is_name()))
    }
}
