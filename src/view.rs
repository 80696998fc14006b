//! The view: draws the state of the [`App`] and changes nothing.
//!
//! The capture screen, with the names of its parts in [`CaptureLayout`](crate::app::CaptureLayout):
//!
//! ```text
//! Group 2 · Regional meeting …      Group discussion 1 ● 12:31, 32 min left       saved 128   head
//!  1 Cooperation 12  2 Capacity 7  3 Monitoring 0  4 Early actions 3  5 General 0             tabs
//! ? What would make information sharing work in real time?                               questions
//!   rec   One focal point a State, reachable day and night · OP3                              list
//!         quest   Who pays for the interpreters?
//! ── recommendation ──────────────────────────────────────────────────────────────────────    line
//! > Joint exercises twice a_
//! Enter Add  Tab Next topic  Ctrl-K Kind  Ctrl-E Reword  F1 Help                             hints
//! ```

mod agenda;
mod canvas;
mod capture;
mod consolidate;
mod dialog;
mod draft_text;
#[cfg(test)]
mod dummy;
mod exchange;
mod hand_over;
mod names;
mod overview;
mod pen;
mod read_back;
mod start;
mod theme;
mod two_sided;
mod words;

pub use canvas::Canvas;
pub use theme::{TextRole, Theme};

use pen::Brush;
use ratatui::layout::Rect;

use crate::app::keymap::{self, Action};
use crate::app::{App, ScreenId, every_screen, wrap};

/// Draws the current state of the program.
pub fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    canvas.frame(|canvas| {
        draw_screen(app, theme, canvas);
        long_notice(app, theme, canvas);
        if let Some(overlay) = &app.core.overlay {
            dialog::draw(app, overlay, theme, canvas);
        }
    });
}

macro_rules! draw_each {
    ($(
        $(#[doc = $doc:expr])* $(#[cfg($cfg:meta)])?
        $name:ident: $module:ident::$type:ident, $field:ident, $context:ident $(, $go:ident)?;
    )*) => {
        fn draw_screen(app: &App, theme: Theme, canvas: &mut Canvas) {
            match app.core.screen {
                $($(#[cfg($cfg)])? ScreenId::$name => $module::draw(app, theme, canvas),)*
            }
        }
    };
}
every_screen!(draw_each);

/// The whole screen.
fn screen(app: &App) -> Rect {
    Rect::new(0, 0, app.core.size.0, app.core.size.1)
}

/// The rows of a screen between its top and its bottom row.
fn body(app: &App) -> Rect {
    let whole = screen(app);
    let hints = u16::from(has_hints(app));
    Rect { y: 1, height: whole.height.saturating_sub(1 + hints), ..whole }
}

/// The top row of a screen: its name, the meeting, how safe the work is.
fn head(app: &App, theme: Theme, canvas: &mut Canvas, title: &str, middle: &str) {
    head_of(app, theme, canvas, title, &[middle.to_owned()]);
}

/// The same, with several wordings for the middle: the first one that fits, or as much of the
/// last one as fits.
fn head_of(app: &App, theme: Theme, canvas: &mut Canvas, title: &str, middle: &[String]) {
    let area = Rect { height: app.core.size.1.min(1), ..screen(app) };
    let meeting = app.core.workshop.agenda().title.as_str();
    let safety = app.core.safety.to_string();
    let (loading, bad, damaged) =
        (app.core.loading, app.core.safety.is_bad(), app.core.safety.damage.len());
    let shows = ("head", title, meeting, middle, &safety, loading, bad, damaged, theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let right = match (loading, damaged) {
            (true, _) => "reading the points…".to_owned(),
            (false, 0) => safety.clone(),
            (false, parts) => format!("{parts} damaged, see F1 · {safety}"),
        };
        let role = match (bad, damaged) {
            (true, _) => TextRole::Bad,
            (false, 0) => TextRole::Good,
            (false, _) => TextRole::Gap,
        };
        let end = pen.put_right(0, &format!(" {right} "), role);
        let mut pen = pen.until(end);
        let x = pen.put(0, 0, &format!(" {title} "), TextRole::Title);
        let room = usize::from(end.saturating_sub(x));
        let fits = |middle: &&String| wrap::width(middle) + 3 <= room;
        let middle = match (middle.iter().find(fits), middle) {
            (Some(middle), _) => middle.clone(),
            (None, [_, .., last]) if room > 8 => wrap::shorten(last, room - 3),
            _ => String::new(),
        };
        if !middle.is_empty() {
            let end = pen.put_right(0, &format!("{middle}  "), TextRole::Strong);
            pen = pen.until(end);
        }
        let room = pen.width().saturating_sub(x + 2);
        if room >= 12 {
            pen.put_cut(x, 0, room, meeting, TextRole::Dim);
        }
    });
}

/// The most rows of a notice.
const NOTICED: usize = 4;

/// A notice that is too long for the bottom row, over what is above that row: until the next key it
/// matters more.
fn long_notice(app: &App, theme: Theme, canvas: &mut Canvas) {
    let (wide, high) = app.core.size;
    let Some(notice) = app.core.notice.as_ref().filter(|_| has_hints(app)) else { return };
    let text = wrap::visible(&notice.text);
    let rows = wrap::rows(&text, usize::from(wide.saturating_sub(2)));
    let (seen, whole) = (rows.len().min(NOTICED), rows.len() <= NOTICED);
    if seen < 2 {
        return;
    }
    let area = Rect::new(0, high.saturating_sub(seen as u16), wide, seen as u16);
    canvas.pane(area, ("notice", &notice.text, notice.bad, theme), |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        let role = if notice.bad { TextRole::Bad } else { TextRole::Strong };
        for (y, row) in rows.iter().take(seen).enumerate() {
            let y = y as u16;
            let last = y + 1 == seen as u16 && !whole;
            let row = if last { row.start..text.len() } else { row.clone() };
            let end = pen.put_cut(0, y, area.width, &format!(" {}", &text[row]), role);
            pen.put(end, y, " ", role);
        }
    });
}

/// Whether there is room for the bottom row.
fn has_hints(app: &App) -> bool {
    app.core.size.1 >= 8
}

/// The bottom row: what just happened, or else the available keys.
fn hints(app: &App, theme: Theme, canvas: &mut Canvas) {
    let actions = app.hints();
    let y = app.core.size.1.saturating_sub(1);
    let area = Rect::new(0, y, app.core.size.0, u16::from(has_hints(app)));
    let enters = app.core.typing.enters();
    let shows = ("hints", &app.core.notice, app.context(), actions.len(), enters, theme);
    canvas.pane(area, shows, |buffer, area| {
        let mut pen = Brush::new(buffer, area, theme);
        if let Some(notice) = &app.core.notice {
            let role = if notice.bad { TextRole::Bad } else { TextRole::Strong };
            let end = pen.put_cut(0, 0, area.width, &format!(" {}", notice.text), role);
            pen.put(end, 0, " ", role);
            return;
        }
        let said = |action: &Action| {
            let key = keymap::key_of(*action)?.to_string();
            let name = if *action == Action::Add { enters } else { keymap::row(*action).name };
            let wide = wrap::width(&key) + wrap::width(name) + 1;
            Some((key, name, wide as u16))
        };
        // Help is at the right edge, whatever else there is room for.
        let help =
            if area.width < 60 { &[Action::Help][..] } else { &[Action::Palette, Action::Help] };
        let help: Vec<_> = help.iter().filter_map(said).collect();
        let wide: u16 = help.iter().map(|(.., wide)| wide + 2).sum();
        let edge = area.width.saturating_sub(wide);
        let mut put = |x: u16, (key, name, wide): (String, &str, u16)| {
            let at = pen.put(x, 0, &key, TextRole::Key);
            pen.put(at + 1, 0, name, TextRole::Plain);
            x + wide + 2
        };
        let mut x = 1;
        for said in actions.iter().filter_map(said) {
            if x + said.2 >= edge {
                break;
            }
            x = put(x, said);
        }
        let mut x = edge;
        for said in help {
            x = put(x, said);
        }
    });
}
