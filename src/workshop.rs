//! The document, and every change to it.
//!
//! Pure: no clock, no file, no thread, no terminal. A [`Workshop`] is the fold of a *set* of
//! [`Record`]s: they may arrive in any order and any number of times and the result is the same
//! (`tests/merging.rs` checks that). If two laptops change something at once, both values are kept, as
//! alternatives of one [`Register`].
//!
//! ```
//! use rapporteur::workshop::*;
//!
//! let agenda = Agenda { title: "Budget day".into(), ..Agenda::default() };
//! let mut workshop = Workshop::new(&agenda);
//! let mut ids = Ids::seeded(7);
//! let point = ids.point();
//! let place = Place::new(GroupId::plenary(), TopicId::general());
//! let captured = CapturedPoint::new(point, place, PointKind::Recommendation, "Publish the minutes.");
//! let record = workshop.record(ids.writer(), Moment(0), [Change::PointCaptured(captured.into())]);
//! workshop.apply(record);
//! assert_eq!(workshop.point(point).unwrap().text(), "Publish the minutes.");
//! ```

mod account;
mod agenda;
mod anchor;
mod awaited;
mod change;
mod clocks;
mod comment;
mod count;
mod course;
mod device_name;
mod disposition;
mod document;
mod draft_text;
mod field;
mod filing;
mod flaw;
mod gaps;
mod hand_out;
mod hearing;
mod id;
mod imported;
mod label;
mod laptops;
mod legend;
mod likeness;
mod listing;
mod mention;
mod order;
mod outcome;
mod participants;
mod pin;
mod plan;
mod point;
mod proposal;
mod purge;
mod reanchor;
mod receipt;
mod redline;
mod refusal;
mod register;
mod seal;
mod segment;
mod support;
mod tally;
mod telling;
mod text;
mod time;
mod timetable;
mod titles;

pub use crate::names::{Grade, Hit, Names, Neighbours, Neutral, Role, What};
pub use account::{Account, Fate};
pub use agenda::{
    Agency, Agenda, Alias, Day, Expectations, FORMAT as AGENDA_FORMAT, Group, Rule, Session,
    SessionKind, Topic,
};
use anchor::ParagraphPlaces;
pub use awaited::{Awaited, Reach};
pub use change::{Change, Over, Record, Stamp};
pub use clocks::{Clock, Wrong};
pub use comment::Comment;
pub use count::{counted, counting};
pub use course::Course;
pub use device_name::is_device_name;
use disposition::DispositionHistory;
pub use disposition::{Decision, Disposition, Subject};
pub use document::{Cell, GroupState, Workshop};
pub use draft_text::{DraftParagraph, DraftText, ParagraphKind, Since};
pub use field::{CommentField, CommentFieldTitle, CourseField, Field, FieldTitle, GroupField};
pub use flaw::{Flaw, LONGEST_WORD, is_id};
pub use gaps::{Gap, Gaps, LaptopReport, READ_IN_PART, is_newer_version};
pub use hearing::Hearing;
pub use id::{
    CommentId, GroupId, Ids, Paragraph, ParagraphId, PointId, SessionId, TopicId, WorkshopId,
    WriterId,
};
use imported::ImportedFiles;
pub use imported::bare as bare_gap;
pub use label::{Label, in_roman, roman};
pub use laptops::{OfGroup, Several};
pub use legend::{BadLegend, Band, Legend};
pub use likeness::{Alike, Likeness, SAID};
pub use listing::ListLine;
pub(crate) use mention::TextPen;
pub use mention::{
    ByPhrase, Clearance, Holder, Mention, MentionKey, NameSearch, NotADigest, Part, Phrase,
    PhraseDecision, PrintedText, Ruling, TextDigest,
};
pub use order::Order;
pub use outcome::{Hands, Outcome, ReadBack, ReadBackState, Reason, SetAside, Verdict, Waiver};
use participants::Participants;
pub use pin::Pin;
pub use plan::{Due, DueTopics, PlanSoFar, is_silence, is_to_come, nobody_spoke};
pub use point::{CapturedPoint, Convergence, Deletion, Dispute, Place, Point, PointKind, Status};
pub use proposal::{ParagraphEdit, Piece, Proposal, ProposalKind};
pub use purge::{PURGED, Purge, Purges, WordedField};
pub use reanchor::{Astray, Lost, ReanchorCounts};
pub use receipt::{Both, Delivery, GroupNews, Parcel, Receipt, RefusedFile, Silence, TopicRow};
pub use redline::{Passage, bracketed, compile};
pub use refusal::Refusal;
pub use register::Register;
pub use seal::{Seal, SealStatus};
pub use telling::Telling;
pub use text::clean;
pub use time::{Moment, TimeOfDay, Zone};
pub use timetable::{Slot, State};
pub use titles::{listed, names};

/// Whether a value is the one that is read where none was written, so that it need not be written.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
