//! Who could be told from the words of a workshop, point by point and statement by statement.

use std::ops::Range;

use super::{
    Change, Course, Disposition, Field, Hit, Names, Outcome, Point, PointId, Proposal, Refusal,
    Rule, SessionId, Statement, StatementField, StatementId, Status, Subject, Verdict, Waiver,
    What, Workshop,
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
    /// A word to find it by.
    Tag,
    /// Words that would be put into the draft text, with those around them.
    Proposal,
    /// Why they would be.
    Why,
    /// The drafters' answer.
    Response,
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
    /// Whether it was said on the record: it may stay if those named agreed, which is recorded with
    /// the session, or for this name alone as the reason.
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
    /// Whether a session is on the record.
    pub fn is_on_record(&self, session: &SessionId) -> bool {
        let found = self.agenda().session(session);
        found.is_some_and(|session| self.agenda().rule_of(session) == Rule::OnRecord)
    }

    /// The sessions on the record of which consent to be named is recorded, in the agenda's order.
    pub fn attributable(&self) -> impl Iterator<Item = &SessionId> {
        let sessions = self.agenda().sessions().into_iter().map(|(_, _, session)| &session.id);
        sessions.filter(|id| self.may_attribute(id))
    }

    /// Whether what was said in a session may be told of those who said it: it was on the record, and
    /// they agreed.
    pub fn may_attribute(&self, session: &SessionId) -> bool {
        self.is_on_record(session) && self.course(session).is_some_and(Course::has_consent)
    }

    /// The names in a point's words that tell who spoke, are not waived, and may not stand by the
    /// consent recorded with its session.
    ///
    /// Consent lets a delegation be named in the wording of what was said on the record, and there
    /// alone: reservations, reasons, roles and tags were written at other times, and a person is
    /// never named by it.
    pub fn attributions_in(&self, names: &Names, point: &Point) -> Vec<Attribution> {
        let mut found = self.names_in(names, point);
        if !found.is_empty() && self.is_attributable(point) {
            found.retain(|one| one.part != Part::Wording || one.hit.what == What::Person);
        }
        found
    }

    /// Whether all that is known of where a point was said lets it be attributed.
    pub fn is_attributable(&self, point: &Point) -> bool {
        let sessions = point.values(&Field::Session(None));
        sessions.iter().all(|session| match session {
            Field::Session(Some(session)) => self.may_attribute(session),
            _ => false,
        })
    }

    /// The same, whatever was agreed to.
    pub fn names_in(&self, names: &Names, point: &Point) -> Vec<Attribution> {
        if point.is_deleted() {
            return Vec::new();
        }
        let on_record = point.session().is_some_and(|session| self.is_on_record(session));
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
        texts.extend(point.tags().iter().map(|tag| (Part::Tag, tag.as_str())));
        let proposals = point.values(&Field::Proposal(None));
        let proposals = || {
            proposals.iter().filter_map(|field| match field {
                Field::Proposal(Some(proposal)) => Some(&**proposal),
                _ => None,
            })
        };
        texts.extend(proposals().map(|proposal| (Part::Why, &*proposal.why)));
        texts.extend(self.responses(Subject::Point(point.id())));
        let wherein = Wherein::Point(point.id());
        let mut found = in_texts(names, &texts, point.waived(), wherein, on_record);
        for proposal in proposals() {
            // A name in the paragraph itself tells nobody who spoke.
            for (text, put) in self.put_by(point, proposal) {
                let texts = [(Part::Proposal, &*text)];
                let hits = in_texts(names, &texts, point.waived(), wherein, on_record);
                let is_put = |one: &Attribution| {
                    let hit = &one.hit.range;
                    put.iter().any(|put| put.start < hit.end && hit.start < put.end)
                };
                found.extend(hits.into_iter().filter(is_put));
            }
        }
        found
    }

    /// What drafters answered, in words. What they answered before stays in the room.
    fn responses(&self, of: Subject) -> impl Iterator<Item = (Part, &str)> {
        let answers = self.disposition(of).into_iter().chain(self.other_dispositions(of));
        answers.flat_map(|answer| {
            [(Part::Response, &*answer.note), (Part::Response, answer.target.as_str())]
        })
    }

    /// The change that puts other words where a name was found in the drafters' answer.
    pub fn reword_response(&self, found: &Attribution, text: &str) -> Result<Change, Refusal> {
        let of = match found.wherein {
            Wherein::Point(point) => Subject::Point(point),
            Wherein::Statement(statement) => Subject::Statement(statement),
        };
        let mut answers = self.disposition(of).into_iter().chain(self.other_dispositions(of));
        let named =
            |answer: &&Disposition| *answer.note == *found.text || *answer.target == *found.text;
        let mut to = answers.find(named).ok_or(Refusal::NotOnesOwn)?.clone();
        if *to.note == *found.text {
            to.note = text.into();
        } else {
            to.target = text.into();
        }
        self.dispose(of, to)
    }

    /// What a proposal of a point puts into the text: the wording it comes to and where in it the
    /// words are that it puts there; where it fits nowhere, those words alone.
    fn put_by(&self, point: &Point, proposal: &Proposal) -> Vec<(String, Vec<Range<usize>>)> {
        if let Some(whole) = self.proposed_on(point).and_then(|text| proposal.worded(text)) {
            return vec![whole];
        }
        let puts = proposal.edits.iter().map(|edit| edit.put.to_string());
        puts.map(|put| (put.clone(), std::iter::once(0..put.len()).collect())).collect()
    }

    /// The words that a point's proposal would change.
    fn proposed_on(&self, point: &Point) -> Option<&str> {
        let (paragraph, after) = self.anchor(point.paragraph()?)?;
        Some(if after { "" } else { &paragraph.text })
    }

    /// The change that puts other words where a name was found in a proposal or its reason.
    pub fn reword_proposal(&self, found: &Attribution, text: &str) -> Result<Change, Refusal> {
        let Wherein::Point(id) = found.wherein else { return Err(Refusal::Empty) };
        let point = self.point(id).ok_or(Refusal::NoPoint(id))?;
        let mut known =
            point.values(&Field::Proposal(None)).into_iter().rev().filter_map(|field| {
                let Field::Proposal(proposal) = field else { return None };
                proposal
            });
        let worded = |proposal: &Proposal| match found.part {
            Part::Why => proposal.why == found.text,
            _ => self.put_by(point, proposal).iter().any(|(text, _)| **text == *found.text),
        };
        let mut proposal = known.find(|proposal| worded(proposal)).ok_or(Refusal::NotOnesOwn)?;
        let on = self.proposed_on(point).filter(|on| proposal.locate(on).is_some());
        let to = match (found.part, on) {
            (Part::Why, _) => {
                proposal.why = text.into();
                Some(proposal)
            }
            (_, Some(on)) => Proposal::between(on, text, &proposal.why).map(Box::new),
            (_, None) => {
                let named = proposal.edits.iter_mut().filter(|edit| edit.put == found.text);
                named.for_each(|edit| edit.put = text.into());
                Some(proposal)
            }
        };
        // Words that are there already are no proposal.
        self.set(id, Field::Proposal(Some(to.ok_or(Refusal::Empty)?)))
    }

    /// The same in the words that a statement has: its own, or those of its first source.
    pub fn attributions_shown(&self, names: &Names, statement: &Statement) -> Vec<Attribution> {
        let mut found = self.attributions_of(names, statement);
        let first = self.sources(statement.id()).first().map(|index| self.point_at(*index));
        if let Some(first) = first.filter(|_| statement.own_text().is_empty()) {
            let words = |one: &Attribution| one.part == Part::Wording && *one.text == *first.text();
            found.extend(self.attributions_in(names, first).into_iter().filter(words));
        }
        found
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
        texts.extend(self.responses(Subject::Statement(statement.id())));
        let wherein = Wherein::Statement(statement.id());
        let mut found = in_texts(names, &texts, statement.waived(), wherein, false);
        found
            .retain(|one| one.part != Part::Wording || !self.is_agreed(names, statement, &one.hit));
        found
    }

    /// Whether a statement may bear a name by consent: sources bear it, in whatever role, and each of
    /// those was said where it may be attributed. What one group said under the Chatham House Rule
    /// is not told because another said the like on the record.
    pub fn is_agreed(&self, names: &Names, statement: &Statement, hit: &Hit) -> bool {
        // Asked of every statement with a name: most meetings have no such session.
        if hit.what == What::Person || self.attributable().next().is_none() {
            return false;
        }
        let bears = |point: &&Point| {
            let texts = [point.text()].into_iter().chain(point.alternatives());
            texts.flat_map(|text| names.check(text)).any(|other| other.which == hit.which)
        };
        let sources = self.sources(statement.id()).iter().map(|index| self.point_at(*index));
        let mut bearing = sources.filter(bears).peekable();
        bearing.peek().is_some() && bearing.all(|point| self.is_attributable(point))
    }

    /// The same in all statements, in their order.
    pub fn attributions_of_statements(&self, names: &Names) -> Vec<Attribution> {
        let statements = self.topics().iter().flat_map(|topic| self.statements(&topic.id));
        statements.flat_map(|statement| self.attributions_of(names, statement)).collect()
    }

    /// The change that lets a name stay where it was found, for a reason.
    ///
    /// The reason is printed: it may name whom the words name, and nobody else who spoke. Who
    /// agreed to be named on the record is told in it.
    pub fn waive(
        &self,
        names: &Names,
        found: &Attribution,
        reason: &str,
    ) -> Result<Change, Refusal> {
        let tells = |hit: &Hit| hit.holds() && !found.on_record && hit.which != found.hit.which;
        if let Some(hit) = names.check(reason).into_iter().find(tells) {
            return Err(Refusal::TellsWho(reason[hit.range].into()));
        }
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
