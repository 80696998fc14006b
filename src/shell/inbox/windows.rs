//! Waiting on Windows: a thread reads the console and sends what it reads like any other thread.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use crossterm::event;

use super::{Calls, message};
use crate::app::Message;

/// What `wait` sleeps on.
pub(super) struct Waiting {
    rung: Receiver<()>,
}

/// Wakes `wait`.
#[derive(Clone)]
pub(super) struct Bell(SyncSender<()>);

impl Bell {
    pub(super) fn ring(&self) {
        // One waiting ring is enough.
        let _ = self.0.try_send(());
    }
}

pub(super) fn open(letters: &Sender<Message>) -> io::Result<(Waiting, Bell)> {
    let (ring, rung) = sync_channel(1);
    let bell = Bell(ring);
    let (letters, console) = (letters.clone(), bell.clone());
    let read = move || {
        while let Ok(event) = event::read() {
            if let Some(message) = message(event) {
                if letters.send(message).is_err() {
                    return;
                }
                console.ring();
            }
        }
    };
    thread::Builder::new().name("console".into()).spawn(read)?;
    Ok((Waiting { rung }, bell))
}

impl Waiting {
    pub(super) fn wait(
        &mut self,
        most: Option<Duration>,
        _messages: &mut Vec<Message>,
    ) -> io::Result<Calls> {
        let gone = match most {
            Some(most) => self.rung.recv_timeout(most) == Err(RecvTimeoutError::Disconnected),
            None => self.rung.recv().is_err(),
        };
        Ok(Calls { end: gone, gone, ..Calls::default() })
    }
}

/// There is no stepping back on Windows.
pub(in super::super) fn suspend() -> io::Result<()> {
    Ok(())
}
