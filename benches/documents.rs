//! The drafters' files of many points, each in a process of its own: how long, and the most memory
//! that the process ever had. `benches/documents.py` does the same rows with python-docx and Python.
//!
//!     cargo bench --bench documents
//!     python3 benches/documents.py
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot be set up has nothing to measure"
)]

mod meeting;

use std::env;
use std::fs::File;
use std::io::BufWriter;
use std::process::Command;
use std::time::{Duration, Instant};

use meeting::Spread;
use rapporteur::export::{self, Format};
use rapporteur::feedback::Feedback;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Format and points.
const RUNS: [(Format, usize); 8] = [
    (Format::Docx, 10_000),
    (Format::Docx, 100_000),
    (Format::Html, 10_000),
    (Format::Html, 100_000),
    (Format::Became, 10_000),
    (Format::Csv, 100_000),
    (Format::Json, 100_000),
    (Format::Markdown, 100_000),
];

/// How often each is written; the median counts.
const TIMES: usize = 5;

/// What Linux says of this process, in MiB: what it has, or the most that it had.
fn memory(line: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|text| text.strip_prefix(line));
    let kibibytes = found.and_then(|text| text.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kibibytes.map_or(f64::NAN, |count| count / 1024.0)
}

/// One row, in this process.
fn measure(format: Format, points: usize) {
    let workshop = meeting::workshop(points, Spread::AllLists);
    let feedback = Feedback::of(&workshop, VERSION);
    let folder = meeting::scratch();
    let path = folder.path().join("file");
    let before = memory("VmRSS:");
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            let mut file = BufWriter::new(File::create(&path).expect("a file"));
            export::write(format, &meeting::cleared(&feedback), &mut file, &mut |_, _| true)
                .expect("room on the disk");
            begun.elapsed()
        })
        .collect();
    times.sort();
    let bytes = std::fs::metadata(&path).map_or(0, |found| found.len());
    println!(
        "{:>9} {points:>7}  {:>7.3} s  writing took {:>5.1} MiB, the process {:>5.1} MiB at most, file \
         {:>5.1} MB",
        format.name(),
        times[TIMES / 2].as_secs_f64(),
        memory("VmHWM:") - before,
        memory("VmHWM:"),
        bytes as f64 / 1e6
    );
}

fn main() {
    let row = env::args().skip(1).find_map(|word| word.parse::<usize>().ok());
    if let Some((format, points)) = row.and_then(|row| RUNS.get(row)) {
        measure(*format, *points);
        return;
    }
    let this = env::current_exe().expect("this program");
    for row in 0..RUNS.len() {
        let done = Command::new(&this).arg(row.to_string()).status().expect("another of it");
        assert!(done.success(), "row {row}");
    }
}
