//! RON, lossless: what a person can edit and this program reads back.

use std::io::{self, Write};

use ron::Options;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;

use super::GoOn;
use crate::feedback::Feedback;

/// Everything down to the fields of a point has its own line; what is inside a field stays on its line.
const DEPTH: usize = 3;

pub(super) fn write(feedback: &Feedback, mut out: &mut dyn Write, go_on: GoOn) -> io::Result<()> {
    out.write_all(OPENING.as_bytes())?;
    for reason in &feedback.draft {
        writeln!(out, "// DRAFT: {}", reason.replace(char::is_control, " "))?;
    }
    // Texts are written as they are: escapes would spell out every vowel of Thai or Khmer.
    let looks = PrettyConfig::new()
        .depth_limit(DEPTH)
        .new_line("\n")
        .escape_strings(false)
        .extensions(Extensions::IMPLICIT_SOME);
    Options::default()
        .to_io_writer_pretty(&mut out, &feedback.watched(go_on), looks)
        .map_err(io::Error::other)?;
    out.write_all(b"\n")
}

const OPENING: &str = "\
// The consolidated feedback of a workshop. It can be edited by hand; `rapporteur import` reads it
// back and says then that the checksum no longer fits.
";
