//! The program at a desk without a terminal: keys go in, pictures come out.

use std::collections::HashSet;
use std::fmt::Write;

use rapporteur::app::key::{Code, Key};
use rapporteur::app::{
    App, Effect, FormatChoice, Message, Offer, OpenedWorkshop, RememberedExchange, Setting,
    StoredWorkshop, Words,
};
use rapporteur::view::{self, Canvas, TextRole, Theme};
use rapporteur::workshop::{
    Agenda, Day, Group, GroupId, Ids, Moment, Rule, Session, SessionKind, Topic, TopicId, Workshop,
    WriterId,
};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The looks in tests.
pub(crate) const THEME: Theme = Theme { colour: true, ascii: false };
/// 27 May 2025, 09:00 in Kuala Lumpur.
pub(crate) const MORNING: Moment = Moment(1_748_307_600_000);

/// A meeting small enough to see whole.
pub(crate) fn agenda() -> Agenda {
    let session = |id: &str, title: &str, kind: &str, start: &str, minutes| Session {
        id: id.into(),
        title: title.into(),
        kind: SessionKind(kind.into()),
        start: Some(start.parse().unwrap()),
        minutes: Some(minutes),
        ..Session::default()
    };
    let opening = Session {
        pinned: true,
        rule: Some(Rule::OnRecord),
        speakers: vec!["host".into()],
        ..session("opening", "Opening", "opening", "09:00", 30)
    };
    let discussion = Session {
        round: Some(1),
        objective: "Feedback on the draft.".into(),
        ..session("groups-1", "Group discussion 1", "group_discussion", "09:30", 60)
    };
    let tea = session("tea", "Tea", "break", "10:30", 30);
    let closing = session("closing", "Closing", "closing", "11:00", 30);
    let topic = |id: &str, title: &str, short: &str, questions: &[&str]| Topic {
        id: id.into(),
        title: title.into(),
        short: short.into(),
        questions: questions.iter().map(ToString::to_string).collect(),
    };
    let group = |number: u32| Group {
        id: GroupId::from(format!("group-{number}").as_str()),
        title: format!("Group {number}"),
        ..Group::default()
    };
    Agenda {
        id: "budget-day".into(),
        title: "Regional budget day".into(),
        time_zone: "Asia/Kuala_Lumpur".into(),
        objectives: vec!["Agree on what comes first.".into()],
        topics: vec![
            topic(
                "cooperation",
                "Regional cooperation",
                "Cooperation",
                &["What would make information sharing work?", "Who should be the focal point?"],
            ),
            topic("capacity", "Capacity building", "Capacity", &["Which skills are missing?"]),
        ],
        groups: vec![group(1), group(2)],
        days: vec![Day {
            date: "2025-05-27".parse().unwrap(),
            title: "Day 1".into(),
            sessions: vec![opening, discussion, tea, closing],
        }],
        ..Agenda::default()
    }
}

/// One person at one laptop.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) canvas: Canvas,
    /// All that was asked of the world.
    pub(crate) effects: Vec<Effect>,
    laptop: u64,
    saved: u64,
}

impl Desk {
    /// On the start screen.
    pub(crate) fn start(size: (u16, u16)) -> Self {
        Self::of(1, size)
    }

    /// Another laptop, with ids of its own, beside the first in the same workshop.
    pub(crate) fn beside(first: &Self) -> Self {
        let mut desk = Self::of(2, first.app.core.size);
        desk.open_workshop(first.app.core.workshop.clone(), Some("group-1"));
        desk
    }

    fn of(laptop: u64, size: (u16, u16)) -> Self {
        let format = |name: &str, ending: &str, line: &str| FormatChoice {
            name: name.into(),
            line: line.into(),
            ending: ending.into(),
            chosen: true,
        };
        let sample = |points| Offer::Sample {
            name: "asean-declaration".into(),
            line: "two days, four groups, four topics".into(),
            points,
        };
        let setting = Setting {
            ids: Ids::seeded(laptop),
            offers: vec![sample(false), sample(true)],
            formats: vec![
                format("RON", "ron", "everything, lossless"),
                format("CSV", "csv", "one row per point"),
            ],
            now: MORNING,
            size,
        };
        let canvas = Canvas::new(Rect::new(0, 0, size.0, size.1));
        Self { app: App::new(setting), canvas, effects: Vec::new(), laptop, saved: 0 }
    }

    /// In the small meeting, at its agenda.
    pub(crate) fn open(size: (u16, u16)) -> Self {
        let mut desk = Self::start(size);
        desk.open_workshop(Workshop::new(&agenda()), None);
        desk
    }

    /// In the small meeting, taking down what group 1 says on cooperation.
    pub(crate) fn capture(size: (u16, u16)) -> Self {
        let mut desk = Self::start(size);
        desk.open_workshop(Workshop::new(&agenda()), Some("group-1"));
        desk
    }

    pub(crate) fn open_workshop(&mut self, workshop: Workshop, group: Option<&str>) {
        let opened = OpenedWorkshop {
            workshop: Workshop::new(workshop.agenda()),
            folder: "budget-day.workshop".into(),
            exposed: false,
            writer: WriterId::new(self.laptop),
            exports: "exports".into(),
            exchange: RememberedExchange::default(),
            group: group.map(GroupId::from),
            topic: group.map(|_| TopicId::from("cooperation")),
        };
        self.tell(Message::Opened(Box::new(opened)));
        let words = Words::of(&workshop);
        let names = workshop.names();
        let loaded = StoredWorkshop {
            names,
            workshop,
            words,
            damage: Vec::new(),
            unfinished: Vec::new(),
            own: HashSet::new(),
        };
        self.tell(Message::Loaded(Box::new(loaded)));
    }

    /// Tells what happened; a good disk saves at once.
    pub(crate) fn tell(&mut self, message: Message) -> &mut Self {
        let effects = self.app.update(message);
        let saves = effects.iter().filter(|effect| matches!(effect, Effect::Save(_))).count();
        self.effects.extend(effects);
        if saves > 0 {
            self.saved += saves as u64;
            self.tell(Message::Saved(self.saved));
        }
        self
    }

    /// What was saved here since this was last asked, as others get it.
    pub(crate) fn saves(&mut self) -> Message {
        let records = self.effects.drain(..).filter_map(|effect| match effect {
            Effect::Save(record) => Some(*record),
            _ => None,
        });
        Message::Arrived(records.collect())
    }

    /// Hears of what another laptop did since it was last asked.
    pub(crate) fn hear(&mut self, other: &mut Self) -> &mut Self {
        self.tell(other.saves())
    }

    /// Presses keys: letters as they are, others in brackets: `one<enter><ctrl-k><alt-1>`.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(letter) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
            let key = if let Some((name, behind)) = named {
                rest = behind;
                named_key(name)
            } else {
                rest = &rest[letter.len_utf8()..];
                Key::char(letter)
            };
            self.tell(Message::Key(key));
        }
        self
    }

    /// So many minutes later.
    pub(crate) fn later(&mut self, minutes: i64) -> &mut Self {
        let now = self.app.core.now.plus_minutes(minutes);
        self.tell(Message::Clock(now))
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.canvas.resize(Rect::new(0, 0, width, height));
        self.tell(Message::Resize(width, height))
    }

    /// Draws, and shows the screen as text with the roles of all that is not plain below it.
    pub(crate) fn picture(&mut self) -> String {
        view::draw(&self.app, THEME, &mut self.canvas);
        self.canvas.changes(|_, _, _| {});
        let buffer = self.canvas.buffer();
        let mut picture = text(buffer);
        picture.push_str(&roles(buffer));
        if let Some(cursor) = self.canvas.cursor() {
            let _ = write!(picture, "cursor {},{}", cursor.x, cursor.y);
        }
        picture
    }

    /// The screen as text alone.
    pub(crate) fn text(&mut self) -> String {
        self.picture();
        text(self.canvas.buffer())
    }

    /// The words of all points of a group on a topic, as the list shows them.
    pub(crate) fn points(&self, group: &str, topic: &str) -> Vec<String> {
        let lines = self.app.core.workshop.lines(&group.into(), &topic.into());
        let show = |line: &rapporteur::workshop::ListLine| {
            let point = self.app.core.workshop.point_at(line.index);
            format!("{}{}", "  ".repeat(usize::from(line.depth)), point.text())
        };
        lines.iter().map(show).collect()
    }
}

fn named_key(name: &str) -> Key {
    let (mut key, mut name) = (Key::char(' '), name);
    while let Some((held, rest)) = name.split_once('-') {
        match held {
            "ctrl" => key.ctrl = true,
            "alt" => key.alt = true,
            "shift" => key.shift = true,
            other => panic!("no such modifier: {other}"),
        }
        name = rest;
    }
    key.code = match name {
        "enter" => Code::Enter,
        "esc" => Code::Esc,
        "tab" => Code::Tab,
        "space" => Code::Char(' '),
        "backspace" => Code::Backspace,
        "del" => Code::Delete,
        "up" => Code::Up,
        "down" => Code::Down,
        "left" => Code::Left,
        "right" => Code::Right,
        "home" => Code::Home,
        "end" => Code::End,
        "pgup" => Code::PageUp,
        "pgdn" => Code::PageDown,
        name => match name.strip_prefix('f').and_then(|number| number.parse().ok()) {
            Some(number) => Code::F(number),
            None => Code::Char(name.chars().next().expect("a key has a name")),
        },
    };
    key
}

pub(crate) fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut skip = 0;
        for x in 0..buffer.area.width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            skip = rapporteur::app::wrap::width(symbol).saturating_sub(1);
            row.push_str(symbol);
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    // Pictures are the same on all systems, whatever separates folders.
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

fn roles(buffer: &Buffer) -> String {
    let all = [
        TextRole::Plain,
        TextRole::Dim,
        TextRole::Strong,
        TextRole::Title,
        TextRole::Chosen,
        TextRole::Here,
        TextRole::Good,
        TextRole::Gap,
        TextRole::Bad,
        TextRole::Key,
        TextRole::Kind,
        TextRole::Found,
        TextRole::Named,
    ];
    let role = |x: u16, y: u16| {
        let style = buffer[(x, y)].style();
        let role = all.iter().find(|role| {
            let own = THEME.style(**role);
            own.add_modifier == style.add_modifier
                && own.fg.unwrap_or_default() == style.fg.unwrap_or_default()
        });
        role.map_or_else(|| "mixed".to_owned(), |role| format!("{role:?}"))
    };
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        let mut row = String::new();
        while x < buffer.area.width {
            let here = role(x, y);
            let start = x;
            while x < buffer.area.width && role(x, y) == here {
                x += 1;
            }
            if here != "Plain" {
                let _ = write!(row, " {start}..{x} {here}");
            }
        }
        if !row.is_empty() {
            let _ = writeln!(text, "{y}:{row}");
        }
    }
    text
}
