//! What is taken in: agendas, draft texts, feedback files, and the samples that come with the program. Bytes
//! in, and out comes what they mean, or every mistake in them at once.

pub mod agenda;
pub mod draft_text;
pub mod feedback;
mod form;
mod likeness;
pub mod matrix;
mod mistake;
mod names;
mod page;
pub mod sample_points;
pub mod samples;
mod scan;
mod timetable;
mod tree;

pub use mistake::{Mistake, Mistakes};
