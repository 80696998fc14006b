//! Like points: how quickly they are found, and how good they are.
//!
//! ```text
//! cargo bench --bench likeness                                       # speed and memory
//! cargo bench --bench likeness -- FOLDER          # quality too
//! ```
//!
//! Speeds are the median and the slowest of a hundred of each; memory is what the process holds
//! more (`VmRSS`) once it has made the index, on Linux only. Three sorts of points, 180 letters each:
//! `meeting`, made of 24 words, which is the worst there is, for every point has most of them;
//! `words`, of 20,000 made-up ones, the common far more often, as in a language; `thai`, the same
//! in Thai letters with no spaces between.
#![allow(clippy::print_stdout, reason = "what was measured is told on standard output")]
#![allow(clippy::expect_used, reason = "a benchmark that cannot be set up has nothing to measure")]

mod meeting;
mod quality;

use std::hint::black_box;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use meeting::Spread;
use rapporteur::workshop::Likeness;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const TURNS: usize = 100;
/// Letters of a point.
const LETTERS: usize = 180;
/// Asks this program to hold the points it is sent, and to say what they take.
const HOLD: &str = "--hold";
/// Words that there are.
const WORDS: usize = 20_000;

fn main() {
    if env::args().any(|word| word == HOLD) {
        return hold();
    }
    // Cargo adds a flag of its own.
    let folder = env::args().skip(1).find(|word| !word.starts_with("--")).map(PathBuf::from);
    if let Some(folder) = folder {
        quality::report(&folder).expect("the folder's files as its README has them");
        println!();
    }
    println!(
        "points           like: median/max like, 20 letters insert           replace          memory"
    );
    for size in SIZES {
        measure("meeting", &meeting_texts(size + TURNS));
        measure(
            "words",
            &made_up(
                size + TURNS,
                &["b", "k", "l", "m", "n", "s", "t"],
                &["a", "e", "i", "o", "u"],
                " ",
            ),
        );
        measure(
            "thai",
            &made_up(
                size + TURNS,
                &["ก", "ข", "ง", "น", "ม", "ร", "ล"],
                &["ะ", "า", "ี", "ู", "่า"],
                "",
            ),
        );
    }
}

fn meeting_texts(count: usize) -> Vec<String> {
    let workshop = meeting::workshop(count, Spread::AllLists);
    workshop.points().map(|point| point.text().to_owned()).collect()
}

/// Points of words made of such syllables; the word at place n comes about every n-th time
/// (Zipf's law).
fn made_up(count: usize, heads: &[&str], tails: &[&str], space: &str) -> Vec<String> {
    let mut random = fastrand::Rng::with_seed(3);
    let mut word = || {
        let syllables = random.usize(1..4);
        let mut one =
            || [heads[random.usize(..heads.len())], tails[random.usize(..tails.len())]].concat();
        (0..syllables).map(|_| one()).collect::<String>()
    };
    let words: Vec<String> = (0..WORDS).map(|_| word()).collect();
    let mut random = fastrand::Rng::with_seed(5);
    let point = |_| {
        let (mut text, mut letters) = (String::new(), 0);
        while letters < LETTERS {
            let place = (WORDS as f64).powf(random.f64()) as usize;
            let word = &words[place.min(WORDS - 1)];
            letters += word.chars().count() + space.len();
            text.push_str(word);
            text.push_str(space);
        }
        text
    };
    (0..count).map(point).collect()
}

fn measure(name: &str, texts: &[String]) {
    let (held, asked) = texts.split_at(texts.len() - TURNS);
    let memory = held_apart(held).expect("the benchmark runs a second time");
    let mut index = Likeness::default();
    for (key, text) in (0..).zip(held) {
        index.insert(key, text);
    }
    let step = held.len() / TURNS;
    let like = timed(|turn| drop(black_box(index.like(&asked[turn], 10, None))));
    let beginning = |turn: usize| asked[turn].chars().take(20).collect::<String>();
    let begun = timed(|turn| drop(black_box(index.like(&beginning(turn), 10, None))));
    let replace = timed(|turn| index.replace((turn * step) as u32, &asked[turn]));
    let insert = timed(|turn| index.insert((held.len() + turn) as u32, &asked[turn]));
    println!("{:7} {name:8} {like:16} {begun:16} {insert:16} {replace:16} {memory}", held.len());
}

/// Median and slowest.
fn timed(mut each: impl FnMut(usize)) -> String {
    let mut times: Vec<Duration> = (0..TURNS)
        .map(|turn| {
            let start = Instant::now();
            each(turn);
            start.elapsed()
        })
        .collect();
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    format!("{:.3}/{:.3} ms", ms(times[TURNS / 2]), ms(times[TURNS - 1]))
}

/// What an index of these points takes, in a process that never held anything else: here it would
/// fill what was given back before.
fn held_apart(texts: &[String]) -> io::Result<String> {
    let mut process = Command::new(env::current_exe()?)
        .arg(HOLD)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = process.stdin.take() {
        input.write_all(texts.join("\n").as_bytes())?;
    }
    Ok(String::from_utf8_lossy(&process.wait_with_output()?.stdout).trim().to_owned())
}

/// The other end of it.
fn hold() {
    let before = resident();
    let mut index = Likeness::default();
    for (key, text) in (0..).zip(io::stdin().lines()) {
        index.insert(key, &text.expect("a line"));
    }
    let grown = resident().zip(before).map(|(after, before)| after.saturating_sub(before));
    let told = grown.map_or("?".to_owned(), |grown| format!("{:.1} MB", grown as f64 / 1024.0));
    println!("{told}");
    drop(black_box(index));
}

/// Kilobytes that the process holds.
fn resident() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().split(' ').next()?.parse().ok()
}
