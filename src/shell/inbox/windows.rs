//! Waiting on Windows: a thread reads the console and sends what it reads like any other thread.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, sync_channel};
use std::{io, thread, time::Duration};

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use super::Calls;
use crate::app::Message;
use crate::app::key::{Code, Key, Mouse};

/// What `wait` sleeps on.
pub(super) struct Waiting {
    rung: Receiver<()>,
}

/// Wakes `wait`.
#[derive(Clone)]
pub(super) struct Bell(SyncSender<()>);

impl Bell {
    pub(super) fn ring(&self) {
        // One pending ring is enough.
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

/// Does nothing: there is no suspending on Windows.
pub(in super::super) fn suspend() -> io::Result<()> {
    Ok(())
}

/// The terminal library's event as a message of ours; `None` for what we have no use for.
fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(Message::Key),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(width, height) => Some(Message::Resize(width, height)),
        Event::Mouse(event) => {
            let mouse = match event.kind {
                MouseEventKind::Down(MouseButton::Left) => {
                    Mouse::Click { x: event.column, y: event.row }
                }
                MouseEventKind::ScrollUp => Mouse::Wheel { notches: -1 },
                MouseEventKind::ScrollDown => Mouse::Wheel { notches: 1 },
                _ => return None,
            };
            Some(Message::Mouse(mouse))
        }
        _ => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let (code, shift) = match event.code {
        KeyCode::Char(letter) => (Code::Char(letter), false),
        KeyCode::Enter => (Code::Enter, shift),
        KeyCode::Esc => (Code::Esc, shift),
        KeyCode::Tab => (Code::Tab, shift),
        KeyCode::BackTab => (Code::Tab, true),
        KeyCode::Backspace => (Code::Backspace, false),
        KeyCode::Delete => (Code::Delete, shift),
        KeyCode::Up => (Code::Up, shift),
        KeyCode::Down => (Code::Down, shift),
        KeyCode::Left => (Code::Left, shift),
        KeyCode::Right => (Code::Right, shift),
        KeyCode::Home => (Code::Home, shift),
        KeyCode::End => (Code::End, shift),
        KeyCode::PageUp => (Code::PageUp, shift),
        KeyCode::PageDown => (Code::PageDown, shift),
        KeyCode::F(number) => (Code::F(number), shift),
        _ => return None,
    };
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    // AltGr comes as Ctrl-Alt on some systems: it types a letter.
    let typed =
        matches!(code, Code::Char(letter) if ctrl && alt && !letter.is_ascii_alphanumeric());
    let code = match code {
        Code::Char(letter) if ctrl || alt => Code::Char(letter.to_ascii_lowercase()),
        code => code,
    };
    Some(Key { code, ctrl: ctrl && !typed, alt: alt && !typed, shift })
}
