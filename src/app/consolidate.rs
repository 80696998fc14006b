//! Consolidate: comments are made from points, and every point ends somewhere.
//!
//! One side shows a topic's points across all groups, the other its comments. What is done
//! is made of changes (`consolidate/change.rs`); what a row shows is in `consolidate/rows.rs`.

mod alike;
mod change;
mod rows;
mod settle;
mod step;
mod tabs;

use super::{
    Action, Chosen, Context, Core, Division, Entry, Line as Text, LineEdit, Of, Screen, ScreenId,
    Target, TwoSided, TwoSidedLayout, Words, edit, wrap,
};
use alike::alike;
use std::collections::HashMap;

use crate::workshop::{
    Account, Comment, CommentId, Fate, ListLine, Outcome, PointId, TopicId, Workshop,
};

pub use step::{Query, Step};
pub use tabs::Tab;

/// Which side of the screen has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// The points.
    #[default]
    Points,
    /// The comments.
    Comments,
}

/// Points that are like one point, most alike first.
#[derive(Clone, Debug)]
struct Like {
    point: PointId,
    /// The place in the list that was chosen before.
    place: usize,
    found: Vec<(PointId, f32)>,
}

/// The state of the consolidate screen.
#[derive(Debug, Default)]
pub struct Consolidate {
    /// Which side has the keys.
    pub side: Side,
    /// Whether points that have ended somewhere are shown too.
    pub all: bool,
    /// Whether the filter looks in all topics.
    pub everywhere: bool,
    /// The words that the points shown must have.
    pub filter: Text,
    /// Whether the filter is being typed.
    pub filtering: bool,
    topic: Option<TopicId>,
    like: Option<Like>,
    /// In the order in which they were marked; the first one gives a new comment its words.
    pub marked: Vec<PointId>,
    /// The points shown.
    pub points: Vec<ListLine>,
    chosen: Chosen<PointId>,
    /// The topic's comments.
    pub comments: Vec<CommentId>,
    /// The comments' numbers on the screen. A comment keeps its number whatever comes in.
    numbers: HashMap<CommentId, usize>,
    comment: Chosen<CommentId>,
    /// Where every point ended.
    pub account: Account,
    /// How many points are open and how many there are, topic by topic.
    pub counts: Vec<(usize, usize)>,
    /// How many groups said something on the topic.
    discussed: usize,
    known: Option<ListBasis>,
    /// A number that changes whenever the lists do.
    pub version: u64,
    /// The version of the history when the comments were last numbered.
    made: u64,
}

/// What the lists were made for.
#[derive(Debug, PartialEq, Eq)]
struct ListBasis {
    revision: u64,
    topic: TopicId,
    all: bool,
    everywhere: bool,
    filter: String,
    like: Option<PointId>,
}

impl Consolidate {
    /// The topic shown.
    pub fn topic(&self) -> TopicId {
        self.topic.clone().unwrap_or_else(TopicId::general)
    }

    /// The point that the points shown are like.
    pub fn like(&self) -> Option<PointId> {
        self.like.as_ref().map(|like| like.point)
    }

    /// The number that a comment of the topic has on the screen.
    pub fn number(&self, comment: CommentId) -> Option<usize> {
        self.numbers.get(&comment).copied()
    }

    /// A comment's place in the list.
    fn position(&self, comment: CommentId) -> Option<usize> {
        self.comments.iter().position(|known| *known == comment)
    }

    /// Numbers the comments in their order again, because a person has just changed them.
    pub(super) fn renumber(&mut self) {
        self.numbers.clear();
    }

    /// Numbers the comments in their order; those that come in later are numbered after the others.
    fn number_all(&mut self) {
        self.numbers.retain(|id, _| self.comments.contains(id));
        let mut next = self.numbers.values().max().map_or(1, |last| last + 1);
        for id in &self.comments {
            self.numbers.entry(*id).or_insert_with(|| {
                next += 1;
                next - 1
            });
        }
    }

    /// Whether anything besides the topic narrows the list.
    pub fn is_narrowed(&self) -> bool {
        self.like.is_some() || !self.filter.text().trim().is_empty()
    }

    /// Brings the lists up to date. What was chosen stays chosen; if it is gone, whatever took
    /// its place is chosen.
    fn relist(&mut self, workshop: &Workshop, words: &mut Words, made: u64) {
        if std::mem::replace(&mut self.made, made) != made {
            self.renumber();
        }
        if self.topic.as_ref().is_none_or(|topic| workshop.check_topic(topic).is_err()) {
            self.topic = workshop.topics().first().map(|topic| topic.id.clone());
        }
        let known = ListBasis {
            revision: workshop.revision(),
            topic: self.topic(),
            all: self.all,
            everywhere: self.everywhere,
            filter: self.filter.text().trim().to_owned(),
            like: self.like(),
        };
        let before = self.known.as_ref();
        let lost = (self.chosen.id().is_none() && !self.points.is_empty())
            || (self.comment.id().is_none() && !self.comments.is_empty());
        if before == Some(&known) && !lost {
            return;
        }
        if before.is_none_or(|before| before.topic != known.topic) {
            self.numbers.clear();
        }
        if before.is_none_or(|before| before.revision != known.revision) {
            self.count_all(workshop);
        }
        self.points = self.list(workshop, words, &known);
        let comments = workshop.comments(&known.topic);
        self.comments = comments.iter().map(|found| found.id()).collect();
        self.number_all();
        self.discussed = workshop.support(&known.topic, &[]).1;
        let there = |id: &PointId| workshop.point(*id).is_some_and(|point| !point.is_deleted());
        self.marked.retain(there);
        self.known = Some(known);
        self.version += 1;
        let id = |line: &ListLine| workshop.point_at(line.index).id();
        self.chosen.refresh(self.points.iter().map(id));
        self.comment.refresh(self.comments.iter().copied());
    }

    fn count_all(&mut self, workshop: &Workshop) {
        self.account = workshop.account();
        let topics = workshop.topics();
        let places: HashMap<&TopicId, usize> =
            topics.iter().enumerate().map(|(at, topic)| (&topic.id, at)).collect();
        self.counts = vec![(0, 0); topics.len()];
        for (index, point) in (0..workshop.captured() as u32).map(|at| (at, workshop.point_at(at)))
        {
            let Some(at) = places.get(point.topic()).filter(|_| !point.is_deleted()) else {
                continue;
            };
            self.counts[*at].0 += usize::from(is_open(workshop, index));
            self.counts[*at].1 += 1;
        }
    }

    /// The points to show.
    fn list(&self, workshop: &Workshop, words: &mut Words, known: &ListBasis) -> Vec<ListLine> {
        // A point with an open choice is not finished, just as an open point is not.
        let shown = |line: &ListLine| {
            known.all
                || is_open(workshop, line.index)
                || workshop.point_at(line.index).is_disputed()
        };
        if let Some(like) = &self.like {
            let ids = std::iter::once(like.point).chain(like.found.iter().map(|(id, _)| *id));
            let lines = ids.filter_map(|id| workshop.index_of(id)).map(ListLine::alone);
            let stands = |line: &ListLine| !workshop.point_at(line.index).is_deleted();
            let own = workshop.index_of(like.point);
            return lines.filter(|l| stands(l) && (Some(l.index) == own || shown(l))).collect();
        }
        let everywhere = known.everywhere && !known.filter.is_empty();
        let topics = workshop.topics().iter().filter(|topic| everywhere || topic.id == known.topic);
        let cells = topics.flat_map(|topic| workshop.groups().map(move |group| (group, topic)));
        let lines = cells.flat_map(|(group, topic)| workshop.lines(&group.id, &topic.id));
        let mut lines: Vec<ListLine> = lines.filter(shown).collect();
        if !known.filter.is_empty() {
            words.refresh(workshop);
            let found = words.holding(&known.filter);
            lines.retain(|line| found.get(line.index as usize).is_some_and(|found| *found));
        }
        lines
    }
}

fn is_open(workshop: &Workshop, index: u32) -> bool {
    // This is checked for every point: most are decided before anything is looked up.
    let point = workshop.point_at(index);
    *point.outcome() == Outcome::Open && workshop.fate(point) == Fate::Open
}

/// The actions whose keys the bottom row shows, as far as there is room.
const COMMENT_HINTS: [Action; 11] = [
    Action::RewordComment,
    Action::Merge,
    Action::Split,
    Action::CommentKind,
    Action::Agreed,
    Action::Alternative,
    Action::SwitchSide,
    Action::Who,
    Action::BackToOpen,
    Action::GiveUp,
    Action::Undo,
];

impl Screen for Consolidate {
    fn context(&self, _: &Core) -> Context {
        if self.filtering { Context::Search } else { Context::Consolidate }
    }

    fn hints(&self, core: &Core) -> Vec<Action> {
        let comments = self.side == Side::Comments && !self.filtering;
        if comments { COMMENT_HINTS.to_vec() } else { self.context(core).hints().to_vec() }
    }

    fn enter(&mut self, core: &mut Core) {
        let target = core.here.target.take_if(|it| matches!(it, Target::Comment(_)));
        if let Some(Target::Comment(id)) = target {
            self.show_comment_there(core, id);
        }
        if self.topic.is_none() {
            self.topic = Some(core.here.topic.clone());
        }
        self.renumber();
        self.refresh(core);
        self.number_all();
        self.version += 1;
        if let Some(Target::Comment(id)) = target {
            self.choose_made(core, id);
        }
    }

    fn act(&mut self, core: &mut Core, action: Action) {
        if self.filtering {
            return self.act_filter(core, action);
        }
        match action {
            Action::Left => self.side = Side::Points,
            Action::Right => self.side = Side::Comments,
            Action::SwitchSide => self.switch_side(),
            Action::EarlierTopic => self.step_consolidate_topic(core, -1),
            Action::LaterTopic => self.step_consolidate_topic(core, 1),
            Action::ShowAll => self.all = !self.all,
            Action::Filter => {
                (self.side, self.filtering, self.like) = (Side::Points, true, None);
            }
            Action::Mark => self.mark(core),
            Action::Alike => self.suggest(core),
            Action::Back => self.back_consolidate(core),
            action if self.step(core, action) => {}
            _ if core.loading => core.say("The points are still being read."),
            action => self.change_comments(core, action),
        }
    }

    fn wheel(&mut self, core: &mut Core, action: Action) {
        self.wheel_on_side(core, action);
    }

    fn click(&mut self, core: &mut Core, x: u16, y: u16) {
        if TwoSidedLayout::of(core, self).above.row(x, y).is_none() {
            return self.click_on_sides(core, x, y);
        }
        let clicked = self.tabs(core).into_iter().find(|tab| tab.columns.contains(&x));
        if let Some(tab) = clicked {
            self.show_topic(Some(tab.topic));
        }
    }

    /// Brings the lists up to date.
    fn refresh(&mut self, core: &mut Core) {
        let made = core.history.version;
        self.relist(&core.workshop, &mut core.words, made);
    }

    fn type_in(&mut self, _: &mut Core, text: &str) {
        self.filter.insert(text);
        self.chosen.forget(0);
    }

    fn edit_line(&mut self, _: &mut Core, edit: LineEdit) -> bool {
        self.filtering && edit(&mut self.filter).is_some()
    }

    fn subjects(&self, core: &Core) -> Vec<Of> {
        let points = self.meant_points().into_iter().map(|id| Of::Point(id, None));
        let id = self.chosen_comment(core).map(Comment::id);
        let side = self.side == Side::Comments;
        let chosen = id.filter(|_| side || !core.loading).map(|id| Of::Comment(id, None));
        points.chain(chosen).collect()
    }
}

impl TwoSided for Consolidate {
    type Side = Side;
    const SIDES: [Side; 2] = [Side::Points, Side::Comments];
    const FOLLOWS: bool = false;

    fn division(&self, core: &Core) -> Division {
        let (width, height) = core.size;
        // The account is always shown in full, on a narrow screen on two rows.
        let account = self.account.to_string();
        let account = wrap::rows(&account, usize::from(width.saturating_sub(1))).len() as u16;
        let below = match height {
            0..4 => 0,
            4..10 => 1,
            _ => account.clamp(1, 3),
        };
        Division { above: u16::from(height >= 7), below, first: (1, 2) }
    }

    fn side(&self) -> Side {
        self.side
    }

    fn turn_to(&mut self, side: Side) {
        self.side = side;
    }

    fn count_in(&self, side: Side) -> usize {
        match side {
            Side::Points => self.points.len(),
            Side::Comments => self.comments.len(),
        }
    }

    fn chosen_in(&self, side: Side) -> Option<usize> {
        match side {
            Side::Points => self.chosen.id().map(|_| self.chosen.at()),
            Side::Comments => self.comment.id().map(|_| self.comment.at()),
        }
    }

    fn entry(&self, core: &Core, layout: &TwoSidedLayout, side: Side, place: usize) -> Entry {
        match side {
            Side::Points => rows::point_item(self, core, layout, place),
            Side::Comments => rows::comment_item(self, core, layout, place),
        }
    }

    fn choose_in(&mut self, core: &Core, side: Side, place: usize) {
        let id = |line: &ListLine| core.workshop.point_at(line.index).id();
        match side {
            Side::Points => self.chosen.choose(self.points.iter().map(id), place),
            Side::Comments => self.comment.choose(self.comments.iter().copied(), place),
        }
    }
}

impl Consolidate {
    /// The comment that is chosen on the comments' side.
    pub fn chosen_comment<'a>(&self, core: &'a Core) -> Option<&'a Comment> {
        core.workshop.comment(*self.comment.id()?)
    }

    fn switch_side(&mut self) {
        self.side = match self.side {
            Side::Points => Side::Comments,
            Side::Comments => Side::Points,
        };
    }

    fn step_consolidate_topic(&mut self, core: &mut Core, by: isize) {
        let topics = core.workshop.topics();
        let here = self.topic();
        let at = topics.iter().position(|topic| topic.id == here).unwrap_or(0);
        let next = (at as isize + by).rem_euclid(topics.len().max(1) as isize) as usize;
        let next = topics.get(next).map(|topic| topic.id.clone());
        self.show_topic(next);
    }

    /// Shows a comment among those of its topic.
    fn show_comment_there(&mut self, core: &mut Core, id: CommentId) {
        let Some(found) = core.workshop.comment(id) else { return };
        let known = core.workshop.check_topic(found.topic()).is_ok();
        let topic = if known { found.topic().clone() } else { TopicId::general() };
        self.show_topic(Some(topic));
        self.side = Side::Comments;
        self.comment.set(id);
    }

    fn show_topic(&mut self, topic: Option<TopicId>) {
        (self.topic, self.like) = (topic, None);
        self.chosen.forget(0);
        self.comment.forget(0);
        self.renumber();
    }

    fn mark(&mut self, core: &mut Core) {
        let (side, at) = (self.side, self.chosen.at());
        let Some(point) = self.chosen.id().copied().filter(|_| side == Side::Points) else {
            return core.say("Points are marked on their own side: Tab goes there.");
        };
        match self.marked.iter().position(|marked| *marked == point) {
            Some(place) => {
                self.marked.remove(place);
            }
            None => self.marked.push(point),
        }
        self.version += 1;
        self.choose_in(core, Side::Points, at + 1);
    }

    /// Handles Esc: goes one step back at a time, and leaves the screen in the end.
    fn back_consolidate(&mut self, core: &mut Core) {
        if let Some(like) = &self.like {
            // The mark that came with the suggestions goes with them, if nothing else was marked:
            // whoever leaves them no longer thinks of it.
            if self.marked == [like.point] {
                self.marked.clear();
            }
            self.leave_suggestions();
        } else if !self.filter.is_empty() {
            self.filter = Text::default();
        } else if !self.marked.is_empty() {
            self.marked.clear();
            self.version += 1;
        } else {
            core.go(ScreenId::Capture);
        }
    }

    // ----- suggestions -----------------------------------------------------------------------

    /// Shows the points that are like the chosen point, or like the first source of the chosen comment.
    fn suggest(&mut self, core: &mut Core) {
        let point = match self.side {
            Side::Points => self.chosen.id().copied(),
            Side::Comments => self.comment.id().and_then(|comment| {
                let first = core.workshop.sources(*comment).first()?;
                Some(core.workshop.point_at(*first).id())
            }),
        };
        let Some(point) = point else { return core.say("Choose a point first.") };
        let found = alike(core, point);
        if found.is_empty() {
            return core.say("No similar points.");
        }
        // What a comment already has is not listed, so the comment is chosen: p puts points there.
        let held = found.iter().find_map(|(id, _)| {
            let (Fate::Carried(comment) | Fate::Merged(comment)) =
                core.workshop.fate(core.workshop.point(*id)?)
            else {
                return None;
            };
            Some((self.number(comment)?, comment))
        });
        let lists = |id: &PointId| {
            let index = core.workshop.index_of(*id);
            self.all || index.is_some_and(|index| is_open(&core.workshop, index))
        };
        let listed = found.iter().any(|(id, _)| lists(id));
        let held = held.filter(|_| self.side == Side::Points);
        if let Some((_, comment)) = held
            && let Some(at) = self.position(comment)
        {
            self.comment.hold(comment, at);
        }
        if !listed {
            return core.say(match held {
                Some((number, _)) => {
                    format!("Comment {number} has a similar point: p puts it there.")
                }
                None => "No open point is similar.".to_owned(),
            });
        }
        // From the points' side, the point is the first source of whatever is made from them.
        if self.side == Side::Points && !self.marked.contains(&point) {
            self.marked.push(point);
        }
        let place = self.like.as_ref().map_or(self.chosen.at(), |like| like.place);
        (self.side, self.like) = (Side::Points, Some(Like { point, place, found }));
        self.chosen.forget(1);
        core.say(match held {
            Some((number, _)) => {
                format!("Comment {number} has a similar point: p puts it there.")
            }
            None => "Most similar first, from all groups and topics. Space marks, n or p combines."
                .to_owned(),
        });
    }

    /// Goes back to the list that was shown before.
    fn leave_suggestions(&mut self) {
        if let Some(like) = self.like.take() {
            self.chosen.set(like.point);
        }
    }

    // ----- the filter ------------------------------------------------------------------------

    fn act_filter(&mut self, core: &mut Core, action: Action) {
        match action {
            Action::Back => {
                (self.filter, self.filtering) = (Text::default(), false);
            }
            Action::GoToFound => self.filtering = false,
            Action::SearchEverywhere => self.everywhere = !self.everywhere,
            action if self.step(core, action) => {}
            action => {
                if edit(&mut self.filter, action).is_some() {
                    self.chosen.forget(0);
                }
            }
        }
    }
}
