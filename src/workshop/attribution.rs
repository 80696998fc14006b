//! Who could be told from the words of a workshop, point by point and statement by statement.

use super::{
    Change, Field, Hit, Names, Point, PointId, Refusal, Rule, Statement, StatementField,
    StatementId, Waiver, Workshop,
};

/// Where words stand that could tell who spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wherein {
    /// In a point.
    Point(PointId),
    /// In a statement's own wording, or an alternative of it.
    Statement(StatementId),
}

/// A name that tells who spoke, and that nobody has waived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Where it stands.
    pub wherein: Wherein,
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

fn in_text<'t>(
    names: &'t Names,
    text: &'t str,
    waived: &'t [Waiver],
) -> impl Iterator<Item = Hit> + 't {
    let is_open = move |hit: &Hit| {
        let found = &text[hit.range.clone()];
        hit.holds() && !waived.iter().any(|waiver| waiver.found == found)
    };
    names.check(text).into_iter().filter(is_open)
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
        let wordings = std::iter::once(point.text()).chain(point.alternatives());
        let found = wordings.flat_map(|text| {
            in_text(names, text, point.waived()).map(move |hit| (Box::<str>::from(text), hit))
        });
        let wherein = Wherein::Point(point.id());
        found.map(|(text, hit)| Attribution { wherein, text, hit, on_record }).collect()
    }

    /// The same in what was written for a statement; its sources are looked at as points.
    pub fn attributions_of(&self, names: &Names, statement: &Statement) -> Vec<Attribution> {
        if self.sources(statement.id()).is_empty() {
            return Vec::new();
        }
        let own = std::iter::once(statement.own_text()).chain(statement.wordings());
        let texts = own.chain(statement.alternatives().iter().map(AsRef::as_ref));
        let others = [statement.owner(), statement.by_when()];
        let found = texts.chain(others).flat_map(|text| {
            in_text(names, text, statement.waived()).map(move |hit| (Box::<str>::from(text), hit))
        });
        let wherein = Wherein::Statement(statement.id());
        found.map(|(text, hit)| Attribution { wherein, text, hit, on_record: false }).collect()
    }

    /// The names that tell who spoke, in all that would be handed over.
    pub fn attributions(&self, names: &Names) -> Vec<Attribution> {
        let topics = self.topics().iter();
        let statements = topics.flat_map(|topic| self.statements(&topic.id));
        let mut found: Vec<Attribution> =
            statements.flat_map(|statement| self.attributions_of(names, statement)).collect();
        found.extend(self.points().flat_map(|point| self.attributions_in(names, point)));
        found
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
