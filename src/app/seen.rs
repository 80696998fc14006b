//! What a question was about as it was shown: an answer applies to that, and to nothing else.

use super::{App, Ask, Choose, Overlay, ScreenId, Then, wrap};
use crate::workshop::{
    CommentField, CommentId, Course, Field, GroupId, Outcome, PointId, SessionId, Subject, TopicId,
};

/// What an answer changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// A point, and the field that is asked about.
    Point(PointId, Option<Box<Field>>),
    /// A comment, and the field that is asked about.
    Comment(CommentId, Option<Box<CommentField>>),
    /// The drafters' answer to something.
    Answer(Subject),
    /// What a group says on a topic, as it would be sealed.
    Seal(GroupId, TopicId),
    /// The consent recorded with a session.
    Consent(SessionId),
    /// The legend.
    Legend,
    /// The draft texts, of which one must be chosen.
    Texts,
    /// A row of a list that is none of these, by its id.
    Row(String),
    /// Whatever is chosen on the screen.
    Chosen,
}

/// How it looked: its words, and the value in question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Look {
    words: Vec<String>,
    value: Vec<String>,
}

/// What was shown when a question was asked. What was not there has no look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenValues(Vec<(Of, Option<Look>)>);

/// How much of the words is quoted, in columns.
const TOLD: usize = 24;

pub(super) fn point(id: PointId, like: Field) -> Of {
    Of::Point(id, Some(Box::new(like)))
}

pub(super) fn comment(id: CommentId, like: CommentField) -> Of {
    Of::Comment(id, Some(Box::new(like)))
}

pub(super) fn outcomes(points: &[PointId]) -> Vec<Of> {
    points.iter().map(|id| point(*id, Field::Outcome(Outcome::Open))).collect()
}

pub(super) fn subject(of: Subject) -> Of {
    match of {
        Subject::Point(id) => Of::Point(id, None),
        Subject::Comment(id) => Of::Comment(id, None),
    }
}

impl App {
    /// Keeps how the subject of a question that was just asked looks now.
    pub(super) fn look_at_question(&mut self) {
        let of: Vec<Of> = match &self.core.overlay {
            Some(Overlay::Ask(Ask { seen: None, about, .. })) => about.returned().subjects(),
            Some(Overlay::Choose(Choose { seen: None, choices, .. })) => {
                let mut all: Vec<Of> = Vec::new();
                for of in choices.iter().flat_map(|choice| choice.then.returned().subjects()) {
                    // As a rule, all choices of a list are about the same few things.
                    if !all.iter().rev().take(4).any(|known| alike(known, &of)) {
                        all.push(of);
                    }
                }
                all
            }
            _ => return,
        };
        let seen = Some(self.see(of));
        match &mut self.core.overlay {
            Some(Overlay::Ask(ask)) => ask.seen = seen,
            Some(Overlay::Choose(choose)) => choose.seen = seen,
            _ => {}
        }
    }

    /// Whether an answer can be taken: its subject must still be as it was shown. If not, says what
    /// changed; the question stays open with what was typed, and is now about what is there.
    pub(super) fn may_answer(&mut self, ask: &mut Ask) -> bool {
        let of = ask.about.returned().subjects();
        self.is_as_seen(&mut ask.seen, &of, "Enter takes your answer all the same.")
    }

    /// The same for a choice.
    pub(super) fn may_choose(&mut self, choose: &mut Choose, then: &Then) -> bool {
        self.is_as_seen(
            &mut choose.seen,
            &then.returned().subjects(),
            "Enter takes the choice all the same.",
        )
    }

    fn is_as_seen(&mut self, seen: &mut Option<SeenValues>, of: &[Of], again: &str) -> bool {
        let Some(known) = seen else { return true };
        let meant = |(one, _): &&(Of, Option<Look>)| of.iter().any(|of| alike(one, of));
        let changed = known.0.iter().filter(meant).find_map(|(of, was)| {
            let is = self.look(of);
            (is != *was).then(|| (is.is_some(), refusal_in_words(of, was.as_ref(), is.as_ref())))
        });
        match changed {
            None => true,
            Some((there, summary)) => {
                if there {
                    let all = known.0.iter().map(|(of, _)| of.clone()).collect();
                    *seen = Some(self.see(all));
                }
                let again = if there { format!(" {again}") } else { String::new() };
                self.core.complain(format!("{summary} Nothing was changed.{again}"));
                false
            }
        }
    }

    fn see(&self, of: Vec<Of>) -> SeenValues {
        SeenValues(of.into_iter().map(|of| (of.clone(), self.look(&of))).collect())
    }

    /// What is chosen, and how it looks.
    pub(super) fn see_chosen(&self) -> SeenValues {
        self.see(self.shown().subjects(&self.core))
    }

    /// How what was chosen changed when something came in, in words.
    pub(super) fn changed_since(&self, before: &SeenValues) -> Option<String> {
        let now = self.see_chosen();
        let (of, was) = before.0.iter().zip(now.0.iter().map(Some).chain([None])).find_map(
            |(before, now)| (Some(before) != now).then_some((&before.0, before.1.as_ref())),
        )?;
        let is = self.look(of);
        if is.as_ref() == was {
            return Some(match self.core.screen {
                ScreenId::Capture => "Another laptop's point is the last one here now.".to_owned(),
                _ => "What you had chosen is no longer in this list.".to_owned(),
            });
        }
        Some(refusal_in_words(of, was, is.as_ref()))
    }

    /// How something looks now; nothing if it is not there.
    fn look(&self, of: &Of) -> Option<Look> {
        let workshop = &self.core.workshop;
        let value = |value: Vec<String>| Some(Look { words: Vec::new(), value });
        match of {
            Of::Point(id, like) => {
                let found = workshop.point(*id).filter(|found| !found.is_deleted())?;
                let mut words = vec![found.text().to_owned()];
                words.extend(found.alternatives().into_iter().map(str::to_owned));
                let values = like.as_ref().map(|like| found.values(like)).unwrap_or_default();
                let value = values.iter().map(|value| workshop.value_in_words(value)).collect();
                Some(Look { words, value })
            }
            Of::Comment(id, like) => {
                let found = workshop.comment(*id)?;
                if workshop.sources(*id).is_empty() {
                    return None;
                }
                let mut words = vec![workshop.wording(found).to_owned()];
                words.extend(found.wordings().into_iter().map(str::to_owned));
                let values = like.as_ref().map(|like| found.values(like)).unwrap_or_default();
                let value = values
                    .iter()
                    .map(|value| workshop.comment_value_in_words(found, value))
                    .collect();
                Some(Look { words, value })
            }
            Of::Answer(of) => {
                let answers = workshop.disposition(*of).into_iter();
                let answers = answers.chain(workshop.other_dispositions(*of));
                value(answers.map(|answer| format!("{answer:?}")).collect())
            }
            Of::Seal(group, topic) => value(vec![
                workshop.seal_digest(group, topic),
                format!("{:?}", workshop.sealed(group, topic)),
            ]),
            Of::Consent(session) => {
                let known = workshop.course(session).map(Course::consents);
                let known = known.unwrap_or_default().into_iter();
                value(known.map(|words| words.unwrap_or("no consent").to_owned()).collect())
            }
            Of::Legend => {
                let others = workshop.other_legends();
                value(
                    [workshop.legend()]
                        .into_iter()
                        .chain(others)
                        .map(ToString::to_string)
                        .collect(),
                )
            }
            Of::Texts => {
                let others = workshop.other_draft_texts();
                let all = workshop.draft_text().into_iter().chain(others);
                value(all.map(|text| format!("{text:?}")).collect())
            }
            Of::Row(id) => value(vec![id.clone()]),
            Of::Chosen => value(vec![format!("{:?}", self.see_chosen())]),
        }
    }
}

/// What another laptop did to something, in a sentence.
fn refusal_in_words(of: &Of, was: Option<&Look>, is: Option<&Look>) -> String {
    let words = |look: Option<&Look>| {
        let first = look.and_then(|look| look.words.first());
        first.map(|words| format!("“{}”", wrap::shorten(words, TOLD)))
    };
    let name = match of {
        Of::Consent(_) => "the consent".to_owned(),
        Of::Legend => "the quantifiers".to_owned(),
        Of::Texts => "the draft text".to_owned(),
        Of::Answer(of) => format!("the answer to {}", of.reference()),
        Of::Seal(..) => "what would be sealed".to_owned(),
        _ => words(was.or(is)).unwrap_or_else(|| "what was chosen".to_owned()),
    };
    let summary = match (was, is) {
        (_, None) => format!("{name} is no longer here: another laptop removed it."),
        (Some(was), Some(is)) if was.words != is.words => {
            let words = words(Some(is)).unwrap_or_default();
            format!("{name} was reworded on another laptop: {words}.")
        }
        (_, Some(is)) => match (of, is.value.first()) {
            (Of::Point(..) | Of::Comment(..) | Of::Consent(_), Some(value)) => {
                let value = wrap::shorten(value, TOLD);
                format!("{name} was changed on another laptop: {value}.")
            }
            _ => format!("{name} was changed on another laptop."),
        },
    };
    let mut letters = summary.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Whether two are about the same thing, whatever value of the field they name.
fn alike(one: &Of, other: &Of) -> bool {
    use std::mem::discriminant;
    match (one, other) {
        (Of::Point(one, like), Of::Point(other, unlike)) => {
            one == other && like.as_deref().map(discriminant) == unlike.as_deref().map(discriminant)
        }
        (Of::Comment(one, like), Of::Comment(other, unlike)) => {
            one == other && like.as_deref().map(discriminant) == unlike.as_deref().map(discriminant)
        }
        (one, other) => one == other,
    }
}
