//! What may leave the room: consolidated, without names, the same for everyone who opens it.
//!
//! [`Feedback::of`] makes it from a workshop. No field here could carry a name
//! except the words themselves: delegations are a number, speakers are gone, and no time
//! is finer than the session a point was made in. `export` sees only this layer.
//!
//! ```
//! use rapporteur::feedback::Feedback;
//! use rapporteur::workshop::*;
//!
//! let delegations = vec!["Atlantis".to_owned(), "Lemuria".to_owned()];
//! let workshop = Workshop::new(&Agenda { delegations, ..Agenda::default() });
//! let feedback = Feedback::of(&workshop, "0.1.0");
//! assert_eq!(feedback.meeting.delegations, Some(2));
//! assert!(!serde_json::to_string(&feedback).unwrap().contains("Atlantis"));
//! ```

mod audit;
mod comment;
mod coverage;
mod disposition;
mod draft;
mod draft_text;
mod gate;
pub mod matrix;
mod meeting;
mod outcome;
mod point;
mod printed;
mod reference;
mod schema;

use std::{borrow::Cow, cell::RefCell, fmt::Write as _, io};

use schemars::JsonSchema;
use serde::ser::{Error as _, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::workshop::Workshop;

pub use crate::workshop::{
    Awaited, CommentFieldTitle, CommentId, Convergence, FieldTitle, GroupId, Holder, Paragraph,
    ParagraphId, ParagraphKind, Piece, PointId, PointKind, ProposalKind, Reason, Rule, Ruling,
    SessionId, SessionKind, Since, TimeOfDay, TopicId, is_device_name,
};
pub use audit::{
    Audit, Band, NameVariation, PhraseCounts, ScanAudit, Seal, SealState, UndecidedName, WaivedName,
};
pub use comment::Comment;
pub use coverage::{Counts, CoverageCell, CoverageRow};
pub use disposition::{Answer, Decision, Disposition};
pub use draft_text::{
    Anchor, DraftParagraph, DraftText, NewParagraph, Passage, Proposal, Version, around,
};
pub use gate::{Certificate, ClearedDocument, Gate, Publishable, Share, Stop, in_turn};
pub use meeting::{Group, Meeting, Session, Topic};
pub use outcome::{Hand, Hands, Outcome, ReadBack, Verdict};
pub use point::{Point, Status, WITHHELD, in_the_room};

/// How the first field of every feedback file begins, before the version.
pub const FORMAT: &str = "rapporteur-feedback/";

/// The newest version of the format that this program writes and reads.
pub const VERSION: u32 = 5;

/// What files of the first version say, which had only points.
const FIRST: &str = "rapporteur-feedback/1";

/// The consolidated feedback of a workshop, at any moment of the meeting.
///
/// It borrows its words from the workshop. The fields are in the order of the files.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Consolidated feedback of a workshop")]
pub struct Feedback<'a> {
    /// The format and its version.
    #[schemars(extend("const" = "rapporteur-feedback/5"))]
    pub schema: Cow<'a, str>,
    /// The program that wrote the file, with its version.
    pub program: Cow<'a, str>,
    /// `sha256:` and the digest of exactly this content as compact JSON, its fields in the order of
    /// the schema, without this one.
    #[schemars(extend("pattern" = "^sha256:[0-9a-f]{64}$"))]
    pub checksum: Cow<'a, str>,
    /// Why this is a draft. Empty if the feedback is complete.
    pub draft: Vec<Cow<'a, str>>,
    /// What is known to exist and is not in here: the first of the reasons above.
    #[schemars(skip)]
    pub missing: Vec<Cow<'a, str>>,
    /// What must arrive before some of what is missing is here, as far as that is known.
    #[schemars(default, skip_serializing_if = "Vec::is_empty")]
    pub awaited: Vec<Awaited>,
    /// The meeting.
    pub meeting: Meeting<'a>,
    /// The sessions as planned, in order.
    pub sessions: Vec<Session<'a>>,
    /// The subjects that groups gave feedback on, in order.
    pub topics: Vec<Topic<'a>>,
    /// The breakout groups, in order; the plenary comes last, if anything was captured in it.
    pub groups: Vec<Group<'a>>,
    /// How many points there are.
    pub counts: Counts,
    /// Where the points ended, as a sum in words, so that everyone can see that it closes.
    pub account: Cow<'a, str>,
    /// Topic by topic, how many points each group made.
    pub coverage: Vec<CoverageRow>,
    /// Which share of the groups has which word in the quantifiers, from the highest share down.
    pub legend: Vec<Band>,
    /// The draft text that the feedback is on, if one was taken in.
    pub draft_text: Option<DraftText<'a>>,
    /// The comments by topic, in their order: what drafters work with.
    #[schemars(rename = "statements")]
    pub comments: Vec<Comment<'a>>,
    /// Which groups endorsed what they said on a topic.
    pub seals: Vec<Seal>,
    /// What was done so that nobody's identity is revealed.
    pub audit: Audit<'a>,
    /// The points by topic, then group, then as the note-taker arranged them; a point is followed
    /// by those under it.
    pub points: Vec<Point<'a>>,
}

impl<'a> Feedback<'a> {
    /// The feedback of a workshop as it is now, complete or not.
    pub fn of(workshop: &'a Workshop, program_version: &str) -> Self {
        let topics = meeting::topics(workshop);
        let groups = meeting::groups(workshop);
        let points = point::all(workshop, &topics, &groups);
        let coverage = coverage::rows(workshop, &topics, &groups);
        let account = workshop.account();
        let missing: Vec<Cow<str>> = workshop.missing().into_iter().map(Cow::from).collect();
        let comments = comment::all(workshop, &topics, &groups, &coverage);
        let mut feedback = Self {
            schema: format!("{FORMAT}{VERSION}").into(),
            program: format!("rapporteur {program_version}").into(),
            checksum: Cow::Borrowed(""),
            draft: draft::reasons(workshop, &missing, &groups, &comments, &points),
            missing,
            awaited: workshop.awaited(),
            meeting: Meeting::of(workshop.agenda()),
            sessions: meeting::sessions(workshop, &topics, &groups),
            account: account.to_string().into(),
            counts: Counts::of(workshop, account, &points),
            coverage,
            legend: audit::legend(workshop),
            draft_text: DraftText::of(workshop, &points),
            seals: audit::seals(workshop, &topics, &groups),
            audit: Audit::of(workshop),
            topics,
            groups,
            comments,
            points,
        };
        feedback.checksum = feedback.digest().into();
        feedback
    }

    /// Whether something is still to come: a group at work, a choice between what several laptops set
    /// at once, a point that nobody has decided on.
    pub fn is_draft(&self) -> bool {
        !self.draft.is_empty()
    }

    /// The topic of this id.
    pub fn topic(&self, id: &TopicId) -> Option<&Topic<'a>> {
        self.topics.iter().find(|topic| topic.id == *id)
    }

    /// The group of this id.
    pub fn group(&self, id: &GroupId) -> Option<&Group<'a>> {
        self.groups.iter().find(|group| group.id == *id)
    }

    /// Whether anybody has begun to put points into comments or to set them aside.
    pub fn is_consolidated(&self) -> bool {
        !self.comments.is_empty() || self.points.iter().any(|point| point.reason.is_some())
    }

    /// The session of this id.
    pub fn session(&self, id: &SessionId) -> Option<&Session<'a>> {
        self.sessions.iter().find(|session| session.id == *id)
    }

    /// What [`checksum`](Self::checksum) is for this content if nobody altered it.
    pub fn digest(&self) -> String {
        let mut hash = io::BufWriter::new(Sha256::new());
        // A hash accepts all bytes, and every field is plain text or a number: nothing here fails.
        let written = serde_json::to_writer(&mut hash, &ChecksumContent(self));
        let Some(hash) = written.ok().and_then(|()| hash.into_inner().ok()) else {
            return String::new();
        };
        hash.finalize().iter().fold("sha256:".to_owned(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The same feedback, to be serialised with progress reports: `watch` is called with the number of
    /// points written so far and returns whether to go on.
    pub fn watched<'f>(&'f self, watch: impl FnMut(usize) -> bool + 'f) -> impl Serialize + 'f {
        WatchedFeedback { feedback: self, points: WatchedPoints(&self.points, RefCell::new(watch)) }
    }

    fn fields<S: Serializer>(
        &self,
        serializer: S,
        checksum: bool,
        points: &impl Serialize,
    ) -> Result<S::Ok, S::Error> {
        // The checksum of a file of the first version covers what that version had; later ones differ in what
        // is left out if there is none.
        let first = *self.schema == *FIRST;
        let text = usize::from(self.draft_text.is_some());
        let awaited = usize::from(!self.awaited.is_empty());
        let number = if first { 11 } else { 15 + text + awaited } + usize::from(checksum);
        let mut fields = serializer.serialize_struct("Feedback", number)?;
        fields.serialize_field("schema", &self.schema)?;
        fields.serialize_field("program", &self.program)?;
        if checksum {
            fields.serialize_field("checksum", &self.checksum)?;
        }
        fields.serialize_field("draft", &self.draft)?;
        if !first && !self.awaited.is_empty() {
            fields.serialize_field("awaited", &self.awaited)?;
        }
        fields.serialize_field("meeting", &self.meeting)?;
        fields.serialize_field("sessions", &self.sessions)?;
        fields.serialize_field("topics", &self.topics)?;
        fields.serialize_field("groups", &self.groups)?;
        if first {
            fields.serialize_field("counts", &coverage::FirstCounts::from(self.counts))?;
        } else {
            fields.serialize_field("counts", &self.counts)?;
        }
        fields.serialize_field("account", &self.account)?;
        fields.serialize_field("coverage", &self.coverage)?;
        if !first {
            fields.serialize_field("legend", &self.legend)?;
            if let Some(text) = &self.draft_text {
                fields.serialize_field("draft_text", text)?;
            }
            fields.serialize_field("statements", &self.comments)?;
            fields.serialize_field("seals", &self.seals)?;
            fields.serialize_field("audit", &self.audit)?;
        }
        fields.serialize_field("points", points)?;
        fields.end()
    }
}

impl Serialize for Feedback<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fields(serializer, true, &self.points)
    }
}

/// What the checksum is computed from.
struct ChecksumContent<'f, 'a>(&'f Feedback<'a>);

impl Serialize for ChecksumContent<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.fields(serializer, false, &self.0.points)
    }
}

struct WatchedFeedback<'f, 'a, F> {
    feedback: &'f Feedback<'a>,
    points: WatchedPoints<'f, 'a, F>,
}

impl<F: FnMut(usize) -> bool> Serialize for WatchedFeedback<'_, '_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.feedback.fields(serializer, true, &self.points)
    }
}

struct WatchedPoints<'f, 'a, F>(&'f [Point<'a>], RefCell<F>);

impl<F: FnMut(usize) -> bool> Serialize for WatchedPoints<'_, '_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut points = serializer.serialize_seq(Some(self.0.len()))?;
        for (done, point) in self.0.iter().enumerate() {
            if !(self.1.borrow_mut())(done) {
                return Err(S::Error::custom("stopped"));
            }
            points.serialize_element(point)?;
        }
        points.end()
    }
}
