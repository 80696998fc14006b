//! What is known to exist and is not here: one value, the same in every file, receipt and screen.
//!
//! The store finds what is damaged, unreadable or never came, and passes it on with the records
//! ([`Workshop::note_gaps`]). What waits for earlier changes is known to the workshop itself. Code that
//! shows or exports a workshop calls [`Workshop::gaps`] and reports all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::slice;

use chrono::NaiveDate;

use super::imported::bare;
use super::{
    GroupId, Moment, PlanSoFar, PointId, Reach, SessionId, TopicId, Workshop, WriterId, counting,
    listed, names,
};

/// Why something was refused of which a part was taken in all the same.
pub const READ_IN_PART: &str = "its beginning is damaged, so nobody knows what else was in it.";

/// How many laptops a sentence names.
const NAMED: usize = 12;

/// One thing that is known to exist and is not here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// No file has the agenda.
    Agenda,
    /// A file of the workshop cannot be read at all.
    Unreadable {
        /// The laptop whose changes are in it, if the file's name says so.
        laptop: Option<WriterId>,
        /// How many such files there are.
        files: usize,
    },
    /// Files that record what other laptops have cannot be read.
    Unheard {
        /// How many.
        files: usize,
        /// The laptops whose latest bundles must be merged once more, with the groups they work for; none if nobody
        /// knows which.
        laptops: Vec<(WriterId, Option<GroupId>)>,
    },
    /// Changes are damaged or cut short, and no other laptop has brought them so far.
    Damaged {
        /// The laptop that wrote them, if that can still be read.
        laptop: Option<WriterId>,
        /// The name under which it wrote them.
        writer: Option<WriterId>,
        /// How many, at least.
        changes: u64,
    },
    /// Lines are missing from a file, and nobody knows how many.
    Lost {
        /// The laptop that wrote them.
        laptop: Option<WriterId>,
        /// The name under which it wrote them.
        writer: Option<WriterId>,
    },
    /// Another laptop has changes that never came.
    Part {
        /// That laptop.
        laptop: WriterId,
        /// The group it works for.
        group: Option<GroupId>,
        /// How many of its changes are not here.
        missing: u64,
        /// How many it is known to have.
        of: u64,
    },
    /// Changes were here and no longer are, because a file is gone or ends too early.
    Gone {
        /// The laptop that wrote them.
        laptop: WriterId,
        /// How many are not here.
        missing: u64,
        /// How many it is known to have written.
        of: u64,
    },
    /// Another laptop reported that changes are damaged there, its own as far as is known, and nobody has brought
    /// them so far.
    Elsewhere {
        /// That laptop.
        laptop: WriterId,
        /// The group it works for.
        group: Option<GroupId>,
        /// The names under which they were written; empty if nobody knows.
        writers: Vec<WriterId>,
        /// How many, at least; zero if nobody knows.
        changes: u64,
    },
    /// The last thing that came from another laptop could not be taken in.
    Refused {
        /// That laptop.
        laptop: WriterId,
        /// The group it works for.
        group: Option<GroupId>,
        /// Why, in words.
        why: String,
        /// The points in it, if those can be read: once all of them are here, nothing is missing.
        points: Vec<PointId>,
    },
    /// This many locked bundles could not be opened, and nothing shows which laptops made them.
    Locked(usize),
    /// This many bundles are damaged from their first line on, and nothing shows which laptops made them.
    Illegible(usize),
    /// Changes of points that are not here.
    Waiting(usize),
    /// Changes that only a newer version of the program understands.
    Newer {
        /// The laptop that wrote them, if that can be read.
        laptop: Option<WriterId>,
        /// The name under which it wrote them.
        writer: Option<WriterId>,
        /// How many.
        changes: usize,
    },
    /// An imported file said so.
    Imported(Box<str>),
    /// The plan had groups discuss something, and nothing of that is here.
    Silent {
        /// On which day.
        date: NaiveDate,
        /// In which session.
        session: SessionId,
        /// Other sessions of that day in which it may have been instead, if the times do not decide it.
        or: Vec<SessionId>,
        /// On which topics; empty if the agenda has none for the group.
        topics: Vec<TopicId>,
        /// Which groups.
        groups: Vec<GroupId>,
    },
}

/// Another laptop, as it was last heard of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaptopReport {
    /// Its name among the others.
    pub id: WriterId,
    /// The group it works for.
    pub group: Option<GroupId>,
    /// When it made the last thing that came from it, by its own clock.
    pub made: Moment,
    /// When that came in, by the clock of this laptop or of the one it came in at first; where that is not known,
    /// the same as `made`.
    pub came: Moment,
    /// When others' changes there were made at the latest, if that is later than `made`: a clock is wrong.
    pub others_later: Option<Moment>,
    /// The same for its own changes.
    pub own_later: Option<Moment>,
    /// How many minutes after they were made, by its own clock, its last two bundles came that came at different times.
    pub late: Vec<i64>,
    /// The version of the program there.
    pub program: String,
    /// How many bytes the largest of its files had that was taken in whole.
    pub bytes: u64,
}

/// Everything that is known to exist and is not here. Empty means that nothing is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Gaps {
    all: Vec<Gap>,
    laptops: Vec<LaptopReport>,
    /// The groups that laptops work for, as far as that is known.
    groups: BTreeMap<WriterId, GroupId>,
    /// What must arrive before some of the gaps are closed.
    awaited: BTreeMap<Gap, Vec<Reach>>,
    /// How many changes are here of each writer of whom all are here that are known to exist.
    whole: BTreeMap<WriterId, u64>,
    /// The laptops that writers work at, as far as that is known.
    owners: BTreeMap<WriterId, WriterId>,
}

impl Gap {
    /// The laptop of which something is missing, if it is one and it is known.
    pub(super) fn laptop(&self) -> Option<WriterId> {
        match self {
            Self::Unreadable { laptop, .. }
            | Self::Damaged { laptop, .. }
            | Self::Lost { laptop, .. }
            | Self::Newer { laptop, .. } => *laptop,
            Self::Part { laptop, .. }
            | Self::Gone { laptop, .. }
            | Self::Elsewhere { laptop, .. }
            | Self::Refused { laptop, .. } => Some(*laptop),
            Self::Agenda
            | Self::Unheard { .. }
            | Self::Locked(_)
            | Self::Illegible(_)
            | Self::Waiting(_)
            | Self::Imported(_)
            | Self::Silent { .. } => None,
        }
    }
}

impl Gaps {
    /// These gaps, each once and in a stable order.
    pub fn of(gaps: impl IntoIterator<Item = Gap>) -> Self {
        let all: BTreeSet<Gap> = gaps.into_iter().collect();
        Self { all: all.into_iter().collect(), ..Self::default() }
    }

    /// The same, with the other laptops that were heard of.
    #[must_use]
    pub fn with(self, laptops: Vec<LaptopReport>) -> Self {
        Self { laptops, ..self }
    }

    /// The same, with the groups that laptops work for.
    #[must_use]
    pub fn with_groups(self, groups: BTreeMap<WriterId, GroupId>) -> Self {
        Self { groups, ..self }
    }

    /// The same, with the laptops that writers work at.
    #[must_use]
    pub fn with_owners(self, owners: HashMap<WriterId, WriterId>) -> Self {
        Self { owners: owners.into_iter().collect(), ..self }
    }

    /// The laptop that a writer works at, if known.
    pub(super) fn owner_of(&self, writer: WriterId) -> Option<WriterId> {
        self.owners.get(&writer).copied()
    }

    /// The same, with what must arrive before some of them are closed, and how many changes are here of each
    /// writer of whom all are here that are known to exist.
    #[must_use]
    pub fn with_histories(
        self,
        awaited: BTreeMap<Gap, Vec<Reach>>,
        whole: BTreeMap<WriterId, u64>,
    ) -> Self {
        Self { awaited, whole, ..self }
    }

    /// What must arrive before a gap is closed; empty if nobody knows.
    pub(super) fn awaited(&self, gap: &Gap) -> &[Reach] {
        self.awaited.get(gap).map_or(&[], Vec::as_slice)
    }

    /// How many changes of a writer are here, if all are here that are known to exist.
    pub(super) fn has_all_of(&self, writer: WriterId) -> Option<u64> {
        self.whole.get(&writer).copied()
    }

    /// Iterates over the gaps.
    pub fn iter(&self) -> slice::Iter<'_, Gap> {
        self.all.iter()
    }

    /// Whether nothing is missing.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether changes that were here before are gone.
    pub fn has_lost(&self) -> bool {
        self.iter().any(|gap| matches!(gap, Gap::Gone { .. }))
    }

    /// The other laptops that were heard of.
    pub fn laptops(&self) -> &[LaptopReport] {
        &self.laptops
    }

    /// Whether a whole file, or the agenda, cannot be read: what is shown is only a part.
    pub fn is_unreadable(&self) -> bool {
        self.iter().any(|gap| matches!(gap, Gap::Agenda | Gap::Unreadable { .. }))
    }
}

impl<'g> IntoIterator for &'g Gaps {
    type Item = &'g Gap;
    type IntoIter = slice::Iter<'g, Gap>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The numbers of a program's version.
fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '-', '+']).map_while(|part| part.parse().ok()).collect()
}

/// Whether a program's version is newer than another.
pub fn is_newer_version(version: &str, than: &str) -> bool {
    numbers(version) > numbers(than)
}

/// Which groups' points each writer captured.
type Spoke = HashMap<WriterId, BTreeSet<usize>>;

impl Workshop {
    /// Notes what the store found missing, in place of what it found before.
    pub fn note_gaps(&mut self, gaps: Gaps) {
        if self.found_missing != gaps {
            self.found_missing = gaps;
            self.touch();
        }
    }

    /// Judges the plan as at this moment from now on.
    pub fn judge_at(&mut self, now: Moment) {
        if self.judged_at != Some(now) {
            self.judged_at = Some(now);
            self.touch();
        }
    }

    /// The moment at which the plan is judged, if one was set.
    pub fn judged_at(&self) -> Option<Moment> {
        self.judged_at
    }

    /// Everything that is known to exist and is not here; of what the plan expects, only what later
    /// discussions show to be missing.
    pub fn gaps(&self) -> Gaps {
        self.gaps_at(self.judged_at)
    }

    /// The same at a moment of the meeting, when some discussions are over.
    pub fn gaps_at(&self, now: Option<Moment>) -> Gaps {
        self.gaps_by(&self.plan_so_far(now))
    }

    /// The same by what the plan shows.
    pub(super) fn gaps_by(&self, plan: &PlanSoFar<'_>) -> Gaps {
        let waiting = Some(self.waiting()).filter(|waiting| *waiting > 0);
        let own = waiting.map(Gap::Waiting).into_iter().chain(plan.silences().iter().cloned());
        let own = own.chain(self.gaps_of_files(plan));
        let found = self.found_missing.iter().filter(|gap| !self.came_otherwise(gap));
        Gaps::of(found.cloned().chain(own))
    }

    /// Whether all points of a file that was refused are here, because a feedback file brought them.
    fn came_otherwise(&self, gap: &Gap) -> bool {
        let Gap::Refused { points, .. } = gap else { return false };
        !points.is_empty() && points.iter().all(|id| self.point(*id).is_some())
    }

    /// All gaps, one sentence each.
    pub fn missing(&self) -> Vec<String> {
        self.sentences(self.gaps().iter())
    }

    /// All gaps at a moment of the meeting and the laptops that are away, one sentence each.
    pub fn missing_at(&self, now: Moment) -> Vec<String> {
        let mut sentences = self.sentences(self.gaps_at(Some(now)).iter());
        sentences.extend(self.absent_laptops(now));
        sentences
    }

    /// These gaps, one sentence each.
    pub fn sentences<'g>(&self, gaps: impl Iterator<Item = &'g Gap> + Clone) -> Vec<String> {
        let mut all = self.each_sentence(gaps);
        // What an imported file says is missing is said once where it is missing here too.
        let own: HashSet<String> = all.iter().filter(|it| bare(it) == *it).cloned().collect();
        all.retain(|it| bare(it) == it || !own.contains(bare(it)));
        // What is not repeated in its words is said once.
        let mut seen = HashSet::new();
        all.retain(|it| seen.insert(it.clone()));
        all
    }

    /// A sentence for each of these gaps, in their order.
    pub(super) fn each_sentence<'g>(
        &self,
        gaps: impl Iterator<Item = &'g Gap> + Clone,
    ) -> Vec<String> {
        let names_a_writer = |gap: &Gap| {
            matches!(
                gap,
                Gap::Damaged { .. }
                    | Gap::Lost { .. }
                    | Gap::Elsewhere { .. }
                    | Gap::Newer { .. }
                    | Gap::Unheard { .. }
            )
        };
        let spoke = if gaps.clone().any(names_a_writer) { self.spoke() } else { Spoke::new() };
        gaps.map(|gap| self.sentence_for(gap, &spoke)).collect()
    }

    /// The laptops of groups that reported on an earlier day and not today, one sentence each: only on
    /// a day on which another laptop reported, or on which the groups meet by the plan.
    pub fn absent_laptops(&self, now: Moment) -> Vec<String> {
        let day = |moment: Moment| self.zone().local(moment).date();
        let today = day(now);
        let laptops = &self.found_missing.laptops;
        let planned = self.agenda().days.iter().any(|plan| plan.date == today);
        let is_on = planned || laptops.iter().any(|laptop| day(laptop.came) == today);
        let is_heard = |group: &GroupId| {
            let mut of = laptops.iter().filter(|laptop| laptop.group.as_ref() == Some(group));
            of.any(|laptop| day(laptop.came) >= today)
        };
        let sentence = |laptop: &LaptopReport| {
            let group = laptop.group.as_ref()?;
            let last = day(laptop.came);
            (is_on && last < today && !is_heard(group)).then(|| {
                let whose = self.laptop_of(laptop.id, Some(group));
                format!("{whose}: nothing came from it today; last on {}.", last.format("%-d %b"))
            })
        };
        laptops.iter().filter_map(sentence).collect()
    }

    /// The other laptops that were heard of.
    pub(super) fn laptops_heard(&self) -> &[LaptopReport] {
        &self.found_missing.laptops
    }

    /// The laptops that run another version of the program than this one, one sentence each.
    pub fn other_versions(&self, own: &str) -> Vec<String> {
        let other = |laptop: &&LaptopReport| {
            !laptop.program.is_empty() && numbers(&laptop.program) != numbers(own)
        };
        let sentence = |laptop: &LaptopReport| {
            let whose = self.laptop_of(laptop.id, laptop.group.as_ref());
            let is = if numbers(&laptop.program) < numbers(own) { "an older" } else { "a newer" };
            format!(
                "{whose} runs {is} version of the program: {}; this one is {own}.",
                laptop.program
            )
        };
        self.found_missing.laptops.iter().filter(other).map(sentence).collect()
    }

    fn spoke(&self) -> Spoke {
        let ranks: HashMap<&GroupId, usize> =
            self.groups().enumerate().map(|(rank, group)| (&group.id, rank)).collect();
        let mut spoke = Spoke::new();
        for (group, tally) in self.tallies() {
            for writer in &tally.writers {
                spoke.entry(*writer).or_default().extend(ranks.get(group));
            }
        }
        spoke
    }

    fn sentence_for(&self, gap: &Gap, spoke: &Spoke) -> String {
        match gap {
            Gap::Agenda => {
                "No file holds the agenda; the plan of the meeting is missing.".to_owned()
            }
            Gap::Unreadable { laptop, files } => {
                let files = counted(*files as u64, "file");
                let whose = self.whose(*laptop, "This workshop");
                format!("{whose}: {files} cannot be read; the points in it may be missing.")
            }
            Gap::Unheard { files, laptops } => self.unheard_in_words(*files, laptops, spoke),
            Gap::Damaged { laptop, writer, changes } => {
                let are = if *changes == 1 { "is" } else { "are" };
                let whose = self.whose(*laptop, "An unknown laptop");
                let what = counted(*changes, "change");
                format!(
                    "{whose}: {what} {are} damaged; {}",
                    self.may_miss(*laptop, writer.as_slice(), *changes, spoke)
                )
            }
            Gap::Lost { laptop, writer } => {
                let whose = self.whose(*laptop, "An unknown laptop");
                format!(
                    "{whose}: changes are gone from its file; {}",
                    self.may_miss(*laptop, writer.as_slice(), 2, spoke)
                )
            }
            Gap::Part { laptop, group, missing, of } => {
                let whose = self.laptop_of(*laptop, group.as_ref());
                let some = some_of(*missing, *of, ["has not arrived", "have not arrived"]);
                format!("{whose}: {some}.")
            }
            Gap::Gone { laptop, missing, of } => {
                let whose = self.laptop_of(*laptop, None);
                format!("{whose}: {}.", some_of(*missing, *of, ["is missing", "are missing"]))
            }
            Gap::Elsewhere { laptop, group, writers, changes } => {
                let whose = self.laptop_of(*laptop, group.as_ref());
                let (what, are) = match changes {
                    0 => ("changes".to_owned(), "are"),
                    1 => ("1 change".to_owned(), "is"),
                    many => (format!("{many} changes"), "are"),
                };
                format!(
                    "{whose}: {what} {are} damaged there; {}",
                    self.may_miss(Some(*laptop), writers, *changes, spoke)
                )
            }
            Gap::Refused { laptop, group, why, .. } => {
                let whose = self.laptop_of(*laptop, group.as_ref());
                let how =
                    if why == READ_IN_PART { "taken in only in part" } else { "not taken in" };
                format!("{whose}: its file was {how}: {why}")
            }
            Gap::Locked(files) => locked_in_words(*files),
            Gap::Illegible(files) => illegible_in_words(*files),
            Gap::Waiting(1) => "1 change is about a point that has not arrived yet.".to_owned(),
            Gap::Waiting(many) => {
                format!("{many} changes are about points that have not arrived yet.")
            }
            Gap::Silent { date, session, or, topics, groups } => {
                self.silence_in_words((*date, &self.in_order(session, or)), topics, groups)
            }
            Gap::Imported(sentence) => self.in_words_of_file(sentence),
            Gap::Newer { laptop, writer, changes } => {
                let whose = self.whose_writer(*laptop, *writer, spoke);
                let were = counting(*changes, "change", "was", "were");
                let they = if *changes == 1 { "it is" } else { "they are" };
                format!(
                    "{whose}: {were} made by a newer version of the program; {they} not shown, or only in part."
                )
            }
        }
    }

    fn unheard_in_words(
        &self,
        files: usize,
        laptops: &[(WriterId, Option<GroupId>)],
        spoke: &Spoke,
    ) -> String {
        let called = laptops.iter().take(NAMED).map(|(laptop, group)| match group {
            Some(_) => self.laptop_of(*laptop, group.as_ref()),
            None => self.whose_writer(Some(*laptop), Some(*laptop), spoke),
        });
        let more = laptops.len().saturating_sub(NAMED);
        let called: Vec<String> =
            called.chain((more > 0).then(|| format!("{more} more"))).collect();
        let until = match called.len() {
            0 => "the latest bundle of each of them has".to_owned(),
            1 => format!("the latest bundle of {} has", listed(&called)),
            _ => format!("the latest bundles of {} have", listed(&called)),
        };
        format!(
            "{} in heard/ cannot be read; what other laptops have is not known until {until} been merged \
             once more.",
            counted(files as u64, "file")
        )
    }

    /// What may be lost with this many changes of some writers at a laptop: points of the groups for which they wrote,
    /// or else of the group that the laptop works for.
    fn may_miss(
        &self,
        laptop: Option<WriterId>,
        writers: &[WriterId],
        changes: u64,
        spoke: &Spoke,
    ) -> String {
        let laptop = laptop.filter(|_| !writers.is_empty());
        let of_laptop = || Some(self.title_of(self.found_missing.groups.get(&laptop?)?));
        let of = self.captured_for(writers, spoke).or_else(of_laptop);
        let of = of.map(|groups| format!(" of {groups}")).unwrap_or_default();
        match changes {
            1 => format!("a point{of}, or a change to one, may be missing."),
            _ => format!("points{of}, or changes to them, may be missing."),
        }
    }

    /// The groups whose points these writers captured, if there are any.
    fn captured_for(&self, writers: &[WriterId], spoke: &Spoke) -> Option<String> {
        let ranks: BTreeSet<usize> =
            writers.iter().filter_map(|writer| spoke.get(writer)).flatten().copied().collect();
        let groups = ranks.into_iter().filter_map(|rank| self.groups().nth(rank));
        let titles: Vec<&str> = groups.map(super::GroupState::title).collect();
        (!titles.is_empty()).then(|| names(&titles))
    }

    /// What a writer's laptop is called: by the groups whose points it captured, if it works for none.
    fn whose_writer(
        &self,
        laptop: Option<WriterId>,
        writer: Option<WriterId>,
        spoke: &Spoke,
    ) -> String {
        let groups = || self.captured_for(writer.as_slice(), spoke);
        match laptop.filter(|laptop| !self.found_missing.groups.contains_key(laptop)) {
            Some(laptop) => match groups() {
                Some(groups) => format!("{groups}, laptop {laptop:.4}"),
                None => self.laptop_of(laptop, None),
            },
            None => self.whose(laptop, "An unknown laptop"),
        }
    }

    /// What a laptop is called everywhere: by its group, if it works for one.
    fn laptop_of(&self, laptop: WriterId, group: Option<&GroupId>) -> String {
        match group.or_else(|| self.found_missing.groups.get(&laptop)) {
            Some(group) => format!("{}, laptop {laptop:.4}", self.title_of(group)),
            None => format!("Laptop {laptop:.4}"),
        }
    }

    fn whose(&self, laptop: Option<WriterId>, unknown: &str) -> String {
        laptop.map_or_else(|| unknown.to_owned(), |laptop| self.laptop_of(laptop, None))
    }
}

fn locked_in_words(files: usize) -> String {
    let (are, them) = if files == 1 { ("is", "it") } else { ("are", "them") };
    let files = counted(files as u64, "file");
    format!("{files} of other laptops {are} locked, and no key here opens {them}.")
}

fn illegible_in_words(files: usize) -> String {
    let (are, them) = if files == 1 { ("is", "it") } else { ("are", "them") };
    let files = counted(files as u64, "file");
    format!("{files} of other laptops {are} damaged, and nothing in {them} can be read.")
}

/// How many of a laptop's changes that is said of, in words.
fn some_of(number: u64, of: u64, what: [&str; 2]) -> String {
    let what = if number == 1 { what[0] } else { what[1] };
    if of == 1 {
        return format!("its only change {what}");
    }
    format!("{number} of its {of} changes {what}")
}

fn counted(number: u64, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}
