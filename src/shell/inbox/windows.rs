//! Waiting on Windows: a thread reads the console and sends what it reads like any other thread.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, sync_channel};
use std::{io, thread, time::Duration};

use crossterm_winapi::{
    Console, ControlKeyState, EventFlags, Handle, InputRecord, KeyEventRecord, MouseEvent,
    ScreenBuffer,
};

use super::Calls;
use super::records::{Held, KeyRecord, RecordReader};
use crate::app::Message;
use crate::app::key::Mouse;

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
    let console = Console::from(Handle::current_in_handle()?);
    let (letters, ears) = (letters.clone(), bell.clone());
    let read = move || {
        let mut listener = Listener::default();
        let mut messages = Vec::new();
        // What came together is sent together, so that a paste is seen as one.
        while let Ok(first) = console.read_single_input_event() {
            let rest = console.read_console_input().unwrap_or_default();
            for record in [first].into_iter().chain(rest) {
                listener.hear(&record, &mut messages);
            }
            if messages.drain(..).any(|message| letters.send(message).is_err()) {
                return;
            }
            ears.ring();
        }
    };
    thread::Builder::new().name("console".into()).spawn(read)?;
    Ok((Waiting { rung }, bell))
}

impl Waiting {
    #[expect(clippy::unnecessary_wraps, reason = "other systems can fail here")]
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
#[expect(clippy::unnecessary_wraps, reason = "other systems can fail here")]
pub(in super::super) fn suspend() -> io::Result<()> {
    Ok(())
}

/// Makes messages from all that a console reports.
#[derive(Default)]
struct Listener {
    keys: RecordReader,
    /// Whether the left button is held: holding it is no second click.
    pressed: bool,
}

impl Listener {
    fn hear(&mut self, record: &InputRecord, messages: &mut Vec<Message>) {
        match record {
            InputRecord::KeyEvent(key) => self.keys.take_in(key_record(key), messages),
            InputRecord::MouseEvent(mouse) => {
                messages.extend(self.mouse(mouse).map(Message::Mouse));
            }
            // It has the size of the buffer; the window may be smaller.
            InputRecord::WindowBufferSizeEvent(_) => {
                let size = crossterm::terminal::size().ok();
                messages.extend(size.map(|(width, height)| Message::Resize(width, height)));
            }
            InputRecord::FocusEvent(_) | InputRecord::MenuEvent(_) => {}
        }
    }

    fn mouse(&mut self, mouse: &MouseEvent) -> Option<Mouse> {
        if mouse.event_flags == EventFlags::MouseWheeled {
            let notches = if mouse.button_state.scroll_up() { -1 } else { 1 };
            return Some(Mouse::Wheel { notches });
        }
        let pressed = mouse.button_state.left_button();
        let clicked = pressed && !std::mem::replace(&mut self.pressed, pressed);
        // Places are counted in the buffer, of which the window may show a lower part.
        let top = ScreenBuffer::current().and_then(|screen| screen.info()).ok();
        let top = top.map_or(0, |screen| screen.terminal_window().top);
        let place = |place: i16| u16::try_from(place).unwrap_or_default();
        clicked.then(|| Mouse::Click {
            x: place(mouse.mouse_position.x),
            y: place(mouse.mouse_position.y - top),
        })
    }
}

fn key_record(key: &KeyEventRecord) -> KeyRecord {
    KeyRecord {
        down: key.key_down,
        count: key.repeat_count,
        key: key.virtual_key_code,
        unit: key.u_char,
        held: held(key.control_key_state),
    }
}

fn held(state: ControlKeyState) -> Held {
    Held::all().iter().filter(|held| state.has_state(held.bits())).collect()
}
