//! The draft text: its paragraphs with all that was said about them, and the drafters' answers.
//!
//! One side shows the text, the other what is pinned to the chosen paragraph. What a row
//! shows is in `draft_text/rows.rs`, what is asked and done in `draft_text/step.rs`.

mod rows;
mod step;

use super::{
    Action, Chosen, Core, Division, Entry, Of, Screen, ScreenId, Target, TwoSided, TwoSidedLayout,
    seen,
};
use std::collections::HashMap;

use crate::workshop::{
    Astray, CommentId, DraftParagraph, DraftText, Fate, ParagraphId, ParagraphKind, PointId,
    Subject, Workshop,
};

pub use step::{Answering, Reply};

/// Which side of the screen has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// The text.
    #[default]
    Text,
    /// What was said about the chosen paragraph.
    Said,
}

/// A place on the text's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// What lost its place in the text and waits for a person.
    Astray,
    /// The whole text: what is pinned to no paragraph.
    Whole,
    /// A paragraph, by its place in the text.
    Paragraph(usize),
    /// A paragraph that is no longer in the text, by its place among those.
    Gone(usize),
}

/// A spot, by what it is and not by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlaceOnText {
    Astray,
    Whole,
    Paragraph(ParagraphId),
}

/// Something that was said about a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParagraphRemark {
    /// A point, by its index.
    Point(u32),
    /// A comment.
    Comment(CommentId),
}

/// How much was said about a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Count {
    /// Points that count.
    pub points: usize,
    /// The points among them that would change the words.
    pub proposals: usize,
    /// Comments.
    pub comments: usize,
    /// What drafters have not answered: comments, and points in none.
    pub unanswered: usize,
}

/// The state of the draft text's screen.
#[derive(Debug, Default)]
pub struct Paragraphs {
    /// Which side has the keys.
    pub side: Side,
    /// Whether the text is shown with all proposals put together.
    pub compiled: bool,
    /// The places of the text's side.
    pub spots: Vec<Spot>,
    counts: Vec<Count>,
    /// Which spots are paragraphs of the text that people are asked about, not headings.
    asked: Vec<bool>,
    /// What was said, spot by spot: proposals first, then comments, then everything else.
    said: Vec<Vec<ParagraphRemark>>,
    astray: HashMap<Subject, Astray>,
    chosen: Chosen<PlaceOnText>,
    /// What is chosen from what was said there.
    said_chosen: Chosen<Subject>,
    known: Option<u64>,
    /// A number that changes whenever what is shown may.
    pub version: u64,
}

impl Paragraphs {
    /// How much was said there.
    pub fn count(&self, place: usize) -> Count {
        self.counts.get(place).copied().unwrap_or_default()
    }

    /// How many paragraphs of the text nobody said anything about.
    pub fn silent(&self) -> usize {
        (0..self.spots.len()).filter(|place| self.is_silent(*place)).count()
    }

    /// Whether nobody said anything about the paragraph there.
    fn is_silent(&self, place: usize) -> bool {
        let Count { points, comments, .. } = self.count(place);
        self.asked.get(place).copied().unwrap_or_default() && points + comments == 0
    }

    /// Why something waits for a person, if it does.
    pub fn astray(&self, subject: Subject) -> Option<&Astray> {
        self.astray.get(&subject)
    }

    /// How many paragraphs of the text people are asked about.
    pub fn asked(&self) -> usize {
        self.asked.iter().filter(|asked| **asked).count()
    }

    /// How many things wait for a person.
    pub fn strays(&self) -> usize {
        self.astray.len()
    }

    pub(super) fn place(&self) -> Option<&PlaceOnText> {
        self.chosen.id()
    }

    /// Which spot is chosen.
    pub fn at(&self) -> usize {
        self.chosen.at()
    }

    /// What was said about the chosen spot.
    pub fn remarks(&self) -> &[ParagraphRemark] {
        self.said.get(self.at()).map_or(&[], Vec::as_slice)
    }

    /// Which entry of what was said there is chosen.
    pub fn said_at(&self) -> usize {
        self.said_chosen.at()
    }

    fn gather_all(&mut self, workshop: &Workshop) {
        if self.known == Some(workshop.revision()) {
            return;
        }
        self.known = Some(workshop.revision());
        self.version += 1;
        let astray = workshop.astray().into_iter().map(|found| (found.of, found));
        self.astray = astray.collect();
        let empty = DraftText::default();
        let text = workshop.draft_text().unwrap_or(&empty);
        let paragraphs = (0..text.paragraphs.len()).map(Spot::Paragraph);
        self.spots = [Spot::Astray, Spot::Whole].into_iter().chain(paragraphs).collect();
        self.spots.extend((0..text.gone.len()).map(Spot::Gone));
        // After the queue and the whole text; the text itself before what is gone.
        let mut places: HashMap<ParagraphId, usize> = HashMap::new();
        for (nth, paragraph) in text.paragraphs.iter().chain(&text.gone).enumerate() {
            places.entry(paragraph.id).or_insert(nth + 2);
        }
        self.gather(workshop, &places);
        // An empty queue is not shown, nor a gone paragraph about which nothing was said.
        let keep: Vec<bool> = self
            .spots
            .iter()
            .zip(&self.said)
            .map(|(spot, said)| !matches!(spot, Spot::Astray | Spot::Gone(_)) || !said.is_empty())
            .collect();
        retain(&mut self.spots, &keep);
        retain(&mut self.counts, &keep);
        retain(&mut self.said, &keep);
        let asked = |spot: &Spot| {
            matches!(spot, Spot::Paragraph(_))
                && text_of(text, *spot).is_some_and(|found| found.kind != ParagraphKind::Heading)
        };
        self.asked = self.spots.iter().map(asked).collect();
        if self.chosen.refresh(places_of(text, &self.spots).into_iter()) {
            self.said_chosen = Chosen::default();
        }
        self.said_chosen.refresh(subjects_of(workshop, self.remarks()).into_iter());
        if self.remarks().is_empty() {
            // What was there has gone elsewhere: the keys would do nothing.
            self.side = Side::Text;
        }
    }

    fn gather(&mut self, workshop: &Workshop, places: &HashMap<ParagraphId, usize>) {
        self.counts = vec![Count::default(); self.spots.len()];
        let mut proposals = vec![Vec::new(); self.spots.len()];
        let mut comments = vec![Vec::new(); self.spots.len()];
        let mut rest = vec![Vec::new(); self.spots.len()];
        let place = |pin: Option<&crate::workshop::Pin>| match pin.map(|pin| workshop.anchor(pin)) {
            None => Some(1),
            Some(found) => found.and_then(|(paragraph, _)| places.get(&paragraph.id)).copied(),
        };
        for topic in workshop.topics() {
            for found in workshop.comments(&topic.id) {
                let subject = Subject::Comment(found.id());
                if self.astray.contains_key(&subject) {
                    comments[0].push(ParagraphRemark::Comment(found.id()));
                }
                let Some(place) = place(found.paragraph()) else { continue };
                comments[place].push(ParagraphRemark::Comment(found.id()));
                self.counts[place].comments += 1;
                self.counts[place].unanswered += usize::from(!is_answered(workshop, subject));
            }
        }
        for index in 0..workshop.captured() as u32 {
            let point = workshop.point_at(index);
            if point.is_deleted() {
                continue;
            }
            let subject = Subject::Point(point.id());
            if self.astray.contains_key(&subject) {
                rest[0].push(ParagraphRemark::Point(index));
            }
            let Some(place) = place(point.paragraph()) else { continue };
            let fate = workshop.fate(point);
            let counts = !point.is_parked() && !matches!(fate, Fate::SetAside(_));
            let proposes = point.proposal().is_some();
            let list = if proposes { &mut proposals } else { &mut rest };
            list[place].push(ParagraphRemark::Point(index));
            if counts {
                let count = &mut self.counts[place];
                count.points += 1;
                count.proposals += usize::from(proposes);
                let loose = matches!(fate, Fate::Open) && !is_answered(workshop, subject);
                count.unanswered += usize::from(loose);
            }
        }
        let all = proposals.into_iter().zip(comments).zip(rest);
        self.said = all.map(|((first, then), last)| [first, then, last].concat()).collect();
    }
}

fn retain<T>(list: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    list.retain(|_| keep.next().copied().unwrap_or(true));
}

fn is_answered(workshop: &Workshop, subject: Subject) -> bool {
    use crate::workshop::Decision;
    workshop.disposition(subject).is_some_and(|found| found.decision != Decision::Open)
}

fn places_of(text: &DraftText, spots: &[Spot]) -> Vec<PlaceOnText> {
    let place = |spot: &Spot| match (spot, text_of(text, *spot)) {
        (Spot::Astray, _) => PlaceOnText::Astray,
        (_, None) => PlaceOnText::Whole,
        (_, Some(paragraph)) => PlaceOnText::Paragraph(paragraph.id),
    };
    spots.iter().map(place).collect()
}

fn subjects_of(workshop: &Workshop, said: &[ParagraphRemark]) -> Vec<Subject> {
    let subject = |said: &ParagraphRemark| match said {
        ParagraphRemark::Point(index) => Subject::Point(workshop.point_at(*index).id()),
        ParagraphRemark::Comment(id) => Subject::Comment(*id),
    };
    said.iter().map(subject).collect()
}

fn text_of(text: &DraftText, spot: Spot) -> Option<&DraftParagraph> {
    match spot {
        Spot::Astray | Spot::Whole => None,
        Spot::Paragraph(nth) => text.paragraphs.get(nth),
        Spot::Gone(nth) => text.gone.get(nth),
    }
}

/// The actions whose keys the bottom row shows, as far as there is room.
const SAID_HINTS: [Action; 7] = [
    Action::AnswerSaid,
    Action::Propose,
    Action::PinTo,
    Action::OpenSaid,
    Action::SwitchSide,
    Action::TakeInText,
    Action::Undo,
];

impl Screen for Paragraphs {
    fn hints(&self, core: &Core) -> Vec<Action> {
        match self.side {
            // Without a text there is nothing to do but to import one.
            Side::Text if !self.spots.iter().any(|spot| matches!(spot, Spot::Paragraph(_))) => {
                vec![Action::TakeInText, Action::TakeDownHere]
            }
            Side::Text => self.context(core).hints().to_vec(),
            Side::Said => SAID_HINTS.to_vec(),
        }
    }

    fn enter(&mut self, core: &mut Core) {
        self.side = Side::Text;
        self.refresh(core);
        let here = |it: &mut Target| matches!(it, Target::Paragraph(_) | Target::Said);
        match core.here.target.take_if(here) {
            Some(Target::Paragraph(id)) => self.show_paragraph(core, id),
            Some(Target::Said) if !self.remarks().is_empty() => self.side = Side::Said,
            _ => {}
        }
    }

    fn act(&mut self, core: &mut Core, action: Action) {
        match action {
            Action::SwitchSide if self.side == Side::Text => self.go_to_said(core),
            Action::SwitchSide | Action::Left => self.side = Side::Text,
            Action::Right => self.go_to_said(core),
            Action::Compiled => {
                self.compiled = !self.compiled;
                self.version += 1;
            }
            Action::NextSilent => self.next_silent(core),
            Action::Back if self.side == Side::Said => self.side = Side::Text,
            Action::Back => core.go(ScreenId::Capture),
            Action::JumpTo => self.offer_paragraphs(core),
            action if self.step(core, action) => {}
            _ if core.loading => core.say("The points are still being read."),
            action => self.change_draft_text(core, action),
        }
    }

    fn wheel(&mut self, core: &mut Core, action: Action) {
        self.wheel_on_side(core, action);
    }

    fn click(&mut self, core: &mut Core, x: u16, y: u16) {
        self.click_on_sides(core, x, y);
    }

    /// Brings the counts up to date.
    fn refresh(&mut self, core: &mut Core) {
        self.gather_all(&core.workshop);
    }

    fn paragraph_shown(&self, core: &Core) -> Option<String> {
        self.draft_paragraph_at(core, self.at()).map(|paragraph| paragraph.text.to_string())
    }

    fn subjects(&self, core: &Core) -> Vec<Of> {
        let said = self.chosen_subject(core).map(seen::subject);
        let place = Of::Row(format!("{:?}", self.place()));
        said.into_iter().chain([place]).collect()
    }
}

impl TwoSided for Paragraphs {
    type Side = Side;
    const SIDES: [Side; 2] = [Side::Text, Side::Said];
    const FOLLOWS: bool = true;

    fn division(&self, _: &Core) -> Division {
        // The text is what people read; it gets a little more than half.
        Division { above: 0, below: 0, first: (5, 9) }
    }

    fn side(&self) -> Side {
        self.side
    }

    fn turn_to(&mut self, side: Side) {
        self.side = side;
    }

    fn count_in(&self, side: Side) -> usize {
        match side {
            Side::Text => self.spots.len(),
            Side::Said => self.remarks().len(),
        }
    }

    fn chosen_in(&self, side: Side) -> Option<usize> {
        Some(match side {
            Side::Text => self.at(),
            Side::Said => self.said_at(),
        })
    }

    fn entry(&self, core: &Core, layout: &TwoSidedLayout, side: Side, place: usize) -> Entry {
        let area = layout.list::<Self>(side);
        match side {
            Side::Text => self.spot_entry(core, place, area),
            Side::Said => match self.remarks().get(place) {
                Some(said) => self.said_entry(core, *said, place, usize::from(area.width)),
                None => Entry::default(),
            },
        }
    }

    fn choose_in(&mut self, core: &Core, side: Side, place: usize) {
        match side {
            Side::Text => self.choose_spot(core, place),
            Side::Said => {
                let ids = subjects_of(&core.workshop, self.remarks());
                self.said_chosen.choose(ids.into_iter(), place);
            }
        }
    }
}

impl Paragraphs {
    /// The paragraph at a place of the text's side.
    pub fn draft_paragraph_at<'a>(
        &self,
        core: &'a Core,
        place: usize,
    ) -> Option<&'a DraftParagraph> {
        text_of(core.workshop.draft_text()?, *self.spots.get(place)?)
    }

    fn go_to_said(&mut self, core: &mut Core) {
        if self.remarks().is_empty() {
            return core.say("No points on this yet: Enter adds one.");
        }
        self.side = Side::Said;
    }

    fn choose_spot(&mut self, core: &Core, place: usize) {
        let empty = DraftText::default();
        let text = core.workshop.draft_text().unwrap_or(&empty);
        self.chosen.choose(places_of(text, &self.spots).into_iter(), place);
        self.choose_in(core, Side::Said, 0);
    }

    /// Shows a paragraph of the text.
    pub(super) fn show_paragraph(&mut self, core: &mut Core, id: ParagraphId) {
        self.refresh(core);
        let found = (0..self.spots.len()).find(|place| {
            self.draft_paragraph_at(core, *place).is_some_and(|found| found.id == id)
        });
        if let Some(place) = found {
            self.choose_spot(core, place);
        }
        self.side = Side::Text;
    }

    fn next_silent(&mut self, core: &mut Core) {
        let count = self.spots.len();
        let silent = |place: &usize| self.is_silent(*place);
        let next = (1..=count).map(|step| (self.at() + step) % count.max(1)).find(silent);
        match next {
            Some(place) => {
                self.choose_spot(core, place);
                self.side = Side::Text;
            }
            None => core.say("There is a point on every paragraph."),
        }
    }

    /// What is chosen from what was said.
    fn chosen_said(&self) -> Option<ParagraphRemark> {
        self.remarks().get(self.said_at()).copied().filter(|_| self.side == Side::Said)
    }

    fn chosen_said_point(&self, core: &Core) -> Option<PointId> {
        match self.chosen_said()? {
            ParagraphRemark::Point(index) => Some(core.workshop.point_at(index).id()),
            ParagraphRemark::Comment(_) => None,
        }
    }
}
