//! What is chosen from the lists and answered to the questions of the consolidate screen.

use super::super::choose::with_present;
use super::super::{About, Asks, Choice, Consolidate, ReturnValue, Then, quoted, say, seen};
use super::{Core, Of, Side, TwoSided, settle::choose_of_comment, wrap};
use crate::workshop::{
    Comment, CommentField, CommentId, Convergence, Field, Legend, Outcome, Over, Pin, PointId,
    PointKind, Reason, SetAside, Subject, TopicId,
};
use std::mem::discriminant;

/// How much of its subject's words a question shows, in columns.
const NAMED: usize = 24;

/// What a choice does to points and comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Sets these points aside for this reason.
    Aside(Reason, Vec<PointId>),
    /// Puts these points into this comment.
    PutInto(CommentId, Vec<PointId>),
    /// Merges one comment into another.
    Merge(CommentId, CommentId),
    /// Makes this source a comment of its own.
    Split(CommentId, PointId),
    /// Takes this source out; it is open again.
    TakeOut(CommentId, PointId),
    /// Sets a field of a comment.
    Set(CommentId, &'static str, CommentField),
    /// Sets a field of a comment over the values that these changes set.
    Settle(CommentId, CommentField, Over),
    /// Pins a comment to a place in the draft text, or to none.
    Pin(CommentId, Option<Pin>),
    /// Moves these points to a topic.
    ToTopic(TopicId, Vec<PointId>),
    /// Gives the comment a new wording.
    Reword(CommentId),
}

/// What the consolidate screen asks for in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// More about why these points are set aside.
    Aside(Reason, Vec<PointId>),
    /// How the comment is worded.
    Wording(CommentId),
    /// Which paragraph it is about.
    Paragraph(CommentId),
    /// A wish beside its wording.
    Alternative(CommentId),
    /// Who should do it.
    Owner(CommentId),
    /// By when this role should do it.
    ByWhen(CommentId, String),
    /// The legend.
    Legend,
}

impl ReturnValue for Step {
    fn subjects(&self) -> Vec<Of> {
        match self {
            Self::Aside(_, points) => seen::outcomes(points),
            Self::PutInto(into, points) => {
                let mut of = seen::outcomes(points);
                of.push(Of::Comment(*into, None));
                of
            }
            Self::Merge(from, into) => vec![Of::Comment(*from, None), Of::Comment(*into, None)],
            Self::Split(id, source) | Self::TakeOut(id, source) => {
                let mut of = seen::outcomes(&[*source]);
                of.push(Of::Comment(*id, None));
                of
            }
            Self::Set(id, _, field) => vec![seen::comment(*id, field.clone())],
            Self::ToTopic(topic, points) => {
                points.iter().map(|id| seen::point(*id, Field::Topic(topic.clone()))).collect()
            }
            Self::Pin(id, _) => vec![seen::comment(*id, CommentField::Paragraph(None))],
            Self::Settle(..) | Self::Reword(_) => Vec::new(),
        }
    }

    fn rivals(&self, other: &Then) -> bool {
        match (self, other) {
            (Self::Settle(_, one, _), Then::Consolidate(Self::Settle(_, two, _))) => {
                discriminant(one) == discriminant(two) && one != two
            }
            _ => false,
        }
    }
}

impl ReturnValue for Query {
    fn subjects(&self) -> Vec<Of> {
        let of = |id: &CommentId, like| vec![seen::comment(*id, like)];
        match self {
            Self::Aside(_, points) => seen::outcomes(points),
            Self::Wording(id) => of(id, CommentField::Text(Box::default())),
            Self::Paragraph(id) => of(id, CommentField::Paragraph(None)),
            Self::Alternative(id) => of(id, CommentField::Alternatives(Box::default())),
            Self::Owner(id) => of(id, CommentField::Owner("".into())),
            Self::ByWhen(id, _) => {
                let fields = [CommentField::Owner("".into()), CommentField::ByWhen("".into())];
                fields.into_iter().map(|like| seen::comment(*id, like)).collect()
            }
            Self::Legend => vec![Of::Legend],
        }
    }

    fn leaves_the_room(&self) -> bool {
        true
    }

    fn words_of(&self) -> Option<CommentId> {
        match self {
            Self::Wording(id) | Self::Alternative(id) => Some(*id),
            _ => None,
        }
    }
}

impl Asks for Consolidate {
    type Choice = Step;
    type Question = Query;

    fn picked(&mut self, core: &mut Core, step: Step) {
        match step {
            Step::Aside(reason, points) => ask_why(core, reason, points),
            Step::PutInto(comment, points) => self.put(core, &points, comment),
            Step::Merge(from, into) => self.merge(core, from, into),
            Step::Split(comment, source) => self.split(core, comment, source),
            Step::TakeOut(comment, source) => self.take_out(core, comment, source),
            Step::Set(comment, what, field) => self.set_field(core, what, comment, field),
            Step::Settle(comment, field, over) => self.settle_comment(core, comment, field, &over),
            Step::Pin(comment, pin) => core.pin(Subject::Comment(comment), pin),
            Step::ToTopic(topic, points) => self.move_points(core, &points, &topic),
            Step::Reword(comment) => ask_wording(self, core, comment),
        }
    }

    fn answered(&mut self, core: &mut Core, query: Query, answer: &str) {
        match query {
            Query::Aside(Reason::Other, points) if answer.is_empty() => {
                ask_why(core, Reason::Other, points);
                core.complain("“Other reason” needs words; nothing was changed.");
            }
            Query::Aside(reason, points) => self.set_aside(core, &points, reason, answer),
            Query::Wording(comment) => self.reword_comment(core, comment, answer),
            Query::Paragraph(comment) => {
                let pin = (!answer.is_empty()).then(|| core.workshop.pin(answer));
                let field = CommentField::Paragraph(pin);
                self.set_field(core, "setting a comment's paragraph", comment, field);
            }
            Query::Alternative(_) if answer.is_empty() => {}
            Query::Alternative(comment) => self.add_wishes(core, comment, &[answer.into()], &[]),
            Query::Owner(comment) => {
                let now = core.workshop.comment(comment).map(|found| found.by_when().to_owned());
                let question = format!("By when is {} to be done?", named(self, core, comment));
                core.ask(
                    &question,
                    "In the groups' words: “before the summit”, “June 2026”. Leave empty for none.",
                    &now.unwrap_or_default(),
                    About::Consolidate(Query::ByWhen(comment, answer.to_owned())),
                );
            }
            Query::ByWhen(comment, who) => self.set_who(core, comment, &who, answer),
            Query::Legend => match Legend::read(answer) {
                Ok(legend)
                    if legend == *core.workshop.legend()
                        && core.workshop.other_legends().is_empty() => {}
                Ok(legend) => {
                    let change = core.workshop.set_legend(legend);
                    core.make("changing the quantifiers", [change]);
                    core.say("The quantifiers are changed, here and in every export.");
                }
                Err(bad) => {
                    // What was typed is kept, so that it can be corrected.
                    ask_legend(core, Some(answer));
                    core.complain(bad.to_string());
                }
            },
        }
    }
}

fn choice(name: impl Into<String>, more: impl Into<String>, step: Step) -> Choice {
    Choice { name: name.into(), more: more.into(), then: Then::Consolidate(step) }
}

pub(super) fn ask_legend(core: &mut Core, typed: Option<&str>) {
    let now = typed.map_or_else(|| core.workshop.legend().to_string(), ToOwned::to_owned);
    let others = core.workshop.other_legends();
    let hint = match others.first() {
        Some(other) => format!("Set on two laptops at once. The other one: {other}"),
        None => {
            "Give a word for each share. One or two groups are always called “some”.".to_owned()
        }
    };
    core.ask(
        "Quantifiers (words for shares): percentage of the groups",
        &hint,
        &now,
        About::Consolidate(Query::Legend),
    );
}

pub(super) fn choose_wish(state: &mut Consolidate, core: &mut Core, comment: CommentId) {
    let Some(found) = core.workshop.comment(comment) else { return };
    let wishes = found.alternatives();
    if wishes.is_empty() {
        return core.say("This comment has no alternative; v adds one.");
    }
    let choices = wishes.iter().enumerate().map(|(at, wish)| {
        let mut rest = wishes.to_vec();
        rest.remove(at);
        let field = CommentField::Alternatives(rest.into());
        choice(&**wish, "", Step::Set(comment, "removing an alternative", field))
    });
    let choices = choices.collect();
    let title = format!("Which alternative to {} should be removed?", named(state, core, comment));
    core.offer(title, choices, 0);
}

pub(super) fn ask_wish(state: &mut Consolidate, core: &mut Core, comment: CommentId) {
    let question = format!("Alternative to {}", named(state, core, comment));
    core.ask(
        &question,
        "A wish that conflicts with it. Both are kept.",
        "",
        About::Consolidate(Query::Alternative(comment)),
    );
}

pub(super) fn ask_who(state: &mut Consolidate, core: &mut Core, comment: CommentId) {
    let now = core.workshop.comment(comment).map(|found| found.owner().to_owned());
    let question = format!("Who will carry out {}?", named(state, core, comment));
    core.ask(
        &question,
        "A role or a body such as “host”, no person. Leave empty for none.",
        &now.unwrap_or_default(),
        About::Consolidate(Query::Owner(comment)),
    );
}

pub(super) fn ask_comment_paragraph(state: &mut Consolidate, core: &mut Core, comment: CommentId) {
    let now = core.workshop.comment(comment).and_then(|found| found.paragraph());
    // A label that another paragraph has now is not offered again.
    let now = now.filter(|pin| !core.workshop.printed(pin).ends_with(" (gone)"));
    let now = now.map(|pin| core.workshop.printed(pin).into_owned()).unwrap_or_default();
    let question = format!("Paragraph of {}", named(state, core, comment));
    core.ask(
        &question,
        "Its label: OP3, PP2bis, after OP3. Leave empty for none.",
        &now,
        About::Consolidate(Query::Paragraph(comment)),
    );
}

/// Offers the paragraphs of the draft text; if there is no draft text, asks for a label.
pub(super) fn pin_comment(state: &mut Consolidate, core: &mut Core, comment: CommentId) {
    if core.workshop.draft_text().is_some() {
        core.offer_pins(Subject::Comment(comment), |pin| {
            Then::Consolidate(Step::Pin(comment, pin))
        });
    } else {
        ask_comment_paragraph(state, core, comment);
    }
}

pub(super) fn choose_agreed(state: &mut Consolidate, core: &mut Core, comment: CommentId) {
    let now = core.workshop.comment(comment).and_then(|s| s.convergence());
    let (known, at) = with_present(Convergence::KNOWN, now);
    let step = |how: Option<&Convergence>| {
        let field = CommentField::Convergence(how.cloned());
        Step::Set(comment, "saying how far the groups agree", field)
    };
    let mut choices = vec![choice("not recorded", "", step(None))];
    choices.extend(known.iter().map(|how| choice(how.title(), "", step(Some(how)))));
    let title = format!("How far do the groups agree on {}?", named(state, core, comment));
    core.offer(title, choices, at.map_or(0, |at| at + 1));
}

pub(super) fn choose_comment_kind(state: &mut Consolidate, core: &mut Core, comment: CommentId) {
    let now = core.workshop.comment(comment).map(Comment::kind);
    let (kinds, at) = with_present(PointKind::KNOWN, now);
    let choices = kinds.iter().map(|kind| {
        let field = CommentField::Kind(kind.clone());
        choice(kind.title(), "", Step::Set(comment, "changing a comment's kind", field))
    });
    let title = format!("Kind of {}", named(state, core, comment));
    core.offer(title, choices.collect(), at.unwrap_or(0));
}

pub(super) fn ask_wording(state: &mut Consolidate, core: &mut Core, comment: CommentId) {
    let Some(found) = core.workshop.comment(comment) else { return };
    let now = core.workshop.wording(found).to_owned();
    core.ask(
        &format!("Wording of {}", named(state, core, comment)),
        "Ctrl-U clears it. If empty, it takes its first source's words.",
        &now,
        About::Consolidate(Query::Wording(comment)),
    );
}

pub(super) fn choose_wording(state: &mut Consolidate, core: &mut Core, comment: CommentId) {
    let found = core.workshop.comment(comment);
    if found.is_some_and(|found| !found.wordings().is_empty()) {
        return choose_of_comment(core, comment);
    }
    ask_wording(state, core, comment);
}

pub(super) fn choose_source(
    state: &mut Consolidate,
    core: &mut Core,
    comment: CommentId,
    split: bool,
) {
    let step = if split { Step::Split } else { Step::TakeOut };
    let sources = core.workshop.sources(comment).iter().map(|index| {
        let point = core.workshop.point_at(*index);
        let words = wrap::shorten(point.text(), 400);
        choice(words, core.workshop.title_of(point.group()), step(comment, point.id()))
    });
    let number = state.number(comment).unwrap_or(0);
    let title = if split {
        format!("Which source of comment {number} becomes a comment of its own?")
    } else {
        format!("Which source of comment {number} should be open again?")
    };
    let choices = sources.collect();
    core.offer(title, choices, 0);
}

pub(super) fn choose_merge(state: &mut Consolidate, core: &mut Core, from: CommentId) {
    let choices = comments_to(state, core, Some(from), |into| Step::Merge(from, into));
    // Chooses the one before it, because what belongs together is often together.
    let at = state.position(from).unwrap_or(0).saturating_sub(1);
    core.offer(format!("Merge {} into which?", named(state, core, from)), choices, at);
}

/// A comment, as a question names it.
pub(super) fn named(state: &Consolidate, core: &Core, comment: CommentId) -> String {
    let found = core.workshop.comment(comment);
    let words = found.map_or("", |found| core.workshop.wording(found));
    let words = format!("“{}”", wrap::shorten(words, NAMED));
    match state.number(comment) {
        Some(number) => format!("comment {number} {words}"),
        None => words,
    }
}

pub(super) fn offer_topics(
    core: &mut Core,
    title: String,
    now: Option<&TopicId>,
    step: impl Fn(TopicId) -> Step,
) {
    let topics = core.workshop.topics();
    let at = topics.iter().position(|topic| Some(&topic.id) == now).unwrap_or(0);
    let choices = topics.iter().map(|topic| choice(&*topic.title, "", step(topic.id.clone())));
    let choices = choices.collect();
    core.offer(title, choices, at);
}

/// Offers the topics that a comment can be moved to.
pub(super) fn choose_where_to(state: &mut Consolidate, core: &mut Core, comment: CommentId) {
    let title = format!("Move {} to which topic?", named(state, core, comment));
    let what = "moving a comment to another topic";
    let now = core.workshop.comment(comment).map(|found| found.topic().clone());
    let to = |topic| Step::Set(comment, what, CommentField::Topic(topic));
    offer_topics(core, title, now.as_ref(), to);
}

/// Offers the topics that points can be moved to.
pub(super) fn choose_where(core: &mut Core, points: &[PointId]) {
    let title = format!("Move {} to which topic?", points_in_words(core, points));
    let first = points.first().and_then(|first| core.workshop.point(*first));
    let now = first.map(|first| first.topic().clone());
    offer_topics(core, title, now.as_ref(), |topic| Step::ToTopic(topic, points.to_vec()));
}

pub(super) fn choose_comment(state: &mut Consolidate, core: &mut Core, points: &[PointId]) {
    let choices = comments_to(state, core, None, |into| Step::PutInto(into, points.to_vec()));
    let at = state.chosen_in(Side::Comments).unwrap_or(0);
    let title = format!("Put {} into which comment?", points_in_words(core, points));
    core.offer(title, choices, at);
}

/// The topic's comments to choose from, by number and words, except one.
pub(super) fn comments_to(
    state: &Consolidate,
    core: &Core,
    but: Option<CommentId>,
    step: impl Fn(CommentId) -> Step,
) -> Vec<Choice> {
    let comments = state.comments.iter();
    let choices = comments.filter(|id| Some(**id) != but).filter_map(|id| {
        let found = core.workshop.comment(*id)?;
        let words = wrap::shorten(core.workshop.wording(found), 400);
        let sources = core.workshop.sources(*id).len();
        let number = state.number(*id)?;
        Some(choice(format!("{number} {words}"), say::counted(sources, "source"), step(*id)))
    });
    choices.collect()
}

pub(super) fn ask_why(core: &mut Core, reason: Reason, points: Vec<PointId>) {
    let hint = match reason {
        Reason::Other => "The reason, in words. It is printed in the account.",
        _ => "Explain if you like; can be left empty.",
    };
    let question = format!("Set aside {}: {}", points_in_words(core, &points), reason.title());
    let now = points.first().and_then(|first| set_aside(core, *first));
    let words = now.filter(|now| now.reason == reason).map_or("", |now| &*now.words).to_owned();
    core.ask(&question, hint, &words, About::Consolidate(Query::Aside(reason, points)));
}

/// Points, as a question names them: one by its words, several by their number.
pub(super) fn points_in_words(core: &Core, points: &[PointId]) -> String {
    match points {
        [point] => quoted(&core.workshop, *point),
        points => format!("these {} points", points.len()),
    }
}

/// Why a point is set aside, if it is.
fn set_aside(core: &Core, point: PointId) -> Option<&SetAside> {
    match core.workshop.point(point)?.outcome() {
        Outcome::SetAside(aside) => Some(aside),
        _ => None,
    }
}

pub(super) fn choose_reason(core: &mut Core, points: &[PointId]) {
    let step = |reason: &Reason| choice(reason.title(), "", Step::Aside(*reason, points.to_vec()));
    let title = match points {
        [_] => format!("Why is {} set aside?", points_in_words(core, points)),
        _ => format!("Why are {} set aside?", points_in_words(core, points)),
    };
    let now = points.first().and_then(|first| set_aside(core, *first));
    let at = Reason::ALL.iter().position(|reason| now.is_some_and(|now| now.reason == *reason));
    core.offer(title, Reason::ALL.iter().map(step).collect(), at.unwrap_or(0));
}
