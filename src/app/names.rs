//! Names found in what would leave the room: shown at the line while typing, and in a list of all
//! those that need a decision.

mod found;
mod known;
mod phrase;

use super::{
    About, Action, Asks, Chosen, Core, ReturnValue, Screen, ScreenId, counted,
    report::ReportSubject, wrap,
};
use crate::workshop::{
    Change, Clearance, Course, Hit, Holder, Mention, MentionKey, Phrase, Refusal, Ruling,
};
use std::collections::HashSet;

pub use found::Attributions;
pub(super) use phrase::PhraseChoice;

/// Rows above the first name.
pub const HEAD: u16 = 4;

/// The state of the screen on which names are decided on.
#[derive(Debug, Default)]
pub struct Deciding {
    /// Which of the open ones is chosen.
    chosen: Chosen<MentionKey>,
    choice: ChoiceOf,
    /// What the open question is about.
    asked: Option<Mention>,
    /// The version of the list that it was chosen from.
    known: Option<(u64, u64)>,
}

/// A decision that was chosen to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeBack {
    /// The decision on a name.
    Name(Box<MentionKey>),
    /// The decision by a phrase.
    Phrase(Box<Phrase>),
}

impl ReturnValue for TakeBack {}

/// What is asked about a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameQuestion {
    /// The words to replace those that would reveal who spoke.
    Wording,
    /// The reason why the name may stay.
    Reason,
}

impl ReturnValue for NameQuestion {
    fn leaves_the_room(&self) -> bool {
        *self == Self::Wording
    }
}

impl Asks for Deciding {
    type Choice = TakeBack;
    type Question = NameQuestion;

    fn picked(&mut self, core: &mut Core, choice: TakeBack) {
        match choice {
            TakeBack::Name(mention) => Self::undecide(core, *mention),
            TakeBack::Phrase(phrase) => Self::undecide_phrase(core, *phrase),
        }
    }

    /// Takes an answer for the mention that was asked about, if it is still there in the same words.
    fn answered(&mut self, core: &mut Core, about: NameQuestion, answer: &str) {
        let Some(found) = self.asked.take() else { return };
        self.choice = ChoiceOf::Acting;
        let done = if !Self::is_still_there(core, &found) {
            Err("These words were changed meanwhile. Nothing was done; Esc closes.".to_owned())
        } else if answer.is_empty() {
            Err("Nothing was changed: it needs words.".to_owned())
        } else if about == NameQuestion::Wording {
            Self::reword_named(core, &found, answer)
        } else {
            Self::waive_named(core, &found, answer)
        };
        if let Err(why) = done {
            // What was typed is kept, so that it can be corrected.
            self.ask_about(core, found, answer, about);
            core.complain(why);
        }
    }
}

/// Why the chosen mention is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ChoiceOf {
    /// Nobody chose it: it is the first in the list, whatever comes in.
    #[default]
    Nobody,
    /// Somebody chose it.
    Somebody,
    /// This laptop's own key is changing the list: what was chosen may leave it.
    Acting,
    /// What somebody chose disappeared by itself, and this took its place.
    Chance,
}

impl Deciding {
    /// The chosen one's place in the list.
    pub fn chosen(&self) -> usize {
        self.chosen.at()
    }

    fn choose(&mut self, core: &Core, at: usize) {
        self.choice = ChoiceOf::Somebody;
        let open = core.attributions.open.iter();
        self.chosen.choose(open.map(|mention| mention.key.clone()), at);
    }
}

/// How many names a page has.
const PAGE: usize = 5;

/// The message when somebody decides on a name that is held.
const HELD: &str = "This name is held. Reword it, or press h to release it first.";

impl Screen for Deciding {
    fn enter(&mut self, core: &mut Core) {
        self.choice = ChoiceOf::Nobody;
        core.attributions.forget_list();
    }

    fn act(&mut self, core: &mut Core, action: Action) {
        let moves = matches!(action, Action::AcceptGiven | Action::Decided | Action::Back)
            || action.place_from(0, || PAGE).is_some();
        if self.choice == ChoiceOf::Chance && !moves {
            self.choice = ChoiceOf::Somebody;
            return core
                .complain("The name you chose is gone: its words were changed. Look again.");
        }
        self.choice = ChoiceOf::Acting;
        self.decide_names(core, action);
    }

    /// Brings what is open up to date.
    fn refresh(&mut self, core: &mut Core) {
        let acted = self.choice == ChoiceOf::Acting;
        if acted {
            self.choice = ChoiceOf::Somebody;
        }
        core.attributions.refresh(&core.workshop);
        let version = core.attributions.version();
        match self.known.replace(version) {
            Some(known) if known == version => return,
            Some((epoch, _)) if epoch != version.0 => {
                *self = Self { known: Some(version), ..Deciding::default() };
            }
            _ => {}
        }
        if self.choice == ChoiceOf::Nobody {
            self.chosen.forget(0);
        }
        let open = core.attributions.open.iter();
        let gone = self.chosen.refresh(open.map(|mention| mention.key.clone()));
        if gone && !acted && self.choice == ChoiceOf::Somebody {
            self.choice = ChoiceOf::Chance;
        }
    }
}

impl Deciding {
    fn decide_names(&mut self, core: &mut Core, action: Action) {
        let at = self.chosen();
        match action {
            Action::TakeNeutral => self.take_neutral(core),
            Action::RewordName => self.ask_rewording(core),
            Action::Waive => self.ask_reason(core),
            Action::IsSubject => self.decide_chosen(
                core,
                Ruling::Subject,
                "“{}” does not reveal who spoke here. Ctrl-Z undoes this.",
            ),
            Action::AllSubjects => self.ask_for_all(core),
            Action::ByPhrase => self.ask_for_phrase(core),
            Action::HoldName => self.hold_or_release(core),
            Action::ByConsent => self.decide_by_consent(core),
            Action::AcceptGiven => Self::accept_given(core),
            Action::Decided => Self::choose_decided(core),
            Action::OpenNamed => self.open_named(core),
            Action::Back => core.go(ScreenId::HandOver),
            action => {
                if let Some(place) = action.place_from(at, || PAGE) {
                    self.choose(core, place);
                }
            }
        }
    }

    fn chosen_name(&self, core: &Core) -> Option<Mention> {
        core.attributions.open.get(self.chosen()).cloned()
    }

    fn take_neutral(&mut self, core: &mut Core) {
        let Some(found) = self.chosen_name(core) else { return };
        match core.attributions.reworded(&found) {
            Some(text) => drop(Self::reword_named(core, &found, &text)),
            None => self.ask_rewording(core),
        }
    }

    fn ask_rewording(&mut self, core: &mut Core) {
        let Some(found) = self.chosen_name(core) else { return };
        let reworded = core.attributions.reworded(&found);
        let text = reworded.unwrap_or_else(|| found.text.to_string());
        self.ask_about(core, found, &text, NameQuestion::Wording);
    }

    fn ask_reason(&mut self, core: &mut Core) {
        let Some(found) = self.chosen_name(core) else { return };
        if found.is_held() {
            return core.complain(HELD);
        }
        // The reason given for the same name in an earlier version of the program is offered again.
        let earlier = Self::earlier_reason(core, &found).unwrap_or_default();
        self.ask_about(core, found, &earlier, NameQuestion::Reason);
    }

    /// The reason recorded by an earlier program that did not yet bind decisions to the words.
    fn earlier_reason(core: &Core, found: &Mention) -> Option<String> {
        let waived = match found.key.of {
            Holder::Point(id) => core.workshop.point(id)?.waived(),
            Holder::Comment(id) => core.workshop.comment(id)?.waived(),
            _ => return None,
        };
        let named = waived.iter().find(|waiver| waiver.found == found.found())?;
        Some(named.reason.to_string())
    }

    /// Asks about one mention, and remembers which, because the answer is only for that one.
    fn ask_about(&mut self, core: &mut Core, found: Mention, answer: &str, about: NameQuestion) {
        let words = wrap::shorten(&found.text, 48);
        let (question, hint) = match about {
            NameQuestion::Wording => (
                format!("New wording of “{words}”"),
                "The new wording must not reveal who spoke.".to_owned(),
            ),
            NameQuestion::Reason => (
                format!("Why may “{}” stay in “{words}”?", found.found()),
                "The reason is printed at the end of every export.".to_owned(),
            ),
        };
        self.asked = Some(found);
        core.ask(&question, &hint, answer, About::Names(about));
    }

    fn open_named(&mut self, core: &mut Core) {
        match self.chosen_name(core).map(|found| found.key.of) {
            Some(Holder::Point(point)) => core.show_point(point),
            Some(Holder::Comment(_)) => core.say("This is a comment: r rewords it."),
            Some(Holder::DraftText) => core.go(ScreenId::DraftText),
            Some(Holder::Group(_)) => core.say("This is a group's title: r gives it another."),
            Some(Holder::Legend) => core.say("This is one of the quantifiers: change it at F8, L."),
            Some(Holder::Agenda | Holder::Topic(_)) => {
                core.say("This is in the agenda: a accepts it, together with all the others.");
            }
            None => core.say("There are no names left to decide on. F5 hands over."),
        }
    }

    fn is_still_there(core: &Core, found: &Mention) -> bool {
        let Some(names) = &core.attributions.names else { return false };
        let now = match found.key.of {
            Holder::Point(id) => {
                core.workshop.point(id).map(|point| core.workshop.mentions_in(names, point))
            }
            Holder::Comment(id) => {
                core.workshop.comment(id).map(|found| core.workshop.mentions_of(names, found))
            }
            _ => Some(core.workshop.mentions_of_meeting(names)),
        };
        now.is_some_and(|now| now.iter().any(|mention| mention.key == found.key))
    }

    fn waive_named(core: &mut Core, found: &Mention, reason: &str) -> Result<(), String> {
        let names = core.attributions.names.as_ref();
        if let Some(name) = names.and_then(|names| names.first_in(reason)) {
            return Err(Refusal::TellsWho(name.into()).to_string());
        }
        let made = Clearance::public(reason);
        core.make("letting a name stay", [core.workshop.decide(found.key.clone(), Some(made))]);
        core.say(format!(
            "“{}” may stay here; the reason will be printed. Ctrl-Z undoes this.",
            found.found()
        ));
        Ok(())
    }

    /// Lists what would be decided by name: all mentions of the chosen name that are no more urgent,
    /// and never a certain one.
    fn ask_for_all(&mut self, core: &mut Core) {
        let Some(found) = self.chosen_name(core) else { return };
        if found.hit.is_certain() {
            return core.complain("A “certain” name must be decided on its own: n, r, s or w.");
        }
        if found.is_flagged() {
            return core.complain("A flagged point must be decided on its own: r, s or w.");
        }
        let same = |mention: &&Mention| {
            !mention.is_held()
                && mention.hit.which == found.hit.which
                && mention.hit.grade <= found.hit.grade
                && !core.workshop.is_given(&mention.key.of)
        };
        let all: Vec<&Mention> = core.attributions.open.iter().filter(same).collect();
        let count = counted(all.len(), "mention");
        let mut which = found.hit.which.to_string();
        if !found.hit.what.is_name() {
            which = format!("“{which}”");
        }
        let are = if all.len() == 1 { "is a subject" } else { "are subjects" };
        let mut lines = vec![format!("{count} of {which} {are}:")];
        lines.extend(all.iter().map(|mention| format!("  {}", mention.text)));
        let keys = all.iter().map(|mention| mention.key.clone()).collect();
        core.report(lines, ReportSubject::Names(keys, Ruling::Subject));
    }

    /// Decides on mentions that were listed before; those that are no longer open are left alone.
    pub(super) fn decide_listed(&mut self, core: &mut Core, keys: &[MentionKey], ruling: Ruling) {
        let Some(names) = &core.attributions.names else { return };
        let keys: HashSet<&MentionKey> = keys.iter().collect();
        let open = core.attributions.open.iter().filter(|one| keys.contains(&one.key));
        let decide = |mention: &Mention| {
            let consent = match ruling {
                Ruling::Consent => {
                    Some(core.workshop.consent_to(names, &mention.key, &mention.hit)?)
                }
                _ => None,
            };
            let made = Clearance { consent, ..Clearance::plain(ruling) };
            Some(core.workshop.decide(mention.key.clone(), Some(made)))
        };
        let changes: Vec<Change> = open.filter_map(decide).collect();
        let count = counted(changes.len(), "name");
        core.make("deciding on names", changes);
        self.choice = ChoiceOf::Acting;
        core.say(match ruling {
            Ruling::Consent => {
                format!("{count} may stay by the session's consent. Ctrl-Z undoes this.")
            }
            _ => format!("{count} decided to be a subject. Ctrl-Z undoes this."),
        });
    }

    /// Holds the chosen name, or lets go of it.
    fn hold_or_release(&mut self, core: &mut Core) {
        match self.chosen_name(core) {
            Some(found) if found.is_held() => {
                core.make("releasing a name", [core.workshop.decide(found.key.clone(), None)]);
                self.refresh(core);
                let by_phrase = core.attributions.decided.iter().any(|one| one.key == found.key);
                let now = if by_phrase { "is covered by a phrase" } else { "can be decided on" };
                core.say(format!("“{}” {now} again.", found.found()));
            }
            _ => self.decide_chosen(
                core,
                Ruling::Held,
                "“{}” is held: reword it, or press h again to release it.",
            ),
        }
    }

    fn decide_chosen(&mut self, core: &mut Core, ruling: Ruling, words: &str) {
        let Some(found) = self.chosen_name(core) else { return };
        if found.is_held() {
            return core.complain(HELD);
        }
        let change = core.workshop.decide(found.key.clone(), Some(Clearance::plain(ruling)));
        core.make("deciding on a name", [change]);
        let named = if found.is_flagged() {
            wrap::shorten(&found.text, 30)
        } else {
            found.found().to_owned()
        };
        core.say(words.replacen("{}", &named, 1));
    }

    /// Lets the names stay that were said on the record in the session of the chosen mention, as far as
    /// the session's consent covers them.
    fn decide_by_consent(&mut self, core: &mut Core) {
        let Some(found) = self.chosen_name(core) else { return };
        let session = match found.key.of {
            Holder::Point(id) => core.workshop.point(id).and_then(|point| point.session()).cloned(),
            _ => None,
        };
        let Some(names) = &core.attributions.names else { return };
        let same_session = |mention: &&Mention| match mention.key.of {
            Holder::Point(id) => {
                core.workshop.point(id).and_then(|point| point.session()) == session.as_ref()
            }
            _ => mention.key == found.key,
        };
        let covered = |mention: &&Mention| {
            !mention.is_held() && core.workshop.may_consent(names, &mention.key, &mention.hit)
        };
        let all = core.attributions.open.iter().filter(same_session).filter(covered);
        let all: Vec<&Mention> = all.collect();
        if !all.iter().any(|mention| mention.key == found.key) {
            return core.complain(
                "No consent covers this name. To record one, F2, then c. It never covers a person.",
            );
        }
        let course = session.as_ref().and_then(|session| core.workshop.course(session));
        let words = course.and_then(Course::consent).unwrap_or("recorded with its sources");
        let mut lines = vec![format!("By this consent: {words}"), "these names may stay:".into()];
        lines.extend(all.iter().map(|one| format!("  {}: {}", one.found(), one.text)));
        let keys = all.iter().map(|mention| mention.key.clone()).collect();
        core.report(lines, ReportSubject::Names(keys, Ruling::Consent));
    }

    /// Accepts what was written before the groups met, as it is: the agenda's own words and the
    /// draft text's.
    fn accept_given(core: &mut Core) {
        let given = |mention: &&Mention| core.workshop.is_given(&mention.key.of);
        let keys: Vec<MentionKey> =
            core.attributions.open.iter().filter(given).map(|found| found.key.clone()).collect();
        if keys.is_empty() {
            return core.say("All names in the agenda and the draft text are decided on.");
        }
        let count = counted(keys.len(), "name");
        let accept = |key: MentionKey| {
            let made = Clearance::given(&key.of);
            core.workshop.decide(key, Some(made))
        };
        let changes: Vec<Change> = keys.into_iter().map(accept).collect();
        core.make("accepting the agenda and the draft text", changes);
        core.say(format!("{count} accepted as part of the meeting's own texts. Ctrl-Z undoes it."));
    }

    fn reword_named(core: &mut Core, found: &Mention, text: &str) -> Result<(), String> {
        let change = core.workshop.reword_mention(found, text).map_err(|refusal| {
            let words = refusal.to_string();
            core.complain(&*words);
            words
        })?;
        core.make("rewording a name", [change]);
        let left = core.attributions.names.as_ref().and_then(|names| {
            let hit = names.check(text).into_iter().find(Hit::is_certain)?;
            text.get(hit.range)
        });
        core.say(match left {
            Some(left) => format!("Reworded. It still contains “{left}”. Ctrl-Z undoes this."),
            None if found.is_flagged() => {
                "Reworded. The point is still flagged: s or w decides on it.".to_owned()
            }
            None => "Reworded. Ctrl-Z undoes this.".to_owned(),
        });
        Ok(())
    }
}
