//! What is wrong in a file, and where.

use std::fmt;

/// One thing to put right in a file that a person wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file's name as given to the reader.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub instead: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.what)?;
        if self.instead.is_empty() { Ok(()) } else { write!(f, " {}", self.instead) }
    }
}

/// Every mistake in a file, in its order. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl Mistakes {
    /// The most mistakes that are reported; a file with more is not the kind of file it was taken for.
    pub const MOST: usize = 1_000;
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in &self.0 {
            writeln!(f, "{mistake}")?;
        }
        match self.0.len() {
            1 => f.write_str("One mistake: put it right and try again; nothing was read."),
            Self::MOST => f.write_str("There may be more; nothing was read."),
            many => write!(f, "{many} mistakes: put them right and try again; nothing was read."),
        }
    }
}

impl std::error::Error for Mistakes {}
