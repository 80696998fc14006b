//! Comments and the points they come from must agree, whichever of them one reads.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{FeedbackCheck, MOST_COLUMNS, MOST_POINTS};
use crate::feedback::{
    Audit, Band, Comment, CommentId, Outcome, Point, PointId, Reason, Rule, Seal, Session,
};
use crate::import::feedback::notation::{Notation, Raw};
use crate::workshop::{Refusal, clean};

const MOST_BANDS: usize = 100;

impl<'t> FeedbackCheck<'t> {
    /// The legend; an empty one means the usual legend.
    pub(in crate::import::feedback) fn legend<R: Raw<'t>>(&mut self, raw: &[R]) -> Vec<Band> {
        let read: Vec<(&str, Band)> = self.list(raw, MOST_BANDS, "words in the legend");
        let whole = read.len() == raw.len();
        let mut next = Some(100);
        for (piece, band) in &read {
            let Band { word, from, to } = band;
            let at = self.offset(piece);
            self.word_fits(piece, word);
            if clean(word).is_empty() {
                self.fault(at, "This part of the legend has no word.", "Write one.");
            }
            if from > to {
                let what = format!("“{word}” goes from {from} to {to}.");
                self.fault(at, what, "Write the lower share first.");
            } else if Some(*to) != next && whole {
                let what = match next {
                    Some(next) if *to < next => {
                        format!("{} to {next} % have no word in the legend.", to + 1)
                    }
                    _ => format!("“{word}” is for shares that have another word already."),
                };
                let instead = match next {
                    Some(next) => format!("Write `to`: {next}, or another word before this one."),
                    None => "Leave it out.".to_owned(),
                };
                self.fault(at, what, instead);
            }
            next = from.checked_sub(1);
        }
        if let (Some(next), Some((piece, _)), true) = (next, read.last(), whole) {
            let what = format!("0 to {next} % have no word in the legend.");
            self.fault(self.offset(piece), what, "Let the last one go from 0.");
        }
        read.into_iter().map(|(_, band)| band).collect()
    }

    /// The comments; what they say about points is checked by [`lineage`](Self::lineage).
    pub(in crate::import::feedback) fn comments<R: Raw<'t>>(
        &mut self,
        raw: &[R],
        points: &[Point],
    ) -> Vec<Comment<'static>> {
        let read: Vec<(&str, Comment)> = self.list(raw, MOST_POINTS, "statements");
        let known: HashMap<PointId, &Point> = points.iter().map(|p| (p.id, p)).collect();
        let mut seen: HashMap<CommentId, &str> = HashMap::new();
        let mut taken: HashMap<PointId, &str> = HashMap::new();
        let points_read = self.points_read;
        for (piece, comment) in &read {
            if let Some(first) = seen.insert(comment.id, &comment.reference) {
                let what = format!("The comment {} is here twice.", comment.id);
                let at = self.place(piece, &comment.id.to_string());
                self.fault(at, what, format!("Remove it or {first}."));
            }
            self.comment(piece, comment);
            for source in comment.sources.iter().filter(|_| points_read) {
                let at = self.place_last(piece, &source.to_string());
                let Some(point) = known.get(source) else {
                    let what = format!("There is no point {source} in this file.");
                    self.fault(at, what, "Write the id of one of its points, or leave it out.");
                    continue;
                };
                if let Some(first) = taken.insert(*source, &comment.reference) {
                    let what = format!("{} is a source of {first} already.", point.reference);
                    self.fault(at, what, "A point can be in one comment; leave it out of one.");
                } else if point.comment != Some(comment.id) {
                    let what = format!("{} does not say that it is here.", point.reference);
                    let instead =
                        format!("Write `statement`: \"{}\" at that point too.", comment.id);
                    self.fault(at, what, instead);
                }
            }
        }
        read.into_iter().map(|(_, comment)| comment).collect()
    }

    fn comment(&mut self, piece: &str, comment: &Comment) {
        let at = self.offset(piece);
        self.known(piece, "topic", Some(comment.topic.as_str()), |check| &check.topics);
        if comment.sources.is_empty() {
            let instead = "Write the ids of its points in `sources`, or leave it out.";
            self.fault(at, "This comment comes from no point.", instead);
        }
        for word in [&comment.owner, &comment.by_when] {
            self.word_fits(piece, word);
        }
        let wordings = comment.wordings.iter().chain(&comment.alternatives);
        for text in [&comment.text].into_iter().chain(wordings) {
            if text.len() > Refusal::LONGEST {
                self.fault(at, Refusal::TooLong(text.len()).to_string(), "");
            }
            if clean(text).is_empty() {
                let what = "This comment has no words.";
                self.fault(self.place(piece, text), what, "Write some, or leave it out.");
            }
        }
    }

    /// Checks what the points say about comments, after these were read.
    pub(in crate::import::feedback) fn lineage<R: Raw<'t>>(
        &mut self,
        raw: &[R],
        points: &[Point],
        comments: &[Comment],
    ) {
        if !self.points_read {
            return;
        }
        let sources = comments.iter().flat_map(|s| s.sources.iter().map(|point| (*point, s.id)));
        let sources: HashSet<(PointId, CommentId)> = sources.collect();
        for (raw, point) in raw.iter().zip(points) {
            let piece = raw.text();
            let within = matches!(point.outcome(), Outcome::Carried | Outcome::Merged);
            let aside = point.outcome() == Outcome::SetAside;
            match point.comment {
                Some(comment) if !sources.contains(&(point.id, comment)) => {
                    let at = self.place_last(piece, &comment.to_string());
                    let what = format!("The comment {comment} does not have this point.");
                    self.fault(at, what, "Write the point's id into its `sources` too.");
                }
                Some(_) if !within => {
                    let what =
                        format!("This point is in a comment and {}.", point.outcome().title());
                    let merged = self.word("merged");
                    let instead = format!("Write `outcome`: {merged}, or leave `statement` out.");
                    self.fault(self.offset(piece), what, instead);
                }
                None if within => {
                    let what =
                        format!("This point is {} into no comment.", point.outcome().title());
                    let open = self.word("open");
                    let instead =
                        format!("Write the comment's id in `statement`, or `outcome`: {open}.");
                    self.fault(self.offset(piece), what, instead);
                }
                _ => {}
            }
            if aside != point.reason.is_some() {
                let (what, instead) = if aside {
                    let all = Reason::ALL.map(|reason| self.word(reason.word())).join(", ");
                    let instead = format!("Write one in `reason`: {all}.");
                    ("This point is set aside without a reason.", instead)
                } else {
                    let aside = self.word("set_aside");
                    let instead = format!("Write `outcome`: {aside}, or leave `reason` out.");
                    ("This point has a reason and is not set aside.", instead)
                };
                self.fault(self.offset(piece), what, instead);
            }
        }
    }

    /// The seals: each for a group on a topic, and only once.
    pub(in crate::import::feedback) fn seals<R: Raw<'t>>(&mut self, raw: &[R]) -> Vec<Seal> {
        let read: Vec<(&str, Seal)> = self.list(raw, MOST_COLUMNS * MOST_COLUMNS, "seals");
        let mut seen = HashSet::new();
        for (piece, seal) in &read {
            self.word_fits(piece, &seal.digest);
            self.known(piece, "topic", Some(seal.topic.as_str()), |check| &check.topics);
            self.known(piece, "group", Some(seal.group.as_str()), |check| &check.groups);
            if !seen.insert((&seal.group, &seal.topic)) {
                let what = format!("{} sealed {} twice.", seal.group, seal.topic);
                self.fault(self.offset(piece), what, "Leave one of the two out.");
            }
        }
        read.into_iter().map(|(_, seal)| seal).collect()
    }

    /// Checks what the waivers refer to, and where consent was recorded.
    pub(in crate::import::feedback) fn audit(
        &mut self,
        audit: &Audit,
        sessions: &[Session],
        points: &[Point],
        comments: &[Comment],
    ) {
        for agreed in &audit.consent {
            let fault = match sessions.iter().find(|session| session.id == *agreed) {
                Some(session) if session.rule == Rule::OnRecord => continue,
                Some(_) => format!("“{agreed}” is not on the record; nobody is named by consent."),
                None => {
                    format!("There is no session “{agreed}” in which anybody agreed to be named.")
                }
            };
            let at = self.text.find("consent").unwrap_or_default();
            self.fault(at, fault, "Write the id of a session on the record, or leave it out.");
        }
        let points: HashSet<PointId> = points.iter().map(|point| point.id).collect();
        let comments: HashSet<CommentId> = comments.iter().map(|s| s.id).collect();
        for waived in &audit.waived {
            self.word_fits("", &waived.found);
            self.word_fits("", &waived.reason);
            let known = match (waived.point, waived.comment) {
                (Some(point), None) => points.contains(&point),
                (None, Some(comment)) => comments.contains(&comment),
                (None, None) => waived.of.is_some(),
                _ => false,
            };
            if !known {
                let at = self.text.find("waived").unwrap_or_default();
                let what = format!("“{}” is waived in nothing that is in this file.", waived.found);
                self.fault(at, what, "Write the id of one point or of one comment.");
            }
        }
    }

    /// One of a list of known words, as the file writes them.
    fn word(&self, word: &str) -> String {
        match self.notation {
            Notation::Ron => word.to_owned(),
            Notation::Json => format!("\"{word}\""),
        }
    }

    /// Where a word is last found within a piece, or where the piece begins.
    fn place_last(&self, piece: &str, word: &str) -> usize {
        self.offset(piece) + piece.rfind(&format!("\"{word}\"")).unwrap_or_default()
    }
}

/// The texts of the comments and of the audit.
pub(super) fn texts<'f>(
    comments: &'f mut [Comment<'static>],
    audit: &'f mut Audit<'static>,
) -> impl Iterator<Item = &'f mut Cow<'static, str>> {
    let comments = comments.iter_mut().flat_map(|comment| {
        let Comment { text, owner, by_when, quantifier, wordings, alternatives, .. } = comment;
        let lists = wordings.iter_mut().chain(alternatives);
        [text, owner, by_when, quantifier].into_iter().chain(lists)
    });
    let waived = audit.waived.iter_mut();
    comments.chain(waived.flat_map(|waived| [&mut waived.found, &mut waived.reason]))
}
