//! Waiting on Unix: one `poll` over the terminal and a pipe that threads and signals write to.

use std::fs::File;
use std::io::{self, IsTerminal, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;
use std::{process, thread};

use crossterm::event;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};

use super::{Calls, message};
use crate::app::Message;

/// How long the program may take to save and leave after its terminal is gone.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// The terminal that keys come from: standard input, or the controlling terminal where that is
/// redirected.
enum Tty {
    Stdin(io::Stdin),
    Device(File),
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Stdin(stdin) => stdin.as_fd(),
            Self::Device(device) => device.as_fd(),
        }
    }
}

fn tty() -> io::Result<Tty> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        Ok(Tty::Stdin(stdin))
    } else {
        File::open("/dev/tty").map(Tty::Device)
    }
}

/// What `wait` sleeps on.
pub(super) struct Waiting {
    tty: Tty,
    pipe: PipeReader,
    end: Arc<AtomicBool>,
    suspend: Arc<AtomicBool>,
    resumed: Arc<AtomicBool>,
    resized: Arc<AtomicBool>,
}

/// Wakes `wait`.
#[derive(Clone)]
pub(super) struct Bell(Arc<PipeWriter>);

impl Bell {
    pub(super) fn ring(&self) {
        // A full pipe wakes as well as one more byte would.
        let _ = (&*self.0).write(&[0]);
    }
}

pub(super) fn open(_letters: &Sender<Message>) -> io::Result<(Waiting, Bell)> {
    let (pipe, writer) = io::pipe()?;
    rustix::fs::fcntl_setfl(&pipe, rustix::fs::OFlags::NONBLOCK)?;
    rustix::fs::fcntl_setfl(&writer, rustix::fs::OFlags::NONBLOCK)?;
    let flag = |signals: &[i32]| -> io::Result<Arc<AtomicBool>> {
        let flag = Arc::new(AtomicBool::new(false));
        for signal in signals {
            signal_hook::flag::register(*signal, Arc::clone(&flag))?;
            signal_hook::low_level::pipe::register(*signal, writer.try_clone()?)?;
        }
        Ok(flag)
    };
    let waiting = Waiting {
        tty: tty()?,
        pipe,
        end: flag(&[SIGTERM, SIGINT, SIGHUP, SIGQUIT])?,
        suspend: flag(&[SIGTSTP])?,
        resumed: flag(&[SIGCONT])?,
        resized: flag(&[SIGWINCH])?,
    };
    watch_for_hangup()?;
    Ok((waiting, Bell(Arc::new(writer))))
}

/// The terminal library never returns from reading a terminal that is gone. Should that catch the
/// program in the middle, this ends it after its last words.
fn watch_for_hangup() -> io::Result<()> {
    let tty = tty()?;
    let watch = move || loop {
        let mut fds = [PollFd::new(&tty, PollFlags::empty())];
        if poll(&mut fds, None) != Err(rustix::io::Errno::INTR) {
            thread::sleep(LAST_WORDS);
            process::exit(1);
        }
    };
    thread::Builder::new().name("hangup".into()).spawn(watch).map(drop)
}

impl Waiting {
    pub(super) fn wait(
        &mut self,
        most: Option<Duration>,
        messages: &mut Vec<Message>,
    ) -> io::Result<Calls> {
        let most = most.map(|most| Timespec {
            tv_sec: most.as_secs() as i64,
            tv_nsec: i64::from(most.subsec_nanos()),
        });
        let mut fds =
            [PollFd::new(&self.tty, PollFlags::IN), PollFd::new(&self.pipe, PollFlags::IN)];
        match poll(&mut fds, most.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let (keys, rang) = (fds[0].revents(), fds[1].revents());
        let gone = keys.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL);
        if rang.contains(PollFlags::IN) {
            let mut bytes = [0; 256];
            while self.pipe.read(&mut bytes).is_ok_and(|read| read == bytes.len()) {}
        }
        let resized = self.resized.swap(false, Ordering::Relaxed);
        if !gone && (resized || keys.contains(PollFlags::IN)) {
            while event::poll(Duration::ZERO)? {
                messages.extend(message(event::read()?));
            }
        }
        Ok(Calls {
            end: gone || self.end.swap(false, Ordering::Relaxed),
            gone,
            suspend: self.suspend.swap(false, Ordering::Relaxed),
            resumed: self.resumed.swap(false, Ordering::Relaxed),
        })
    }
}

/// Stops this program as the shell's user asked, until it is told to go on.
pub(in super::super) fn suspend() -> io::Result<()> {
    Ok(rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP)?)
}
