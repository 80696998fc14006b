//! What every file for people says in the same words: meeting, Rule, legend, coverage.

use std::collections::{HashMap, HashSet};

use crate::feedback::{
    Answer, Audit, Comment, CommentId, Convergence, Decision, Disposition, Feedback, Group,
    GroupId, Holder, Meeting, NameVariation, Outcome, PhraseCounts, Point, PointId, PointKind,
    Rule, Ruling, Seal, SealState, SessionId, Topic, TopicId, WaivedName, matrix::MatrixRow,
};

/// The meeting's title.
pub(super) fn title(meeting: &Meeting) -> String {
    let title = meeting.title.trim();
    if title.is_empty() { "A workshop without a title".to_owned() } else { title.to_owned() }
}

/// Where and when the meeting was, and how many took part.
pub(super) fn place(meeting: &Meeting) -> String {
    let dates = match &meeting.dates[..] {
        [] => String::new(),
        [first, .., last]
            if first.format("%B %Y").to_string() == last.format("%B %Y").to_string() =>
        {
            format!("{} to {}", first.format("%-d"), last.format("%-d %B %Y"))
        }
        [first, .., last] => {
            format!("{} to {}", first.format("%-d %B %Y"), last.format("%-d %B %Y"))
        }
        [day] => day.format("%-d %B %Y").to_string(),
    };
    let zone = match &*meeting.time_zone {
        "" => String::new(),
        zone => format!("times in {zone}"),
    };
    let delegations =
        meeting.delegations.map_or(String::new(), |number| count(number as usize, "delegation"));
    let mut parts = vec![meeting.venue.to_string(), dates, delegations, zone];
    parts.retain(|part| !part.trim().is_empty());
    parts.join(" · ")
}

/// What may be passed on and what may not.
pub(super) fn rule(feedback: &Feedback) -> String {
    let own = feedback.meeting.rule;
    let other: Vec<&str> = feedback
        .sessions
        .iter()
        .filter(|session| session.rule != own)
        .map(|session| &*session.title)
        .collect();
    let mut words = match own {
        Rule::ChathamHouse => "The meeting was held under the Chatham House Rule: \
            participants are free to use the information received, but neither the identity nor \
            the affiliation of the speakers, nor that of any other participant, may be revealed."
            .to_owned(),
        Rule::OnRecord => "The meeting was held on the record.".to_owned(),
    };
    if !other.is_empty() {
        let exception = match own {
            Rule::ChathamHouse => "Sessions on the record",
            Rule::OnRecord => "Under the Chatham House Rule were",
        };
        words.push_str(&format!(" {exception}: {}.", other.join("; ")));
    }
    words.push_str(
        " No participant is listed here; if a point's wording reveals who spoke, please tell the secretariat.",
    );
    words
}

/// What the words in this file mean: the kinds of points, then how far groups agreed.
pub(super) fn legend<'f>(feedback: &'f Feedback) -> Vec<(&'f str, &'static str)> {
    let comments = || feedback.comments.iter();
    let kinds = feedback.points.iter().map(|point| &point.kind);
    let kinds: HashSet<&'f PointKind> = kinds.chain(comments().map(|s| &s.kind)).collect();
    let agreed = feedback.points.iter().filter_map(|point| point.convergence.as_ref());
    let agreed: HashSet<&'f Convergence> =
        agreed.chain(comments().filter_map(|s| s.convergence.as_ref())).collect();
    let kinds = PointKind::KNOWN.iter().filter(|kind| kinds.contains(kind));
    let kinds = kinds.map(|kind| (kind.title(), kind_means(kind)));
    let agreed = Convergence::KNOWN.iter().filter(|word| agreed.contains(word));
    kinds.chain(agreed.map(|word| (word.title(), convergence_means(word)))).collect()
}

pub(super) fn kind_means(kind: &PointKind) -> &'static str {
    match kind {
        PointKind::Recommendation => "something the group wants done or written",
        PointKind::Challenge => "an obstacle",
        PointKind::Reflection => "an observation",
        PointKind::GoodPractice => "something that works and could be copied",
        PointKind::Question => "something the group asks",
        PointKind::Option => "one of several possible ways",
        PointKind::Concern => "something the group worries about",
        PointKind::Fact => "a statement that can be checked",
        PointKind::EarlyAction => "who does what by when, and what is needed",
        PointKind::Other(_) => "a word of this meeting's own",
    }
}

pub(super) fn convergence_means(word: &Convergence) -> &'static str {
    match word {
        Convergence::Consensus => "no sustained opposition; not necessarily unanimous",
        Convergence::BroadSupport => "most in the group were for it",
        Convergence::Divergent => "views in the group differed",
        Convergence::ReservationNoted => "agreed, with a noted reservation",
        Convergence::SingleSuggestion => "one suggestion, without wider support",
        Convergence::NotDiscussed => "recorded without discussion",
        Convergence::Other(_) => "a word of this meeting's own",
    }
}

/// What a drafters' decision means.
pub(super) fn decision_means(decision: &Decision) -> &'static str {
    match decision {
        Decision::Open => "not decided yet",
        Decision::Accepted => "it goes into the text as it is",
        Decision::Modified => "it goes into the text in other words",
        Decision::Merged => "it went into another comment or paragraph; the response says which",
        Decision::Noted => "it was read; the text is not changed",
        Decision::Deferred => "someone else decides; the response says who",
        Decision::NotAccepted => "it does not go into the text; the response says why",
        Decision::Withdrawn => "the group withdrew it",
        Decision::OutsideScope => "it is not a matter for this text",
        Decision::Other(_) => "a word of the drafters' own",
    }
}

/// The legend's words for shares of the groups, as one sentence.
pub(super) fn quantifiers(feedback: &Feedback) -> String {
    let bands = feedback.legend.iter();
    let bands: Vec<String> =
        bands.map(|band| format!("{} {}–{} %", band.word, band.from, band.to)).collect();
    if bands.is_empty() {
        return String::new();
    }
    format!(
        "{} of the groups that were asked about the topic or spoke on it. One or two groups are \
         always called “some”.",
        bands.join("; ")
    )
}

/// How the account counts what was set aside; empty if nothing was.
pub(super) fn set_aside_in_words(feedback: &Feedback) -> String {
    let with_reason = feedback.points.iter().filter(|point| point.reason.is_some()).count();
    let parked = feedback.points.iter().filter(|p| p.is_parked() && p.reason.is_none()).count();
    let deleted = feedback.counts.deleted;
    if with_reason + parked + deleted == 0 {
        return String::new();
    }
    format!(
        "Of those set aside, {with_reason} have a reason in this file, {parked} are in the parking lot, \
         and {deleted} were deleted by their groups and are not printed here."
    )
}

/// What a row is about, in words; empty if that is no paragraph and there is no text.
pub(super) fn on(row: &MatrixRow, has_text: bool) -> String {
    // That a paragraph is gone is said below in more words.
    let label = row.label().trim_end_matches(" (gone)");
    match (row.at.is_some(), row.after, row.lost) {
        (true, true, true) => format!("New paragraph {label} (no longer in the text)"),
        (true, false, true) => format!("{label} (no longer in the text)"),
        // The label says "after OP5" itself.
        (true, true, false) => format!("New paragraph {label}"),
        (true, false, false) => label.to_owned(),
        (false, ..) if label.is_empty() && has_text => "The text as a whole".to_owned(),
        (false, ..) if has_text => format!("{label} (not in the draft text)"),
        (false, ..) => label.to_owned(),
    }
}

/// What was done so that nobody's identity is revealed.
pub(super) fn audit(feedback: &Feedback) -> String {
    let mut words = if feedback.audit.checked {
        "The words of the meeting were checked for names.".to_owned()
    } else {
        "The program did not check the words for names.".to_owned()
    };
    if let Some(left) = &feedback.audit.undecided {
        words.push_str(&format!(
            " Nobody decided on {} in it ({} certain, {} possible, {} a subject); it was exported anyway, because: {}",
            count(left.mentions, "name"),
            left.certain,
            left.possible,
            left.subject,
            left.reason
        ));
        if !left.reason.ends_with(['.', '!', '?']) {
            words.push('.');
        }
    }
    let subjects = feedback.audit.waived.iter().filter(|waived| waived.is_subject()).count();
    if subjects > 0 {
        words.push_str(&format!(
            " {} decided to be a subject and to reveal nobody.",
            match subjects {
                1 => "1 name was".to_owned(),
                many => format!("{many} names were"),
            }
        ));
    }
    let audit = &feedback.audit;
    let more = [by_phrase(audit), searched(audit), unlisted(audit.unlisted)];
    for sentence in more.into_iter().flatten() {
        words.push_str(&format!(" {sentence}"));
    }
    words
}

/// How many of the subjects were decided by a phrase, in a sentence.
fn by_phrase(audit: &Audit) -> Option<String> {
    let PhraseCounts { mentions, since } = audit.by_phrase?;
    let were = |count: usize| match count {
        0 => "none was".to_owned(),
        1 => "1 was".to_owned(),
        many => format!("{many} were"),
    };
    Some(format!(
        "Of these, {} decided by the words beside the name; {} typed after that decision.",
        were(mentions),
        were(since)
    ))
}

/// Names that somebody decided may stay, except those that are a subject.
pub(super) fn waived<'f, 'a>(
    feedback: &'f Feedback<'a>,
) -> impl Iterator<Item = &'f WaivedName<'a>> + use<'f, 'a> {
    feedback.audit.waived.iter().filter(|waived| !waived.is_subject())
}

/// Where a waived name is, if that is neither a point nor a comment.
pub(super) fn elsewhere(waived: &WaivedName) -> &'static str {
    match &waived.of {
        Some(Holder::Agenda | Holder::Topic(_)) => "agenda",
        Some(Holder::DraftText) => "draft text",
        Some(Holder::Group(_)) => "group",
        Some(Holder::Legend) => "quantifiers",
        Some(Holder::Point(_) | Holder::Comment(_)) | None => "",
    }
}

/// Why a waived name may stay.
pub(super) fn why<'f>(waived: &'f WaivedName) -> &'f str {
    match (&*waived.reason, waived.decided) {
        ("", Some(Ruling::Consent)) => "said on the record, with consent",
        (reason, _) => reason,
    }
}

/// What is said if the agenda lists nobody.
const NO_LISTS: &str = "The agenda lists no delegations and no agencies: names that are generally known were looked \
    for, and no others.";

/// What a file was searched for, and how.
pub(super) fn searched(audit: &Audit) -> Option<String> {
    let Some(scan) = &audit.scan else {
        if audit.searched == 0 {
            return audit.checked.then(|| NO_LISTS.to_owned());
        }
        return Some(format!(
            "The bytes of this file were searched for the names of {} before it was handed over; \
             none was found.",
            count(audit.searched, "participant")
        ));
    };
    let counts = [
        (audit.searched, "participant"),
        (scan.delegations, "delegation"),
        (scan.agencies, "agency"),
    ];
    let whose = counts.into_iter().filter(|(number, _)| *number > 0);
    let whose: Vec<String> = whose.map(|(number, of)| count(number, of)).collect();
    let how: Vec<&str> = scan.folded.iter().copied().map(folded).collect();
    let nobody = audit.searched == 0 && audit.unlisted == 0;
    let none = if nobody { " The agenda lists no participants." } else { "" };
    let decided = !audit.waived.is_empty() || audit.undecided.is_some();
    let none_left = if decided { "No other name was found." } else { "None was found." };
    Some(format!(
        "This file was searched for the names of {} before it was handed over, also with {}. \
         {none_left}{none}",
        listed(&whose, "and"),
        listed(&how, "or")
    ))
}

/// How a name may differ: "also with …".
fn folded(folded: NameVariation) -> &'static str {
    match folded {
        NameVariation::Case => "other capitals",
        NameVariation::Accents => "other accents",
        NameVariation::Width => "letters of another width",
        NameVariation::LookAlikes => "look-alike letters",
        NameVariation::Order => "another order",
        NameVariation::Initials => "initials",
        NameVariation::Parts => "parts left out",
    }
}

/// "a, b and c".
fn listed<T: AsRef<str>>(words: &[T], and: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} {and} {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// What is said if only another laptop has the list of participants.
pub(super) fn unlisted(listed: usize) -> Option<String> {
    let listed = (listed > 0).then(|| count(listed, "name"))?;
    Some(format!(
        "Participants: not checked on this laptop. A list of {listed} is on another one, which has to \
         look for them before this goes on."
    ))
}

/// The state of a seal.
pub(super) fn seal(seal: &Seal) -> &'static str {
    match seal.state {
        SealState::Sealed => "sealed",
        SealState::Changed => "changed since it was sealed",
    }
}

/// A decision with its target: `merged: S-8CWMC9`.
pub(super) fn decided(answer: &Answer) -> String {
    match &*answer.target {
        "" => answer.decision.title().to_owned(),
        target => format!("{}: {target}", answer.decision.title()),
    }
}

/// What drafters decided, including answers given at the same time.
pub(super) fn decision(of: Option<&Disposition>) -> String {
    let Some(of) = of else { return String::new() };
    let answers = [&of.now].into_iter().chain(&of.others);
    answers.map(decided).collect::<Vec<_>>().join(" | ")
}

/// What drafters responded, for each answer.
pub(super) fn response(of: Option<&Disposition>) -> String {
    let Some(of) = of else { return String::new() };
    let mut notes: Vec<&str> = Vec::new();
    for note in [&of.now].into_iter().chain(&of.others).map(|answer| &*answer.note) {
        if !note.is_empty() && !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes.join("\n")
}

/// What is known about how a group took a point: its verdict, the hands, how far it agreed.
pub(super) fn said_of(point: &Point) -> String {
    let mut said: Vec<String> = Vec::new();
    said.extend(point.convergence.as_ref().map(|convergence| convergence.title().to_owned()));
    said.extend(point.read_back.as_ref().map(ToString::to_string));
    said.extend(point.hands.as_ref().map(ToString::to_string));
    said.join("; ")
}

/// The titles of what the ids in feedback mean.
pub(super) struct IdTitles<'f, 'a> {
    topics: HashMap<&'f TopicId, &'f Topic<'a>>,
    groups: HashMap<&'f GroupId, &'f Group<'a>>,
    sessions: HashMap<&'f SessionId, &'f str>,
    pub(super) points: HashMap<PointId, &'f Point<'a>>,
    pub(super) comments: HashMap<CommentId, &'f Comment<'a>>,
}

impl<'f, 'a> IdTitles<'f, 'a> {
    pub(super) fn of(feedback: &'f Feedback<'a>) -> Self {
        Self {
            topics: feedback.topics.iter().map(|topic| (&topic.id, topic)).collect(),
            groups: feedback.groups.iter().map(|group| (&group.id, group)).collect(),
            sessions: feedback.sessions.iter().map(|one| (&one.id, &*one.title)).collect(),
            points: feedback.points.iter().map(|point| (point.id, point)).collect(),
            comments: feedback.comments.iter().map(|one| (one.id, one)).collect(),
        }
    }

    /// The topic's title.
    pub(super) fn topic<'s>(&self, id: &'s TopicId) -> &'s str
    where
        'f: 's,
    {
        self.topics.get(id).map_or(id.as_str(), |topic| &topic.title)
    }

    /// The group's label.
    pub(super) fn group<'s>(&self, id: &'s GroupId) -> &'s str
    where
        'f: 's,
    {
        self.groups.get(id).map_or(id.as_str(), |group| &group.title)
    }

    /// The title of the session a point was made in.
    pub(super) fn title_of_session<'s>(&self, point: &'s Point) -> Option<&'s str>
    where
        'f: 's,
    {
        point.session.as_ref().map(|id| self.sessions.get(id).copied().unwrap_or(id.as_str()))
    }

    /// The session and round in which a point was made.
    pub(super) fn session(&self, point: &Point) -> String {
        match (self.title_of_session(point), point.round) {
            (Some(session), Some(round)) if !session.contains(&format!("round {round}")) => {
                format!("{session}, round {round}")
            }
            (Some(session), _) => session.to_owned(),
            (None, Some(round)) => format!("round {round}"),
            (None, None) => String::new(),
        }
    }

    /// The reference of the point or comment that a waived name is in.
    pub(super) fn place(&self, point: Option<PointId>, comment: Option<CommentId>) -> &'f str {
        let point = point.and_then(|id| self.points.get(&id)).map(|point| &*point.reference);
        let comment = comment.and_then(|id| self.comments.get(&id));
        point.or(comment.map(|one| &*one.reference)).unwrap_or_default()
    }

    /// What drafters decided on a point or on the comment it went into.
    pub(super) fn decided<'s>(&'s self, point: &'s Point) -> Option<&'s Disposition<'s>> {
        let comment = point.comment.and_then(|id| self.comments.get(&id));
        comment.map_or(&point.disposition, |comment| &comment.disposition).as_deref()
    }

    /// Where a point ended, in words: `kept as S-8CWMC9`, `set aside: off topic`.
    pub(super) fn ended(&self, point: &Point) -> String {
        let how = point.outcome().title();
        let comment = point.comment.and_then(|id| self.comments.get(&id));
        match (comment, point.reason, &point.owner) {
            (Some(comment), ..) => format!("{} {}", led(point.outcome()), comment.reference),
            (None, Some(reason), _) if point.words.is_empty() => {
                format!("{how}: {}", reason.title())
            }
            (None, Some(reason), _) => format!("{how}: {} ({})", reason.title(), point.words),
            (None, None, Some(owner)) => format!("{how}, for the {owner}"),
            (None, None, None) if point.outcome() == Outcome::Open => {
                format!("{how}: in no comment and not set aside yet")
            }
            (None, None, None) => how.to_owned(),
        }
    }
}

/// What comes before a comment's reference: `kept as`, `merged into`.
pub(super) fn led(how: Outcome) -> &'static str {
    if how == Outcome::Carried { "kept as" } else { "merged into" }
}

/// `no points`, `1 point`, `12 points`.
pub(super) fn count(number: usize, thing: &str) -> String {
    match number {
        0 => format!("no {thing}s"),
        1 => format!("1 {thing}"),
        number => match thing.strip_suffix('y') {
            Some(stem) => format!("{number} {stem}ies"),
            None => format!("{number} {thing}s"),
        },
    }
}

/// The words with a capital letter at the beginning.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Point".to_owned(),
    }
}

/// Says that the coverage has no gaps: in a draft, topics may still have to be discussed, or be missing from one of several
/// discussions.
pub(super) fn no_gaps(feedback: &Feedback) -> &'static str {
    if feedback.gaps_named().next().is_some() {
        "No gaps in this table. What is missing is named among the reasons why this is a draft."
    } else if feedback.is_draft() {
        "No gaps so far: every group gave feedback on every topic that was due."
    } else {
        "No gaps: every group gave feedback on every topic it was asked about."
    }
}

/// What is in the place of a number in the coverage if the group is still to discuss the topic.
pub(super) const LATER: &str = "later";

/// Says what that means, if it is anywhere in the coverage.
pub(super) fn later(feedback: &Feedback) -> Option<&'static str> {
    let mut cells = feedback.coverage.iter().flat_map(|row| &row.cells);
    cells
        .any(|cell| cell.later)
        .then_some("“later” means that by the plan the group is still to discuss the topic.")
}

/// The most letters of one text that a page or a cell shows: word processors take minutes to lay out
/// a longer one.
pub(super) const LONGEST: usize = 8_000;

/// The text, or as much as a page can take, with how many letters are left out.
pub(super) fn clipped(text: &str) -> (&str, usize) {
    if text.len() <= LONGEST {
        return (text, 0);
    }
    let Some((mut end, _)) = text.char_indices().nth(LONGEST) else { return (text, 0) };
    // A letter with marks above or below it is not divided.
    let mut graphemes = unicode_segmentation::GraphemeCursor::new(end, text.len(), true);
    if !graphemes.is_boundary(text, 0).unwrap_or(true) {
        end = graphemes.prev_boundary(text, 0).ok().flatten().unwrap_or(end);
    }
    (&text[..end], text[end..].chars().count())
}

/// What follows a text that was cut.
pub(super) fn rest(left: usize) -> String {
    format!(" … ({left} more letters; the JSON file has them all)")
}
