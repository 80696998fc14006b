//! Topics by groups: what is covered, and what is not yet.

use super::{Action, Asks, Chosen, Core, Nothing, Of, Screen, ScreenId};
use crate::workshop::{GroupId, TopicId, Workshop};

/// The state of the overview screen.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The chosen topic, with its row.
    pub topic: Chosen<TopicId>,
    /// The chosen group, with its column.
    pub group: Chosen<GroupId>,
}

/// The fewest columns of a number: as wide as [`LATER`](super::LATER).
const FEWEST_DIGITS: usize = super::LATER.len();
/// Columns of the topics' titles: how many if there is room, and the fewest.
const TITLES: u16 = 27;
const FEWEST: u16 = 12;
/// The fewest columns of one group, and of the sum over all groups.
const COLUMN: u16 = 9;
const SUM: u16 = 6;
/// Rows above the first topic.
pub const HEAD: u16 = 3;

/// Where the table's columns are: as wide as the numbers in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Columns {
    /// Columns of the topics' titles.
    pub titles: u16,
    /// Columns of one group, with the space that follows.
    pub group: u16,
    /// How many groups fit on the screen.
    pub fit: usize,
    /// Which is the first of them.
    pub first: usize,
    /// Columns for the numbers in cells, and for the sums.
    pub digits: (usize, usize),
}

/// How many digits a number has, but at least `least`.
fn digits(number: usize, least: usize) -> usize {
    number.checked_ilog10().map_or(1, |tens| tens as usize + 1).max(least)
}

fn topics(workshop: &Workshop) -> impl ExactSizeIterator<Item = TopicId> + Clone {
    workshop.topics().iter().map(|topic| topic.id.clone())
}

fn groups(workshop: &Workshop) -> impl ExactSizeIterator<Item = GroupId> + Clone {
    workshop.groups().map(|group| group.id.clone()).collect::<Vec<_>>().into_iter()
}

impl Screen for Overview {
    /// Chooses the cell of the current group and topic.
    fn enter(&mut self, core: &mut Core) {
        let (group, topic) = (core.here.group.clone(), core.here.topic.clone());
        *self = Self::default();
        self.topic.set(topic);
        self.group.set(group);
        self.refresh(core);
    }

    fn act(&mut self, core: &mut Core, action: Action) {
        let (topic, group) = (self.topic.at(), self.group.at());
        match action {
            Action::Up => self.choose_cell(core, topic.saturating_sub(1), group),
            Action::Down => self.choose_cell(core, topic + 1, group),
            Action::Left => self.choose_cell(core, topic, group.saturating_sub(1)),
            Action::Right => self.choose_cell(core, topic, group + 1),
            Action::Top | Action::PageUp => self.choose_cell(core, 0, group),
            Action::Bottom | Action::PageDown => self.choose_cell(core, usize::MAX, group),
            Action::OpenCell => self.open_cell(core),
            Action::Back => core.go(ScreenId::Capture),
            _ => {}
        }
    }

    fn click(&mut self, core: &mut Core, x: u16, y: u16) {
        let Columns { titles, group, fit, first, .. } = self.overview_columns(core);
        let row = usize::from(y).checked_sub(usize::from(HEAD));
        let column = x.checked_sub(titles).map(|x| usize::from(x / group));
        let groups = core.workshop.groups().count();
        let topic = row.filter(|row| *row < core.workshop.topics().len());
        let group = column.filter(|c| *c < fit && first + c < groups).map(|c| first + c);
        let (Some(topic), Some(group)) = (topic, group) else { return };
        let again = (self.topic.at(), self.group.at()) == (topic, group);
        self.choose_cell(core, topic, group);
        if again {
            self.open_cell(core);
        }
    }

    /// Finds the chosen cell in the table as it is now.
    fn refresh(&mut self, core: &mut Core) {
        self.topic.refresh(topics(&core.workshop));
        self.group.refresh(groups(&core.workshop));
    }

    fn group(&self, core: &Core) -> GroupId {
        self.group.id().unwrap_or(&core.here.group).clone()
    }

    fn subjects(&self, _: &Core) -> Vec<Of> {
        vec![Of::Row(format!("{:?} {:?}", self.topic.id(), self.group.id()))]
    }
}

impl Asks for Overview {
    type Choice = Nothing;
    type Question = Nothing;
}

impl Overview {
    /// Where the table's columns are.
    pub fn overview_columns(&self, core: &Core) -> Columns {
        let (mut most, mut parked, mut sum) = (0, 0, 0);
        for topic in core.workshop.topics() {
            let mut all = 0;
            for group in core.workshop.groups() {
                let Some(cell) = core.workshop.cell(&group.id, &topic.id) else { continue };
                most = most.max(cell.standing());
                parked = parked.max(cell.parked());
                all += cell.standing();
            }
            sum = sum.max(all);
        }
        let digits_of = (digits(most, FEWEST_DIGITS), digits(sum, 4));
        // A number, the mark of a seal, the number of parked points, a space.
        let seal = usize::from(core.workshop.has_read_back());
        let more = if parked > 0 { digits(parked, 1) + 3 } else { 0 };
        let group = COLUMN.max((digits_of.0 + seal + more + 1) as u16);
        let last = SUM.max(digits_of.1 as u16 + 1);
        let titles = TITLES.min(core.size.0.saturating_sub(group + last)).max(FEWEST);
        let fit = usize::from(core.size.0.saturating_sub(titles + last) / group).max(1);
        let first = (self.group.at() + 1).saturating_sub(fit);
        Columns { titles, group, fit, first, digits: digits_of }
    }

    fn choose_cell(&mut self, core: &mut Core, topic: usize, group: usize) {
        self.topic.choose(topics(&core.workshop), topic);
        self.group.choose(groups(&core.workshop), group);
    }

    fn open_cell(&mut self, core: &mut Core) {
        let chosen = (self.topic.id().cloned(), self.group.id().cloned());
        if let (Some(topic), Some(group)) = chosen {
            core.here.topic = topic;
            core.go_to_group(group);
            core.go(ScreenId::Capture);
        }
    }
}
