//! The real program on a real pseudo-terminal: what it keeps, how it ends, what it gives back.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

/// How long anything may take before the test gives up on it.
const DEADLINE: Duration = Duration::from_secs(20);
const PROGRAM: &str = env!("CARGO_BIN_EXE_rapporteur");
pub(crate) const SIZE: (u16, u16) = (100, 30);
const HERE: [&str; 4] = ["--group", "group-1", "--topic", "capacity"];

/// A workshop in a folder of its own, and a home for who writes in it.
pub(crate) struct Meeting(tempfile::TempDir);

impl Meeting {
    pub(crate) fn new() -> Self {
        let meeting = Self(tempfile::tempdir().unwrap());
        meeting.run(&["new", "asean-declaration", "--at", "meeting"]);
        meeting
    }

    pub(crate) fn path(&self, rest: &str) -> PathBuf {
        self.0.path().join(rest)
    }

    fn surroundings(&self, home: &str) -> Vec<(&'static str, PathBuf)> {
        let mut all: Vec<_> = ["HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"]
            .map(|name| (name, self.path(home)))
            .into();
        all.push(("TERM", "xterm-256color".into()));
        all.push(("LANG", "C.UTF-8".into()));
        all
    }

    /// Runs a verb on the command line and gives what it prints.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        self.run_at("home", arguments)
    }

    pub(crate) fn run_at(&self, home: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env_clear().envs(self.surroundings(home));
        let output = command.current_dir(self.0.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Another laptop adds a point.
    pub(crate) fn add_elsewhere(&self, text: &str) {
        self.run_at("elsewhere", &[&["add", "meeting"], &HERE[..], &[text]].concat());
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        let rows = self.run(&["list", "meeting", "--json"]);
        let row = |row: &str| serde_json::from_str::<serde_json::Value>(row).unwrap();
        rows.lines().map(|line| row(line)["text"].as_str().unwrap().to_owned()).collect()
    }

    pub(crate) fn draft(&self) -> String {
        self.run(&["draft", "meeting"])
    }

    /// Opens capture on a pseudo-terminal, and waits until it is there.
    pub(crate) fn open(&self) -> Screen {
        let screen = Screen::start(self, SIZE);
        screen.until_shown("saved");
        screen
    }
}

fn size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn emulator((cols, rows): (u16, u16)) -> vt100::Parser {
    vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0)
}

/// What the program wrote, as bytes and as a terminal shows it.
pub(crate) struct Seen {
    emulator: vt100::Parser,
    pub(crate) bytes: usize,
    /// What the emulator does not know.
    raw: Vec<u8>,
    over: bool,
    last: bool,
}

impl Seen {
    pub(crate) fn picture(&self) -> String {
        let contents = self.emulator.screen().contents();
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    fn is_given_back(&self) -> bool {
        let screen = self.emulator.screen();
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    }
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// The program on its pseudo-terminal.
pub(crate) struct Screen {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    seen: Shared,
    reader: JoinHandle<()>,
}

impl Screen {
    pub(crate) fn start(meeting: &Meeting, dimensions: (u16, u16)) -> Self {
        Self::start_with(meeting, dimensions, &[])
    }

    pub(crate) fn start_with(
        meeting: &Meeting,
        dimensions: (u16, u16),
        more: &[(&str, &str)],
    ) -> Self {
        let pty = native_pty_system().openpty(size(dimensions)).unwrap();
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(["open", "meeting"]);
        command.args(HERE);
        command.env_clear();
        for (name, value) in meeting.surroundings("home") {
            command.env(name, value);
        }
        for (name, value) in more {
            command.env(name, value);
        }
        command.cwd(meeting.0.path());
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let seen = Seen {
            emulator: emulator(dimensions),
            bytes: 0,
            raw: Vec::new(),
            over: false,
            last: false,
        };
        let seen: Shared = Arc::new((Mutex::new(seen), Condvar::new()));
        let (shared, from) = (Arc::clone(&seen), pty.master.try_clone_reader().unwrap());
        let reader = thread::spawn(move || read(from, &shared));
        let keys = pty.master.take_writer().unwrap();
        Self { child, master: pty.master, keys, seen, reader }
    }

    pub(crate) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    pub(crate) fn picture(&self) -> String {
        self.seen().picture()
    }

    /// Waits until the screen is as it should be.
    pub(crate) fn until(&self, what: &str, is_so: impl Fn(&Seen) -> bool) {
        let waited =
            self.seen.1.wait_timeout_while(self.seen(), DEADLINE, |seen| !is_so(seen)).unwrap();
        assert!(!waited.1.timed_out(), "{what} did not come:\n{}", waited.0.picture());
    }

    pub(crate) fn until_shown(&self, text: &str) {
        self.until(text, |seen| seen.picture().contains(text));
    }

    pub(crate) fn press(&mut self, keys: impl AsRef<[u8]>) {
        self.keys.write_all(keys.as_ref()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Types words and waits until they are shown.
    pub(crate) fn type_in(&mut self, text: &str) {
        self.press(text);
        self.until_shown(text);
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().cast_signed()).unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    pub(crate) fn until_ended(&mut self) -> ExitStatus {
        patiently("the end", || self.child.try_wait().unwrap())
    }

    pub(crate) fn kill(mut self) {
        self.signal(Signal::KILL);
        self.until_ended();
    }

    /// Waits for the end, and looks that the terminal is as it was.
    pub(crate) fn until_ended_well(mut self) {
        let ended = self.until_ended();
        assert!(ended.success(), "{ended:?}\n{}", self.picture());
        self.until_given_back();
    }

    fn until_given_back(&self) {
        self.until("the last byte", |seen| seen.over);
        assert!(self.seen().is_given_back(), "{}", self.picture());
        let modes = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        assert!(modes.contains("ICANON") && modes.contains("ECHO"), "{modes}");
    }

    pub(crate) fn resize(&self, dimensions: (u16, u16)) {
        self.seen().emulator = emulator(dimensions);
        self.master.resize(size(dimensions)).unwrap();
    }

    /// The terminal's window is closed: nobody holds its other side any more.
    fn hang_up(mut self) -> Box<dyn Child + Send + Sync> {
        self.seen().last = true;
        self.press("x");
        self.reader.join().unwrap();
        self.child
    }
}

fn read(mut from: Box<dyn Read + Send>, shared: &Shared) {
    let mut bytes = [0; 4096];
    loop {
        let read = from.read(&mut bytes).unwrap_or(0);
        let mut seen = shared.0.lock().unwrap();
        seen.emulator.process(&bytes[..read]);
        seen.bytes += read;
        seen.raw.extend_from_slice(&bytes[..read]);
        seen.over = read == 0;
        shared.1.notify_all();
        if seen.over || seen.last {
            return;
        }
    }
}

/// Asks again and again until there is an answer.
pub(crate) fn patiently<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + DEADLINE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < until, "{what} did not come");
        thread::park_timeout(Duration::from_millis(2));
    }
}

#[test]
fn a_point_purged_on_screen_is_gone_from_every_file_that_the_program_itself_holds() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.press("Malaysia said so\r");
    screen.until_shown("saved 1");
    screen.press("\x1b[A\r");
    screen.until_shown("rewording the chosen point");
    screen.press("\x15It was said\r");
    screen.until_shown("saved 2");
    screen.press("\x1b[A\x1bx");
    screen.until_shown("Purge 1 earlier wording");
    screen.press("\x1b[B\r");
    screen.until_shown("removed from 1 line");
    let holding = |folder: &str| {
        let all = crate::durability::everything(&meeting.path(folder)).into_values();
        all.filter(|bytes| String::from_utf8_lossy(bytes).contains("Malaysia said")).count()
    };
    assert_eq!((holding("meeting/changes"), holding("meeting/typing")), (0, 0));
    screen.press("\r");
    screen.until("the line", |seen| !seen.picture().contains("removed from 1 line"));
    screen.type_in("Another");
    screen.press("\r");
    screen.until_shown("saved 4");
    screen.press("\x11");
    screen.until_ended_well();
    assert_eq!(meeting.texts(), ["It was said", "Another"]);
    assert_eq!(holding(""), 0);
}

#[test]
fn a_second_copy_follows_what_is_typed_in_every_run() {
    let meeting = Meeting::new();
    let stick = meeting.path("stick");
    fs::create_dir(&stick).unwrap();
    let copied = |text: &str| {
        let files = crate::durability::everything(&stick).into_values();
        files.filter(|bytes| String::from_utf8_lossy(bytes).contains(text)).count() > 0
    };
    meeting.run(&["copy", "meeting", stick.to_str().unwrap()]);
    for (run, text) in ["in the first run", "in the second run"].into_iter().enumerate() {
        let mut screen = meeting.open();
        screen.press(format!("{text}\r"));
        screen.until_shown("saved 1");
        if run == 0 {
            // The stick is away for a while: it is said once, and everything goes on.
            fs::rename(&stick, meeting.path("away")).unwrap();
            screen.until_shown("No second copy:");
            // The notice goes with the next key; the top row goes on saying it.
            screen.until_shown("NO SECOND COPY");
            screen.press("meanwhile\r");
            screen.until_shown("saved 2, NO SECOND COPY");
            fs::rename(meeting.path("away"), &stick).unwrap();
        }
        screen.press("\x11");
        screen.until_ended_well();
        assert!(copied(text));
    }
    assert!(copied("meanwhile"));
}

#[test]
fn what_is_typed_outlives_a_killed_program_and_is_added_once() {
    let meeting = Meeting::new();
    let text = "Coast guards train together – ร่วมกัน";
    let mut screen = meeting.open();
    screen.type_in(text);
    screen.kill();
    assert_eq!(meeting.draft(), format!("{text}\n"));

    let mut screen = meeting.open();
    screen.until_shown(text);
    screen.press("\r");
    screen.until_shown("saved 1");
    screen.press("\x11");
    screen.until_ended_well();
    assert_eq!((meeting.draft(), meeting.texts()), (String::new(), vec![text.to_owned()]));

    let screen = meeting.open();
    screen.until_shown(text);
    assert_eq!(screen.picture().matches("Coast guards").count(), 1, "{}", screen.picture());
    screen.kill();
}

/// Each quick crash doubled the text: two copies after one, 16,384 after fourteen.
#[test]
fn however_often_a_program_is_killed_its_text_comes_back_once() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.type_in("Half a thought");
    screen.kill();
    for _ in 0..6 {
        let screen = meeting.open();
        screen.until_shown("Restored: text that was typed but not entered.");
        screen.kill();
        assert_eq!(meeting.draft(), "Half a thought\n");
    }
    let mut screen = meeting.open();
    screen.until_shown("Half a thought");
    screen.press(" ends\r");
    screen.until_shown("saved 1");
    screen.kill();
    assert_eq!(
        (meeting.draft(), meeting.texts()),
        (String::new(), vec!["Half a thought ends".into()])
    );
}

/// A text that waited while a point was reworded was offered again after it had been entered.
#[test]
fn a_text_set_aside_is_kept_once() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.press("A point\r");
    screen.until_shown("saved 1");
    screen.type_in("set aside");
    screen.press("\x1b[A\x05");
    screen.type_in(" reworded");
    screen.press("\r");
    screen.until_shown("saved 2");
    screen.until_shown("set aside");
    screen.press("\r");
    screen.until_shown("saved 3");
    screen.kill();
    assert_eq!(meeting.draft(), "");
}

#[test]
fn what_is_called_saved_outlives_a_killed_program() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.press("Share the watch list\r");
    screen.until_shown("saved 1");
    screen.kill();
    assert_eq!(meeting.texts(), ["Share the watch list"]);
    assert_eq!(meeting.draft(), "");
}

#[test]
fn whoever_ends_it_gets_the_terminal_back_and_the_words_are_kept() {
    // A key that has begun and never comes whole is waited for, and nothing else waits.
    for (keys, signal) in [
        ("", Some(Signal::TERM)),
        ("", Some(Signal::HUP)),
        ("\x1b[", Some(Signal::TERM)),
        ("\x11", None),
    ] {
        let meeting = Meeting::new();
        let mut screen = meeting.open();
        screen.type_in("not yet entered");
        screen.press(keys);
        if let Some(signal) = signal {
            screen.signal(signal);
        }
        screen.until_ended_well();
        assert_eq!(meeting.draft(), "not yet entered\n", "{keys:?} {signal:?}");
    }
}

/// A panic while the screen is up. Debug builds alone can be told to.
#[test]
fn a_program_that_panics_gives_the_terminal_back_and_keeps_the_words() {
    let meeting = Meeting::new();
    let mut screen = Screen::start_with(&meeting, SIZE, &[("RAPPORTEUR_DIES_OF", "~")]);
    screen.until_shown("saved");
    screen.type_in("half a thought");
    screen.press("~");
    let ended = screen.until_ended();
    assert!(!ended.success(), "{ended:?}");
    screen.until_given_back();
    // What happened is printed where it stays, and below what was there before.
    assert!(screen.picture().contains("panicked at"), "{}", screen.picture());
    assert_eq!(meeting.draft(), "half a thought\n");
}

#[test]
fn stepping_back_gives_the_terminal_back_and_coming_again_paints_it() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.type_in("half a thought");
    let before = screen.picture();
    screen.signal(Signal::TSTP);
    patiently("the stop", || {
        waitpid(Some(screen.pid()), WaitOptions::UNTRACED | WaitOptions::NOHANG).unwrap()
    });
    screen.until("the terminal", Seen::is_given_back);
    screen.signal(Signal::CONT);
    screen.until("the picture", |seen| {
        seen.emulator.screen().alternate_screen() && seen.picture() == before
    });
    screen.type_in(" goes on");
    screen.kill();
    assert_eq!(meeting.draft(), "half a thought goes on\n");
}

#[test]
fn the_smallest_window_is_harmless() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.type_in("wide enough");
    let before = screen.picture();
    for small in [(1, 1), (3, 2), (1, 30), (100, 1)] {
        let painted = screen.seen().bytes;
        screen.resize(small);
        screen.until("a frame", |seen| seen.bytes > painted);
    }
    screen.resize(SIZE);
    screen.until("the same picture", |seen| seen.picture() == before);
    screen.kill();
}

#[test]
fn points_of_others_appear_without_a_key() {
    let meeting = Meeting::new();
    let screen = meeting.open();
    meeting.add_elsewhere("A point from the next table");
    screen.until_shown("A point from the next table");
    screen.kill();
}

#[test]
fn a_closed_window_ends_the_program() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.type_in("the lid goes down");
    let mut child = screen.hang_up();
    patiently("the end", || child.try_wait().unwrap());
    assert!(meeting.draft().starts_with("the lid goes down"));
}

#[test]
fn keys_that_come_all_at_once_all_arrive() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    let mut text: String = (0..).map(|n| format!("{n} ลำ ")).take(900).collect();
    assert!(text.len() > 5000);
    text.push_str("the-end");
    screen.press(&text);
    screen.until_shown("the-end");
    screen.kill();
    assert_eq!(meeting.draft(), format!("{text}\n"));
}

/// A terminal without brackets for pastes sends them as if they were typed: each line was entered, and a Tab
/// changed the topic.
#[test]
fn a_paste_without_brackets_is_one_paste() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    let line = |at: usize| {
        format!("{at}. From 2025–2030, “joint” patrols 😀 \u{e01}\u{e32}\u{e23}\tby sea")
    };
    let lines: Vec<String> = (1..=200).map(line).collect();
    screen.press(lines.join("\r"));
    screen.until_shown("You pasted 200 lines");
    // Nobody answers sooner; what comes sooner is the rest of the paste.
    let asked = Instant::now();
    patiently("an answer", || (asked.elapsed() > Duration::from_millis(150)).then_some(()));
    screen.press("e");
    screen.until_shown("200 points added, one a line.");
    let pasted: Vec<String> = lines.iter().map(|line| line.replace('\t', " ")).collect();
    // On a list the letters of a paste press nothing.
    screen.press("\x1bOQ");
    screen.until_shown("Agenda");
    screen.press("sen+x");
    screen.until_shown("You pasted text, but there is nothing to type here.");
    screen.press("\x11");
    screen.until_ended_well();
    assert_eq!(meeting.texts(), pasted);
}

#[test]
fn answers_of_the_terminal_reach_neither_line_nor_commands() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    screen.type_in("half");
    screen.press(
        "\x1b]11;rgb:0000/0000/0000\x1b\\\x1bP>|XTerm(390)\x1b\\\x1bP1$r0m\x1b\\\x1b[?62;4c",
    );
    screen.type_in(" a thought");
    screen.until_shown("half a thought");
    // A terminal that can tell keys apart is asked to, until it is given back.
    screen.until("the question", |seen| holds(&seen.raw, "\x1b[?u"));
    screen.press("\x1b[?0u");
    screen.until("the request", |seen| holds(&seen.raw, "\x1b[>1u"));
    screen.press("\x1b[13;5u\x1b[113;5u");
    // And then it is asked to stop.
    screen.until("the end", |seen| holds(&seen.raw, "\x1b[<1u"));
    screen.until_ended_well();
    assert_eq!(meeting.draft(), "half a thought\n");
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn a_large_paste_asks_and_never_acts() {
    let meeting = Meeting::new();
    let mut screen = meeting.open();
    let pasted = "A line\x1b[2J with \x11 what no line has\r\n".repeat(30_000);
    assert!(pasted.len() > 1 << 20);
    screen.press(format!("\x1b[200~{pasted}\x1b[201~"));
    screen.until_shown("You pasted");
    screen.press("o");
    screen.until("the line", |seen| !seen.picture().contains("You pasted"));
    screen.press("\r");
    screen.until_shown("saved 1");
    screen.kill();
    let kept = meeting.texts().concat();
    let whole = pasted.replace(['\x1b', '\x11', '\r'], "");
    assert!(kept.trim_end() == whole.trim_end(), "{} of {}", kept.len(), whole.len());
}

#[test]
fn what_the_disk_refuses_is_said_kept_and_saved_later() {
    let meeting = Meeting::new();
    meeting.add_elsewhere("There before");
    let mut screen = meeting.open();
    screen.until_shown("There before");
    // Permissions do not keep out an administrator; a file in the folder's place does.
    let (folder, away) = (meeting.path("meeting/changes"), meeting.path("meeting/away"));
    fs::rename(&folder, &away).unwrap();
    fs::write(&folder, "").unwrap();
    screen.press("Said while the disk was gone\r");
    screen.until_shown("NOT SAVED");
    screen.until_shown("Said while the disk was gone");
    put_back(&folder, &away);
    screen.until_shown("saved 1");
    screen.kill();
    assert_eq!(meeting.texts(), ["There before", "Said while the disk was gone"]);
}

fn put_back(folder: &Path, away: &Path) {
    fs::remove_file(folder).unwrap();
    fs::rename(away, folder).unwrap();
}
