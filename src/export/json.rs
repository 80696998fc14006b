//! JSON, exactly as in the published schema.

use std::io::{self, Write};

use super::GoOn;
use crate::feedback::Feedback;

pub(super) fn write(feedback: &Feedback, mut out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, &feedback.watched(go_on))?;
    out.write_all(b"\n")
}
