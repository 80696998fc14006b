//! What is taken in: agendas, draft texts, feedback files, and the samples that come with the program. Bytes
//! go in, and either their meaning or every mistake in them comes out.

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
