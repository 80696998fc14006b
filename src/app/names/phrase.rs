//! Deciding by phrase: all names between the same words, now and from now on.

use super::super::{Choice, Deciding, Then, report::ReportSubject};
use std::collections::HashSet;

use super::{ChoiceOf, Core, HELD, TakeBack, counted};
use crate::workshop::{Change, Clearance, Mention, MentionKey, Phrase, PhraseDecision, Ruling};

/// The phrases by which a decision can be made, and what each would decide now.
#[derive(Clone, Debug)]
pub(in crate::app) struct PhraseChoice {
    offered: Vec<String>,
    /// Which of them is chosen.
    at: usize,
    /// Mentions that at least one of them covers.
    fitting: Vec<Fitting>,
}

/// A mention, and which of the phrases cover it.
#[derive(Clone, Debug)]
struct Fitting {
    key: MentionKey,
    text: Box<str>,
    phrases: Vec<bool>,
}

impl PhraseChoice {
    /// Begins with the phrase that decides most; if there are several, with the shortest.
    fn of(offered: Vec<String>, fitting: Vec<Fitting>) -> Self {
        let decides = |at: usize| fitting.iter().filter(|one| one.phrases[at]).count();
        let at = (0..offered.len()).rev().max_by_key(|at| decides(*at)).unwrap_or(0);
        Self { offered, at, fitting }
    }

    /// Goes to the previous or the next phrase.
    pub(in crate::app) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.offered.len() - 1);
    }

    fn covered(&self) -> impl Iterator<Item = &Fitting> {
        self.fitting.iter().filter(|one| one.phrases.get(self.at) == Some(&true))
    }

    /// What would be decided by the chosen one.
    pub(in crate::app) fn lines(&self) -> Vec<String> {
        let count = self.covered().count();
        let mut lines = vec![
            format!("“{}” ({} of {})", self.offered[self.at], self.at + 1, self.offered.len()),
            format!(
                "{} {} decided now. What is typed later between these words is a subject too, \
                 unless it is certain:",
                counted(count, "mention"),
                if count == 1 { "is" } else { "are" },
            ),
        ];
        lines.extend(self.covered().map(|one| format!("  {}", one.text)));
        lines
    }
}

impl Deciding {
    /// Lists what a phrase from the words beside the chosen mention would decide.
    pub(super) fn ask_for_phrase(&mut self, core: &mut Core) {
        let Some(found) = self.chosen_name(core) else { return };
        let Some(names) = &core.attributions.names else { return };
        let why_not = if found.hit.is_certain() {
            "A “certain” name must be decided on its own: n, r, s or w."
        } else if found.is_held() {
            HELD
        } else if found.is_flagged() {
            "A flagged point must be decided on its own: r, s or w."
        } else if !found.may_be_by_phrase() {
            "A phrase covers points and comments only: decide on this name by itself."
        } else if !core.workshop.is_left_to_phrases(&found) {
            "Somebody decided on this name already: decide on it by itself."
        } else {
            ""
        };
        if !why_not.is_empty() {
            return core.complain(why_not);
        }
        let offered = core.workshop.neighbours(names, &found).offered();
        if offered.is_empty() {
            return core
                .complain("This name is not in a phrase: decide on this mention by itself.");
        }
        let open =
            core.attributions.open.iter().filter(|one| core.workshop.is_left_to_phrases(one));
        let fitting = |mention: &Mention| {
            let neighbours = core.workshop.neighbours(names, mention);
            let phrases: Vec<bool> = offered.iter().map(|phrase| neighbours.fit(phrase)).collect();
            let (key, text) = (mention.key.clone(), mention.text.clone());
            phrases.contains(&true).then_some(Fitting { key, text, phrases })
        };
        let fitting: Vec<Fitting> = open.filter_map(fitting).collect();
        let choice = PhraseChoice::of(offered, fitting);
        core.report(choice.lines(), ReportSubject::Phrase(choice));
    }

    /// Decides by the chosen phrase, now and from now on. What was listed is remembered, so that
    /// what comes later can be counted.
    pub(in crate::app) fn decide_phrase(&mut self, core: &mut Core, choice: &PhraseChoice) {
        let open: HashSet<&MentionKey> =
            core.attributions.open.iter().map(|one| &one.key).collect();
        let covered = choice.covered().map(|one| &one.key);
        let listed: Vec<&MentionKey> = covered.filter(|key| open.contains(key)).collect();
        if listed.is_empty() {
            return core
                .complain("These names were changed or decided meanwhile. Nothing was done.");
        }
        let (count, words) = (counted(listed.len(), "name"), &choice.offered[choice.at]);
        let made = PhraseDecision::subject(listed);
        let change = core.workshop.decide_phrase(Phrase::from(words.as_str()), Some(made));
        core.make("deciding by phrase", [change]);
        self.choice = ChoiceOf::Acting;
        core.say(format!("“{words}”: {count} decided, later ones too. Ctrl-Z undoes this."));
    }

    /// Lists the names and phrases that were decided on; choosing one takes back its decision.
    pub(super) fn choose_decided(core: &mut Core) {
        let by_phrase = |phrase: &Phrase| {
            let covered = || {
                let all = core.attributions.decided.iter();
                all.filter_map(|one| one.by_phrase.as_ref()).filter(|by| by.phrase == *phrase)
            };
            let since = match covered().filter(|by| by.since).count() {
                0 => String::new(),
                count => format!(", {count} since then"),
            };
            let count = counted(covered().count(), "mention");
            Choice {
                name: format!("“{phrase}”"),
                more: format!("a subject, by phrase: {count}{since}"),
                then: Then::Names(TakeBack::Phrase(Box::new(phrase.clone()))),
            }
        };
        let alone = |mention: &Mention| {
            let made = mention.clearance.as_ref();
            let how = made.map_or("", |made| made.ruling.words());
            let reason = made.map(|made| &*made.reason).filter(|reason| !reason.is_empty());
            let more = match (&mention.by_phrase, reason) {
                (Some(by), _) => format!("{how}, by “{}”", by.phrase),
                (None, Some(reason)) => format!("{how}: {reason}"),
                (None, None) => how.to_owned(),
            };
            let then = Then::Names(TakeBack::Name(Box::new(mention.key.clone())));
            Choice { name: format!("{} · {}", mention.found(), mention.text), more, then }
        };
        let phrases = core.workshop.phrases().into_iter().map(by_phrase);
        let choices: Vec<Choice> =
            phrases.chain(core.attributions.decided.iter().map(alone)).collect();
        if choices.is_empty() {
            return core.say("No name was decided on yet.");
        }
        let title = "Decided names: Enter reverses a decision";
        core.offer(title, choices, 0);
    }

    /// Takes back what was decided on a mention: it has to be decided on again. One that a phrase
    /// covers is held instead, because the phrase still covers the others.
    pub(in crate::app) fn undecide(core: &mut Core, key: MentionKey) {
        let found = core.attributions.decided.iter().find(|mention| mention.key == key);
        let Some(found) = found else {
            return core.complain("That decision is gone already. Nothing was changed.");
        };
        let (to, words) = match &found.by_phrase {
            None => (None, "Reversed: the name is in the list again. Ctrl-Z undoes it.".into()),
            Some(by) => (
                Some(Clearance::plain(Ruling::Held)),
                format!("Held: “{}” covers the others still. Ctrl-Z undoes it.", by.phrase),
            ),
        };
        let change = core.workshop.decide(key, to);
        core.make("reversing a decision on a name", [change]);
        core.say(words);
    }

    /// Takes back what was decided by phrase: all that it covered has to be decided on again.
    pub(in crate::app) fn undecide_phrase(core: &mut Core, phrase: Phrase) {
        if !core.workshop.phrases().contains(&&phrase) {
            return core.complain("That decision is gone already. Nothing was changed.");
        }
        let change: Change = core.workshop.decide_phrase(phrase, None);
        core.make("reversing a decision by phrase", [change]);
        core.say("Reversed: the names it covered are in the list again. Ctrl-Z undoes it.");
    }
}
