//! Colours and symbols. Everything is said in words or symbols too; colour only helps.

use ratatui::style::{Color, Modifier, Style};

/// What a piece of text is, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// Words to read.
    Plain,
    /// What matters less.
    Dim,
    /// What matters more.
    Strong,
    /// The name of a screen or a part.
    Title,
    /// The chosen row or cell.
    Chosen,
    /// The current topic.
    Here,
    /// All is well.
    Good,
    /// Something is missing or late.
    Gap,
    /// Something is wrong and must be seen.
    Bad,
    /// A key.
    Key,
    /// The kind of a point.
    Kind,
    /// Words that were searched for.
    Found,
    /// What matters more, and names somebody.
    Named,
    /// Words that a proposal takes out.
    Cut,
    /// Words that a proposal puts in.
    Put,
}

/// The looks of the program on one terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Theme {
    /// Whether colours are used; `NO_COLOR` turns them off.
    pub colour: bool,
    /// Whether only ASCII symbols are used for borders and marks.
    pub ascii: bool,
}

impl Theme {
    /// The style of a role. Only the sixteen colours that every terminal has, so that its own choice of
    /// light or dark applies.
    pub fn style(self, role: TextRole) -> Style {
        let plain = Style::new();
        let colour = |style: Style, colour| if self.colour { style.fg(colour) } else { style };
        match role {
            TextRole::Plain => plain,
            TextRole::Dim => colour(plain.add_modifier(Modifier::DIM), Color::Reset),
            TextRole::Strong => plain.add_modifier(Modifier::BOLD),
            TextRole::Title => colour(plain.add_modifier(Modifier::BOLD), Color::Cyan),
            TextRole::Chosen => plain.add_modifier(Modifier::REVERSED),
            TextRole::Here => plain.add_modifier(Modifier::REVERSED | Modifier::BOLD),
            TextRole::Good => colour(plain, Color::Green),
            TextRole::Gap => colour(plain.add_modifier(Modifier::BOLD), Color::Yellow),
            TextRole::Bad => {
                colour(plain.add_modifier(Modifier::REVERSED | Modifier::BOLD), Color::Red)
            }
            TextRole::Key => colour(plain.add_modifier(Modifier::BOLD), Color::Blue),
            TextRole::Kind => colour(plain, Color::Cyan),
            TextRole::Cut => colour(plain.add_modifier(Modifier::CROSSED_OUT), Color::Red),
            TextRole::Put => colour(plain.add_modifier(Modifier::UNDERLINED), Color::Green),
            TextRole::Named => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            TextRole::Found => plain.add_modifier(Modifier::UNDERLINED),
        }
    }

    /// The symbol for a horizontal line.
    pub fn rule(self) -> &'static str {
        if self.ascii { "-" } else { "─" }
    }

    /// The symbol for a vertical line.
    pub fn wall(self) -> &'static str {
        if self.ascii { "|" } else { "│" }
    }

    /// The corners of a frame: the upper two, then the lower two.
    pub fn corners(self) -> [&'static str; 4] {
        if self.ascii { ["+"; 4] } else { ["┌", "┐", "└", "┘"] }
    }

    /// The symbol before what is chosen.
    pub fn mark(self) -> &'static str {
        if self.ascii { ">" } else { "▸" }
    }

    /// The symbol for what is under way.
    pub fn running(self) -> &'static str {
        if self.ascii { "*" } else { "●" }
    }

    /// The symbol for what is done.
    pub fn done(self) -> &'static str {
        if self.ascii { "x" } else { "✓" }
    }

    /// The symbol for what a group confirmed; it must not look crossed out.
    pub fn confirmed(self) -> &'static str {
        if self.ascii { "v" } else { "✓" }
    }

    /// The symbol for a letter that nobody may see.
    pub fn hidden(self) -> &'static str {
        if self.ascii { "*" } else { "•" }
    }

    /// A full and an empty piece of a bar.
    pub fn bar(self) -> (&'static str, &'static str) {
        if self.ascii { ("#", ".") } else { ("█", "░") }
    }
}
