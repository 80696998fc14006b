//! Everything that wakes the program, in one place: keys, the clock, signals, other threads.
//!
//! The program sleeps in one system call until something happens; there is no tick when nothing
//! shows a clock. How a system does that differs: `unix.rs` polls the terminal and a pipe,
//! `windows.rs` has a thread that reads the console.

#[cfg(any(unix, test))]
mod answers;
#[cfg(any(unix, test))]
mod keys;
#[cfg(any(windows, test))]
mod records;
#[cfg(unix)]
#[path = "inbox/unix.rs"]
mod system;
#[cfg(windows)]
#[path = "inbox/windows.rs"]
mod system;

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::{fmt, io, time::Duration};

use crate::app::Message;

pub(super) use system::suspend;

/// What the shell itself has to do about the outside world.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each comes by itself, and several may come at once"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Calls {
    /// The system asked the program to end, or the terminal is gone.
    pub(super) end: bool,
    /// The terminal is gone: nothing more can be written to it.
    pub(super) gone: bool,
    /// The user asked to suspend the program (SIGTSTP).
    pub(super) suspend: bool,
    /// The program continues after it was stopped (SIGCONT).
    pub(super) resumed: bool,
    /// The terminal can tell all keys apart, if it is asked to.
    pub(super) offer: bool,
}

/// Where messages come in.
pub(super) struct Inbox {
    letters: Receiver<Message>,
    post: Post,
    system: system::Waiting,
}

/// Sends messages to the inbox from any thread.
#[derive(Clone)]
pub(super) struct Post {
    letters: Sender<Message>,
    bell: system::Bell,
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Post")
    }
}

impl Post {
    /// Sends a message, which is lost if nobody reads the inbox any more.
    pub(super) fn send(&self, message: Message) {
        if self.letters.send(message).is_ok() {
            self.bell.ring();
        }
    }
}

impl Inbox {
    pub(super) fn open() -> io::Result<Self> {
        let (sender, letters) = channel();
        let (system, bell) = system::open(&sender)?;
        Ok(Self { letters, post: Post { letters: sender, bell }, system })
    }

    pub(super) fn post(&self) -> Post {
        self.post.clone()
    }

    /// Sleeps until something happens or the time is up, and returns everything that waits: keys
    /// first, in their order.
    pub(super) fn wait(
        &mut self,
        most: Option<Duration>,
        messages: &mut Vec<Message>,
    ) -> io::Result<Calls> {
        let calls = self.system.wait(most, messages)?;
        loop {
            match self.letters.try_recv() {
                Ok(message) => messages.push(message),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return Ok(calls),
            }
        }
    }
}
