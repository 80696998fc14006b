//! How the smallest screen looks.

use super::{Canvas, Theme, head, hints};
use crate::app::App;

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    head(app, theme, canvas, "Dummy", "");
    hints(app, theme, canvas);
}
