//! Why feedback is a draft.

use std::borrow::Cow;

use super::{Comment, Disposition, Group, Outcome, Point};
use crate::workshop::{self, Field, Workshop, counted, counting, is_to_come};

/// How those reasons end that say nothing about what is missing: they follow from what is in a file.
const FOLLOWS: [&str; 4] =
    [" at work.", "one must be chosen.", "until somebody decides.", "as they were captured."];

impl super::Feedback<'_> {
    /// What the reasons for a draft say is missing where it was made: these come first.
    pub fn gaps_named(&self) -> impl Iterator<Item = &str> {
        let follows = |reason: &str| {
            FOLLOWS.iter().any(|end| reason.ends_with(end))
                || is_to_come(reason)
                || reason.contains(" are still at work: ")
                || reason.contains(" not set aside yet: ")
        };
        self.draft.iter().map(AsRef::as_ref).take_while(move |reason| !follows(reason))
    }
}

/// Everything that keeps this feedback a draft, in words.
pub(super) fn reasons(
    workshop: &Workshop,
    missing: &[Cow<'_, str>],
    groups: &[Group],
    comments: &[Comment],
    points: &[Point],
) -> Vec<Cow<'static, str>> {
    let open = groups.iter().filter(|group| group.open);
    let open: Vec<&str> = open.map(|group| &*group.title).collect();
    let mut reasons: Vec<Cow<'static, str>> =
        missing.iter().map(|gap| gap.to_string().into()).collect();
    reasons.extend(workshop.to_come(workshop.judged_at()).into_iter().map(Cow::Owned));
    reasons.extend(each_or_all(
        &open,
        |title| format!("{title} is still at work."),
        |those| format!("{} are still at work: {those}.", counted(open.len(), "group")),
    ));
    let (mut worded, mut set, mut spared) = (Vec::new(), Vec::new(), Vec::new());
    let mut fields: Vec<&'static str> = Vec::new();
    for point in points {
        let reference = &*point.reference;
        if !point.alternatives.is_empty() {
            worded.push(reference);
        }
        let Some(found) = workshop.point(point.id).filter(|found| found.is_disputed()) else {
            continue;
        };
        let others = found.disputes().into_iter().map(|dispute| dispute.shown);
        let others: Vec<_> = others.filter(|field| !matches!(field, Field::Text(_))).collect();
        if !others.is_empty() {
            set.push(reference);
        }
        for name in others.iter().map(Field::name) {
            if !fields.contains(&name) {
                fields.push(name);
            }
        }
        if found.is_spared() {
            spared.push(reference);
        }
    }
    let fields = fields.join(", ");
    reasons.extend(reason_for(&worded, |those| match worded.len() {
        1 => format!("{those} has several wordings; one must be chosen."),
        _ => format!("{those} have several wordings each; one must be chosen."),
    }));
    reasons.extend(reason_for(&set, |those| set_at_once(those, set.len(), &fields)));
    reasons.extend(reason_for(&spared, |those| match spared.len() {
        1 => format!("{those} was deleted and changed at once; it stays until somebody decides."),
        _ => {
            format!("{those} were deleted and changed at once; they stay until somebody decides.")
        }
    }));
    let several = comments.iter().filter(|comment| !comment.wordings.is_empty());
    let several: Vec<&str> = several.map(|comment| &*comment.reference).collect();
    reasons.extend(reason_for(&several, |those| match several.len() {
        1 => format!("{those} has several wordings; one must be chosen."),
        _ => format!("{those} have several wordings each; one must be chosen."),
    }));
    let (mut set, mut fields) = (Vec::new(), Vec::new());
    for comment in comments {
        let found = workshop.comment(comment.id);
        let mut others = found.map(workshop::Comment::what_is_disputed).unwrap_or_default();
        // An empty wording and that of the first source are the same: `wordings` has what differs.
        others.retain(|field| *field != "wording");
        if !others.is_empty() {
            set.push(&*comment.reference);
        }
        for field in others {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
    }
    reasons.extend(reason_for(&set, |those| set_at_once(those, set.len(), &fields.join(", "))));
    let answers = |found: &Option<Box<Disposition>>| {
        found.as_ref().is_some_and(|found| !found.others.is_empty())
    };
    let answered = comments.iter().filter(|found| answers(&found.disposition));
    let mut twice: Vec<&str> = answered.map(|found| &*found.reference).collect();
    let answered = points.iter().filter(|found| answers(&found.disposition));
    twice.extend(answered.map(|found| &*found.reference));
    reasons.extend(reason_for(&twice, |those| match twice.len() {
        1 => format!("{those} has two answers of the drafters; one must be chosen."),
        _ => format!("{those} have two answers of the drafters each; one must be chosen."),
    }));
    if !workshop.other_draft_texts().is_empty() {
        reasons.push("Two draft texts were imported at once; one must be chosen.".into());
    }
    reasons.extend(gaps_in_coverage(workshop, groups).into_iter().map(Cow::Owned));
    reasons.extend(undecided(comments, points));
    reasons
}

/// What several laptops set at once apart from points and comments.
fn gaps_in_coverage(workshop: &Workshop, groups: &[Group]) -> Vec<String> {
    let mut reasons = Vec::new();
    if !workshop.other_legends().is_empty() {
        reasons.push("The quantifiers were set twice at once; one set must be chosen.".to_owned());
    }
    let mut sealed = Vec::new();
    for group in groups {
        let twice = |topic: &&workshop::Topic| workshop.is_sealed_twice(&group.id, &topic.id);
        for topic in workshop.topics().iter().filter(twice) {
            sealed.push((&*group.title, topic.short()));
        }
    }
    let named: Vec<String> = sealed.iter().map(|(who, what)| format!("{who} on {what}")).collect();
    let twice = |(who, what): &(_, _)| {
        format!("{who} sealed {what} differently on two laptops at once; one must be chosen.")
    };
    reasons.extend(match &sealed[..] {
        few if few.len() <= LISTED => few.iter().map(twice).collect(),
        many => vec![format!(
            "{} were set differently on two laptops at once: {}; for each, one must be chosen.",
            counted(many.len(), "seal"),
            first_of(&named)
        )],
    });
    let consents = workshop.agenda().sessions().into_iter().filter(|(.., session)| {
        workshop.course(&session.id).is_some_and(|course| course.consents().len() > 1)
    });
    let consents: Vec<&str> = consents.map(|(.., session)| session.title.as_str()).collect();
    let one = |title: &str| {
        format!("Consent to be named in {title} was recorded twice at once; one must be chosen.")
    };
    let several = |those: &str| {
        let sessions = counted(consents.len(), "session");
        format!(
            "Consent to be named in {sessions} was recorded twice at once ({those}); for each, one must be chosen."
        )
    };
    reasons.extend(each_or_all(&consents, one, several).into_iter().map(Cow::into_owned));
    reasons
}

/// A sentence about each of a few things, or one about many.
fn each_or_all(
    named: &[&str],
    one: impl Fn(&str) -> String,
    all: impl Fn(&str) -> String,
) -> Vec<Cow<'static, str>> {
    if named.len() <= LISTED {
        return named.iter().map(|name| one(name).into()).collect();
    }
    vec![all(&first_of(named)).into()]
}

/// The first of many things, and how many more there are.
fn first_of(named: &[impl AsRef<str>]) -> String {
    let first: Vec<&str> = named.iter().take(LISTED).map(AsRef::as_ref).collect();
    let more = named.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", first.join(", "))
}

fn set_at_once(those: &str, many: usize, fields: &str) -> String {
    let was = if many == 1 { "was" } else { "were" };
    format!("{those} {was} set twice at once ({fields}); one must be chosen.")
}

/// How many references a sentence lists.
const LISTED: usize = 5;

/// What keeps the account from closing. If nobody has begun, that is said once and nothing else.
fn undecided(comments: &[Comment], points: &[Point]) -> Option<Cow<'static, str>> {
    let open = points.iter().filter(|point| point.outcome() == Outcome::Open);
    let open: Vec<&str> = open.map(|point| &*point.reference).collect();
    if open.is_empty() {
        return None;
    }
    let begun = !comments.is_empty() || points.iter().any(|point| point.reason.is_some());
    if !begun {
        return Some(
            "No comments were made yet; the points are listed as they were captured.".into(),
        );
    }
    let points = counting(open.len(), "point", "is", "are");
    let those = first_of(&open);
    Some(format!("{points} not in a comment and not set aside yet: {those}.").into())
}

/// A sentence about these points, with a list as its subject that stays short.
fn reason_for(references: &[&str], sentence: impl Fn(&str) -> String) -> Option<Cow<'static, str>> {
    let those = match references {
        [] => return None,
        few if few.len() <= LISTED => few.join(", "),
        [first, ..] if first.starts_with('S') => {
            format!("{} comments, {first} the first of them,", references.len())
        }
        [first, ..] => format!("{} points, {first} the first of them,", references.len()),
    };
    Some(sentence(&those).into())
}
