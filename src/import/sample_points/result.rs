//! The result of the sample's points: comments, and what was set aside.

use std::collections::HashMap;

use compact_str::CompactString;
use serde::Deserialize;

use crate::workshop::{
    Change, CommentField, CommentId, Convergence, Field, GroupId, Hands, Outcome, Point, PointId,
    PointKind, Reason, Refusal, SetAside, TopicId, Verdict, Workshop,
};

pub(super) const RESULT: &str = include_str!("../../../sessions/asean-declaration.statements.ron");

/// The result as the sample file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleResult {
    statements: Vec<SampleComment>,
    set_aside: Vec<SampleAside>,
    read_back: Vec<SampleReadBack>,
    hands: Vec<SampleHands>,
    seals: Vec<SampleSeal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleComment {
    topic: TopicId,
    kind: PointKind,
    text: Box<str>,
    paragraph: Option<CompactString>,
    agreed: Option<Convergence>,
    #[serde(default)]
    alternatives: Vec<Box<str>>,
    #[serde(default)]
    owner: CompactString,
    #[serde(default)]
    by: CompactString,
    from: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleAside {
    point: String,
    reason: Reason,
    words: CompactString,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleReadBack {
    points: Vec<String>,
    verdict: Verdict,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleHands {
    point: String,
    hands: Hands,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleSeal {
    group: GroupId,
    topic: TopicId,
}

/// The changes that make the sample's result from its points. A name for a point that is not there is
/// left out; a test makes sure that there is none.
pub(super) fn changes(workshop: &Workshop) -> Vec<Change> {
    let Ok(sheet) = sheet() else { return Vec::new() };
    let named = PointsByReference::of(workshop);
    let mut changes: Vec<Result<Change, Refusal>> = Vec::new();
    for said in &sheet.read_back {
        for point in said.points.iter().filter_map(|name| named.point(name)) {
            let reading = point.reading(said.verdict.clone());
            changes.push(workshop.set(point.id(), Field::ReadBack(Some(reading.into()))));
        }
    }
    for raised in &sheet.hands {
        let point = named.point(&raised.point);
        changes.extend(point.map(|p| workshop.set(p.id(), Field::Hands(Some(raised.hands)))));
    }
    for seal in &sheet.seals {
        changes.push(Ok(workshop.set_seal(seal.group.clone(), seal.topic.clone(), true)));
    }
    for line in sheet.statements {
        let comment = CommentId::of(line.text.as_bytes());
        let from: Vec<PointId> =
            line.from.iter().filter_map(|name| named.point(name)).map(Point::id).collect();
        let fields = [
            CommentField::Topic(line.topic),
            CommentField::Kind(line.kind),
            CommentField::Text(line.text),
            CommentField::Paragraph(line.paragraph.map(|label| workshop.pin(&label))),
            CommentField::Convergence(line.agreed),
            CommentField::Alternatives(line.alternatives.into()),
            CommentField::Owner(line.owner),
            CommentField::ByWhen(line.by),
        ];
        changes.extend(fields.map(|field| workshop.set_comment(comment, field)));
        changes.extend(
            from.into_iter().map(|point| workshop.set(point, Field::Outcome(Outcome::In(comment)))),
        );
    }
    for aside in sheet.set_aside {
        let Some(point) = named.point(&aside.point) else { continue };
        let why = SetAside { reason: aside.reason, words: aside.words };
        changes.push(workshop.set(point.id(), Field::Outcome(Outcome::SetAside(why.into()))));
    }
    changes.into_iter().flatten().collect()
}

fn sheet() -> Result<SampleResult, ron::error::SpannedError> {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(RESULT)
}

/// The points by their references.
struct PointsByReference<'w>(HashMap<String, &'w Point>);

impl<'w> PointsByReference<'w> {
    fn of(workshop: &'w Workshop) -> Self {
        let name = |point: &Point| format!("P-{:.6}", point.id()).to_uppercase();
        Self(workshop.points().map(|point| (name(point), point)).collect())
    }

    fn point(&self, name: &str) -> Option<&'w Point> {
        self.0.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{agenda, sample_points, samples};
    use crate::workshop::{Passage, Pin, compile};

    #[test]
    fn every_point_of_the_sample_ends_somewhere() {
        let sample = samples::sample(sample_points::SAMPLE).unwrap();
        let agenda = agenda::read(sample.name, sample.text.as_bytes()).unwrap().agenda;
        let mut workshop = Workshop::new(&agenda);
        for record in sample_points::records(&agenda) {
            workshop.apply(record);
        }
        let named = PointsByReference::of(&workshop);
        let sheet = sheet().unwrap();
        let aside = sheet.set_aside.iter().map(|aside| &aside.point);
        let said = sheet.read_back.iter().flat_map(|said| &said.points);
        let hands = sheet.hands.iter().map(|raised| &raised.point);
        let from = sheet.statements.iter().flat_map(|line| &line.from);
        for name in aside.chain(said).chain(hands).chain(from) {
            assert!(named.point(name).is_some(), "{name}");
        }
        let sources: usize = sheet.statements.iter().map(|line| line.from.len()).sum();
        let account = workshop.account();
        assert_eq!(account.carried, sheet.statements.len());
        assert_eq!(account.carried + account.merged, sources);
        assert!(account.is_closed(), "{account}");
        assert_eq!(workshop.astray(), []);
        let proposals = workshop.points().filter(|point| point.proposal().is_some()).count();
        assert_eq!(proposals, 13);
        let mut conflicts = Vec::new();
        for paragraph in &workshop.draft_text().unwrap().paragraphs {
            let on = Pin::At(paragraph.id);
            let points = workshop.points().filter(|point| point.paragraph() == Some(&on));
            let proposed: Vec<_> = points
                .filter_map(|point| Some((point.group().clone(), point.proposal()?)))
                .collect();
            let alike = |passage: &Passage<GroupId>| match passage {
                Passage::Agreed(_) => (0, 0),
                Passage::Open { others, .. } => {
                    (others.len(), others.iter().map(|(_, groups)| groups.len()).max().unwrap_or(0))
                }
            };
            let passages = compile(&paragraph.text, &proposed);
            let most = passages.iter().map(alike).filter(|(others, alike)| others + alike > 2);
            conflicts.extend(most.map(|most| (paragraph.label.to_string(), most)));
        }
        conflicts.sort();
        conflicts.dedup();
        let found: Vec<(&str, (usize, usize))> =
            conflicts.iter().map(|(label, most)| (label.as_str(), *most)).collect();
        // Two conflicts, and two groups that want the same words.
        assert_eq!(found, [("OP3", (2, 1)), ("OP4", (2, 1)), ("OP9", (1, 2))]);
    }
}
