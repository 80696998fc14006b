//! Exchange with the other laptops: who was heard, what is missing, what needs a choice.

mod head;

use super::{
    About, Action, Asks, Choice, Chosen, CopyNews, Core, Effect, Of, ReceiptRow, ReturnValue,
    Screen, ScreenId, Then, Weight, receipt_rows, say, second_copy::WRITING,
    settle::choose_between,
};
use std::{collections::HashSet, fmt, path::PathBuf};

use crate::workshop::{GroupId, Moment, Parcel, PointId, Receipt, RefusedFile, WriterId, shown};

/// What the shell's courier is sent for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Publish to this folder and collect from it from now on, or use no folder.
    Place(Option<PathBuf>),
    /// Publish and collect now.
    Sync,
    /// Take in a bundle, a workshop, or a folder of them.
    Merge(PathBuf),
    /// Write this laptop's own changes as a bundle into this folder.
    Bundle(PathBuf),
    /// Write the hand-outs that these groups' laptops start from.
    HandOut {
        /// The folder.
        out: PathBuf,
        /// The groups with their labels.
        groups: Vec<(GroupId, String)>,
        /// What goes along.
        along: Along,
    },
    /// Set the meeting's key from its passphrase, for what is written and taken in from now on, or
    /// remove it.
    Passphrase(Option<Secret>),
    /// Keep a second copy in this folder from now on, or stop keeping one.
    Copy(Option<PathBuf>),
    /// Make this laptop work for this group.
    Group(Option<GroupId>),
}

/// What goes into a hand-out besides the meeting and the group's own points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Along {
    /// The names of the participants.
    pub participants: bool,
    /// What other groups said.
    pub points: bool,
}

/// A text that is never shown, not even in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Makes a text that is never shown.
    pub(super) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// What the courier reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CourierReport {
    /// Something was taken in, or refused.
    Came {
        /// When.
        at: Moment,
        /// What was taken in.
        parcels: Vec<Parcel>,
        /// What was not, and why.
        refused: Vec<RefusedFile>,
        /// Whether something could not be opened because no passphrase fits.
        locked: bool,
    },
    /// The state of the shared folder.
    Place(PlaceNews),
    /// The state of the second copy.
    Copy(CopyNews),
    /// These files were written.
    Wrote {
        /// Where they are.
        files: Vec<PathBuf>,
        /// What a person must know about them.
        warnings: Vec<String>,
    },
    /// It could not be done; the reason.
    Failed(String),
}

/// The state of the shared folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PlaceNews {
    /// Where it is, if there is one.
    pub place: Option<PathBuf>,
    /// When this laptop's own bundle was last brought up to date there.
    pub published: Option<Moment>,
    /// What is there and cannot be taken in.
    pub refused: Vec<RefusedFile>,
    /// How many bundles of other meetings are there.
    pub elsewhere: usize,
    /// Why it cannot be used at the moment.
    pub trouble: Option<String>,
    /// A warning about what was left there: who can read it, and what is in it.
    pub warning: Option<&'static str>,
    /// The four characters that mark the meeting's key, if one is set on this laptop.
    pub key: Option<String>,
}

/// What this machine remembers about a workshop's exchange.
#[derive(Clone, Debug, Default)]
pub struct RememberedExchange {
    /// The group this laptop works for.
    pub group: Option<GroupId>,
    /// The shared folder.
    pub place: Option<PathBuf>,
    /// The second copy.
    pub copy: CopyNews,
    /// When something came in last.
    pub at: Moment,
    /// What came in then.
    pub parcels: Vec<Parcel>,
    /// What was refused then.
    pub refused: Vec<RefusedFile>,
    /// The four characters that mark the meeting's key, if one is set on this laptop.
    pub key: Option<String>,
}

pub use head::HeadTone;

/// What a choice on the exchange screen does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangePick {
    /// Makes this laptop work for this group, or for the whole room.
    OwnGroup(Option<GroupId>),
    /// Asks where to write hand-outs that contain this.
    HandOut(Along),
}

impl ReturnValue for ExchangePick {}

/// What the exchange screen asks for in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExchangeQuestion {
    /// The folder that all laptops publish to.
    SharedFolder,
    /// The folder for a second copy.
    SecondCopy,
    /// What to take in.
    TakeIn,
    /// The folder for this laptop's bundle.
    BundleTo,
    /// The folder for hand-outs.
    HandOutTo(Along),
    /// A passphrase for what is written and taken in.
    Passphrase,
}

impl ReturnValue for ExchangeQuestion {
    fn path(&self) -> Option<&'static str> {
        match self {
            Self::SharedFolder => Some("shared folder"),
            Self::TakeIn => Some("take in"),
            Self::BundleTo => Some("bundle"),
            Self::HandOutTo(_) => Some("hand-outs"),
            Self::SecondCopy | Self::Passphrase => None,
        }
    }

    fn is_secret(&self) -> bool {
        *self == Self::Passphrase
    }
}

impl Asks for Exchange {
    type Choice = ExchangePick;
    type Question = ExchangeQuestion;

    fn picked(&mut self, core: &mut Core, choice: ExchangePick) {
        match choice {
            ExchangePick::OwnGroup(group) => self.set_own_group(core, group),
            ExchangePick::HandOut(along) => Self::ask_hand_out(core, along),
        }
    }

    fn answered(&mut self, core: &mut Core, question: ExchangeQuestion, answer: &str) {
        match question {
            ExchangeQuestion::SharedFolder => {
                let place = (!answer.is_empty()).then(|| PathBuf::from(answer));
                self.carry(core, "looking at the shared folder", Errand::Place(place));
            }
            ExchangeQuestion::SecondCopy => {
                let folder = (!answer.is_empty()).then(|| PathBuf::from(answer));
                self.carry(core, WRITING, Errand::Copy(folder));
            }
            ExchangeQuestion::Passphrase => self.answer_passphrase(core, answer),
            _ if answer.is_empty() => {}
            ExchangeQuestion::TakeIn => self.carry(core, "taking in", Errand::Merge(answer.into())),
            ExchangeQuestion::BundleTo => {
                self.carry(core, "writing the bundle", Errand::Bundle(answer.into()));
            }
            ExchangeQuestion::HandOutTo(along) => {
                let groups = core.workshop.breakout_groups();
                if groups.is_empty() {
                    return core.complain("There are no groups yet: F4, then Alt-M, makes one.");
                }
                let out = answer.into();
                self.carry(core, "writing the hand-outs", Errand::HandOut { out, groups, along });
            }
        }
    }
}

/// The state of the exchange screen.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// The group this laptop works for.
    pub group: Option<GroupId>,
    /// The shared folder.
    pub place: PlaceNews,
    /// The second copy.
    pub copy: CopyNews,
    /// What the courier is doing.
    pub busy: Option<&'static str>,
    /// The files written last.
    pub files: Vec<PathBuf>,
    /// When something came in last.
    at: Moment,
    parcels: Vec<Parcel>,
    refused: Vec<RefusedFile>,
    /// The writers of this laptop.
    pub(super) own: HashSet<WriterId>,
    /// The first half of a passphrase that is typed twice.
    first: Option<Secret>,
    /// Which of the points changed at once is chosen.
    chosen: Chosen<PointId>,
    scroll: usize,
    receipt: Option<((u64, i64), Receipt)>,
}

/// What is under way when a person asks to publish and collect.
const SYNCING: &str = "exchanging";

/// How long a receipt stays valid, in milliseconds.
const MINUTE: i64 = 60_000;

impl Exchange {
    /// Makes the state from what this machine remembers.
    pub(super) fn of(remembered: RememberedExchange) -> Self {
        let RememberedExchange { group, place, copy, at, parcels, refused, key } = remembered;
        let place = PlaceNews { place, key, ..PlaceNews::default() };
        Self { group, place, copy, at, parcels, refused, ..Self::default() }
    }

    /// The points changed on two laptops at once, as listed in the receipt.
    fn both(&self) -> Vec<PointId> {
        let receipt = self.receipt.iter().flat_map(|(_, receipt)| &receipt.both);
        receipt.map(|both| both.point).collect()
    }
}

impl Screen for Exchange {
    fn hints(&self, core: &Core) -> Vec<Action> {
        let mut actions = self.context(core).hints().to_vec();
        if self.waiting_for_choice() > 0 {
            // A choice that waits comes first: a narrow screen has room for only a few.
            actions.rotate_right(1);
        }
        actions
    }

    fn act(&mut self, core: &mut Core, action: Action) {
        match action {
            Action::Up | Action::Down => self.step_both(core, action == Action::Down),
            Action::PageUp | Action::PageDown | Action::Top | Action::Bottom => {
                self.page(core, action);
            }
            Action::OpenBoth => self.open_both(core),
            Action::SyncNow if self.place.place.is_none() => self.ask_place(core),
            Action::SyncNow => self.carry(core, SYNCING, Errand::Sync),
            Action::SharedFolder => self.ask_place(core),
            Action::TakeIn => core.ask(
                "Take in from",
                "A bundle, a workshop, or a folder or stick with some in it.",
                "",
                About::Exchange(ExchangeQuestion::TakeIn),
            ),
            Action::WriteBundle => core.ask(
                "Folder for this laptop's bundle",
                "The file to carry to the facilitator. Folder created if needed.",
                "",
                About::Exchange(ExchangeQuestion::BundleTo),
            ),
            Action::HandOut => Self::ask_hand_out(core, Along::default()),
            Action::HandOutMore => Self::choose_along(core),
            Action::SecondCopy => self.ask_copy(core),
            Action::Lock => self.ask_passphrase(core),
            Action::OwnGroup => self.choose_own_group(core),
            Action::Back => core.go(ScreenId::Capture),
            _ => {}
        }
    }

    fn wheel(&mut self, core: &mut Core, action: Action) {
        self.page(core, action);
    }

    fn click(&mut self, core: &mut Core, _: u16, y: u16) {
        let (_, rows) = self.exchange_rows(core);
        let row = y.checked_sub(self.exchange_head(core)).and_then(|y| rows.get(usize::from(y)));
        if let Some(Weight::Both(point)) = row.map(|row| row.weight) {
            self.chosen.set(point);
            let both = self.both();
            self.chosen.refresh(both.into_iter());
            self.open_both(core);
        }
    }

    /// Brings the receipt up to date.
    fn refresh(&mut self, core: &mut Core) {
        // What the plan expects depends on the time too.
        let stand = (core.workshop.revision(), core.now.0 / MINUTE);
        if self.receipt.as_ref().is_some_and(|(known, _)| *known == stand) {
            return;
        }
        self.own.insert(core.writer);
        let (parcels, refused) = (&self.parcels, &self.refused);
        let mut receipt = Receipt::of(&core.workshop, parcels, refused, &self.own, core.now);
        receipt.hear_clocks(&core.workshop, core.now);
        receipt.note_laptops(&core.workshop, self.group.as_ref());
        self.chosen.refresh(receipt.both.iter().map(|both| both.point));
        self.receipt = Some((stand, receipt));
    }

    fn subjects(&self, _: &Core) -> Vec<Of> {
        self.exchange_chosen().map(|id| Of::Point(id, None)).into_iter().collect()
    }
}

impl Exchange {
    /// The rows of the receipt that are visible on a screen of this width, with the number of
    /// the first.
    pub fn exchange_rows(&self, core: &Core) -> (usize, Vec<ReceiptRow>) {
        let Some((_, receipt)) = &self.receipt else { return (0, Vec::new()) };
        let width = usize::from(core.size.0.saturating_sub(2));
        let height = self.exchange_height(core);
        let rows = receipt_rows(receipt, core.workshop.zone(), core.now, (width, height));
        let most = rows.len().saturating_sub(height);
        let mut first = self.scroll.min(most);
        let chosen = self.exchange_chosen().map(Weight::Both);
        let chosen = chosen.and_then(|chosen| rows.iter().position(|row| row.weight == chosen));
        if let Some(chosen) = chosen.filter(|_| self.scroll == usize::MAX) {
            first = chosen.saturating_sub(height / 2).min(most);
        }
        (first, rows.into_iter().skip(first).take(height).collect())
    }

    /// Which of the points changed at once is chosen.
    pub fn exchange_chosen(&self) -> Option<PointId> {
        self.chosen.id().copied()
    }

    /// How many points need a choice between values that two laptops set at once.
    pub fn waiting_for_choice(&self) -> usize {
        self.receipt.as_ref().map_or(0, |(_, receipt)| receipt.both.len())
    }

    /// How many rows are above the receipt.
    pub fn exchange_head(&self, core: &Core) -> u16 {
        self.head_rows(core).len() as u16 + 2
    }

    fn exchange_height(&self, core: &Core) -> usize {
        usize::from(core.size.1.saturating_sub(self.exchange_head(core) + 1))
    }

    fn step_both(&mut self, core: &mut Core, down: bool) {
        let count = self.waiting_for_choice();
        if count == 0 {
            return self.page(core, if down { Action::Down } else { Action::Up });
        }
        let both = self.both();
        let at = self.chosen.at();
        let place = if down { at + 1 } else { at.saturating_sub(1) };
        self.chosen.choose(both.into_iter(), place);
        // The rows scroll to what is chosen.
        self.scroll = usize::MAX;
    }

    fn page(&mut self, core: &mut Core, action: Action) {
        let (first, height) = (self.exchange_rows(core).0, self.exchange_height(core).max(2));
        let place = action.place_from(first, || height - 1).unwrap_or(first);
        // The largest number means "scroll to what is chosen".
        self.scroll = place.min(usize::MAX - 1);
    }

    fn open_both(&mut self, core: &mut Core) {
        match self.exchange_chosen() {
            Some(point) => choose_between(core, point),
            None => core.say("No point was changed on two laptops at once."),
        }
    }

    fn ask_place(&mut self, core: &mut Core) {
        let now = self.place.place.as_ref();
        let now = now.map(|place| shown(place)).unwrap_or_default();
        core.ask(
            "Shared folder",
            "A folder that all laptops use. Leave empty for none.",
            &now,
            About::Exchange(ExchangeQuestion::SharedFolder),
        );
    }

    fn ask_passphrase(&mut self, core: &mut Core) {
        self.first = None;
        core.ask(
            "The meeting's passphrase",
            "Use the same on every laptop. It locks and unlocks files. Leave empty for none.",
            "",
            About::Exchange(ExchangeQuestion::Passphrase),
        );
    }

    /// Asks what to put into the hand-outs.
    fn choose_along(core: &mut Core) {
        let choice = |name: &str, participants, points| {
            Choice::new(name, Then::Exchange(ExchangePick::HandOut(Along { participants, points })))
        };
        let mut choices = vec![
            choice("agenda and the group's own points", false, false),
            choice("all groups' points too", false, true),
        ];
        if !core.workshop.agenda().participants.is_empty() {
            choices.push(choice("the participants' names too", true, false));
            choices.push(choice("all groups' points and the participants' names", true, true));
        }
        let title = "What goes into each group's file?";
        core.offer(title, choices, 0);
    }

    pub(super) fn ask_hand_out(core: &mut Core, along: Along) {
        core.ask(
            "Folder for the hand-outs",
            "A folder on a stick. Each group's laptop starts from its file.",
            "",
            About::Exchange(ExchangeQuestion::HandOutTo(along)),
        );
    }

    fn choose_own_group(&mut self, core: &mut Core) {
        let groups: Vec<_> = core.workshop.breakout_groups();
        let at = groups.iter().position(|(id, _)| Some(id) == self.group.as_ref());
        let choice =
            |name: String, group| Choice::new(name, Then::Exchange(ExchangePick::OwnGroup(group)));
        let mut choices: Vec<Choice> =
            groups.into_iter().map(|(id, title)| choice(title, Some(id))).collect();
        choices.push(choice("all groups".to_owned(), None));
        let at = at.unwrap_or(choices.len() - 1);
        let title = "Which group is this laptop for?";
        core.offer(title, choices, at);
    }

    pub(super) fn set_own_group(&mut self, core: &mut Core, group: Option<GroupId>) {
        if let Some(group) = &group {
            core.here.group = group.clone();
        }
        self.group.clone_from(&group);
        core.effects.push(Effect::Carry(Errand::Group(group)));
    }

    /// Sends the courier, and says for which group it works.
    fn carry(&mut self, core: &mut Core, busy: &'static str, errand: Errand) {
        let here = core.workshop.group(&core.here.group);
        let breakout = here.filter(|group| !group.is_plenary()).map(|group| group.id.clone());
        if let (None, Some(group)) = (&self.group, breakout)
            && !matches!(errand, Errand::Merge(_) | Errand::HandOut { .. })
            && self.has_own_points(core, &group)
        {
            self.set_own_group(core, Some(group));
        }
        self.busy = Some(busy);
        self.files.clear();
        core.effects.push(Effect::Carry(errand));
    }

    fn has_own_points(&self, core: &Core, group: &GroupId) -> bool {
        let own = |point: &crate::workshop::Point| {
            point.group() == group
                && (self.own.contains(&point.born().writer) || point.born().writer == core.writer)
        };
        core.workshop.points().any(own)
    }

    fn answer_passphrase(&mut self, core: &mut Core, answer: &str) {
        let typed = Secret::new(answer);
        match self.first.take() {
            _ if answer.is_empty() => self.carry(core, "unlocking", Errand::Passphrase(None)),
            None => {
                self.first = Some(typed);
                core.ask(
                    "Repeat it",
                    "The same passphrase again.",
                    "",
                    About::Exchange(ExchangeQuestion::Passphrase),
                );
            }
            Some(first) if first == typed => {
                self.carry(core, "locking", Errand::Passphrase(Some(typed)));
            }
            Some(_) => {
                core.complain("The two are not the same. Nothing was changed; k asks again.");
            }
        }
    }

    /// Takes in what the courier reports.
    pub(super) fn carried(&mut self, core: &mut Core, carried: CourierReport) {
        match carried {
            CourierReport::Came { at, parcels, refused, locked } => {
                self.busy = None;
                let new: usize = parcels.iter().map(|parcel| parcel.new_points.len()).sum();
                let fresh: usize = parcels.iter().map(|parcel| parcel.fresh).sum();
                let came = match (parcels.len(), new, fresh) {
                    (0, ..) => "Nothing was taken in.".to_owned(),
                    (_, 0, 0) => "Taken in. It has nothing new.".to_owned(),
                    (_, 0, fresh) => format!("{} received.", say::counted(fresh, "change")),
                    (_, new, _) => format!("{} received.", say::counted(new, "new point")),
                };
                let files = refused.iter().filter(|one| one.is_file()).count();
                match (locked, files) {
                    (false, 0) if !refused.is_empty() => {
                        core.complain(format!("{came} Not everything was saved: see the list."));
                    }
                    // On other screens the points just appear.
                    (false, 0) if core.screen != ScreenId::Exchange => {}
                    (false, 0) => core.say(came),
                    (true, _) => core.complain(format!("{came} Some is locked: k, then m again.")),
                    (false, count) => {
                        core.complain(format!("{came} {count} refused: see the list."));
                    }
                }
                (self.at, self.parcels, self.refused) = (at, parcels, refused);
                self.receipt = None;
                self.scroll = 0;
            }
            CourierReport::Place(news) => {
                // If something came in, that was already reported.
                let asked = self.busy.take() == Some(SYNCING);
                if asked && news.place.is_some() && news.trouble.is_none() {
                    core.say("Exchanged; nothing new.");
                }
                if let (Some(words), None) = (news.warning, self.place.warning) {
                    core.complain(words);
                }
                self.place = news;
            }
            CourierReport::Copy(news) => self.copied(core, news),
            CourierReport::Wrote { files, warnings } => {
                self.busy = None;
                let written = say::counted(files.len(), "file");
                let written = format!("{written} written; names were not checked.");
                if warnings.is_empty() {
                    core.say(written);
                } else {
                    core.complain(format!("{written} {}", warnings.join(" ")));
                }
                self.files = files;
            }
            CourierReport::Failed(why) => {
                self.busy = None;
                core.complain(why);
            }
        }
    }
}
