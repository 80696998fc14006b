//! Who could be told from the words of a workshop, point by point and statement by statement.

use super::{
    Change, Field, Hit, Names, Outcome, Point, PointId, Refusal, Rule, Statement, StatementField,
    StatementId, Status, Verdict, Waiver, Workshop,
};

/// Where words stand that could tell who spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wherein {
    /// In a point.
    Point(PointId),
    /// In a statement's own wording, or an alternative of it.
    Statement(StatementId),
}

/// Which words of a point or statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A wording, or an alternative of one.
    Wording,
    /// A reservation of the group's.
    Reservation,
    /// Why it was set aside.
    SetAside,
    /// Who takes it up, by role.
    Owner,
}

/// A name that tells who spoke, and that nobody has waived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Where it stands.
    pub wherein: Wherein,
    /// In which words of it.
    pub part: Part,
    /// The whole words.
    pub text: Box<str>,
    /// What was found in them.
    pub hit: Hit,
    /// Whether it was said on the record: it may stay if those named agreed, which is then recorded
    /// as the reason.
    pub on_record: bool,
}

impl Attribution {
    /// The words found.
    pub fn found(&self) -> &str {
        &self.text[self.hit.range.clone()]
    }

    /// The words with a neutral wording in the place of what was found, where there is one.
    pub fn reworded(&self) -> Option<String> {
        self.hit.neutral.as_ref().map(|neutral| neutral.put_into(&self.text))
    }
}

fn in_texts(
    names: &Names,
    texts: &[(Part, &str)],
    waived: &[Waiver],
    wherein: Wherein,
    on_record: bool,
) -> Vec<Attribution> {
    let mut found = Vec::new();
    for (part, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        for hit in names.check(text).into_iter().filter(Hit::holds) {
            let words = &text[hit.range.clone()];
            if !waived.iter().any(|waiver| waiver.found == words) {
                let text = (*text).into();
                found.push(Attribution { wherein, part: *part, text, hit, on_record });
            }
        }
    }
    found
}

impl Workshop {
    /// The names in a point's wordings that tell who spoke and are not waived.
    pub fn attributions_in(&self, names: &Names, point: &Point) -> Vec<Attribution> {
        if point.is_deleted() {
            return Vec::new();
        }
        let session = point.session().and_then(|id| self.agenda().session(id));
        let on_record =
            session.is_some_and(|session| self.agenda().rule_of(session) == Rule::OnRecord);
        let mut texts: Vec<(Part, &str)> = vec![(Part::Wording, point.text())];
        texts.extend(point.alternatives().into_iter().map(|text| (Part::Wording, text)));
        if let Some(Verdict::Reservation { words }) = point.read_back().map(|said| &said.verdict) {
            texts.push((Part::Reservation, words));
        }
        if let Outcome::SetAside(aside) = point.outcome() {
            texts.push((Part::SetAside, &aside.words));
        }
        if let Status::Parked { owner } = point.status() {
            texts.push((Part::Owner, owner));
        }
        let wherein = Wherein::Point(point.id());
        in_texts(names, &texts, point.waived(), wherein, on_record)
    }

    /// The same in what was written for a statement; its sources are looked at as points.
    fn attributions_of(&self, names: &Names, statement: &Statement) -> Vec<Attribution> {
        if self.sources(statement.id()).is_empty() {
            return Vec::new();
        }
        let mut texts: Vec<(Part, &str)> = vec![(Part::Wording, statement.own_text())];
        texts.extend(statement.wordings().into_iter().map(|text| (Part::Wording, text)));
        texts.extend(statement.alternatives().iter().map(|text| (Part::Wording, &**text)));
        texts.extend([(Part::Owner, statement.owner()), (Part::Owner, statement.by_when())]);
        let wherein = Wherein::Statement(statement.id());
        in_texts(names, &texts, statement.waived(), wherein, false)
    }

    /// The same in all statements, in their order.
    pub fn attributions_of_statements(&self, names: &Names) -> Vec<Attribution> {
        let statements = self.topics().iter().flat_map(|topic| self.statements(&topic.id));
        statements.flat_map(|statement| self.attributions_of(names, statement)).collect()
    }

    /// The change that lets a name stay where it was found, for a reason.
    pub fn waive(&self, found: &Attribution, reason: &str) -> Result<Change, Refusal> {
        let waiver = Waiver { found: found.found().into(), reason: reason.into() };
        let with = |known: &[Waiver]| known.iter().cloned().chain([waiver.clone()]).collect();
        match found.wherein {
            Wherein::Point(point) => {
                let known = self.point(point).ok_or(Refusal::NoPoint(point))?.waived();
                self.set(point, Field::Waived(with(known)))
            }
            Wherein::Statement(id) => {
                let known = self.statement(id).ok_or(Refusal::NoStatement(id))?.waived();
                self.set_statement(id, StatementField::Waived(with(known)))
            }
        }
    }
}
