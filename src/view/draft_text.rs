//! The draft text on one side, what was said about the chosen paragraph on the other.

use super::{Canvas, Theme, head_of, hints, two_sided::SidePane, words};
use crate::app::{App, DraftSide, Paragraphs, Spot, TwoSided, TwoSidedLayout, say::counted, wrap};

pub(super) fn draw(app: &App, theme: Theme, canvas: &mut Canvas) {
    let layout = TwoSidedLayout::of(&app.core, &app.paragraphs);
    if layout.head.height > 0 {
        let text = app.core.workshop.draft_text();
        let version = text.map_or("", |text| text.version.as_str());
        let title = match version {
            "" => "Draft text".to_owned(),
            version => format!("Draft text, {}", wrap::shorten(version, 16)),
        };
        head_of(app, theme, canvas, &title, &words::filing(app));
    }
    let screen = &app.paragraphs;
    for side in Paragraphs::SIDES {
        let (heading, empty) = (&*heading(app, side), empty(app, side));
        let version = screen.version;
        let pane = SidePane { screen, side, version, heading, gap: "", empty, keeps_ink: true };
        pane.draw(app, theme, canvas, &layout);
    }
    hints(app, theme, canvas);
}

/// The row above a side.
fn heading(app: &App, side: DraftSide) -> String {
    let state = &app.paragraphs;
    match side {
        DraftSide::Text => {
            if app.core.workshop.draft_text().is_none() {
                return "no draft text".to_owned();
            }
            let mut heading = String::new();
            if !app.core.workshop.other_draft_texts().is_empty() {
                heading += "two texts at once: Alt-W chooses · ";
            }
            heading += &counted(state.asked(), "paragraph");
            match state.silent() {
                0 => heading += ", all covered",
                silent => heading += &format!(", {silent} without a point"),
            }
            if state.compiled {
                heading += " · all proposals";
            }
            heading
        }
        DraftSide::Said => {
            let count = state.count(state.at());
            let label = app
                .paragraphs
                .draft_paragraph_at(&app.core, state.at())
                .map(|found| found.label.as_str());
            let place = match state.spots.get(state.at()) {
                Some(Spot::Astray) => {
                    return format!("{} to look at", counted(state.strays(), "item"));
                }
                _ => label.unwrap_or("whole text"),
            };
            let mut heading = format!("{place}: {}", counted(count.points, "point"));
            if count.proposals > 0 {
                heading += &format!(", {}", counted(count.proposals, "proposal"));
            }
            if count.comments > 0 {
                heading += &format!(", {}", counted(count.comments, "comment"));
            }
            if count.unanswered > 0 && count.comments > 0 {
                heading += &format!(" · {} unanswered", count.unanswered);
            }
            heading
        }
    }
}

fn empty(app: &App, side: DraftSide) -> Option<(&'static str, &'static str)> {
    let words = match side {
        DraftSide::Text if app.core.workshop.draft_text().is_none() => {
            ("There is no draft text here yet.", "i imports one: Markdown, plain text or Word.")
        }
        DraftSide::Said if app.paragraphs.remarks().is_empty() => {
            ("No points on this yet.", "Enter adds a point, e proposes a change.")
        }
        _ => return None,
    };
    Some(words)
}
