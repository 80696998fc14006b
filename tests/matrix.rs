//! The drafters' matrix: what goes out, and what comes back of it.

mod binary;
mod hostile;
mod meeting;
mod returned;
mod written;

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::export::{self, Format};
use rapporteur::feedback::Feedback;
use rapporteur::import::matrix::{
    GivenColumn, MatrixFile, ReturnedMatrix, RowOutcome, UnreadableMatrix,
};
use rapporteur::workshop::Workshop;

use meeting::Talks;

fn file(format: Format, feedback: &Feedback) -> Vec<u8> {
    let mut file = Vec::new();
    export::write(format, &crate::gate::cleared(feedback), &mut file, &mut |_, _| true).unwrap();
    file
}

/// Reads a file that came back.
fn read(bytes: &[u8], workshop: &Workshop) -> Result<ReturnedMatrix, UnreadableMatrix> {
    rapporteur::import::matrix::read(&MatrixFile { name: "back", bytes, columns: &[] }, workshop)
}

/// The whole report on a file that came back.
fn report(returned: &ReturnedMatrix) -> String {
    returned.report(usize::MAX).join("\n")
}

/// Where the files lie that other programs made of ours.
fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// What the fixtures are made of is what is written now. `RAPPORTEUR_REGENERATE=1 cargo test
/// matrix` writes it anew; `tests/fixtures/make.py` makes the others of it.
#[test]
fn the_fixtures_are_of_what_is_written_now() {
    let talks = Talks::new();
    let feedback = Feedback::of(&talks.workshop, "0.1.0");
    for (name, format) in [("sent.xlsx", Format::Xlsx), ("sent.csv", Format::Matrix)] {
        let (path, expected) = (fixtures().join(name), file(format, &feedback));
        if std::env::var_os("RAPPORTEUR_REGENERATE").is_some() {
            fs::write(&path, &expected).unwrap();
        }
        let found = fs::read(&path).unwrap_or_default();
        assert!(found == expected, "{name} is stale: RAPPORTEUR_REGENERATE=1 cargo test matrix");
    }
}
