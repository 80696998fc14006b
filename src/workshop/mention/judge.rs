//! Which mentions in a text block an export, given what was decided on them.

use super::{
    Clearance, Holder, Mention, MentionKey, NameSearch, Part, PrintedText, Ruling, TextDigest,
};
use crate::names::ListedNames;
use crate::workshop::{
    Change, Comment, Course, Field, Grade, Hit, Names, Neighbours, Over, Point, Register, Rule,
    SessionId, Stamp, Workshop,
};

impl Workshop {
    /// The attribution check of this meeting: words of its agenda and of the draft text do not count
    /// as names that no list knows.
    pub fn names(&self) -> Names {
        let mut texts = Vec::new();
        self.meeting_texts(&mut |printed| {
            if self.is_given(printed.of) {
                texts.push(printed.text.to_owned());
            }
        });
        Names::of(&ListedNames { texts, ..self.agenda().listed() })
    }

    /// The mentions in a text that somebody has to decide on, or has decided on.
    ///
    /// Every name is one, whatever its grade. In a label nothing shows that it is only a subject.
    pub fn mentions(&self, names: &dyn NameSearch, printed: &PrintedText<'_>) -> Vec<Mention> {
        let counts = |hit: &Hit| {
            let inside = |put: &std::ops::Range<usize>| {
                put.start < hit.range.end && hit.range.start < put.end
            };
            printed.counted.is_none_or(|put| put.iter().any(inside))
        };
        // A description is about who spoke, and the agenda has no speaker.
        let said = matches!(printed.of, Holder::Point(_) | Holder::Comment(_));
        let mut hits = names.hits(printed.text);
        hits.retain(|hit| said || hit.what.is_name());
        self.add_flag(printed, &mut hits);
        if !hits.iter().any(counts) {
            return Vec::new();
        }
        // The words beside a name are those of the whole text, whichever part of it counts.
        let beside = if self.phrases.is_empty() {
            vec![Neighbours::default(); hits.len()]
        } else {
            names.beside(printed.text, &hits)
        };
        let digest = TextDigest::of(printed.text);
        let on_record = self.is_said_on_record(printed.of);
        let mention = |(mut hit, beside): (Hit, Neighbours)| {
            if printed.part.is_label() {
                hit.grade = hit.grade.max(Grade::Possible);
            }
            let key = MentionKey {
                of: printed.of.clone(),
                part: printed.part,
                digest,
                from: hit.range.start as u32,
                to: hit.range.end as u32,
            };
            let by_phrase = self.by_phrase(&key, hit.grade, &beside);
            let clearance = match by_phrase {
                Some(_) => Some(Clearance::plain(Ruling::Subject)),
                None => self.clearance(names.names(), &key, &hit).cloned(),
            };
            Mention { key, text: printed.text.into(), hit, on_record, clearance, by_phrase }
        };
        let all = hits.into_iter().zip(beside).filter(|(hit, _)| counts(hit));
        all.map(mention).collect()
    }

    /// The mentions in the texts of a point.
    pub fn mentions_in(&self, names: &dyn NameSearch, point: &Point) -> Vec<Mention> {
        let mut found = Vec::new();
        self.point_texts(point, &mut |printed| found.extend(self.mentions(names, &printed)));
        found
    }

    /// The mentions in the texts of a comment. If its wording is a source's, those in it belong to that
    /// point.
    pub fn mentions_of(&self, names: &dyn NameSearch, comment: &Comment) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut see = |printed: PrintedText<'_>| found.extend(self.mentions(names, &printed));
        self.comment_texts(comment, &mut see);
        found
    }

    /// The mentions in a comment and in the wording it shows, which may be its first source's.
    pub fn mentions_shown(&self, names: &dyn NameSearch, comment: &Comment) -> Vec<Mention> {
        let mut found = self.mentions_of(names, comment);
        let first = self.sources(comment.id()).first().map(|index| self.point_at(*index));
        if let Some(first) = first.filter(|first| first.text() == self.wording(comment)) {
            let shown = |one: &Mention| one.key.part == Part::Wording && *one.text == *first.text();
            found.extend(self.mentions_in(names, first).into_iter().filter(shown));
        }
        found
    }

    /// The mentions in the texts of all comments, in their order.
    pub fn mentions_of_comments(&self, names: &dyn NameSearch) -> Vec<Mention> {
        let comments = self.topics().iter().flat_map(|topic| self.comments(&topic.id));
        comments.flat_map(|comment| self.mentions_of(names, comment)).collect()
    }

    /// The mentions in everything else that is printed: the agenda, topics, groups, the legend and
    /// the draft text.
    pub fn mentions_of_meeting(&self, names: &dyn NameSearch) -> Vec<Mention> {
        let mut found = Vec::new();
        self.meeting_texts(&mut |printed| found.extend(self.mentions(names, &printed)));
        found
    }

    /// Whether a text was written by the secretariat or the drafters before the groups met: such
    /// texts are listed once and accepted together.
    pub fn is_given(&self, of: &Holder) -> bool {
        match of {
            Holder::Agenda | Holder::DraftText => true,
            Holder::Topic(id) => self.agenda().topic(id).is_some(),
            Holder::Group(id) => {
                let planned = self.agenda().groups.iter().find(|group| group.id == *id);
                let title = self.group(id).map(super::super::GroupState::title);
                planned.is_some_and(|planned| Some(planned.title.as_str()) == title)
            }
            Holder::Legend | Holder::Point(_) | Holder::Comment(_) => false,
        }
    }

    /// The change that records a decision on a mention, or takes the decision back.
    pub fn decide(&self, mention: MentionKey, to: Option<Clearance>) -> Change {
        let none = Register::default();
        let over = self.clearances.get(&mention).unwrap_or(&none).live(Stamp::ORIGIN);
        Change::MentionDecided { mention: Box::new(mention), to, over: Over::from_vec(over) }
    }

    /// Everything decided on a mention on several laptops at once, each once, in no particular order.
    pub fn clearances(&self, mention: &MentionKey) -> Vec<Option<&Clearance>> {
        let found = self.clearances.get(mention);
        found.into_iter().flat_map(Register::each).map(Option::as_ref).collect()
    }

    /// The decision in force: of several made at once, the strictest. `None` if one of them took
    /// the decision back, or if it rests on a consent that is not there.
    fn clearance(&self, names: &Names, key: &MentionKey, hit: &Hit) -> Option<&Clearance> {
        let made = self.clearances.get(key)?;
        let all: Option<Vec<&Clearance>> = made.values().map(Option::as_ref).collect();
        let all = all?;
        let stands = |made: &&Clearance| match made.ruling {
            // A different consent from the one in the decision covers nothing beyond that one.
            Ruling::Consent => {
                made.consent.is_some() && self.consent_to(names, key, hit) == made.consent
            }
            // The reason is printed.
            Ruling::Public => names.first_in(&made.reason).is_none(),
            Ruling::Subject | Ruling::Held => true,
        };
        if all.iter().all(stands) { all.into_iter().max() } else { None }
    }

    /// Whether a mention may be covered by the consent recorded with the session: consent lets a
    /// delegation be named in the wording of what was said on the record, and only there.
    /// Reservations, reasons, roles and tags were written at other times, and persons are never
    /// named by consent.
    pub fn may_consent(&self, names: &Names, key: &MentionKey, hit: &Hit) -> bool {
        self.consent_to(names, key, hit).is_some()
    }

    /// The digest of the words of the consents that would cover a mention; `None` if it may not be
    /// covered.
    pub fn consent_to(&self, names: &Names, key: &MentionKey, hit: &Hit) -> Option<TextDigest> {
        if key.part != Part::Wording || hit.what.may_be_a_person() {
            return None;
        }
        let points = match key.of {
            Holder::Point(id) => vec![self.point(id).filter(|point| self.is_attributable(point))?],
            Holder::Comment(id) => {
                let found = self.comment(id).filter(|it| self.is_agreed(names, it, hit))?;
                self.bearers(names, found, hit)
            }
            _ => return None,
        };
        let sessions = points.iter().flat_map(|point| point.values(&Field::Session(None)));
        let mut words: Vec<&str> = Vec::new();
        for session in sessions {
            let Field::Session(Some(session)) = session else { return None };
            words.extend(self.course(&session).into_iter().flat_map(Course::consents).flatten());
        }
        words.sort_unstable();
        words.dedup();
        Some(TextDigest::of(&words.join("\n")))
    }

    fn is_said_on_record(&self, of: &Holder) -> bool {
        let Holder::Point(id) = of else { return false };
        let Some(point) = self.point(*id) else { return false };
        let said = |session| self.is_on_record(session) && !self.is_barred_to(point, session);
        point.session().is_some_and(said)
    }

    /// Whether a session is on the record.
    pub fn is_on_record(&self, session: &SessionId) -> bool {
        let found = self.agenda().session(session);
        found.is_some_and(|session| self.agenda().rule_of(session) == Rule::OnRecord)
    }

    /// The sessions on the record for which consent to be named is recorded, in the agenda's order.
    pub fn attributable(&self) -> impl Iterator<Item = &SessionId> {
        let sessions = self.agenda().sessions().into_iter().map(|(_, _, session)| &session.id);
        sessions.filter(|id| self.may_attribute(id))
    }

    /// Whether what was said in a session may be attributed: it was on the record, and those who
    /// spoke agreed.
    pub fn may_attribute(&self, session: &SessionId) -> bool {
        self.is_on_record(session) && self.course(session).is_some_and(Course::has_consent)
    }

    /// Whether everything known about where a point was said lets it be attributed. Consent of a
    /// plenary session never covers a breakout group, whose points older programs could file
    /// there.
    pub fn is_attributable(&self, point: &Point) -> bool {
        let sessions = point.values(&Field::Session(None));
        sessions.iter().all(|session| match session {
            Field::Session(Some(session)) => {
                self.may_attribute(session) && !self.is_barred_to(point, session)
            }
            _ => false,
        })
    }

    /// Whether a comment may have a name by consent: some sources have it, in whatever role, and each of
    /// those was said where it may be attributed. What one group said under the Chatham House Rule
    /// is not revealed because another said something similar on the record.
    pub fn is_agreed(&self, names: &Names, comment: &Comment, hit: &Hit) -> bool {
        // Checked for every comment with a name: most meetings have no such session.
        if hit.what.may_be_a_person() || self.attributable().next().is_none() {
            return false;
        }
        let bearers = self.bearers(names, comment, hit);
        !bearers.is_empty() && bearers.iter().all(|point| self.is_attributable(point))
    }

    /// The sources of a comment that have a name, in whatever role.
    fn bearers(&self, names: &Names, comment: &Comment, hit: &Hit) -> Vec<&Point> {
        let bears = |point: &&Point| {
            let texts = [point.text()].into_iter().chain(point.alternatives());
            texts.flat_map(|text| names.check(text)).any(|other| other.which == hit.which)
        };
        let sources = self.sources(comment.id()).iter().map(|index| self.point_at(*index));
        sources.filter(bears).collect()
    }
}
