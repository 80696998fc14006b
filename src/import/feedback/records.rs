//! Received feedback as an agenda and the changes that make it a workshop again.

use std::collections::{HashMap, HashSet};

use crate::feedback::{
    self, Answer, Comment, Disposition, Feedback, GroupId, Point, Publishable, Reason, WaivedName,
};
use crate::workshop::{
    self, Agenda, Awaited, Change, Clearance, CommentId, CourseField, Day, Field, Group,
    GroupField, Holder, MentionKey, Moment, Over, Part, PointId, PrintedText, Record, Ruling,
    Session, SessionId, Stamp, Subject, TextDigest, Topic, Waiver, Workshop, WriterId, is_to_come,
};

use super::ReceivedFeedback;
use super::pen::{Moments, RecordWriter};

/// What replaces the words of a consent that was recorded where the feedback comes from.
const CONSENT: &str = "recorded where this feedback was made";

impl ReceivedFeedback {
    /// The agenda on which a workshop for this feedback is founded.
    pub fn agenda(&self) -> Agenda {
        let Feedback { meeting, topics, groups, .. } = &self.feedback;
        Agenda {
            id: meeting.id.clone(),
            title: meeting.title.to_string(),
            venue: meeting.venue.to_string(),
            time_zone: meeting.time_zone.to_string(),
            rule: meeting.rule,
            objectives: meeting.objectives.iter().map(ToString::to_string).collect(),
            delegations: Vec::new(),
            delegation_count: meeting.delegations,
            agencies: Vec::new(),
            aliases: Vec::new(),
            participants: Vec::new(),
            topics: topics
                .iter()
                .filter(|topic| topic.asked)
                .map(|topic| Topic {
                    id: topic.id.clone(),
                    title: topic.title.to_string(),
                    short: topic.short.to_string(),
                    questions: topic.questions.iter().map(ToString::to_string).collect(),
                })
                .collect(),
            groups: groups
                .iter()
                .filter(|group| group.id != GroupId::plenary())
                .map(|group| Group {
                    id: group.id.clone(),
                    title: group.title.to_string(),
                    topics: group.topics.clone(),
                    room: String::new(),
                })
                .collect(),
            days: days(&self.feedback),
        }
    }

    /// The changes that bring everything in. They follow from the content alone, so importing a
    /// file twice, or on two laptops, has the same result as once.
    pub fn records(&self) -> Vec<Record> {
        self.records_after(0)
    }

    /// The same, later than this Lamport time.
    fn records_after(&self, time: u64) -> Vec<Record> {
        let feedback = &self.feedback;
        let digest = feedback.digest();
        let moments = Moments::of(feedback);
        // No two records may have the same stamp: what is written at other times has another writer.
        let writer = match time {
            0 => WriterId::of(digest.as_bytes()),
            time => WriterId::of(format!("{digest} after {time}").as_bytes()),
        };
        let mut pen = RecordWriter::new(writer, time, moments.first);
        for group in &feedback.groups {
            if !group.open && group.id != GroupId::plenary() {
                let (group, to) = (group.id.clone(), GroupField::Open(false));
                pen.write(Change::GroupChanged { group, to, over: [Stamp::ORIGIN].into() });
            }
        }
        for session in &feedback.audit.consent {
            let (session, to) = (session.clone(), CourseField::Consent(Some(CONSENT.into())));
            pen.write(Change::CourseChanged { session, to, over: [Stamp::ORIGIN].into() });
        }
        pen.legend(&feedback.legend);
        if let Some(text) = &feedback.draft_text {
            pen.text(text);
        }
        pen.points(&feedback.points, &feedback.comments, &moments);
        pen.at = moments.first;
        let (mut of_points, mut of_comments) = waivers(feedback);
        let texts = feedback.points.iter().map(|point| (point.id, &*point.text)).collect();
        for comment in &feedback.comments {
            let waived = of_comments.remove(&comment.id).unwrap_or_default();
            pen.comment(comment, &texts, waived.into());
        }
        for nth in 0..feedback.counts.deleted {
            pen.deleted(PointId::of(format!("{digest} deleted {nth}").as_bytes()));
        }
        for comment in &feedback.comments {
            if let Some(found) = &comment.disposition {
                pen.disposition(Subject::Comment(comment.id), found);
            }
        }
        for point in &feedback.points {
            if let Some(found) = &point.disposition {
                pen.disposition(Subject::Point(point.id), found);
            }
        }
        for seal in &feedback.seals {
            pen.write(Change::SealChanged {
                group: seal.group.clone(),
                topic: seal.topic.clone(),
                to: Some(workshop::Seal { digest: seal.digest.as_str().into() }),
                over: [Stamp::ORIGIN].into(),
            });
        }
        for point in &feedback.points {
            let waived = of_points.remove(&point.id).map(|waived| Field::Waived(waived.into()));
            if let Some((to, born)) = waived.zip(pen.born.get(&point.id).copied()) {
                pen.write(Change::PointChanged { point: point.id, to, over: [born].into() });
            }
        }
        for (mention, made) in decisions(feedback) {
            let (mention, over) = (Box::new(mention), [Stamp::ORIGIN].into());
            pen.write(Change::MentionDecided { mention, to: Some(made), over });
        }
        // Their names are not in the file: a later export of this has to say so.
        let participants = feedback.audit.searched.max(feedback.audit.unlisted);
        if participants > 0 {
            pen.records.push(Record::participants_counted(participants));
        }
        pen.records
    }
}

/// What was decided on names, as far as the texts it was decided on are in the file.
fn decisions(feedback: &Feedback) -> Vec<(MentionKey, Clearance)> {
    let mut wanted = HashSet::new();
    for waived in &feedback.audit.waived {
        wanted.extend(waived.holder().zip(waived.part).zip(waived.digest));
    }
    let mut texts: HashMap<((Holder, Part), TextDigest), String> = HashMap::new();
    if !wanted.is_empty() {
        let mut see = |printed: PrintedText<'_>| {
            let place = (printed.of.clone(), printed.part);
            if wanted.iter().any(|(wanted, _)| *wanted == place) {
                texts.insert((place, TextDigest::of(printed.text)), printed.text.to_owned());
            }
        };
        (0..feedback.sections()).for_each(|section| feedback.texts(section, &mut see));
    }
    let decision = |waived: &WaivedName| {
        let (of, part) = (waived.holder()?, waived.part?);
        let (digest, [from, to]) = (waived.digest?, waived.at?);
        let text = texts.get(&((of.clone(), part), digest))?;
        let byte = |character: u32| {
            let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            places.nth(character as usize).map(|at| at as u32)
        };
        let key = MentionKey { of, part, digest, from: byte(from)?, to: byte(to)? };
        let ruling = waived.decided.unwrap_or(Ruling::Public);
        let reason = (&*waived.reason).into();
        let consent = (ruling == Ruling::Consent).then(|| TextDigest::of(CONSENT));
        Some((key, Clearance { ruling, reason, consent }))
    };
    feedback.audit.waived.iter().filter_map(decision).collect()
}

/// The waivers of each point and of each comment.
fn waivers(
    feedback: &Feedback,
) -> (HashMap<PointId, Vec<Waiver>>, HashMap<CommentId, Vec<Waiver>>) {
    let (mut points, mut comments) = (HashMap::new(), HashMap::new());
    // In files of earlier versions it was not bound to the words: it is offered, but not trusted.
    let earlier = feedback.audit.waived.iter().filter(|waived| waived.digest.is_none());
    for WaivedName { point, comment, found, reason, .. } in earlier {
        let waiver = || Waiver { found: (&**found).into(), reason: (&**reason).into() };
        if let Some(point) = point {
            points.entry(*point).or_insert_with(Vec::new).push(waiver());
        }
        if let Some(comment) = comment {
            comments.entry(*comment).or_insert_with(Vec::new).push(waiver());
        }
    }
    (points, comments)
}

impl ReceivedFeedback {
    /// Those of the [`records`](Self::records) that are new to a workshop: all of them if
    /// nothing was captured yet. Otherwise the points and comments that it has never had or has in other
    /// words, and what happened to points: later than everything that was done there, and beside what was
    /// decided differently. What was deleted there since stays deleted.
    pub fn records_for(&self, workshop: &Workshop) -> Vec<Record> {
        let mut records = self.news_for(workshop);
        records.extend(self.gaps(workshop, &records, None));
        records
    }

    /// All the [`records`](Self::records), for a workshop that is made from this file, and what the file says
    /// is missing. Discussions that are over `now` are left to the file.
    pub fn founding_records(&self, now: Moment) -> Vec<Record> {
        let mut records = self.records();
        records.extend(self.gaps(&Workshop::new(&self.agenda()), &records, Some(now)));
        records
    }

    /// What the file says is missing; without a plan here also what was only still to come there.
    fn named(&self, has_plan: bool) -> Vec<Awaited> {
        let feedback = &self.feedback;
        let to_come = feedback.draft.iter().filter(|reason| !has_plan && is_to_come(reason));
        let named = feedback.gaps_named().chain(to_come.map(AsRef::as_ref));
        let from = |sentence: &str| {
            let of = feedback.awaited.iter().filter(|one| *one.missing == *sentence);
            of.flat_map(|one| &one.from).copied().collect()
        };
        let named = named.map(workshop::bare_gap);
        named.map(|missing| Awaited { missing: missing.into(), from: from(missing) }).collect()
    }

    /// What the file says is missing, as far as the workshop would not say so itself. Files that bring no
    /// points add nothing to that; one that has all points here can take back what an earlier one said.
    fn gaps(
        &self,
        workshop: &Workshop,
        records: &[Record],
        founds: Option<Moment>,
    ) -> Option<Record> {
        let known = workshop.imported_gaps();
        let is_made = founds.is_some();
        let mut named = self.named(!is_made && !workshop.is_made_from_file());
        if !is_made {
            // Its agenda may have been corrected since.
            let file = Workshop::new(&self.agenda());
            let in_words_of_here = |gap: &Awaited| file.silence_in_words_of(workshop, &gap.missing);
            for gap in &mut named {
                if let Some(words) = in_words_of_here(gap) {
                    gap.missing = words.into();
                }
            }
        }
        let is_capture = |change: &Change| matches!(change, Change::PointCaptured(_));
        let mut brought = records.iter().filter(|record| record.changes.iter().any(is_capture));
        let by = brought.next().map(|record| record.stamp.writer);
        // Where the file has no plan, what it brings must not look like captured there.
        let is_noted = is_made || (by.is_some() && workshop.is_made_from_file());
        if known.is_empty() && named.is_empty() && !is_noted {
            return None;
        }
        let mut after = workshop.clone();
        for record in records {
            after.apply(record.clone());
        }
        let said = if is_made { Vec::new() } else { after.missing() };
        let is_known = |gap: &Awaited| known.contains(&&*gap.missing);
        named.retain(|gap| !said.iter().any(|own| **own == *gap.missing) || is_known(gap));
        named.sort_unstable();
        named.dedup();
        if workshop.captured() > 0 && by.is_none() {
            named.retain(is_known);
        }
        let theirs: HashSet<PointId> = self.feedback.points.iter().map(|point| point.id).collect();
        let has_all = workshop.points().all(|point| theirs.contains(&point.id()));
        let is_news = if has_all {
            !named.iter().eq(workshop.awaited_in_files())
        } else {
            named.iter().any(|gap| !is_known(gap))
        };
        let change = if is_news || is_made {
            workshop.import_gaps(named, has_all, founds, by)
        } else if is_noted {
            workshop.import_gaps(Vec::new(), false, None, by)
        } else {
            return None;
        };
        // It follows from the content, so that two laptops that import a file write the same.
        let writer = WriterId::of(&serde_json::to_vec(&change).unwrap_or_default());
        let stamp = Stamp { time: after.time() + 1, writer };
        let at = Moments::of(&self.feedback).first;
        Some(Record { stamp, at, changes: [change].into_iter().collect() })
    }

    fn news_for(&self, workshop: &Workshop) -> Vec<Record> {
        if workshop.captured() == 0 {
            let mut records = self.records();
            records.retain(|record| record.changes.iter().all(|change| is_due(workshop, change)));
            return records;
        }
        let ours = Feedback::of(workshop, "");
        let news = News {
            workshop,
            received: &self.feedback,
            theirs: self.feedback.points.iter().map(|p| (p.id, p)).collect(),
            ours: ours.points.iter().map(|p| (p.id, p)).collect(),
            comments: {
                let known = ours.comments.iter().map(|s| (s.id, s));
                let known: HashMap<CommentId, &Comment> = known.collect();
                let said = |theirs: &&Comment| {
                    known.get(&theirs.id).is_none_or(|our| !our.says_all_of(theirs))
                };
                self.feedback.comments.iter().filter(said).map(|s| s.id).collect()
            },
        };
        let mut records = self.records_after(workshop.time());
        records.retain_mut(|record| record.changes.first_mut().is_some_and(|it| news.is(it)));
        records
    }
}

/// Whether a change is taken in: a workshop that has a list of participants needs no word of one elsewhere.
fn is_due(workshop: &Workshop, change: &Change) -> bool {
    match change {
        Change::ParticipantsCounted { to, .. } => workshop.lacks_participants(*to as usize),
        _ => true,
    }
}

/// What was received and a workshop does not know yet.
struct News<'f> {
    workshop: &'f Workshop,
    received: &'f Feedback<'static>,
    theirs: HashMap<PointId, &'f Point<'f>>,
    ours: HashMap<PointId, &'f Point<'f>>,
    comments: HashSet<CommentId>,
}

impl News<'_> {
    /// Whether a change is news. A change of what happened to a known point is made to
    /// replace what nobody has set there.
    fn is(&self, change: &mut Change) -> bool {
        match change {
            Change::PointCaptured(captured) => self.is_said(captured.point),
            Change::CommentChanged { comment, .. } => self.comments.contains(comment),
            Change::PointChanged { point, to, over } => {
                let Some(our) = self.ours.get(point) else { return self.is_said(*point) };
                let Some((theirs, found)) =
                    self.theirs.get(point).copied().zip(self.workshop.point(*point))
                else {
                    return false;
                };
                let differs = match to {
                    Field::ReadBack(_) => our.read_back != theirs.read_back,
                    Field::Hands(_) => our.hands != theirs.hands,
                    // A point that was found to reveal who said it does not go into a comment again.
                    Field::Outcome(_) if our.reason == Some(Reason::Attributable) => false,
                    Field::Outcome(_) => !our.ends_like(theirs),
                    Field::Waived(_) => found.waived().is_empty(),
                    _ => return self.is_said(*point),
                };
                let live = found.field(to).1;
                if live == [found.born()] {
                    over.extend(live);
                }
                if let Field::ReadBack(Some(said)) = to
                    && !self.is_said(*point)
                    && theirs.read_back.as_ref().is_some_and(|said| !said.changed)
                {
                    **said = found.reading(said.verdict.clone());
                }
                differs
            }
            Change::TextChanged { to, .. } => {
                let digest = |text: &workshop::DraftText| text.digest();
                self.workshop.draft_text().map(digest) != to.as_deref().map(digest)
            }
            Change::DispositionChanged { of, to, over } => self.is_answer(*of, to, over),
            Change::MentionDecided { mention, .. } => self.workshop.clearances(mention).is_empty(),
            Change::ParticipantsCounted { .. } => is_due(self.workshop, change),
            _ => false,
        }
    }

    /// Whether an answer was never given here. One that its drafters gave knowing the current answer
    /// replaces that.
    fn is_answer(&self, of: Subject, to: &workshop::Disposition, over: &mut Over) -> bool {
        let theirs = match of {
            Subject::Point(point) => self.theirs.get(&point).and_then(|p| p.disposition.as_ref()),
            Subject::Comment(id) => {
                let comments = self.received.comments.iter();
                let mut found = comments.filter(|found| found.id == id);
                found.find_map(|found| found.disposition.as_ref())
            }
        };
        let Some(now) = self.workshop.disposition(of) else { return true };
        if theirs.is_some_and(|theirs| self.is_past_and_known(of, to, theirs)) {
            return false;
        }
        let same = |past: &Answer| past.decision == now.decision;
        if theirs.is_some_and(|theirs| theirs.history.iter().any(same)) {
            over.extend(self.workshop.answered_by(of));
        }
        self.workshop.dispositions(of).all(|known| known != to)
    }

    /// Whether an answer is one that others have replaced, and which was given here too, or whose successor was.
    /// Of earlier answers a file has only the decision.
    fn is_past_and_known(
        &self,
        of: Subject,
        to: &workshop::Disposition,
        theirs: &Disposition<'_>,
    ) -> bool {
        let is = |answer: &Answer<'_>, known: &workshop::Disposition| {
            (&answer.decision, &answer.target, &*answer.note)
                == (&known.decision, &known.target, &*known.note)
        };
        let is_past = !theirs.others.iter().chain([&theirs.now]).any(|answer| is(answer, to));
        let mut known = self.workshop.dispositions(of);
        is_past && known.any(|known| known.decision == to.decision || is(&theirs.now, known))
    }

    /// Whether a point was never here or has other words.
    fn is_said(&self, point: PointId) -> bool {
        let Some(theirs) = self.theirs.get(&point) else { return false };
        match self.ours.get(&point) {
            Some(our) => !our.says_all_of(theirs),
            None => self.workshop.point(point).is_none_or(|gone| gone.text() != theirs.text),
        }
    }
}

/// The meeting's days, each with the sessions of its date.
fn days(feedback: &Feedback) -> Vec<Day> {
    let mut below: HashMap<&SessionId, Vec<Session>> = HashMap::new();
    // The rows under a row come after it.
    for session in feedback.sessions.iter().rev() {
        let Some(above) = &session.under else { continue };
        let rows = below.remove(&session.id).unwrap_or_default();
        below.entry(above).or_default().push(row(feedback, session, rows));
    }
    let day = |date| Day { date, title: String::new(), sessions: Vec::new() };
    let mut days: Vec<Day> = feedback.meeting.dates.iter().copied().map(day).collect();
    let mut today = 0;
    for session in feedback.sessions.iter().filter(|session| session.under.is_none()) {
        // Look forward first: a date can come twice, and the order of the sessions is kept.
        let onwards = (today..days.len()).chain(0..today);
        today = onwards.into_iter().find(|day| days[*day].date == session.date).unwrap_or(today);
        let Some(day) = days.get_mut(today) else { continue };
        let rows = below.remove(&session.id).unwrap_or_default();
        day.sessions.push(row(feedback, session, rows));
    }
    days
}

/// A session as a row of the agenda, with the rows under it from the last to the first.
fn row(feedback: &Feedback, session: &feedback::Session, under: Vec<Session>) -> Session {
    Session {
        id: session.id.clone(),
        title: session.title.to_string(),
        kind: session.kind.clone(),
        start: session.start,
        minutes: session.minutes,
        rule: Some(session.rule).filter(|rule| *rule != feedback.meeting.rule),
        topics: session.topics.clone(),
        groups: session.groups.clone(),
        round: session.round,
        sessions: under.into_iter().rev().collect(),
        ..Session::default()
    }
}
