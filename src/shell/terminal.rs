//! The terminal: taking it, painting on it, giving it back.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::{panic, sync::Once};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::{
    Attribute, Print, ResetColor, SetAttribute, SetBackgroundColor, SetForegroundColor,
};
use crossterm::terminal::{
    Clear, ClearType, DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::style::{Color, Modifier};
use ratatui::{backend::IntoCrossterm, buffer::Cell, layout::Position};

use crate::view::Canvas;

/// The terminal while it is ours.
pub(super) struct Terminal {
    out: io::Stdout,
    /// The bytes of one frame, which go out in one piece.
    bytes: Vec<u8>,
    taken: bool,
    cursor: Option<Position>,
}

/// Whether the terminal was asked to tell all keys apart, and is to be asked no longer when it is given back.
static TELLS_KEYS_APART: AtomicBool = AtomicBool::new(false);

/// Asks whether the terminal knows the keyboard protocol of kitty. Terminals that do not know it say nothing.
#[cfg(unix)]
const OFFER: &str = "\x1b[?u";
/// The Windows console reports all keys apart by itself.
#[cfg(windows)]
const OFFER: &str = "";

impl Terminal {
    /// Takes the terminal. It is given back when this is dropped, and on panic before anything is
    /// printed.
    pub(super) fn take() -> io::Result<Self> {
        give_back_on_panic();
        let mut terminal = Self {
            out: io::stdout(),
            bytes: Vec::with_capacity(1 << 16),
            taken: false,
            cursor: None,
        };
        terminal.enter()?;
        Ok(terminal)
    }

    /// Takes the terminal again after it was given back.
    pub(super) fn enter(&mut self) -> io::Result<()> {
        self.taken = true;
        self.cursor = None;
        enable_raw_mode()?;
        execute!(
            self.out,
            EnterAlternateScreen,
            DisableLineWrap,
            EnableBracketedPaste,
            EnableMouseCapture,
            Hide,
            Clear(ClearType::All),
            Print(OFFER)
        )
    }

    /// Asks the terminal to tell Esc, Alt and Ctrl apart from letters, as it offered.
    pub(super) fn tell_keys_apart(&mut self) -> io::Result<()> {
        if TELLS_KEYS_APART.swap(true, Ordering::Relaxed) {
            return Ok(());
        }
        let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
        execute!(self.out, PushKeyboardEnhancementFlags(flags))
    }

    /// Puts a text into the clipboard of the terminal, which may be on another machine (OSC 52). A terminal that
    /// does not know it says nothing.
    pub(super) fn copy(&mut self, text: &str) {
        let _ = execute!(self.out, CopyToClipboard::to_clipboard_from(text));
    }

    /// Gives the terminal back.
    pub(super) fn leave(&mut self) {
        if std::mem::take(&mut self.taken) {
            give_back(&mut self.out);
        }
    }

    /// Writes nothing more to the terminal, because it is gone.
    pub(super) fn forget(&mut self) {
        self.taken = false;
    }

    /// Writes what changed since the last frame.
    pub(super) fn paint(&mut self, canvas: &mut Canvas) -> io::Result<()> {
        self.bytes.clear();
        let bytes = &mut self.bytes;
        if canvas.must_clear() {
            queue!(bytes, ResetColor, SetAttribute(Attribute::Reset), Clear(ClearType::All))?;
        }
        let start = bytes.len();
        let mut brush = TerminalBrush::default();
        let mut failed = Ok(());
        canvas.changes(|x, y, cell| {
            if failed.is_ok() {
                failed = brush.put(bytes, x, y, cell);
            }
        });
        failed?;
        let cursor = canvas.cursor();
        let painted = bytes.len() > start;
        if painted {
            queue!(bytes, SetAttribute(Attribute::Reset))?;
        }
        if painted || cursor != self.cursor {
            if let Some(place) = cursor {
                queue!(bytes, MoveTo(place.x, place.y))?;
            }
            if cursor.is_some() != self.cursor.is_some() {
                match cursor {
                    Some(_) => queue!(bytes, Show)?,
                    None => queue!(bytes, Hide)?,
                }
            }
            self.cursor = cursor;
        }
        if self.bytes.is_empty() {
            return Ok(());
        }
        self.out.write_all(&self.bytes)?;
        self.out.flush()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}

fn give_back(out: &mut impl Write) {
    // If any of this fails, the rest is still tried.
    if TELLS_KEYS_APART.swap(false, Ordering::Relaxed) {
        let _ = execute!(out, PopKeyboardEnhancementFlags);
    }
    let _ = execute!(out, SetAttribute(Attribute::Reset), DisableMouseCapture);
    let _ = execute!(out, DisableBracketedPaste, EnableLineWrap, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
}

fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            give_back(&mut io::stdout());
            print(panic);
        }));
    });
}

/// Where the terminal's cursor is and how it writes, so that only differences are sent.
#[derive(Default)]
struct TerminalBrush {
    next: Option<(u16, u16)>,
    style: Option<(Color, Color, Modifier)>,
}

impl TerminalBrush {
    fn put(&mut self, bytes: &mut Vec<u8>, x: u16, y: u16, cell: &Cell) -> io::Result<()> {
        if self.next != Some((x, y)) {
            queue!(bytes, MoveTo(x, y))?;
        }
        let style = (cell.fg, cell.bg, cell.modifier);
        if self.style != Some(style) {
            self.restyle(bytes, style)?;
        }
        bytes.extend_from_slice(cell.symbol().as_bytes());
        // After a letter that terminals may measure differently, the position is sent again.
        self.next = cell.symbol().is_ascii().then_some((x + 1, y));
        Ok(())
    }

    fn restyle(&mut self, bytes: &mut Vec<u8>, style: (Color, Color, Modifier)) -> io::Result<()> {
        let (fg, bg, modifier) = style;
        let plain = (Color::Reset, Color::Reset, Modifier::empty());
        if self.style.is_none_or(|old| old != plain) {
            queue!(bytes, SetAttribute(Attribute::Reset))?;
        }
        for (flag, attribute) in [
            (Modifier::BOLD, Attribute::Bold),
            (Modifier::DIM, Attribute::Dim),
            (Modifier::ITALIC, Attribute::Italic),
            (Modifier::UNDERLINED, Attribute::Underlined),
            (Modifier::REVERSED, Attribute::Reverse),
            (Modifier::CROSSED_OUT, Attribute::CrossedOut),
        ] {
            if modifier.contains(flag) {
                queue!(bytes, SetAttribute(attribute))?;
            }
        }
        if fg != Color::Reset {
            queue!(bytes, SetForegroundColor(fg.into_crossterm()))?;
        }
        if bg != Color::Reset {
            queue!(bytes, SetBackgroundColor(bg.into_crossterm()))?;
        }
        self.style = Some(style);
        Ok(())
    }
}
