//! The attribution check: what it finds, what it misses, how long it takes.
//!
//! `cargo bench --bench attribution` prints recall and precision over the labelled sentences, over
//! those that no rule was written to, what went wrong, and the speeds. `-- --misses` alone leaves the
//! speeds out; a file named after that is checked and its findings printed.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a command that prints, and may fail")]

#[path = "../tests/attribution/measure.rs"]
mod measure;

use std::time::Instant;

use rapporteur::names::{ListedNames, Names};

const POINTS: usize = 10_000;
const LETTERS: usize = 180;
const ROSTER: usize = 5_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let started = Instant::now();
    let names = Names::of(&measure::listed());
    let first = ms(started, 1);
    if let Some(file) = arguments.iter().find(|argument| !argument.starts_with('-')) {
        let text = std::fs::read_to_string(file).expect("a file that can be read");
        return findings(&names, &text);
    }
    let sentences = measure::sentences();
    let all = measure::measure(&names, sentences.iter());
    println!("all       {all}");
    println!("held out  {}", measure::measure(&names, sentences.iter().filter(|s| s.held_out)));
    let tuned = measure::measure(&names, sentences.iter().filter(|s| !s.held_out));
    println!("tuned     {tuned}");
    // Those kept apart stay unseen, or they would be tuned for as well.
    let told = if arguments.iter().any(|a| a == "--all") { &all.wrong } else { &tuned.wrong };
    for wrong in told {
        println!("  {wrong}");
    }
    if !arguments.iter().any(|argument| argument == "--misses") {
        println!("\nthe states, read once                     {first:>10.3} ms");
        speeds(&sentences);
    }
}

/// Every name of a text, a line each.
fn findings(names: &Names, text: &str) {
    for (hit, neutral) in names.check_with_wordings(text) {
        let line = text[..hit.range.start].matches('\n').count() + 1;
        let from = text[..hit.range.start].rfind('\n').map_or(0, |at| at + 1);
        let until = text[hit.range.end..].find('\n').map_or(text.len(), |at| hit.range.end + at);
        let mut start = hit.range.start.saturating_sub(60).max(from);
        let mut end = (hit.range.end + 60).min(until);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mark = if hit.is_certain() { "HELD" } else { "    " };
        let new = neutral.as_ref().map_or("", |neutral| neutral.text.as_str());
        let (what, role) = (hit.what, hit.role);
        let around = &text[start..end];
        println!(
            "{mark} {line:4} {role:?} {what:?} “{}” [{new}] …{around}…",
            &text[hit.range.clone()]
        );
    }
}

/// A roster of names that nobody has, from syllables.
fn roster() -> Vec<String> {
    const PARTS: [&str; 16] = [
        "sa", "ri", "nu", "ka", "to", "mi", "lan", "dra", "po", "wi", "chai", "ren", "gu", "yo",
        "ba", "thi",
    ];
    let name = |seed: usize| -> String {
        let mut word: String =
            (0..3).map(|place| PARTS[(seed >> (place * 4)) % PARTS.len()]).collect();
        word[..1].make_ascii_uppercase();
        word
    };
    (0..ROSTER).map(|seed| format!("{} {}", name(seed), name(seed * 31 + 7))).collect()
}

fn speeds(sentences: &[measure::Sentence]) {
    let roster = roster();
    let participants = roster.iter().map(String::as_str).collect();
    let listed = ListedNames { participants, ..measure::listed() };
    let started = Instant::now();
    let names = Names::of(&listed);
    println!("build with {ROSTER} participants          {:>10.3} ms", ms(started, 1));
    let mut texts = sentences.iter().cycle();
    let points: Vec<String> = (0..POINTS)
        .map(|_| {
            let mut text = String::new();
            while text.chars().count() < LETTERS {
                text.push_str(texts.next().map_or("", |sentence| &sentence.text));
                text.push(' ');
            }
            text.chars().take(LETTERS).collect()
        })
        .collect();
    let started = Instant::now();
    let hits: usize = points.iter().map(|point| names.check(point).len()).sum();
    println!(
        "{POINTS} points of {LETTERS} letters             {:>10.3} ms, {hits} hits",
        ms(started, 1)
    );
    println!("one line of {LETTERS} letters, on average     {:>10.4} ms", ms(started, POINTS));
    for (what, line) in [
        (
            "without names",
            "The group would like the hotline to be open around the clock and in all languages.",
        ),
        (
            "with two names",
            "Malaysia said that the hotline should be open around the clock and in all languages, and that \
             small ports without a desk of their own could use that of the nearest large port in Thailand",
        ),
    ] {
        let started = Instant::now();
        let check = |_| names.check(std::hint::black_box(line)).len();
        let found: usize = (0..POINTS).map(check).sum();
        println!(
            "one line of {} letters {what}  {:>10.4} ms, {found} hits",
            line.len(),
            ms(started, POINTS)
        );
    }
}

fn ms(since: Instant, times: usize) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0 / times as f64
}
