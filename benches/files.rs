//! The comment matrix of 100,000 rows as a workbook, beside the same rows written by openpyxl.
//!
//! ```text
//! cargo bench --bench files                      # ours, and openpyxl where python3 has it
//! RAPPORTEUR_PYTHON=/tmp/venv/bin/python cargo bench --bench files
//! ```
//!
//! A row of the table is one writer: the seconds from the feedback (openpyxl: from the rows in
//! memory) to the bytes of the file, the file's size, and the highest resident memory of the whole
//! process, the workshop and its feedback among it. Memory is told on Linux alone.
#![allow(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to measure")]
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod meeting;

use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use meeting::Spread;
use rapporteur::export::{self, Format};
use rapporteur::feedback::Feedback;

const POINTS: usize = 100_000;

fn file(format: Format, feedback: &Feedback<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    export::write(format, &meeting::cleared(feedback), &mut bytes, &mut |_, _| true)
        .expect("memory takes all");
    bytes
}

/// The highest resident memory of this process so far, in MiB.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse::<usize>().ok()).unwrap_or_default() >> 10
}

fn main() {
    let workshop = meeting::workshop(POINTS, Spread::AllLists);
    let before = Instant::now();
    let feedback = Feedback::of(&workshop, env!("CARGO_PKG_VERSION"));
    let consolidated = before.elapsed();
    println!(
        "feedback of {POINTS} points: {:.2} s, peak {} MiB",
        consolidated.as_secs_f64(),
        peak()
    );
    let before = Instant::now();
    let bytes = file(Format::Xlsx, &feedback);
    println!(
        "rapporteur: {:.2} s, {:.1} MB, peak {} MiB",
        before.elapsed().as_secs_f64(),
        bytes.len() as f64 / 1e6,
        peak()
    );
    drop(bytes);
    let rows = env::temp_dir().join(format!("rapporteur-rows-{}.csv", std::process::id()));
    fs::write(&rows, file(Format::Matrix, &feedback)).expect("the rows are written");
    drop(feedback);
    drop(workshop);
    let python = env::var("RAPPORTEUR_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/files.py");
    match Command::new(&python).arg(script).arg(&rows).output() {
        Ok(output) if output.status.success() => {
            print!("{}", String::from_utf8_lossy(&output.stdout));
        }
        _ => println!("openpyxl: not measured; {python} has none"),
    }
    let _ = fs::remove_file(rows);
}
