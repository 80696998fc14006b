//! The feedback of 100,000 points: consolidated, then in each format.
#![allow(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to measure")]

mod meeting;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use meeting::Spread;
use rapporteur::export::{self, Format};
use rapporteur::feedback::Feedback;

const POINTS: usize = 100_000;
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn file(format: Format, feedback: &Feedback<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    export::write(format, &meeting::cleared(feedback), &mut bytes, &mut |_, _| true)
        .expect("memory takes all");
    bytes
}

/// The workshop consolidated, with its checksum.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn consolidate(bencher: Bencher) {
    let workshop = meeting::workshop(POINTS, Spread::AllLists);
    bencher.counter(ItemsCount::new(POINTS)).bench_local(|| Feedback::of(&workshop, VERSION));
}

/// The feedback as the bytes of a file.
#[divan::bench(args = Format::ALL, sample_count = 10, sample_size = 1)]
fn write(bencher: Bencher, format: Format) {
    let workshop = meeting::workshop(POINTS, Spread::AllLists);
    let feedback = Feedback::of(&workshop, VERSION);
    let bytes = file(format, &feedback).len();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| file(format, &feedback));
}

/// What `export` in one format costs from an open workshop: both of the above.
#[divan::bench(args = Format::ALL, sample_count = 10, sample_size = 1)]
fn hand_over(bencher: Bencher, format: Format) {
    let workshop = meeting::workshop(POINTS, Spread::AllLists);
    let bencher = bencher.counter(ItemsCount::new(POINTS));
    bencher.bench_local(|| file(format, &Feedback::of(&workshop, VERSION)));
}

fn main() {
    divan::main();
}
