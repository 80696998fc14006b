//! One value that several laptops may set at once.

use super::Stamp;

/// A value, and what else it was set to elsewhere at the same time.
///
/// A change names the values it replaces. What nobody replaced stays: if two laptops reworded
/// a point at once, there are two live values. The one with the highest stamp is shown, the same on every
/// laptop; the others are its alternatives until a person chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register<T> {
    value: T,
    /// Absent while the value is the initial one, as it nearly always is.
    past: Option<Box<Past<T>>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Past<T> {
    /// Sorted by stamp, then value; the last one wins. Never empty. Only a copied disk or a forgery
    /// gives two values the same stamp.
    live: Vec<(Stamp, T)>,
    /// Sorted stamps of values that a later one replaced, arrived or not.
    replaced: Vec<Stamp>,
}

impl<T: Clone + Ord> Register<T> {
    /// A register that nobody has changed.
    pub fn new(value: T) -> Self {
        Self { value, past: None }
    }

    /// The value shown.
    pub fn get(&self) -> &T {
        &self.value
    }

    /// Which change set the value shown, in something created by `born`.
    pub fn stamp(&self, born: Stamp) -> Stamp {
        self.past.as_ref().and_then(|past| past.live.last()).map_or(born, |(stamp, _)| *stamp)
    }

    /// The stamps of all live values: what a new change replaces.
    pub fn live(&self, born: Stamp) -> Vec<Stamp> {
        match &self.past {
            None => vec![born],
            Some(past) => {
                let mut stamps: Vec<Stamp> = past.live.iter().map(|(stamp, _)| *stamp).collect();
                stamps.dedup();
                stamps
            }
        }
    }

    /// The changes whose values a later one replaced, arrived or not, in order.
    pub fn replaced(&self) -> &[Stamp] {
        self.past.as_ref().map_or(&[], |past| &past.replaced)
    }

    /// Gives each current value the form in which it is kept.
    pub(super) fn keep_as(&mut self, born: Stamp, mut keep: impl FnMut(Stamp, T) -> T) {
        let Some(past) = &mut self.past else {
            self.value = keep(born, self.value.clone());
            return;
        };
        for (stamp, value) in &mut past.live {
            *value = keep(*stamp, value.clone());
        }
        // A value and its tombstone, which came in before the purge did, are one.
        past.live.sort();
        past.live.dedup();
        if let Some((_, value)) = past.live.last() {
            self.value = value.clone();
        }
        if past.replaced.is_empty() && past.live.iter().map(|(stamp, _)| *stamp).eq([born]) {
            self.past = None;
        }
    }

    /// All live values, the one shown last.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        let past = self.past.iter().flat_map(|past| &past.live).map(|(_, value)| value);
        let only = self.past.is_none().then_some(&self.value);
        past.chain(only)
    }

    /// Other values beside the one shown, each once.
    pub fn alternatives(&self) -> Vec<&T> {
        let mut others: Vec<&T> = Vec::new();
        if self.past.is_none() {
            // Called for every point that is drawn: no long text is compared with itself.
            return others;
        }
        for value in self.values() {
            if *value != self.value && !others.contains(&value) {
                others.push(value);
            }
        }
        others
    }

    /// Every current value, each once, the one shown last.
    pub fn each(&self) -> impl Iterator<Item = &T> {
        self.alternatives().into_iter().chain([&self.value])
    }

    /// Whether the value was ever set after the initial one.
    pub fn changed(&self) -> bool {
        self.past.is_some()
    }

    /// Takes in everything that another copy knows.
    pub fn absorb(&mut self, born: Stamp, other: &Self, other_born: Stamp) {
        if self.past.is_none() && other.past.is_none() && born == other_born && *self == *other {
            return;
        }
        let (values, replaced) = match &other.past {
            None => (vec![(other_born, other.value.clone())], Vec::new()),
            Some(past) => (past.live.clone(), past.replaced.clone()),
        };
        for (stamp, value) in values {
            self.set(born, stamp, value, &replaced);
        }
    }

    /// Takes in a change. Order and repetition make no difference: a change can only replace
    /// values older than itself, so the newest is never replaced.
    pub fn set(&mut self, born: Stamp, stamp: Stamp, value: T, over: &[Stamp]) {
        let past = self.past.get_or_insert_with(|| {
            Box::new(Past { live: vec![(born, self.value.clone())], replaced: Vec::new() })
        });
        for old in over.iter().filter(|old| **old < stamp) {
            if let Err(place) = past.replaced.binary_search(old) {
                past.replaced.insert(place, *old);
                past.live.retain(|(live, _)| live != old);
            }
        }
        let known = |(live, other): &(Stamp, T)| live.cmp(&stamp).then_with(|| other.cmp(&value));
        if past.replaced.binary_search(&stamp).is_err()
            && let Err(place) = past.live.binary_search_by(known)
        {
            past.live.insert(place, (stamp, value));
        }
        if let Some((_, value)) = past.live.last() {
            self.value = value.clone();
        }
    }
}
