//! Waiting on Unix: one `poll` over the terminal and a pipe that threads and signals write to.

use std::io::{self, IsTerminal, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fs::File, sync::Arc, sync::mpsc::Sender};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};

use super::Calls;
use super::keys::{KeyReader, Patience};
use crate::app::Message;

/// How long a key that has begun may take to arrive completely, even over a slow line.
const SILENCE: Duration = Duration::from_millis(10);
/// How late the rest of a terminal's answer may be.
const LATE: Duration = Duration::from_millis(500);
/// How long a paste may pause. Without an end it would swallow every key from then on.
const UNENDED: Duration = Duration::from_secs(1);
/// How much is read before a frame is drawn.
const MOST: usize = 1 << 16;

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
    keys: KeyReader,
    /// When the last byte came, or what had begun was ended.
    heard: Instant,
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
        // A full pipe wakes the program just as one more byte would.
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
        keys: KeyReader::default(),
        heard: Instant::now(),
        pipe,
        end: flag(&[SIGTERM, SIGINT, SIGHUP, SIGQUIT])?,
        suspend: flag(&[SIGTSTP])?,
        resumed: flag(&[SIGCONT])?,
        resized: flag(&[SIGWINCH])?,
    };
    Ok((waiting, Bell(Arc::new(writer))))
}

impl Waiting {
    pub(super) fn wait(
        &mut self,
        most: Option<Duration>,
        messages: &mut Vec<Message>,
    ) -> io::Result<Calls> {
        let patience = match self.keys.wants() {
            Patience::None => None,
            Patience::Key => Some(SILENCE),
            Patience::Answer => Some(LATE),
            Patience::Paste => Some(UNENDED),
        };
        let due = patience.map(|patience| patience.saturating_sub(self.heard.elapsed()));
        let most = most.into_iter().chain(due).min();
        let mut fds =
            [PollFd::new(&self.tty, PollFlags::IN), PollFd::new(&self.pipe, PollFlags::IN)];
        poll_for(&mut fds, most)?;
        let (keys, rang) = (fds[0].revents(), fds[1].revents());
        let mut gone = keys.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL);
        if rang.contains(PollFlags::IN) {
            let mut bytes = [0; 256];
            while self.pipe.read(&mut bytes).is_ok_and(|read| read == bytes.len()) {}
        }
        if !gone && keys.contains(PollFlags::IN) {
            gone = !self.read(messages)?;
        } else if !gone && patience.is_some_and(|patience| self.heard.elapsed() >= patience) {
            self.keys.settle(messages);
            self.heard = Instant::now();
        }
        if !gone && self.resized.swap(false, Ordering::Relaxed) {
            let (width, height) = crossterm::terminal::size()?;
            messages.push(Message::Resize(width, height));
        }
        Ok(Calls {
            end: gone || self.end.swap(false, Ordering::Relaxed),
            gone,
            suspend: self.suspend.swap(false, Ordering::Relaxed),
            resumed: self.resumed.swap(false, Ordering::Relaxed),
            offer: self.keys.take_offer(),
        })
    }

    /// Reads what is there, without waiting; returns `false` when the terminal is gone.
    fn read(&mut self, messages: &mut Vec<Message>) -> io::Result<bool> {
        let mut bytes = [0; 4096];
        let mut all = 0;
        while all < MOST {
            match rustix::io::read(&self.tty, &mut bytes) {
                Ok(0) | Err(Errno::IO) => return Ok(false),
                Ok(read) => {
                    self.heard = Instant::now();
                    self.keys.take_in(&bytes[..read], messages);
                    all += read;
                    if read < bytes.len() {
                        // That was everything; what has come since wakes the next wait.
                        break;
                    }
                }
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
            let mut more = [PollFd::new(&self.tty, PollFlags::IN)];
            if !poll_for(&mut more, Some(Duration::ZERO))? || more[0].revents() != PollFlags::IN {
                break;
            }
        }
        Ok(true)
    }
}

/// Whether anything happened within the time.
fn poll_for(fds: &mut [PollFd<'_>], most: Option<Duration>) -> io::Result<bool> {
    let most = most.map(|most| Timespec {
        tv_sec: most.as_secs() as i64,
        tv_nsec: i64::from(most.subsec_nanos()),
    });
    match poll(fds, most.as_ref()) {
        Ok(happened) => Ok(happened > 0),
        Err(Errno::INTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Stops this program as the user asked, until it is continued.
pub(in super::super) fn suspend() -> io::Result<()> {
    Ok(rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP)?)
}
