//! What may leave the room: consolidated, nameless, the same for everyone who opens it.
//!
//! [`Feedback::of`] turns a workshop into it. There is no field here in which a name could
//! travel besides the words themselves: delegations are a number, speakers are gone, and no time
//! is finer than the session a point was made in. `export` sees this layer and nothing else.
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

mod coverage;
mod meeting;
mod point;
mod schema;

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write as _;
use std::io;

use schemars::JsonSchema;
use serde::ser::{Error as _, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::workshop::{Field, Workshop};

pub use crate::workshop::{
    Convergence, GroupId, Paragraph, PointId, PointKind, Rule, SessionId, SessionKind, TimeOfDay,
    TopicId,
};
pub use coverage::{Cell, Counts, Row};
pub use meeting::{Group, Meeting, Session, Topic};
pub use point::{Point, Status};

/// What the first field of every feedback file says, before the version.
pub const FORMAT: &str = "rapporteur-feedback/";

/// The newest version of the format that this program writes and reads.
pub const VERSION: u32 = 1;

/// The consolidated feedback of a workshop, at any moment of it.
///
/// It borrows its words from the workshop. The fields stand here in the order of the files.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(deny_unknown_fields, title = "Consolidated feedback of a workshop")]
pub struct Feedback<'a> {
    /// The format and its version.
    #[schemars(extend("const" = "rapporteur-feedback/1"))]
    pub schema: Cow<'a, str>,
    /// The program that wrote the file, with its version.
    pub program: Cow<'a, str>,
    /// `sha256:` and the digest of this very content as compact JSON, its fields in the order of
    /// the schema, this one left out.
    #[schemars(extend("pattern" = "^sha256:[0-9a-f]{64}$"))]
    pub checksum: Cow<'a, str>,
    /// Why this is a draft. Empty where the feedback is complete.
    pub draft: Vec<Cow<'a, str>>,
    /// The meeting.
    pub meeting: Meeting<'a>,
    /// The sessions as planned, in order.
    pub sessions: Vec<Session<'a>>,
    /// The subjects that groups gave feedback on, in order.
    pub topics: Vec<Topic<'a>>,
    /// The breakout groups, in order; the plenary comes last, where anything was captured in it.
    pub groups: Vec<Group<'a>>,
    /// How many points there are.
    pub counts: Counts,
    /// The counts as one sum in words, so that everyone can see that it closes.
    pub account: Cow<'a, str>,
    /// Topic by topic, how many points each group made.
    pub coverage: Vec<Row>,
    /// The points by topic, then group, then as the note-taker arranged them; a point is followed
    /// by those under it.
    pub points: Vec<Point<'a>>,
}

impl<'a> Feedback<'a> {
    /// The feedback of a workshop as it stands, complete or not.
    pub fn of(workshop: &'a Workshop, program_version: &str) -> Self {
        let topics = meeting::topics(workshop);
        let groups = meeting::groups(workshop);
        let points = point::all(workshop, &topics, &groups);
        let coverage = coverage::rows(workshop, &topics, &groups);
        let counts = Counts::of(workshop, &points);
        let mut feedback = Self {
            schema: format!("{FORMAT}{VERSION}").into(),
            program: format!("rapporteur {program_version}").into(),
            checksum: Cow::Borrowed(""),
            draft: reasons(workshop, &groups, &points),
            meeting: Meeting::of(workshop.agenda()),
            sessions: meeting::sessions(workshop.agenda()),
            topics,
            groups,
            account: counts.account().into(),
            counts,
            coverage,
            points,
        };
        feedback.checksum = feedback.digest().into();
        feedback
    }

    /// Whether something is still to come: a group at work, a choice between what several laptops set
    /// at once.
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

    /// The session of this id.
    pub fn session(&self, id: &SessionId) -> Option<&Session<'a>> {
        self.sessions.iter().find(|session| session.id == *id)
    }

    /// What [`checksum`](Self::checksum) says of this content if nobody altered it.
    pub fn digest(&self) -> String {
        let mut hash = io::BufWriter::new(Sha256::new());
        // A hash takes all bytes and every field is plain text or a number: nothing here fails.
        let written = serde_json::to_writer(&mut hash, &Unsummed(self));
        let Some(hash) = written.ok().and_then(|()| hash.into_inner().ok()) else {
            return String::new();
        };
        hash.finalize().iter().fold("sha256:".to_owned(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The same feedback, to be serialised while somebody watches: `watch` is told how many
    /// points are written and answers whether to go on.
    pub fn watched<'f>(&'f self, watch: impl FnMut(usize) -> bool + 'f) -> impl Serialize + 'f {
        Watched { feedback: self, points: WatchedPoints(&self.points, RefCell::new(watch)) }
    }

    fn fields<S: Serializer>(
        &self,
        serializer: S,
        checksum: bool,
        points: &impl Serialize,
    ) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Feedback", 11 + usize::from(checksum))?;
        fields.serialize_field("schema", &self.schema)?;
        fields.serialize_field("program", &self.program)?;
        if checksum {
            fields.serialize_field("checksum", &self.checksum)?;
        }
        fields.serialize_field("draft", &self.draft)?;
        fields.serialize_field("meeting", &self.meeting)?;
        fields.serialize_field("sessions", &self.sessions)?;
        fields.serialize_field("topics", &self.topics)?;
        fields.serialize_field("groups", &self.groups)?;
        fields.serialize_field("counts", &self.counts)?;
        fields.serialize_field("account", &self.account)?;
        fields.serialize_field("coverage", &self.coverage)?;
        fields.serialize_field("points", points)?;
        fields.end()
    }
}

/// Everything that keeps this feedback a draft, in words.
fn reasons(workshop: &Workshop, groups: &[Group], points: &[Point]) -> Vec<Cow<'static, str>> {
    let at_work = |group: &Group| format!("{} is still at work.", group.title).into();
    let mut reasons: Vec<_> = groups.iter().filter(|group| group.open).map(at_work).collect();
    let (mut worded, mut set, mut spared) = (Vec::new(), Vec::new(), Vec::new());
    let mut fields: Vec<&'static str> = Vec::new();
    for point in points {
        let reference = &*point.reference;
        if !point.alternatives.is_empty() {
            worded.push(reference);
        }
        let Some(found) = workshop.point(point.id).filter(|found| found.is_disputed()) else {
            continue;
        };
        let others = found.disputes().into_iter().map(|dispute| dispute.shown);
        let others: Vec<_> = others.filter(|field| !matches!(field, Field::Text(_))).collect();
        if !others.is_empty() {
            set.push(reference);
        }
        for name in others.iter().map(Field::name) {
            if !fields.contains(&name) {
                fields.push(name);
            }
        }
        if found.is_spared() {
            spared.push(reference);
        }
    }
    let fields = fields.join(", ");
    reasons.extend(told(&worded, |those| match worded.len() {
        1 => format!("{those} has several wordings; one must be chosen."),
        _ => format!("{those} have several wordings each; one must be chosen."),
    }));
    reasons.extend(told(&set, |those| {
        let was = if set.len() == 1 { "was" } else { "were" };
        format!("{those} {was} set twice at once ({fields}); one must be chosen.")
    }));
    reasons.extend(told(&spared, |those| match spared.len() {
        1 => format!("{those} was deleted and changed at once; it stands until somebody decides."),
        _ => {
            format!("{those} were deleted and changed at once; they stand until somebody decides.")
        }
    }));
    reasons
}

/// A sentence about these points, the subject of which is a list that stays short.
fn told(references: &[&str], sentence: impl Fn(&str) -> String) -> Option<Cow<'static, str>> {
    let those = match references {
        [] => return None,
        few if few.len() <= 5 => few.join(", "),
        [first, ..] => format!("{} points, {first} the first of them,", references.len()),
    };
    Some(sentence(&those).into())
}

impl Serialize for Feedback<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fields(serializer, true, &self.points)
    }
}

/// What the checksum is taken of.
struct Unsummed<'f, 'a>(&'f Feedback<'a>);

impl Serialize for Unsummed<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.fields(serializer, false, &self.0.points)
    }
}

struct Watched<'f, 'a, F> {
    feedback: &'f Feedback<'a>,
    points: WatchedPoints<'f, 'a, F>,
}

impl<F: FnMut(usize) -> bool> Serialize for Watched<'_, '_, F> {
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
