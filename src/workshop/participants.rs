//! Who takes part: a list that is included only if somebody asks for it, and its length, which
//! is always included, so that a laptop without the list can say that it has none.

use super::{Agenda, Change, Moment, Over, Record, Register, Stamp, WriterId, clean, flaw::MOST};

/// What is known of a meeting's participants.
#[derive(Clone, Debug, Default)]
pub(super) struct Participants {
    /// What the founding record of an older program has.
    founded: Vec<String>,
    lists: Register<Box<[Box<str>]>>,
    counts: Register<u32>,
}

/// Names as a list has them: cleaned, in order, each once. One without letters names nobody.
fn in_order<'n>(names: impl IntoIterator<Item = &'n str>) -> Box<[Box<str>]> {
    let names = names.into_iter().map(clean);
    let named = names.filter(|name| name.contains(char::is_alphanumeric));
    let mut names: Vec<Box<str>> = named.map(|name| name.trim().into()).collect();
    names.sort();
    names.dedup();
    names.into()
}

impl Participants {
    /// Adds the names that the founding record lists.
    pub(super) fn add_from_agenda(&mut self, names: &[String]) {
        self.founded = names.to_vec();
    }

    /// Takes in a list.
    pub(super) fn list(&mut self, stamp: Stamp, names: &[Box<str>], over: &[Stamp]) {
        let names = in_order(names.iter().map(AsRef::as_ref));
        self.lists.set(Stamp::ORIGIN, stamp, names, over);
    }

    /// Takes in how long a list is.
    pub(super) fn count(&mut self, stamp: Stamp, count: u32, over: &[Stamp]) {
        self.counts.set(Stamp::ORIGIN, stamp, count, over);
    }

    /// Everybody who is on any list. If two laptops made lists at once, both are searched for.
    pub(super) fn all(&self) -> Vec<String> {
        let founded = self.founded.iter().map(String::as_str);
        let listed = self.lists.values().flatten().map(AsRef::as_ref);
        in_order(founded.chain(listed)).into_iter().map(String::from).collect()
    }

    /// How many names there are in the longest list that was made elsewhere and is not here.
    pub(super) fn elsewhere(&self) -> usize {
        let is_here = |count: usize| self.lists.values().any(|list| list.len() == count);
        let counts = self.counts.values().map(|count| *count as usize);
        counts.filter(|count| *count > 0 && !is_here(*count)).max().unwrap_or(0)
    }

    /// Whether a list of this many names is news: there is none here, and none as long has been heard of.
    pub(super) fn is_news(&self, count: usize) -> bool {
        let listed = self.is_founded() || self.lists.values().any(|list| !list.is_empty());
        !listed && count > self.elsewhere()
    }

    /// Whether the founding record lists anybody.
    pub(super) fn is_founded(&self) -> bool {
        !self.founded.is_empty()
    }
}

impl Record {
    /// The records that list an agenda's participants and say how many there are; empty if it
    /// lists nobody. They follow from the agenda alone, as the founding record does, so that laptops
    /// that start from the same agenda write the same ones.
    pub fn participants(agenda: &Agenda) -> Vec<Self> {
        let names = in_order(agenda.participants.iter().map(String::as_str));
        if names.is_empty() {
            return Vec::new();
        }
        // Somebody who knows only the length must not be able to test names against the writer of its record.
        let counted = Self::participants_counted(names.len());
        let over = Over::from_iter([Stamp::ORIGIN]);
        vec![counted, Self::beside_founding(Change::ParticipantsListed { to: names, over })]
    }

    /// The record that says how long a list of participants is, for laptops without it. For lists
    /// of the same length, it is the same on every laptop.
    pub fn participants_counted(count: usize) -> Self {
        let over = Over::from_iter([Stamp::ORIGIN]);
        let to = count.min(MOST) as u32;
        Self::beside_founding(Change::ParticipantsCounted { to, over })
    }

    fn beside_founding(change: Change) -> Self {
        let writer = WriterId::of(&serde_json::to_vec(&change).unwrap_or_default());
        let stamp = Stamp { time: 2, writer };
        Self { stamp, at: Moment(0), changes: [change].into_iter().collect() }
    }

    /// Whether it has the names of participants in it. An honest record has nothing else then.
    pub fn lists_participants(&self) -> bool {
        self.changes.iter().any(|change| matches!(change, Change::ParticipantsListed { .. }))
    }

    /// Whether it changes which names are found in texts: with a list of participants, and
    /// with a draft text, whose words do not count as names.
    pub fn concerns_names(&self) -> bool {
        let concerns = |change: &Change| {
            matches!(change, Change::ParticipantsListed { .. } | Change::TextChanged { .. })
        };
        self.changes.iter().any(concerns)
    }
}
