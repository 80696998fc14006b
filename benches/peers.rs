//! Measures terminal programs from outside, on a real pseudo-terminal of 200 columns by 50 rows.
//!
//! `vim`, `nvim` and `nano` open a file of P points (one a line, about 180 characters each), and
//! `rapporteur` opens a workshop that was fed the same lines. Each then gets the same keys at the
//! same moments. A row of the table is one program at one size:
//!
//! - `start`: from before the program is started to the first frame that takes keys; `all`: to the
//!   frame that has all the points. Editors take keys once they show the last point; rapporteur
//!   shows where to type first and the points' number in its tab later. Medians of `--starts`
//!   starts, each in a fresh copy of the data with a home of its own.
//! - `key med`, `p90`, `p99`, `max`: from before a letter is written to the terminal's master to
//!   the read that returned the first output that changed the screen: another cell, or a visible
//!   cursor elsewhere. Output inside a synchronized update counts when the update ends. Letters
//!   come 10 to 40 ms apart, yet never before the one before is on the screen, so a stall is
//!   counted once, with the key that met it. `lost` counts letters that changed nothing in 2 s.
//! - `cpu/key`: nanosecond run time of all threads (`/proc/PID/task/*/schedstat`), divided by the
//!   letters typed; the half second after the last letter is part of it.
//! - `wakes/3s`: voluntary context switches of all threads in 3 s without input, from 5 s after
//!   the last letter on, when what was put off (vim's swap file, for one) is done.
//! - `peak`: the highest resident memory (`VmHWM`) at the end.
//! - `PgUp`, `PgDn`, `search`: single keys, each from before its write to its last output before
//!   30 ms of silence: median/max. While the program computes or waits for the disk, silence does
//!   not end a key (nano says that it wraps, then searches on). The search letters look for a word
//!   that only the point in the middle has; vim, nvim and rapporteur search at each letter, nano
//!   at `Enter`.
//!
//! - `Enter`, `saved`: rapporteur alone, median/max of 40 points entered: from before `Enter` is
//!   written to the first changed screen, and to the one that calls the point saved. `bare` is a
//!   write of as many bytes and an `fdatasync` on the same disk, by turns with them.
//! - `add`: how long `add -` took to take the points down, each one safe on the disk.
//!
//! Child processes count as part of a program. The row `floor` is `cat` on a raw terminal: what
//! measuring costs by itself. The tool answers the usual questions to a terminal (attributes,
//! cursor position, colors), so that no program waits for an answer in vain.
//!
//! ```text
//! cargo bench --bench peers                                      # everything, some minutes
//! cargo bench --bench peers -- --sizes 10000 --only vim,rapporteur --keys 100
//! cargo bench --bench peers -- --program target/release/rapporteur
//! ```
//!
//! Options: `--program PATH` (or the variable `RAPPORTEUR_BIN`; else the one that cargo built),
//! `--sizes N,N`, `--only NAME,NAME`, `--keys N`, `--starts N`, `--scratch FOLDER`, and for
//! rapporteur alone `--into KEYS` and `--sequence KEYS`. KEYS are words such as
//! `PageUp*10 C-f M-/ a`; a word that ends with `:` names the column of the keys behind it, and
//! those behind `skip:` are pressed unmeasured. Linux only: the numbers come from `/proc`.
#![allow(clippy::disallowed_methods, reason = "it shows no paths to people")]

use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use std::{env, process, thread};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{Callbacks, Parser, Screen};

/// What can go wrong: a reason to print.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// The terminal's width.
const COLUMNS: NonZeroU16 = NonZeroU16::new(200).unwrap();
/// The terminal's height.
const ROWS: NonZeroU16 = NonZeroU16::new(50).unwrap();
/// How long a program may take to show its first frame.
const START_LIMIT: Duration = Duration::from_mins(1);
/// How long a key may take to show an effect.
const KEY_LIMIT: Duration = Duration::from_secs(2);
/// How long a single key's output may go on.
const BURST_LIMIT: Duration = Duration::from_secs(5);
/// The silence that ends a single key's output.
const SILENCE: Duration = Duration::from_millis(30);
/// The silence behind a key that is not measured; longer than editors wait after an escape.
const CALM: Duration = Duration::from_millis(300);
/// How long CPU use still counts after the last letter.
const AFTERMATH: Duration = Duration::from_millis(500);
/// How long after that the idle time begins.
const BEFORE_IDLE: Duration = Duration::from_millis(4500);
/// How long idleness is watched.
const IDLE: Duration = Duration::from_secs(3);
/// A clock tick of `/proc/PID/stat`, in nanoseconds.
const TICK: u64 = 10_000_000;
/// How many points are entered.
const ENTERED: usize = 40;
/// About as many bytes as a point takes on the disk.
const LINE: [u8; 320] = [b'x'; 320];
/// The word that only the point in the middle has; no other point has a `q`.
const NEEDLE: &str = "quorum";
/// The words that points are made of.
const WORDS: [&str; 24] = [
    "members", "should", "share", "early", "warning", "data", "across", "borders", "and", "agree",
    "on", "joint", "drills", "before", "the", "monsoon", "with", "local", "councils", "in",
    "every", "coastal", "province", "under",
];

/// Describes a program to measure.
struct Program {
    /// The row's name.
    name: &'static str,
    /// The program and its arguments; `{file}` and `{folder}` stand for what it opens.
    argv: Vec<String>,
    /// Variables besides `PATH`, `HOME`, `TERM` and `LANG`.
    env: &'static [(&'static str, &'static str)],
    /// The text of the first frame that takes keys; `{last}` stands for the last point's number.
    ready: String,
    /// The text of the first frame with all the points; `{count}` stands for their number.
    all: String,
    /// The text that calls points saved; `{count}` stands for their number. Empty: none does.
    saved: &'static str,
    /// The keys that lead into a typing state.
    into: String,
    /// The text that shows the typing state, if one does.
    typing: &'static str,
    /// The single keys, in columns.
    sequence: String,
    /// What it opens.
    opens: Opens,
}

/// Says what a program opens.
#[derive(Clone, Copy, PartialEq)]
enum Opens {
    /// Opens nothing, so its size makes no difference.
    Nothing,
    /// Opens a text file.
    File,
    /// Opens a folder that rapporteur makes.
    Folder,
}

/// Holds what the command line asks for.
struct Options {
    /// The project's own program.
    program: Option<PathBuf>,
    /// The sizes, in points.
    sizes: Vec<usize>,
    /// The rows wanted; all, if none is named.
    only: Vec<String>,
    /// How many letters are typed.
    keys: usize,
    /// How many starts are measured.
    starts: usize,
    /// The folder for the data.
    scratch: PathBuf,
    /// Replaces rapporteur's keys into the typing state.
    into: Option<String>,
    /// Replaces rapporteur's single keys.
    sequence: Option<String>,
}

/// One key to press: its column, if it is measured, and its bytes.
struct Press {
    /// The column; none, if the key is not measured.
    column: Option<String>,
    /// What a terminal sends for the key.
    bytes: Vec<u8>,
}

/// One read from the terminal.
struct Chunk {
    /// The moment right after the read returned.
    at: Instant,
    /// What was read.
    bytes: Vec<u8>,
}

/// Holds what was measured of one program at one size; durations are in milliseconds.
struct Row {
    /// The program's name.
    name: &'static str,
    /// The size; none, if it makes no difference.
    points: Option<usize>,
    /// The median start, until keys are taken.
    start: f64,
    /// The median start, until all points are there.
    all: f64,
    /// The letters' times, sorted.
    keys: Vec<f64>,
    /// How many letters changed nothing.
    lost: usize,
    /// The CPU time of a letter, in microseconds.
    cpu: f64,
    /// How many voluntary context switches there were while idle.
    wakes: u64,
    /// The peak memory, in KiB.
    peak: u64,
    /// The single keys' times, by column and sorted.
    singles: Vec<(String, Vec<f64>)>,
}

/// Plays the part of a terminal that the screen's model leaves out.
#[derive(Default)]
struct Answers {
    /// What the program is to be told.
    pending: Vec<u8>,
    /// Says that a synchronized update is under way.
    synchronized: bool,
}

impl Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut Screen,
        first: Option<u8>,
        second: Option<u8>,
        params: &[&[u16]],
        action: char,
    ) {
        let number = params.first().and_then(|p| p.first()).copied().unwrap_or(0);
        match (first, second, action, number) {
            (None, None, 'c', 0) => self.pending.extend(b"\x1b[?62;22c"),
            (Some(b'>'), None, 'c', 0) => self.pending.extend(b"\x1b[>41;330;0c"),
            (None, None, 'n', 5) => self.pending.extend(b"\x1b[0n"),
            (None, None, 'n', 6) => {
                let (row, column) = screen.cursor_position();
                self.pending.extend(format!("\x1b[{};{}R", row + 1, column + 1).bytes());
            }
            (Some(b'?'), Some(b'$'), 'p', mode) => {
                let state = if mode == 2026 { 2 } else { 0 };
                self.pending.extend(format!("\x1b[?{mode};{state}$y").bytes());
            }
            (Some(b'?'), None, 'h' | 'l', _) if params.contains(&&[2026][..]) => {
                self.synchronized = action == 'h';
            }
            _ => {}
        }
    }

    fn unhandled_osc(&mut self, _: &mut Screen, params: &[&[u8]]) {
        match params {
            [b"10", b"?"] => self.pending.extend(b"\x1b]10;rgb:d0d0/d0d0/d0d0\x1b\\"),
            [b"11", b"?"] => self.pending.extend(b"\x1b]11;rgb:1010/1010/1010\x1b\\"),
            _ => {}
        }
    }
}

/// A program that runs on a terminal of its own, and that terminal's screen.
struct Session {
    /// The program.
    child: Box<dyn Child + Send + Sync>,
    /// Its process id.
    pid: u32,
    /// Keeps the terminal open.
    _master: Box<dyn MasterPty + Send>,
    /// Takes the keys.
    keyboard: Box<dyn Write + Send>,
    /// Gives what the reading thread read.
    output: Receiver<Chunk>,
    /// The screen as a person would see it.
    parser: Parser<Answers>,
    /// The moment before the program was started.
    started: Instant,
    /// The moment of the latest output.
    latest: Instant,
}

impl Session {
    /// Starts a program in a folder that is also its home.
    fn start(program: &Program, folder: &Path) -> Outcome<Self> {
        let size =
            PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size)?;
        let argv = program.argv.iter().map(|arg| {
            let file = folder.join("points.txt").display().to_string();
            let workshop = folder.join("workshop").display().to_string();
            OsString::from(arg.replace("{file}", &file).replace("{folder}", &workshop))
        });
        let mut command = CommandBuilder::from_argv(argv.collect());
        command.cwd(folder);
        command.env_clear();
        command.env("PATH", env::var_os("PATH").unwrap_or_default());
        command.env("HOME", folder.join("home"));
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in program.env {
            command.env(name, value);
        }
        let mut reader = pair.master.try_clone_reader()?;
        let keyboard = pair.master.take_writer()?;
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count) = reader.read(&mut buffer) {
                let at = Instant::now();
                if count == 0 || sender.send(Chunk { at, bytes: buffer[..count].to_vec() }).is_err()
                {
                    break;
                }
            }
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let pid = child.process_id().ok_or("the program has no process id")?;
        let parser = Parser::new_with_callbacks(ROWS, COLUMNS, 0, Answers::default());
        let latest = started;
        Ok(Self { child, pid, _master: pair.master, keyboard, output, parser, started, latest })
    }

    /// Draws what was read, and gives the program the answers that it asked for.
    fn draw(&mut self, chunk: &Chunk) -> Outcome<()> {
        self.parser.process(&chunk.bytes);
        let pending = std::mem::take(&mut self.parser.callbacks_mut().pending);
        if !pending.is_empty() {
            self.send(&pending)?;
        }
        Ok(())
    }

    /// Writes to the program.
    fn send(&mut self, bytes: &[u8]) -> Outcome<()> {
        self.keyboard.write_all(bytes)?;
        self.keyboard.flush()?;
        Ok(())
    }

    /// Waits for the next output and draws it; gives none once the moment has come.
    fn next(&mut self, until: Instant) -> Outcome<Option<Instant>> {
        match self.output.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(chunk) => {
                self.draw(&chunk)?;
                self.latest = chunk.at;
                Ok(Some(chunk.at))
            }
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => {
                let text = self.parser.screen().contents();
                let shown: Vec<_> = text.lines().filter(|l| !l.trim().is_empty()).collect();
                let shown = shown[shown.len().saturating_sub(3)..].join(" | ");
                Err(format!("the program ended; its screen said: {shown}").into())
            }
        }
    }

    /// Draws all output until a moment.
    fn draw_until(&mut self, until: Instant) -> Outcome<()> {
        while self.next(until)?.is_some() {}
        Ok(())
    }

    /// Draws output until none has come for a while, or until it never ends.
    fn calm(&mut self, silence: Duration) -> Outcome<()> {
        let limit = Instant::now() + BURST_LIMIT;
        while Instant::now() < limit && self.next(Instant::now() + silence)?.is_some() {}
        Ok(())
    }

    /// Says whether a person would see a frame now, not half of one.
    fn whole(&self) -> bool {
        !self.parser.callbacks().synchronized
    }

    /// Waits for a text on the screen; gives the moment of the output that made it whole.
    fn wait_for(&mut self, text: &str, limit: Duration) -> Outcome<Instant> {
        let until = Instant::now() + limit;
        while !(self.whole() && self.parser.screen().contents().contains(text)) {
            let seen = self.next(until)?;
            seen.ok_or_else(|| format!("no '{text}' on the screen in {} s", limit.as_secs()))?;
        }
        Ok(self.latest)
    }

    /// Presses a key and gives the time to the first output that changed the screen, if any did.
    fn first_change(&mut self, bytes: &[u8]) -> Outcome<Option<f64>> {
        self.draw_until(Instant::now())?;
        let mut before = self.parser.screen().clone();
        let pressed = Instant::now();
        self.send(bytes)?;
        while let Some(at) = self.next(pressed + KEY_LIMIT)? {
            if at < pressed {
                before = self.parser.screen().clone(); // came in while the screen was copied
            } else if self.whole() && differ(&before, self.parser.screen()) {
                return Ok(Some(milliseconds(at - pressed)));
            }
        }
        Ok(None)
    }

    /// Presses a key and gives the time to the last output before a silence, if there was any.
    fn last_output(&mut self, bytes: &[u8]) -> Outcome<Option<f64>> {
        self.draw_until(Instant::now())?;
        let pressed = Instant::now();
        self.send(bytes)?;
        let mut last = None;
        let mut until = pressed + KEY_LIMIT;
        loop {
            if let Some(at) = self.next(until)? {
                if at >= pressed {
                    last = Some(milliseconds(at - pressed));
                    until = (at + SILENCE).min(pressed + BURST_LIMIT);
                }
                continue;
            }
            until = Instant::now() + SILENCE / 3;
            if until > pressed + BURST_LIMIT || !at_work(self.pid)? {
                break;
            }
        }
        Ok(last)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Hangs up first and kills only what does not go; an error means that it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Says whether two screens differ for a person: in a cell, or in where the visible cursor is.
fn differ(one: &Screen, other: &Screen) -> bool {
    let cursor = |screen: &Screen| (!screen.hide_cursor()).then(|| screen.cursor_position());
    if cursor(other).is_some() && cursor(one) != cursor(other) {
        return true;
    }
    let mut cells = (0..ROWS.get()).flat_map(|r| (0..COLUMNS.get()).map(move |c| (r, c)));
    cells.any(|(row, column)| one.cell(row, column) != other.cell(row, column))
}

/// Gives a duration in milliseconds.
fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The usage of CPU of all threads of some processes, at a moment.
struct Usage {
    /// The run time of each thread, in nanoseconds.
    threads: BTreeMap<PathBuf, u64>,
    /// The time of whole processes, in ticks; it knows of threads that have ended, too.
    ticks: BTreeMap<u32, u64>,
}

impl Usage {
    /// Reads the usage of a process and its children.
    fn read(pid: u32) -> Outcome<Self> {
        let mut usage = Self { threads: BTreeMap::new(), ticks: BTreeMap::new() };
        for process in family(pid)? {
            for task in tasks(process) {
                if let Ok(text) = fs::read_to_string(task.join("schedstat")) {
                    let time = text.split(' ').next().and_then(|n| n.parse().ok());
                    usage.threads.insert(task, time.ok_or("schedstat has no run time")?);
                }
            }
            let fields = stat(&process_folder(process)).unwrap_or_default();
            let ticks = [11, 12].map(|at: usize| fields.get(at)?.parse::<u64>().ok());
            usage.ticks.insert(process, ticks.into_iter().flatten().sum());
        }
        if usage.threads.is_empty() {
            return Err("this kernel has no /proc/PID/task/*/schedstat".into());
        }
        Ok(usage)
    }

    /// Gives the nanoseconds used since an earlier moment.
    fn since(&self, earlier: &Self) -> u64 {
        let used = |now: u64, before: Option<&u64>| now - before.copied().unwrap_or(0).min(now);
        let threads: u64 =
            self.threads.iter().map(|(task, &t)| used(t, earlier.threads.get(task))).sum();
        let ticks: u64 = self.ticks.iter().map(|(pid, &t)| used(t, earlier.ticks.get(pid))).sum();
        // Two ticks more than the threads can tell of: some ended in between.
        if ticks * TICK > threads + 2 * TICK { ticks * TICK } else { threads }
    }
}

/// Gives the folder of a process.
fn process_folder(pid: u32) -> PathBuf {
    Path::new("/proc").join(pid.to_string())
}

/// Gives the fields of a `stat` file behind the program's name: state, parent, ….
fn stat(folder: &Path) -> Option<Vec<String>> {
    let text = fs::read_to_string(folder.join("stat")).ok()?;
    Some(text.rsplit_once(") ")?.1.split(' ').map(String::from).collect())
}

/// Gives a process and all its children, such as the server that newer nvims start.
fn family(pid: u32) -> Outcome<Vec<u32>> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        if let Some(process) = name.to_str().and_then(|n| n.parse::<u32>().ok()) {
            let parent = stat(&process_folder(process))
                .and_then(|fields| fields.get(1)?.parse::<u32>().ok());
            parents.extend(parent.map(|parent| (process, parent)));
        }
    }
    let mut family = vec![pid];
    let mut at = 0;
    while let Some(&parent) = family.get(at) {
        family.extend(parents.iter().filter(|(_, p)| *p == parent).map(|(child, _)| *child));
        at += 1;
    }
    Ok(family)
}

/// Gives the folders of a process's threads.
fn tasks(pid: u32) -> Vec<PathBuf> {
    let entries = fs::read_dir(process_folder(pid).join("task")).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

/// Says whether a thread of a process or its children computes, waits for a core or for the disk.
fn at_work(pid: u32) -> Outcome<bool> {
    let mut tasks = family(pid)?.into_iter().flat_map(tasks);
    Ok(tasks.any(|task| stat(&task).is_some_and(|fields| ["R", "D"].contains(&&*fields[0]))))
}

/// Gives a number of a `status` file; 0, if it has none, as that of a process that just ended.
fn status(folder: &Path, field: &str) -> u64 {
    let text = fs::read_to_string(folder.join("status")).unwrap_or_default();
    let value = text.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    value.and_then(|v| v.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Gives the voluntary context switches so far of a process and its children.
fn wakes(pid: u32) -> Outcome<u64> {
    let tasks = family(pid)?.into_iter().flat_map(tasks);
    Ok(tasks.map(|task| status(&task, "voluntary_ctxt_switches")).sum())
}

/// Gives the peak memory of a process and its children, in KiB; shared pages count in each.
fn peak(pid: u32) -> Outcome<u64> {
    let family = family(pid)?.into_iter();
    Ok(family.map(|process| status(&process_folder(process), "VmHWM")).sum())
}

/// Gives the same pseudo-random numbers on every run (xorshift).
struct Random(u64);

impl Random {
    /// Gives a number below a limit.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % limit
    }
}

/// Gives the letters to type: words of 2 to 8 letters, with spaces between them.
fn letters(count: usize) -> Vec<u8> {
    let mut random = Random(0x5EED_0001);
    let mut letters = Vec::new();
    while letters.len() < count {
        let length = 2 + random.below(7);
        letters
            .extend((0..length).map(|_| b"abcdefghijklmnoprstuvwxyz"[random.below(25) as usize]));
        letters.push(b' ');
    }
    letters.truncate(count);
    letters
}

/// Writes the points to a file, one a line.
fn write_points(path: &Path, points: usize) -> Outcome<()> {
    let mut random = Random(0x5EED_0002);
    let mut file = BufWriter::new(File::create(path)?);
    for number in 1..=points {
        let mut line = format!("Point {number:06} says that");
        if number == points.div_ceil(2) {
            line.extend([" a ", NEEDLE]);
        }
        let length = 165 + random.below(30) as usize;
        while line.len() < length {
            line.extend([" ", WORDS[random.below(WORDS.len() as u64) as usize]]);
        }
        line.truncate(length);
        writeln!(file, "{}.", line.trim_end())?;
    }
    file.flush()?;
    Ok(())
}

/// Copies a folder and all in it.
fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Runs the project's own program to its end, with a file as its input.
fn run(program: &str, home: &Path, args: &[&str], input: Stdio) -> Outcome<()> {
    let mut command = Command::new(program);
    command.args(args).env("HOME", home).stdin(input);
    for (name, _) in env::vars_os().filter(|(n, _)| n.to_string_lossy().starts_with("XDG_")) {
        command.env_remove(name);
    }
    let output = command.output().map_err(|e| format!("{program}: {e}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{program} {}: {}: {said}", args.join(" "), output.status).into());
    }
    Ok(())
}

/// Makes the data that a program opens, once a size; gives how long points took to be added.
fn prepare(program: &Program, folder: &Path, points: usize) -> Outcome<Option<f64>> {
    let home = folder.join("home");
    fs::create_dir_all(&home)?;
    let file = folder.join("points.txt");
    if program.opens != Opens::Nothing {
        write_points(&file, points)?;
    }
    if program.opens == Opens::Folder {
        let workshop = folder.join("workshop").display().to_string();
        let new = ["new", "asean-declaration", "--at", &workshop];
        run(&program.argv[0], &home, &new, Stdio::null())?;
        let began = Instant::now();
        let add = ["add", &workshop, "--group", "group-1", "--topic", "cooperation", "-"];
        run(&program.argv[0], &home, &add, File::open(&file)?.into())?;
        return Ok(Some(milliseconds(began.elapsed())));
    }
    Ok(None)
}

/// Gives what a terminal sends for a key.
fn key_bytes(name: &str) -> Outcome<Vec<u8>> {
    let bytes: &[u8] = match name {
        "Up" => b"\x1b[A",
        "Down" => b"\x1b[B",
        "Right" => b"\x1b[C",
        "Left" => b"\x1b[D",
        "Home" => b"\x1b[H",
        "End" => b"\x1b[F",
        "C-Home" => b"\x1b[1;5H",
        "C-End" => b"\x1b[1;5F",
        "PageUp" => b"\x1b[5~",
        "PageDown" => b"\x1b[6~",
        "Delete" => b"\x1b[3~",
        "Enter" => b"\r",
        "Escape" => b"\x1b",
        "Tab" => b"\t",
        "Space" => b" ",
        "Backspace" => b"\x7f",
        _ => {
            let (control, rest) = name.strip_prefix("C-").map_or((false, name), |r| (true, r));
            let (alt, rest) = rest.strip_prefix("M-").map_or((false, rest), |r| (true, r));
            let mut letters = rest.chars();
            return match (letters.next(), letters.next()) {
                (Some(letter), None) if control && letter.is_ascii_lowercase() && !alt => {
                    Ok(vec![letter as u8 & 0x1f])
                }
                (Some(letter), None) if alt && !control => Ok(format!("\x1b{letter}").into()),
                (Some(letter), None) if !control => Ok(letter.to_string().into()),
                _ => Err(format!("no such key: {name}").into()),
            };
        }
    };
    Ok(bytes.to_vec())
}

/// Reads words such as `skip: Escape PgUp: PageUp*10` as keys.
fn presses(words: &str) -> Outcome<Vec<Press>> {
    let mut presses = Vec::new();
    let mut column = None;
    for word in words.split_whitespace() {
        match word.strip_suffix(':') {
            Some("skip") => column = None,
            Some(label) if !label.is_empty() => column = Some(label.to_owned()),
            _ => {
                let times = word.rsplit_once('*').and_then(|(k, n)| Some((k, n.parse().ok()?)));
                let (key, count) = times.unwrap_or((word, 1));
                for _ in 0..count {
                    presses.push(Press { column: column.clone(), bytes: key_bytes(key)? });
                }
            }
        }
    }
    Ok(presses)
}

/// Gives the programs that can be measured, with the project's own first.
fn programs(options: &Options) -> Vec<Program> {
    let needle: String = NEEDLE.chars().flat_map(|letter| [letter, ' ']).collect();
    let pages = "PgUp: PageUp*10 PgDn: PageDown*10";
    let argv = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
    let editor = |name, argv, typing, into: &str, sequence| Program {
        name,
        argv,
        env: &[],
        ready: "Point {last}".to_owned(),
        all: "Point {last}".to_owned(),
        saved: "",
        into: into.to_owned(),
        typing,
        sequence,
        opens: Opens::File,
    };
    let modal = format!("skip: Escape {pages} skip: / search: {needle} skip: Escape");
    let insert = "-- INSERT --";
    let mut programs = vec![
        Program {
            name: "floor",
            argv: argv(&["sh", "-c", "stty raw -echo; printf ready; exec cat"]),
            env: &[],
            ready: "ready".to_owned(),
            all: "ready".to_owned(),
            saved: "",
            into: String::new(),
            typing: "",
            sequence: String::new(),
            opens: Opens::Nothing,
        },
        editor("vim", argv(&["vim", "--clean", "+", "{file}"]), insert, "G o", modal.clone()),
        editor("nvim", argv(&["nvim", "--clean", "+", "{file}"]), insert, "G o", modal),
        editor(
            "nano",
            argv(&["nano", "--ignorercfiles", "--softwrap", "+-1", "{file}"]),
            "",
            "M-/",
            format!("{pages} skip: C-w search: {needle} Enter"),
        ),
    ];
    if let Some(path) = &options.program {
        let or = |given: &Option<String>, usual: &str| given.clone().unwrap_or(usual.to_owned());
        let words = ["", "open", "{folder}", "--group", "group-1", "--topic", "cooperation"];
        let mut argv: Vec<String> = argv(&words);
        argv[0] = path.display().to_string();
        let usual = format!("{pages} skip: C-f search: {needle} skip: Escape");
        let own = Program {
            name: "rapporteur",
            argv,
            env: &[],
            ready: "\n>".to_owned(),
            all: " Cooperation {count} ".to_owned(),
            saved: "saved {count}",
            into: or(&options.into, ""),
            typing: "",
            sequence: or(&options.sequence, &usual),
            opens: Opens::Folder,
        };
        programs.insert(1, own);
    }
    programs
}

/// Measures a program at a size.
fn measure(program: &Program, options: &Options, points: usize) -> Outcome<Row> {
    let master = options.scratch.join(format!("{}-{points}", program.name));
    let added = prepare(program, &master, points)?;
    let row = measure_prepared(program, options, points, &master);
    fs::remove_dir_all(&master)?;
    let mut row = row?;
    row.singles.extend(added.map(|time| ("add".to_owned(), vec![time])));
    Ok(row)
}

/// Measures a program on data that are there.
fn measure_prepared(
    program: &Program,
    options: &Options,
    points: usize,
    master: &Path,
) -> Outcome<Row> {
    let fill = |text: &str| {
        text.replace("{last}", &format!("{points:06}")).replace("{count}", &points.to_string())
    };
    let (ready, all) = (fill(&program.ready), fill(&program.all));
    let sequence = presses(&program.sequence)?;
    let (mut starts, mut alls) = (Vec::new(), Vec::new());
    for number in 1..=options.starts {
        let folder = options.scratch.join(format!("{}-{points}-{number}", program.name));
        copy_folder(master, &folder)?;
        let mut session = Session::start(program, &folder)?;
        for (text, times) in [(&ready, &mut starts), (&all, &mut alls)] {
            let seen = session.wait_for(text, START_LIMIT)?;
            times.push(milliseconds(seen.saturating_duration_since(session.started)));
        }
        if number < options.starts {
            drop(session);
            fs::remove_dir_all(&folder)?;
            continue;
        }
        starts.sort_by(f64::total_cmp);
        alls.sort_by(f64::total_cmp);
        let mut row = Row {
            name: program.name,
            points: (program.opens != Opens::Nothing).then_some(points),
            start: quantile(&starts, 0.5),
            all: quantile(&alls, 0.5),
            keys: Vec::new(),
            lost: 0,
            cpu: 0.0,
            wakes: 0,
            peak: 0,
            singles: Vec::new(),
        };
        session.calm(CALM)?;
        for press in presses(&program.into)? {
            session.send(&press.bytes)?;
            session.calm(CALM)?;
        }
        session.wait_for(program.typing, START_LIMIT)?;
        type_letters(&mut session, options.keys, &mut row)?;
        if !program.saved.is_empty() {
            enter_points(&mut session, program.saved, &folder, &mut row)?;
        }
        press_singles(&mut session, &sequence, &mut row)?;
        row.peak = peak(session.pid)?;
        drop(session);
        fs::remove_dir_all(&folder)?;
        return Ok(row);
    }
    Err("no start was asked for".into())
}

/// Types letters, then leaves the program alone for a while.
fn type_letters(session: &mut Session, count: usize, row: &mut Row) -> Outcome<()> {
    let mut random = Random(0x5EED_0003);
    let before = Usage::read(session.pid)?;
    for letter in letters(count) {
        let next = Instant::now() + Duration::from_micros(10_000 + random.below(30_001));
        match session.first_change(&[letter])? {
            Some(time) => row.keys.push(time),
            None => row.lost += 1,
        }
        session.draw_until(next)?;
    }
    session.draw_until(Instant::now() + AFTERMATH)?;
    let used = Usage::read(session.pid)?.since(&before);
    row.cpu = used as f64 / 1000.0 / count as f64;
    row.keys.sort_by(f64::total_cmp);
    session.draw_until(Instant::now() + BEFORE_IDLE)?;
    let before = wakes(session.pid)?;
    session.draw_until(Instant::now() + IDLE)?;
    row.wakes = wakes(session.pid)?.saturating_sub(before);
    Ok(())
}

/// Enters points, and by turns writes as much to the disk by itself.
fn enter_points(session: &mut Session, saved: &str, folder: &Path, row: &mut Row) -> Outcome<()> {
    let (mut enters, mut saves, mut bares) = (Vec::new(), Vec::new(), Vec::new());
    let mut file = File::create(folder.join("bare"))?;
    for number in 1..=ENTERED {
        session.send(format!("{number} would be the same for all").as_bytes())?;
        session.calm(SILENCE)?;
        let pressed = Instant::now();
        enters.extend(session.first_change(b"\r")?);
        let seen = session.wait_for(&saved.replace("{count}", &number.to_string()), BURST_LIMIT)?;
        saves.push(milliseconds(seen.saturating_duration_since(pressed)));
        session.calm(SILENCE)?;
        let began = Instant::now();
        file.write_all(&LINE)?;
        file.sync_data()?;
        bares.push(milliseconds(began.elapsed()));
    }
    for (column, mut times) in [("Enter", enters), ("saved", saves), ("bare", bares)] {
        times.sort_by(f64::total_cmp);
        row.singles.push((column.to_owned(), times));
    }
    Ok(())
}

/// Presses single keys, each when the one before is done.
fn press_singles(session: &mut Session, sequence: &[Press], row: &mut Row) -> Outcome<()> {
    for press in sequence {
        let Some(column) = &press.column else {
            session.send(&press.bytes)?;
            session.calm(CALM)?;
            continue;
        };
        if !row.singles.iter().any(|(c, _)| c == column) {
            row.singles.push((column.clone(), Vec::new()));
        }
        let time = session.last_output(&press.bytes)?;
        if let Some((_, times)) = row.singles.iter_mut().find(|(c, _)| c == column) {
            times.extend(time);
        }
    }
    for (_, times) in &mut row.singles {
        times.sort_by(f64::total_cmp);
    }
    Ok(())
}

/// Gives the value below which a share of sorted values lies (nearest rank).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

/// Gives the rows as one aligned table.
fn table(rows: &[Row]) -> String {
    let mut columns: Vec<&str> = Vec::new();
    for (column, _) in rows.iter().flat_map(|row| &row.singles) {
        if !columns.contains(&column.as_str()) {
            columns.push(column);
        }
    }
    let fixed =
        "program|points|start ms|all ms|key med ms|p90|p99|max|lost|cpu/key µs|wakes/3s|peak MiB";
    let mut lines: Vec<Vec<String>> = vec![fixed.split('|').map(str::to_owned).collect()];
    lines[0].extend(columns.iter().map(|column| format!("{column} ms")));
    for row in rows {
        let mut line = vec![
            row.name.to_owned(),
            row.points.map_or("-".to_owned(), |points| points.to_string()),
            format!("{:.1}", row.start),
            format!("{:.1}", row.all),
        ];
        line.extend([0.5, 0.9, 0.99, 1.0].map(|q| format!("{:.3}", quantile(&row.keys, q))));
        line.push(row.lost.to_string());
        line.push(format!("{:.1}", row.cpu));
        line.push(row.wakes.to_string());
        line.push(format!("{:.1}", row.peak as f64 / 1024.0));
        for column in &columns {
            let times = row.singles.iter().find(|(c, times)| c == column && !times.is_empty());
            line.push(times.map_or("-".to_owned(), |(_, times)| {
                format!("{:.2}/{:.2}", quantile(times, 0.5), quantile(times, 1.0))
            }));
        }
        lines.push(line);
    }
    let width = |at: usize| lines.iter().map(|l| l[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..lines[0].len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        text.push_str(&format!("{:<width$}", line[0], width = widths[0]));
        for (cell, width) in line.iter().zip(&widths).skip(1) {
            text.push_str(&format!("  {cell:>width$}"));
        }
        text.push('\n');
    }
    text
}

/// Says something beside the table. Whether anyone listens makes no difference.
fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Says whether a program is there: at its path, or in a folder of `PATH`.
fn is_there(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Gives the first line that a program says about its version.
fn version(program: &str) -> String {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).output();
    let text = output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or("of an unknown version").trim().to_owned()
}

/// Reads the command line; gives none if it asks for nothing to be measured.
fn options() -> Outcome<Option<Options>> {
    let built = option_env!("CARGO_BIN_EXE_rapporteur").map(OsString::from);
    let temporary = option_env!("CARGO_TARGET_TMPDIR").map_or_else(env::temp_dir, PathBuf::from);
    let mut options = Options {
        program: env::var_os("RAPPORTEUR_BIN").or(built).map(PathBuf::from),
        sizes: vec![10_000, 100_000],
        only: Vec::new(),
        keys: 400,
        starts: 3,
        scratch: temporary,
        into: None,
        sequence: None,
    };
    let mut args = env::args().skip(1).peekable();
    if args.peek().is_none() {
        return Ok(None);
    }
    while let Some(arg) = args.next() {
        if arg == "--bench" {
            continue;
        }
        if arg == "--help" {
            return Ok(None);
        }
        let value = args.next().ok_or_else(|| format!("{arg} needs a value"))?;
        match arg.as_str() {
            "--program" => options.program = Some(value.into()),
            "--sizes" => {
                let sizes: Result<_, _> = value.split(',').map(str::parse).collect();
                options.sizes = sizes?;
            }
            "--only" => options.only = value.split(',').map(str::to_owned).collect(),
            "--keys" => options.keys = value.parse::<usize>()?.max(1),
            "--starts" => options.starts = value.parse::<usize>()?.max(1),
            "--scratch" => options.scratch = value.into(),
            "--into" => options.into = Some(value),
            "--sequence" => options.sequence = Some(value),
            _ => return Err(format!("no such option: {arg}").into()),
        }
    }
    if let Some(path) = &mut options.program {
        *path = fs::canonicalize(&*path).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    options.scratch.push(format!("peers-{}", process::id()));
    Ok(Some(options))
}

/// Measures all that is asked for and there, and prints the table.
fn measure_all(options: &Options) -> Outcome<bool> {
    let mut rows = Vec::new();
    let mut well = true;
    let wanted = |name: &str| options.only.is_empty() || options.only.iter().any(|o| o == name);
    if options.program.is_none() && wanted("rapporteur") {
        note("rapporteur: skipped, for --program and RAPPORTEUR_BIN name none");
    }
    let programs = programs(options);
    for name in options.only.iter().filter(|o| programs.iter().all(|p| p.name != **o)) {
        if name != "rapporteur" {
            note(&format!("{name}: skipped, for nothing is known about it"));
        }
    }
    for program in programs.iter().filter(|program| wanted(program.name)) {
        if !is_there(&program.argv[0]) {
            note(&format!("{}: skipped, for it is not installed", program.name));
            continue;
        }
        if program.opens != Opens::Nothing {
            note(&format!("{}: {}", program.name, version(&program.argv[0])));
        }
        let sizes = if program.opens == Opens::Nothing { &[0][..] } else { &options.sizes };
        for &points in sizes {
            match measure(program, options, points) {
                Ok(row) => rows.push(row),
                Err(error) => {
                    well = false;
                    note(&format!("{} with {points} points: failed: {error}", program.name));
                }
            }
        }
    }
    let size = format!("{COLUMNS}x{ROWS}, {} letters, {} starts", options.keys, options.starts);
    writeln!(io::stdout(), "{size}\n{}", table(&rows))?;
    Ok(well)
}

/// Runs the tool.
fn main() -> ExitCode {
    if !cfg!(target_os = "linux") {
        note("peers: measures on Linux only, for its numbers come from /proc");
        return ExitCode::SUCCESS;
    }
    let result = match options() {
        Ok(Some(options)) => {
            let result = measure_all(&options);
            let _ = fs::remove_dir_all(&options.scratch); // is not there if nothing was measured
            result
        }
        Ok(None) => {
            note("peers: measures nothing unless run by `cargo bench --bench peers [-- OPTIONS]`;");
            note("the options stand at the top of its source");
            Ok(true)
        }
        Err(error) => Err(error),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            note(&format!("peers: {error}"));
            ExitCode::FAILURE
        }
    }
}
