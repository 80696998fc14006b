//! The loop: messages go into the app, its effects are carried out, the frame is drawn.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{collections::VecDeque, io, mem};

use ratatui::layout::Rect;

use super::burst::{self, Bursts};
use super::clock::{chance, now};
use super::inbox::{self, Calls, Inbox, Post};
use super::opening::{self, OpeningFailure};
use super::{
    clipboard, data_folders::DataFolders, desk::Desk, exporting::Exporting, forgetting, taking_in,
    terminal::Terminal,
};
use crate::app::{
    App, CourierReport, Effect, Message, OpenTarget, OpenedWorkshop, Setting, Typing,
};
use crate::store::{Trouble, place};
use crate::view::{self, Canvas, Theme};
use crate::workshop::{Ids, Record, counted};

/// How long nobody must have pressed a key before what can wait is done.
const QUIET: Duration = Duration::from_millis(150);
/// How long one turn may spend on what others wrote before it looks for keys again.
const TURN: Duration = Duration::from_millis(4);

/// Runs the program on the terminal, on its start screen or in a workshop.
///
/// Returns the words of what could not be saved.
pub(super) fn run(folders: DataFolders, first: Option<First>) -> io::Result<Vec<String>> {
    let inbox = Inbox::open()?;
    let (width, height) = crossterm::terminal::size()?;
    let ids = Ids::seeded(chance());
    let setting = Setting {
        ids,
        offers: opening::offers(&folders),
        formats: super::exporting::formats(),
        now: now(),
        size: (width, height),
    };
    let mut runtime = Runtime {
        app: App::new(setting),
        theme: theme(),
        canvas: Canvas::new(Rect::new(0, 0, width, height)),
        terminal: Terminal::take()?,
        post: inbox.post(),
        inbox,
        bursts: Bursts::default(),
        folders,
        desk: None,
        exporting: None,
        arrived: VecDeque::new(),
        idle: false,
        not_kept: false,
        over: false,
    };
    if let Some(first) = first {
        runtime.open(&first.source, first.group, first.topic);
        first.note.into_iter().for_each(|note| runtime.send(Message::Noted(note)));
    }
    let ended = runtime.turn();
    runtime.terminal.leave();
    let unsaved = runtime.close_desk();
    ended.map(|()| unsaved)
}

/// Which workshop to open first, and where in it.
#[derive(Debug)]
pub(super) struct First {
    pub(super) source: OpenTarget,
    pub(super) group: Option<crate::workshop::GroupId>,
    pub(super) topic: Option<crate::workshop::TopicId>,
    /// What a person should know about it.
    pub(super) note: Option<String>,
}

/// The looks that the environment asks for: `NO_COLOR`, or a terminal that has only ASCII.
fn theme() -> Theme {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| std::env::var(name).ok());
    let plain = locale.is_some_and(|locale| locale == "C" || locale == "POSIX");
    let linux = std::env::var("TERM").is_ok_and(|term| term == "linux");
    Theme { colour: !set("NO_COLOR"), ascii: set("RAPPORTEUR_ASCII") || plain || linux }
}

struct Runtime {
    app: App,
    theme: Theme,
    canvas: Canvas,
    terminal: Terminal,
    inbox: Inbox,
    post: Post,
    bursts: Bursts,
    folders: DataFolders,
    desk: Option<Desk>,
    exporting: Option<Exporting>,
    /// Records that came in and are not taken in yet: many at once must not keep anybody from typing.
    arrived: VecDeque<Vec<Record>>,
    /// Whether nobody has pressed a key for a moment.
    idle: bool,
    /// Whether the app knows that typing is not being kept.
    not_kept: bool,
    over: bool,
}

impl Runtime {
    /// Runs the loop until the program ends.
    fn turn(&mut self) -> io::Result<()> {
        let mut messages = Vec::new();
        while !self.over {
            self.draw()?;
            let wants_idle = self.app.wants_idle();
            let patience = self.patience(wants_idle);
            let calls = self.inbox.wait(patience, &mut messages)?;
            self.send(Message::Clock(now()));
            self.idle = wants_idle && messages.is_empty();
            if self.idle && self.arrived.is_empty() {
                self.send(Message::Idle);
            }
            self.receive(&mut messages);
            self.take_in();
            self.answer(calls)?;
        }
        Ok(())
    }

    /// Takes in what happened, letters that come in a burst as one text.
    fn receive(&mut self, messages: &mut Vec<Message>) {
        let came = Instant::now();
        let typing = |app: &App| app.context().has_line();
        let mut ready = Vec::new();
        self.bursts.settle_due(came, typing(&self.app), &mut ready);
        self.deliver(&mut ready);
        let mut came_in = messages.drain(..);
        while let Some(message) = came_in.next() {
            let more = burst::letters_at_start(came_in.as_slice());
            self.bursts.take(message, (came, more), typing(&self.app), &mut ready);
            self.deliver(&mut ready);
        }
    }

    /// Gives the app what is certain, after what the shell itself has to do about it.
    fn deliver(&mut self, ready: &mut Vec<Message>) {
        for message in ready.drain(..) {
            #[cfg(debug_assertions)]
            super::rehearsal::die_of(&message);
            if let Message::Resize(width, height) = message {
                self.canvas.resize(Rect::new(0, 0, width, height));
            }
            match (&message, &mut self.desk) {
                (Message::Saved(count), Some(desk)) => {
                    let kept = desk.saved(*count);
                    self.tell_kept(kept);
                }
                (Message::Loaded(_), Some(desk)) => {
                    let kept = desk.take_over();
                    desk.meet(&self.post);
                    self.tell_kept(kept);
                }
                (
                    Message::Carried(CourierReport::Came { .. } | CourierReport::Place(_)),
                    Some(desk),
                ) => {
                    desk.came();
                }
                (Message::Arrived(_), Some(desk)) => desk.grown(),
                (Message::Written(Ok(written)), Some(desk)) => {
                    desk.exported(&written.files);
                    desk.exported(&written.kept);
                }
                _ => {}
            }
            match message {
                Message::Arrived(records) => self.arrived.push_back(records),
                message => self.send(message),
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        view::draw(&self.app, self.theme, &mut self.canvas);
        self.terminal.paint(&mut self.canvas)
    }

    /// Takes in some of what came from other laptops, but no longer than a key may wait.
    fn take_in(&mut self) {
        let until = Instant::now() + TURN;
        while let Some(records) = self.arrived.pop_front() {
            self.send(Message::Arrived(records));
            if Instant::now() >= until {
                break;
            }
        }
    }

    /// How long it may sleep: without limit, unless a clock is shown, something waits to be taken in, or
    /// there is something to do once nobody types.
    fn patience(&self, wants_idle: bool) -> Option<Duration> {
        if !self.arrived.is_empty() {
            return Some(Duration::ZERO);
        }
        let past = now().0.rem_euclid(1000) as u64;
        let clock = self.app.has_clock().then(|| Duration::from_millis(1000 - past));
        // Once nobody types, what can wait is done piece by piece until a key comes.
        let quiet = if self.idle { Duration::ZERO } else { QUIET };
        let idle = wants_idle.then_some(quiet);
        let burst = self.bursts.due().map(|due| due.saturating_duration_since(Instant::now()));
        clock.into_iter().chain(idle).chain(burst).min()
    }

    /// Does what the system asks for.
    fn answer(&mut self, calls: Calls) -> io::Result<()> {
        if calls.gone {
            self.terminal.forget();
        }
        if calls.end {
            self.over = true;
        }
        if calls.offer && !self.over {
            self.terminal.tell_keys_apart()?;
        }
        if calls.suspend && !self.over {
            self.terminal.leave();
            inbox::suspend()?;
        }
        if (calls.suspend || calls.resumed) && !self.over {
            self.terminal.enter()?;
            let (width, height) = crossterm::terminal::size()?;
            self.canvas.resize(Rect::new(0, 0, width, height));
            self.send(Message::Resize(width, height));
        }
        Ok(())
    }

    /// Gives the app a message and carries out its effects.
    fn send(&mut self, message: Message) {
        for effect in self.app.update(message) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Save(record) => {
                if let Some(desk) = &mut self.desk
                    && let Err(trouble) = desk.save(&record)
                {
                    self.post.send(Message::NotSaved(trouble.to_string()));
                }
            }
            Effect::Typing(typing) => self.keep(&typing),
            Effect::Open(source) => self.open(&source, None, None),
            Effect::Export(export) => {
                let workshop = self.app.core.workshop.clone();
                let exporting = Exporting::start(workshop, export, self.post.clone());
                self.exporting = Some(exporting);
            }
            Effect::Offer => self.send(Message::Offers(opening::offers(&self.folders))),
            Effect::Carry(errand) => {
                let sent = self.desk.as_mut().is_some_and(|desk| desk.carry(errand, &self.post));
                if !sent {
                    let why = "The system gives the program no more threads; nothing was done.";
                    self.post.send(Message::Carried(CourierReport::Failed(why.to_owned())));
                }
            }
            Effect::TakeIn(path) => {
                taking_in::start(path, self.app.core.workshop.clone(), self.post.clone());
            }
            Effect::Sweep(whose) => {
                if let Some(desk) = &mut self.desk {
                    let kept = desk.sweep(whose, &self.post);
                    self.tell_kept(kept);
                }
            }
            Effect::Forget { folder, .. } if self.has_open(&folder) => {
                self.send(Message::Refused(format!(
                    "This workshop is open here. Nothing was removed. Open another one first, or quit \
                     with Ctrl-Q and use `rapporteur forget {}`.",
                    folder.display()
                )));
            }
            Effect::Forget { folder, sure } => {
                forgetting::start(folder, self.folders.state.clone(), sure, self.post.clone());
            }
            Effect::Copy(text) => {
                self.terminal.copy(&text);
                clipboard::copy(text);
            }
            Effect::StopExport => self.exporting = None,
            Effect::Quit => self.over = true,
        }
    }

    /// Whether the workshop in this folder is the one that is open.
    fn has_open(&self, folder: &Path) -> bool {
        self.desk.as_ref().is_some_and(|desk| place::real(desk.folder()) == place::real(folder))
    }

    fn keep(&mut self, typing: &Typing) {
        if let Some(desk) = &mut self.desk {
            let kept = desk.keep(typing);
            self.tell_kept(kept);
        }
    }

    /// Informs the app once when typing is not kept, and once when it is kept again.
    fn tell_kept(&mut self, kept: Result<(), Trouble>) {
        if let Err(trouble) = kept {
            self.not_kept = true;
            self.post.send(Message::NotKept(trouble.to_string()));
        } else if self.not_kept && self.desk.as_ref().is_some_and(Desk::is_kept) {
            self.not_kept = false;
            self.post.send(Message::Kept);
        }
    }

    fn open(
        &mut self,
        source: &OpenTarget,
        group: Option<crate::workshop::GroupId>,
        topic: Option<crate::workshop::TopicId>,
    ) {
        match Desk::open(source, &self.folders, &self.post) {
            Ok((desk, workshop)) => {
                self.arrived.clear();
                let unsaved = self.close_desk().len();
                let opened = OpenedWorkshop {
                    workshop,
                    exposed: !desk.is_private(),
                    folder: desk.folder().to_owned(),
                    writer: desk.writer(),
                    exports: exports_folder(desk.folder()),
                    exchange: desk.remembered(),
                    group,
                    topic,
                };
                self.desk = Some(desk);
                self.send(Message::Opened(Box::new(opened)));
                if unsaved > 0 {
                    let changes = counted(unsaved, "change");
                    let why = format!("{changes} of the workshop before could not be saved");
                    self.send(Message::NotKept(why));
                }
                if let Some(desk) = &mut self.desk {
                    desk.load(self.post.clone());
                }
            }
            Err(OpeningFailure::Locked(bundle)) => self.send(Message::Locked(bundle)),
            Err(OpeningFailure::Changes(lines)) => {
                self.send(Message::Changes(source.clone(), lines));
            }
            Err(OpeningFailure::Why(why)) => self.send(Message::Refused(why)),
        }
    }

    /// Closes the open workshop once everything in it is saved.
    fn close_desk(&mut self) -> Vec<String> {
        mem::take(&mut self.desk).map(Desk::close).unwrap_or_default()
    }
}

/// Where exports go: beside the workshop, or, in a checkout of this project, to its `exports/`; in a
/// separate folder for each workshop, so that the files of meetings do not get mixed.
fn exports_folder(workshop: &Path) -> PathBuf {
    let checkout = Path::new("exports").is_dir() && Path::new("sessions").is_dir();
    let base = workshop.parent().filter(|_| !checkout).map_or_else(PathBuf::new, Path::to_owned);
    base.join("exports").join(workshop.file_stem().unwrap_or_default())
}
