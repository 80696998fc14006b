//! Which points say the same in other words.

mod grams;

use std::{cmp::Ordering, collections::HashMap};

use self::grams::{Pieces, fold};

/// From this score on a point may be shown as already saying the same: of the likest points with
/// such a score, 85 in 100 do (docs/measurements.md).
pub const SAID: f32 = 0.8;

/// A point that is like a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// The point's key, as it was inserted.
    pub key: u32,
    /// How likely both say the same, from 0 to 1: 1 if the words are the same, 0 if they share no
    /// piece. Measured where two in five points at hand did; where fewer do, it is too high.
    pub score: f32,
}

impl Alike {
    /// The more alike first; those equally alike, by key.
    fn order(self, other: Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.key.cmp(&other.key))
    }
}

/// How many points are compared closely; the others have fewer words in common with the text.
const POOL: usize = 200;
/// How many of the likest points show what else belongs to the text's meaning, and how much that
/// counts.
const NEAREST: usize = 5;
/// See [`NEAREST`].
const BORROWED: f32 = 0.3;
/// Rarity is calculated as if there were at least this many points: with few, a piece that half of
/// them have would otherwise count as a filler word.
const FEWEST: usize = 500;
/// The least and the most that a piece weighs. If all points share their words, these must still
/// count, or one different number would hide that everything else is the same; and a piece that hardly any
/// point has is as often a slip of the pen as a subject.
const WEIGHT: (f32, f32) = (1.0, 5.5);
/// The size of the table of how many points have a piece. Pieces that share a place count as one,
/// which moves a score by less than a thousandth and bounds the table at 2 MB.
const PLACES: usize = 1 << 19;

/// Points by what they say, for finding those like a text.
///
/// A text is a vector of its pieces: runs of five letters of a word and the first four of each word;
/// where words are not separated, runs of three and four letters. A piece weighs (1 + ln n) · r^1.25,
/// if it occurs n times in the text, h of N points have it, and r = ln((max(N, 500) + 1) / (h + ½))
/// (sublinear tf and idf: Manning, Raghavan, Schütze, *Introduction to Information Retrieval*, 2008,
/// 6.2 and 6.4); r^1.25 is kept between 1 and 5.5. Two texts are as alike as their vectors' cosine c. The five likest points then
/// lend their words (Rocchio's pseudo-relevance feedback, ibid. 9.1): with e = 0.3 · Σ cₖ · cos(k, d),
/// point d gets c + (1 − c) · e, which becomes a chance by a measured curve.
///
/// Only the 200 points (or `most`, if more) that share the rarest first letters of words are
/// compared so closely. The ranking depends on the points alone, not on the order in which they
/// came.
///
/// ```
/// use rapporteur::workshop::Likeness;
///
/// let mut likeness = Likeness::default();
/// likeness.insert(1, "Share flood warnings with neighbouring provinces.");
/// likeness.insert(2, "Train village volunteers every year.");
/// let alike = likeness.like("Provinces should warn each other of floods.", 5, None);
/// assert_eq!(alike[0].key, 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Likeness {
    /// Where each key's point is.
    slots: HashMap<u32, u32>,
    points: Vec<KnownPoint>,
    /// Slots whose points were removed.
    free: Vec<u32>,
    /// The slots of points that have a root, in order.
    holders: HashMap<u32, Vec<u32>>,
    /// How many points have a piece, by its place. Empty until the first point comes.
    spread: Vec<u32>,
}

/// A point as it is kept.
#[derive(Clone, Debug, Default)]
struct KnownPoint {
    key: u32,
    /// How many roots it has.
    roots: u32,
    /// Its words, folded. The pieces to compare are computed from them each time: if kept, they would be ten
    /// times as large.
    folded: Box<str>,
}

/// The share of pairs with this likeness that people found to say the same; straight lines between.
const CHANCES: [(f32, f32); 9] = [
    (0.0, 0.0),
    (0.1, 0.1),
    (0.2, 0.34),
    (0.3, 0.43),
    (0.4, 0.6),
    (0.5, 0.75),
    (0.6, 0.8),
    (0.8, 0.9),
    (1.0, 1.0),
];

/// Pieces by number with their weight; the whole has length 1.
type Vector = Vec<(u32, f32)>;

impl Likeness {
    /// How many points there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Adds a point, or [replaces](Self::replace) the one with this key.
    pub fn insert(&mut self, key: u32, text: &str) {
        let known = self.slots.get(&key).copied();
        let slot = known.or_else(|| self.free.pop()).unwrap_or(self.points.len() as u32);
        if slot as usize == self.points.len() {
            self.points.push(KnownPoint::default());
        }
        self.slots.insert(key, slot);
        self.hold(slot, key, fold(text));
    }

    /// Gives a point other words; adds it if there is none with this key.
    pub fn replace(&mut self, key: u32, text: &str) {
        self.insert(key, text);
    }

    /// Removes a point; nothing happens if there is none with this key.
    pub fn remove(&mut self, key: u32) {
        if let Some(slot) = self.slots.remove(&key) {
            self.hold(slot, key, String::new());
            self.free.push(slot);
        }
    }

    /// Puts other words into a slot. Only what differs is changed: a reworded point still has most of
    /// its roots, and the lists of common ones are long.
    fn hold(&mut self, slot: u32, key: u32, folded: String) {
        let (mut old, mut new) = (Pieces::default(), Pieces::default());
        new.read(&folded);
        let held =
            KnownPoint { key, roots: new.roots.len() as u32, folded: folded.into_boxed_str() };
        old.read(&std::mem::replace(&mut self.points[slot as usize], held).folded);
        for root in old.roots.iter().filter(|root| new.roots.binary_search(root).is_err()) {
            let Some(holders) = self.holders.get_mut(root) else { continue };
            if let Ok(at) = holders.binary_search(&slot) {
                holders.remove(at);
            }
            if holders.is_empty() {
                self.holders.remove(root);
            }
        }
        for root in new.roots.iter().filter(|root| old.roots.binary_search(root).is_err()) {
            let holders = self.holders.entry(*root).or_default();
            let at = holders.partition_point(|other| *other < slot);
            holders.insert(at, slot);
        }
        if self.spread.is_empty() {
            self.spread.resize(PLACES, 0);
        }
        old.all.dedup();
        new.all.dedup();
        old.all.iter().for_each(|piece| self.spread[place(*piece)] -= 1);
        new.all.iter().for_each(|piece| self.spread[place(*piece)] += 1);
    }

    /// The points most like this text, at most `most`, likest first; never the one excepted.
    pub fn like(&self, text: &str, most: usize, except: Option<u32>) -> Vec<Alike> {
        let mut pieces = Pieces::default();
        pieces.read(&fold(text));
        let pool = self.pool(&pieces.roots, most.max(POOL), except);
        let asked = self.vector(&pieces.all);
        let vectors: Vec<Vector> = pool
            .iter()
            .map(|slot| {
                pieces.read(&self.points[*slot as usize].folded);
                self.vector(&pieces.all)
            })
            .collect();
        let own = vectors.iter().map(|vector| dot(&asked, vector));
        let mut alike: Vec<(usize, Alike)> = own
            .zip(&pool)
            .map(|(score, slot)| Alike { key: self.points[*slot as usize].key, score })
            .enumerate()
            .collect();
        alike.sort_unstable_by(|(_, one), (_, other)| one.order(*other));
        let borrowed =
            borrow(alike.iter().take(NEAREST).map(|(at, near)| (near.score, &vectors[*at])));
        let mut alike: Vec<Alike> = alike
            .into_iter()
            .map(|(at, Alike { key, score })| {
                // If many are alike, what is borrowed must not make another's words the same.
                let more = (BORROWED * dot(&borrowed, &vectors[at])).min(0.9);
                Alike { key, score: chance(score + (1.0 - score) * more) }
            })
            .collect();
        alike.sort_unstable_by(|one, other| one.order(*other));
        alike.truncate(most);
        alike
    }

    /// The slots of the points that have most in common with these roots.
    fn pool(&self, roots: &[u32], most: usize, except: Option<u32>) -> Vec<u32> {
        let mut shared = vec![0.0_f32; self.points.len()];
        for root in roots {
            let Some(holders) = self.holders.get(root) else { continue };
            let weight = self.rarity(holders.len() as u32).powi(2);
            for slot in holders {
                shared[*slot as usize] += weight;
            }
        }
        let found = shared
            .iter()
            .zip(&self.points)
            .zip(0..)
            .filter(|((shared, held), _)| **shared > 0.0 && Some(held.key) != except);
        let mut found: Vec<(Alike, u32)> = found
            .map(|((shared, held), slot)| {
                (Alike { key: held.key, score: shared / (held.roots as f32).sqrt() }, slot)
            })
            .collect();
        if most < found.len() {
            found.select_nth_unstable_by(most, |(one, _), (other, _)| one.order(*other));
            found.truncate(most);
        }
        found.into_iter().map(|(_, slot)| slot).collect()
    }

    /// How much a piece weighs that this many points have.
    fn rarity(&self, having: u32) -> f32 {
        let rarity = ((self.len().max(FEWEST) + 1) as f32 / (having as f32 + 0.5)).ln().max(0.0);
        (rarity * rarity.sqrt().sqrt()).clamp(WEIGHT.0, WEIGHT.1)
    }

    /// The weights of sorted pieces.
    fn vector(&self, sorted: &[u32]) -> Vector {
        let mut vector: Vector = sorted
            .chunk_by(|one, other| one == other)
            .map(|same| {
                let having = self.spread.get(place(same[0])).copied().unwrap_or(0);
                (same[0], (1.0 + (same.len() as f32).ln()) * self.rarity(having))
            })
            .collect();
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            for (_, weight) in &mut vector {
                *weight /= length;
            }
        }
        vector
    }
}

fn place(piece: u32) -> usize {
    piece as usize & (PLACES - 1)
}

/// What both have in common: 1 if they are the same, 0 if nothing.
fn dot(one: &[(u32, f32)], other: &[(u32, f32)]) -> f32 {
    let (mut at, mut by, mut sum) = (0, 0, 0.0);
    while at < one.len() && by < other.len() {
        let (left, right) = (one[at], other[by]);
        if left.0 == right.0 {
            sum += left.1 * right.1;
        }
        at += usize::from(left.0 <= right.0);
        by += usize::from(right.0 <= left.0);
    }
    sum
}

/// See [`CHANCES`].
fn chance(likeness: f32) -> f32 {
    let between = |pair: &[(f32, f32)]| {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        (likeness <= to).then(|| low + (high - low) * (likeness - from) / (to - from))
    };
    // Rounding may take the sum of shares a hair above 1.
    CHANCES.windows(2).find_map(between).unwrap_or(1.0).max(0.0)
}

/// The sum of vectors, each weighted by its score.
fn borrow<'v>(nearest: impl Iterator<Item = (f32, &'v Vector)>) -> Vector {
    let mut all: Vector = nearest
        .flat_map(|(score, vector)| {
            vector.iter().map(move |(piece, weight)| (*piece, score * weight))
        })
        .collect();
    // Stable, so that equal pieces are added in one order and the sum is always the same.
    all.sort_by_key(|(piece, _)| *piece);
    all.chunk_by(|one, other| one.0 == other.0)
        .map(|same| (same[0].0, same.iter().map(|(_, weight)| weight).sum()))
        .collect()
}
