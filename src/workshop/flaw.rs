//! What no honest program writes in a record, whatever program it claims to be from.
//!
//! A workshop takes in anything ([`Workshop::apply`](super::Workshop::apply) is total). What
//! comes from another laptop is checked first, so that nothing is passed on from here that others
//! refuse, or that would prevent them from working.

use std::fmt;

use compact_str::CompactString;

use super::{
    Awaited, CapturedPoint, Change, CommentField, CourseField, Field, GroupField, GroupId, Holder,
    Moment, Order, Outcome, Pin, Record, Refusal, Stamp, Status, TopicId, Verdict, Waiver, clean,
};

/// The longest id, in bytes: the sixty letters that an agenda may give one, in any script.
const LONGEST_ID: usize = 240;
/// The longest title, label, tag, kind or role, in bytes.
pub const LONGEST_WORD: usize = 2000;
/// The most tags of one point, participants on one list, and values that one change replaces.
pub(super) const MOST: usize = 10_000;
/// The most mentions that are listed with a decision by phrase.
const MOST_LISTED: usize = 1_000_000;
/// The most minutes that a session can be given or lose.
const MOST_MINUTES: u32 = 100_000;

/// Why a record is not taken in, in words that continue "a record".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It has no Lamport time, or a later one than any program writes.
    Time,
    /// A moment in it is before 1970 or after the year 9999.
    Moment,
    /// It has a point or a consent without words.
    Empty,
    /// It has a text or a name that is too long.
    Long,
    /// It has an empty id, or one with characters that ids cannot have.
    Id,
    /// It replaces more values, or has more tags or participants, than there can be.
    Many,
    /// It has a legend in which a share has no word, or two.
    Legend,
    /// It lists participants, and has something else in it too.
    Participants,
    /// It has a phrase without a blank for the name, or with no words or too many.
    Phrase,
    /// It founds a workshop, which only the first record does.
    Founds,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Time => "has a time that no program writes",
            Self::Moment => "has a moment before 1970 or after the year 9999",
            Self::Empty => "has a point or a consent without words",
            Self::Long => "has a text or a name that is too long",
            Self::Id => "has an empty id, or one with characters that ids cannot have",
            Self::Many => {
                "replaces more values, or has more tags or participants, than there can be"
            }
            Self::Legend => "has a legend in which a share has no word, or two",
            Self::Participants => "lists participants among other changes",
            Self::Phrase => {
                "decides by a phrase that has no blank for the name, no word, or too many words"
            }
            Self::Founds => "founds another workshop",
        })
    }
}

impl Record {
    /// Whether an honest program could have written this after the founding record.
    pub fn check(&self) -> Result<(), Flaw> {
        if self.stamp.time == 0 || self.stamp.time > Stamp::LAST_TIME {
            return Err(Flaw::Time);
        }
        check_moment(self.at)?;
        // A bundle without the list would otherwise lose the rest of the record too.
        if self.lists_participants() && self.changes.len() > 1 {
            return Err(Flaw::Participants);
        }
        self.changes.iter().try_for_each(Change::check)
    }
}

impl Change {
    /// Whether an honest program could have made this change after the founding.
    pub(super) fn check(&self) -> Result<(), Flaw> {
        match self {
            Self::Founded(_) => Err(Flaw::Founds),
            Self::PointCaptured(captured) => captured.check(),
            Self::PointChanged { to, over, .. } => {
                check_count(over.len())?;
                to.check()
            }
            Self::GroupChanged { group, to, over } => {
                check_id(group.as_str())?;
                check_count(over.len())?;
                match to {
                    GroupField::Title(title) => check_word(title),
                    GroupField::Open(_) | GroupField::Removed(_) => Ok(()),
                }
            }
            Self::CommentChanged { to, over, .. } => {
                check_count(over.len())?;
                to.check()
            }
            Self::SealChanged { group, topic, to, over } => {
                check_id(group.as_str())?;
                check_id(topic.as_str())?;
                check_count(over.len())?;
                to.as_ref().map_or(Ok(()), |seal| check_word(&seal.digest))
            }
            Self::LegendChanged { to, over } => {
                check_count(over.len())?;
                if to.is_sound() { Ok(()) } else { Err(Flaw::Legend) }
            }
            Self::ParticipantsListed { to, over } => {
                check_count(over.len())?;
                check_count(to.len())?;
                to.iter().try_for_each(|name| check_word(name))
            }
            Self::GapsImported { to, awaited, since, over, .. } => {
                since.map_or(Ok(()), check_moment)?;
                check_count(over.len())?;
                check_count(to.len())?;
                check_count(awaited.iter().map(Awaited::size).sum())?;
                let is_long = |sentence: &str| sentence.len() > Refusal::LONGEST;
                if to.iter().any(|it| is_long(it)) { Err(Flaw::Long) } else { Ok(()) }
            }
            Self::ParticipantsCounted { to, over } => {
                check_count(over.len())?;
                check_count(*to as usize)
            }
            Self::TextChanged { to, over } => {
                check_count(over.len())?;
                to.as_ref().map_or(Ok(()), |text| text.check())
            }
            Self::DispositionChanged { to, over, .. } => {
                check_count(over.len())?;
                check_word(to.decision.word())?;
                check_word(&to.target)?;
                if to.note.len() > Refusal::LONGEST { Err(Flaw::Long) } else { Ok(()) }
            }
            Self::MentionDecided { mention, to, over } => {
                match &mention.of {
                    Holder::Topic(TopicId(id)) | Holder::Group(GroupId(id)) => check_id(id)?,
                    Holder::Agenda
                    | Holder::Legend
                    | Holder::DraftText
                    | Holder::Point(_)
                    | Holder::Comment(_) => {}
                }
                check_count(over.len())?;
                to.as_ref().map_or(Ok(()), |made| check_word(&made.reason))
            }
            Self::PhraseDecided { phrase, to, over } => {
                check_count(over.len())?;
                check_word(phrase.as_str())?;
                let listed = to.as_ref().map_or(0, |made| made.listed.len());
                if listed > MOST_LISTED {
                    return Err(Flaw::Many);
                }
                if phrase.is_sound() { Ok(()) } else { Err(Flaw::Phrase) }
            }
            Self::PointPurged(purge) => check_count(purge.count()),
            Self::CourseChanged { session, to, over } => {
                check_id(session.as_str())?;
                check_count(over.len())?;
                match to {
                    CourseField::Started(moment) | CourseField::Ended(moment) => {
                        moment.map_or(Ok(()), check_moment)
                    }
                    CourseField::Extra(minutes) if minutes.unsigned_abs() > MOST_MINUTES => {
                        Err(Flaw::Moment)
                    }
                    CourseField::Consent(Some(words)) if clean(words).trim().is_empty() => {
                        Err(Flaw::Empty)
                    }
                    CourseField::Consent(Some(words)) => check_word(words),
                    CourseField::Extra(_) | CourseField::Consent(None) => Ok(()),
                }
            }
        }
    }
}

impl CapturedPoint {
    fn check(&self) -> Result<(), Flaw> {
        check_text(&self.text)?;
        check_id(self.group.as_str())?;
        check_id(self.topic.as_str())?;
        self.session.as_ref().map_or(Ok(()), |session| check_id(session.as_str()))?;
        check_word(self.kind.word())?;
        self.paragraph.as_ref().map_or(Ok(()), check_pin)?;
        self.proposal.as_ref().map_or(Ok(()), |proposal| proposal.check())?;
        self.convergence.as_ref().map_or(Ok(()), |how| check_word(how.word()))?;
        self.order.as_ref().map_or(Ok(()), check_order)?;
        check_status(&self.status)?;
        check_tags(&self.tags)
    }
}

impl Field {
    fn check(&self) -> Result<(), Flaw> {
        match self {
            Self::Text(text) => check_text(text),
            Self::Topic(topic) => check_id(topic.as_str()),
            Self::Group(group) => check_id(group.as_str()),
            Self::Session(Some(session)) => check_id(session.as_str()),
            Self::Kind(kind) => check_word(kind.word()),
            Self::Paragraph(Some(pin)) => check_pin(pin),
            Self::Proposal(Some(proposal)) => proposal.check(),
            Self::Order(Some(order)) => check_order(order),
            Self::Status(status) => check_status(status),
            Self::Deleted(Some(deletion)) => check_count(deletion.saw.len()),
            Self::Tags(tags) => check_tags(tags),
            Self::Convergence(Some(how)) => check_word(how.word()),
            Self::ReadBack(Some(said)) => {
                check_count(said.saw.len())?;
                match &said.verdict {
                    Verdict::Reservation { words } => check_word(words),
                    Verdict::Confirmed | Verdict::NotOurs => Ok(()),
                }
            }
            Self::Outcome(Outcome::SetAside(aside)) => check_word(&aside.words),
            Self::Waived(waivers) => check_waivers(waivers),
            Self::Outcome(_)
            | Self::Hands(_)
            | Self::Telling(_)
            | Self::ReadBack(None)
            | Self::Session(None)
            | Self::Paragraph(None)
            | Self::Proposal(None)
            | Self::Order(None)
            | Self::Deleted(None)
            | Self::Convergence(None)
            | Self::Round(_)
            | Self::Parent(_) => Ok(()),
        }
    }
}

impl CommentField {
    fn check(&self) -> Result<(), Flaw> {
        match self {
            // An empty one means the wording of the first source.
            Self::Text(text) if text.len() > Refusal::LONGEST => Err(Flaw::Long),
            Self::Topic(topic) => check_id(topic.as_str()),
            Self::Kind(kind) => check_word(kind.word()),
            Self::Paragraph(Some(pin)) => check_pin(pin),
            Self::Order(Some(order)) => check_order(order),
            Self::Alternatives(texts) => {
                check_count(texts.len())?;
                texts.iter().try_for_each(|text| check_text(text))
            }
            Self::Convergence(Some(how)) => check_word(how.word()),
            Self::Owner(word) | Self::ByWhen(word) => check_word(word),
            Self::Waived(waivers) => check_waivers(waivers),
            Self::Text(_)
            | Self::Paragraph(None)
            | Self::Order(None)
            | Self::Convergence(None)
            | Self::Deleted(_) => Ok(()),
        }
    }
}

fn check_waivers(waivers: &[Waiver]) -> Result<(), Flaw> {
    check_count(waivers.len())?;
    waivers.iter().try_for_each(|waiver| {
        check_word(&waiver.found)?;
        check_word(&waiver.reason)
    })
}

fn check_pin(pin: &Pin) -> Result<(), Flaw> {
    match pin {
        Pin::Label(label) => check_word(label.as_str()),
        Pin::At(_) | Pin::After(_) => Ok(()),
    }
}

fn check_moment(moment: Moment) -> Result<(), Flaw> {
    if moment.in_calendar() == moment { Ok(()) } else { Err(Flaw::Moment) }
}

fn check_text(text: &str) -> Result<(), Flaw> {
    match text.len() {
        long if long > Refusal::LONGEST => Err(Flaw::Long),
        _ if clean(text).is_empty() => Err(Flaw::Empty),
        _ => Ok(()),
    }
}

fn check_word(word: &str) -> Result<(), Flaw> {
    if word.len() > LONGEST_WORD { Err(Flaw::Long) } else { Ok(()) }
}

/// Whether a text can be the id of a group, topic or session.
pub fn is_id(text: &str) -> bool {
    check_id(text).is_ok()
}

/// Ids are typed on command lines and become parts of file names: no spaces, no separators,
/// nothing that controls a terminal.
fn check_id(id: &str) -> Result<(), Flaw> {
    let odd = |c: char| {
        c.is_whitespace() || c.is_control() || (c.is_ascii_punctuation() && !"-_.".contains(c))
    };
    match id.len() {
        long if long > LONGEST_ID => Err(Flaw::Long),
        0 => Err(Flaw::Id),
        _ if id.starts_with('.') || id.contains(odd) || clean(id) != id => Err(Flaw::Id),
        _ => Ok(()),
    }
}

fn check_order(order: &Order) -> Result<(), Flaw> {
    match order.as_bytes().len() {
        0 => Err(Flaw::Empty),
        long if long > MOST => Err(Flaw::Long),
        _ => Ok(()),
    }
}

fn check_status(status: &Status) -> Result<(), Flaw> {
    match status {
        Status::Standing => Ok(()),
        Status::Parked { owner } => check_word(owner),
    }
}

fn check_tags(tags: &[CompactString]) -> Result<(), Flaw> {
    check_count(tags.len())?;
    tags.iter().try_for_each(|tag| check_word(tag))
}

fn check_count(count: usize) -> Result<(), Flaw> {
    if count > MOST { Err(Flaw::Many) } else { Ok(()) }
}
