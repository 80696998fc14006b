//! A newer version of the draft text over an older one: which paragraph is which, and what a person
//! must look at afterwards.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::{fmt, ops::Range};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{
    Change, CommentField, DraftParagraph, DraftText, Field, ParagraphId, Pin, Point, Since, Stamp,
    Subject, Workshop, segment::words,
};

/// The percentage of its words that must be alike for a paragraph to be the same one, changed.
const ALIKE: u8 = 50;
/// If a lower percentage of a paragraph is alike, somebody should look at it.
const LOOK: u8 = 75;
/// A word that is in more paragraphs than this does not tell any apart.
const COMMON: usize = 64;

/// How many paragraphs were changed in which way when a version was taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReanchorCounts {
    /// The same words in the same place.
    pub unchanged: usize,
    /// The same words elsewhere.
    pub moved: usize,
    /// Other words.
    pub changed: usize,
    /// New ones.
    pub new: usize,
    /// No longer there.
    pub gone: usize,
}

impl ReanchorCounts {
    /// What happened to the paragraphs from one version to the next.
    pub fn between(before: Option<&DraftText>, after: &DraftText) -> Self {
        let mut count = Self::default();
        let here: HashSet<ParagraphId> = after.paragraphs.iter().map(|found| found.id).collect();
        for paragraph in &after.paragraphs {
            match paragraph.since {
                _ if before.is_none() => count.new += 1,
                Since::Same => count.unchanged += 1,
                Since::Moved => count.moved += 1,
                Since::Changed(_) => count.changed += 1,
                Since::New => count.new += 1,
            }
        }
        let before = before.map_or(&[][..], |text| &text.paragraphs);
        count.gone = before.iter().filter(|found| !here.contains(&found.id)).count();
        count
    }
}

/// Something that lost its place in the draft text, or may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Astray {
    /// What it is.
    pub of: Subject,
    /// What it is pinned to.
    pub pin: Pin,
    /// What happened to that.
    pub why: Lost,
}

/// How something lost its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lost {
    /// The paragraph is no longer in the text.
    Gone,
    /// No paragraph has this label.
    NoSuchLabel,
    /// The words that it would change are not in the paragraph.
    DoesNotFit,
    /// The paragraph has other words: this many percent are alike. It may still be right.
    Changed(u8),
}

impl Lost {
    /// Whether nothing is lost, but somebody should look.
    pub fn is_look(self) -> bool {
        matches!(self, Self::Changed(_))
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gone => "its paragraph is no longer in the text",
            Self::NoSuchLabel => "no paragraph has this label",
            Self::DoesNotFit => "the words it would change are not there",
            Self::Changed(percent) => {
                return write!(
                    f,
                    "{percent} % of the paragraph's words are alike; see if it still fits"
                );
            }
        })
    }
}

impl DraftText {
    /// This text as the next version of another: paragraphs that are the same ones, changed or not,
    /// get their ids; those that are not in it are gone, and come back if their words do.
    #[must_use]
    pub fn over(mut self, old: &Self) -> Self {
        if self.same_as(old) {
            return old.clone();
        }
        let matched = matched(&old.paragraphs, &self.paragraphs);
        let mut used: HashSet<ParagraphId> = HashSet::new();
        for (paragraph, found) in self.paragraphs.iter_mut().zip(&matched) {
            paragraph.since = Since::New;
            if let Some((place, since)) = found {
                (paragraph.id, paragraph.since) = (old.paragraphs[*place].id, *since);
                used.insert(paragraph.id);
            }
        }
        let mut returning: HashMap<String, Vec<ParagraphId>> = HashMap::new();
        for gone in old.gone.iter().rev().filter(|gone| !used.contains(&gone.id)) {
            returning.entry(key(gone)).or_default().push(gone.id);
        }
        let known: HashSet<ParagraphId> =
            old.paragraphs.iter().chain(&old.gone).map(|found| found.id).collect();
        for paragraph in self.paragraphs.iter_mut().filter(|found| found.since == Since::New) {
            let back = returning.get_mut(&key(paragraph)).and_then(Vec::pop);
            let is_free = |id: &ParagraphId| !used.contains(id) && !known.contains(id);
            let own = paragraph.id;
            // Its own, unless another paragraph once had these words and has others now.
            let nth = |nth: u32| ParagraphId::of(format!("{own} {nth}").as_bytes());
            let new = || std::iter::once(own).chain((1..=u32::MAX).map(nth)).find(is_free);
            paragraph.id = back.filter(|id| !used.contains(id)).or_else(new).unwrap_or(own);
            used.insert(paragraph.id);
        }
        let mut gone: Vec<DraftParagraph> = Vec::new();
        for paragraph in old.paragraphs.iter().chain(&old.gone).chain(&self.gone) {
            if used.insert(paragraph.id) {
                gone.push(DraftParagraph { since: Since::Same, ..paragraph.clone() });
            }
        }
        self.gone = gone;
        self
    }

    /// Whether it says the same in the same places.
    fn same_as(&self, other: &Self) -> bool {
        let same = |one: &DraftParagraph, other: &DraftParagraph| {
            (one.kind, one.level, &one.label, &one.printed, &one.text)
                == (other.kind, other.level, &other.label, &other.printed, &other.text)
        };
        self.title == other.title
            && self.version == other.version
            && self.paragraphs.len() == other.paragraphs.len()
            && self.paragraphs.iter().zip(&other.paragraphs).all(|(one, two)| same(one, two))
    }
}

/// What two paragraphs have in common if they are the same one.
fn key(paragraph: &DraftParagraph) -> String {
    paragraph.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Numbers for words and for whole paragraphs: equal for equal text.
#[derive(Default)]
struct Numbers(HashMap<String, u32>);

impl Numbers {
    fn of(&mut self, text: String) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(text).or_insert(next)
    }
}

/// For each new paragraph, which of the old ones it is.
fn matched(old: &[DraftParagraph], new: &[DraftParagraph]) -> Vec<Option<(usize, Since)>> {
    let mut numbers = Numbers::default();
    let mut keys = |list: &[DraftParagraph]| -> Vec<u32> {
        list.iter().map(|found| numbers.of(key(found))).collect()
    };
    let (old_keys, new_keys) = (keys(old), keys(new));
    let mut pairing = Pairing { of_new: vec![None; new.len()], taken: vec![false; old.len()] };
    for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            (0..len).for_each(|nth| pairing.pair(old_index + nth, new_index + nth, Since::Same));
        }
    }
    // The fixed places cut both texts into stretches: what changed within one stayed there.
    let stretches = pairing.stretches();
    let mut elsewhere: HashMap<u32, Vec<usize>> = HashMap::new();
    for place in pairing.left_old().into_iter().rev() {
        elsewhere.entry(old_keys[place]).or_default().push(place);
    }
    for place in pairing.left_new() {
        if let Some(from) = elsewhere.get_mut(&new_keys[place]).and_then(Vec::pop) {
            pairing.pair(from, place, Since::Moved);
        }
    }
    let mut alike = alike(old, new, &pairing);
    for (there, here) in stretches {
        let from = alike.partition_point(|pair| pair.old < there.start);
        let to = alike.partition_point(|pair| pair.old < there.end);
        let within: Vec<&Likely> =
            alike[from..to].iter().filter(|pair| here.contains(&pair.new)).collect();
        for (from, to, percent) in in_order(&within, here) {
            pairing.pair(from, to, Since::Changed(percent));
        }
    }
    // Moved and changed: likeliest first.
    alike.sort_by_key(|pair| {
        (u8::MAX - pair.percent, pair.old.abs_diff(pair.new), pair.old, pair.new)
    });
    for pair in alike {
        if !pairing.taken[pair.old] && pairing.of_new[pair.new].is_none() {
            pairing.pair(pair.old, pair.new, Since::Changed(pair.percent));
        }
    }
    pairing.of_new
}

struct Pairing {
    of_new: Vec<Option<(usize, Since)>>,
    taken: Vec<bool>,
}

impl Pairing {
    fn pair(&mut self, old: usize, new: usize, since: Since) {
        self.of_new[new] = Some((old, since));
        self.taken[old] = true;
    }

    fn left_old(&self) -> Vec<usize> {
        (0..self.taken.len()).filter(|place| !self.taken[*place]).collect()
    }

    fn left_new(&self) -> Vec<usize> {
        (0..self.of_new.len()).filter(|place| self.of_new[*place].is_none()).collect()
    }

    /// What is between pairs, in the old and in the new text.
    fn stretches(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let mut stretches = Vec::new();
        let (mut old, mut new) = (0, 0);
        let pairs = self.of_new.iter().enumerate();
        let pairs = pairs.filter_map(|(new, found)| found.map(|(old, _)| (old, new)));
        for (next_old, next_new) in pairs.chain([(self.taken.len(), self.of_new.len())]) {
            if next_old > old && next_new > new {
                stretches.push((old..next_old, new..next_new));
            }
            (old, new) = (next_old + 1, next_new + 1);
        }
        stretches
    }
}

/// Two paragraphs that may be the same one.
struct Likely {
    old: usize,
    new: usize,
    percent: u8,
}

/// All pairs of the rest that are alike enough, by the old one's place and then the new one's.
fn alike(old: &[DraftParagraph], new: &[DraftParagraph], pairing: &Pairing) -> Vec<Likely> {
    let mut numbers = Numbers::default();
    let mut bag = |text: &str| -> Vec<u32> {
        let mut bag: Vec<u32> = words(text).map(|word| numbers.of(word)).collect();
        bag.sort_unstable();
        bag
    };
    let mut bags = |list: &[DraftParagraph], left: Vec<usize>| -> Vec<(usize, Vec<u32>)> {
        left.into_iter().map(|place| (place, bag(&list[place].text))).collect()
    };
    let (olds, news) = (bags(old, pairing.left_old()), bags(new, pairing.left_new()));
    let mut having: HashMap<u32, Vec<usize>> = HashMap::new();
    for (nth, (_, bag)) in news.iter().enumerate() {
        let mut once = bag.clone();
        once.dedup();
        for word in once {
            having.entry(word).or_default().push(nth);
        }
    }
    let mut alike = Vec::new();
    for (place, bag) in &olds {
        let mut tried: Vec<usize> = Vec::new();
        let mut once = bag.clone();
        once.dedup();
        // If there are few paragraphs, each is tried; of many, those that share a distinctive word.
        let few = news.len() <= COMMON;
        for word in once {
            let with = having.get(&word).map_or(&[][..], Vec::as_slice);
            if few || with.len() <= COMMON {
                tried.extend(with);
            }
        }
        tried.sort_unstable();
        tried.dedup();
        for nth in tried {
            let (other, words) = &news[nth];
            let percent = percent(bag, words);
            if percent >= ALIKE && old[*place].kind == new[*other].kind {
                alike.push(Likely { old: *place, new: *other, percent });
            }
        }
    }
    alike
}

/// How many percent of the words of both are in both; never 100, since the words would then be the same.
fn percent(one: &[u32], other: &[u32]) -> u8 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        common += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    let all = one.len() + other.len();
    (200 * common).checked_div(all).unwrap_or(0).min(99) as u8
}

/// Those of these pairs that keep the order of the text and are the most alike in total.
fn in_order(pairs: &[&Likely], here: Range<usize>) -> Vec<(usize, usize, u8)> {
    // For every pair, the best chain that ends with it; a tree of maxima over the new places finds
    // what it may follow.
    let mut chains: Vec<(u64, Option<usize>)> = Vec::with_capacity(pairs.len());
    let mut best: Vec<Option<usize>> = vec![None; here.len() + 1];
    let mut nth = 0;
    while nth < pairs.len() {
        let end = nth + pairs[nth..].iter().take_while(|pair| pair.old == pairs[nth].old).count();
        for pair in &pairs[nth..end] {
            let (mut at, mut before) = (pair.new - here.start, None::<usize>);
            while at > 0 {
                before = better(before, best[at], &chains);
                at &= at - 1;
            }
            let sum = before.map_or(0, |before| chains[before].0) + u64::from(pair.percent);
            chains.push((sum, before));
        }
        for (chain, pair) in pairs.iter().enumerate().take(end).skip(nth) {
            let mut at = pair.new - here.start + 1;
            while at < best.len() {
                best[at] = better(best[at], Some(chain), &chains);
                at += at & at.wrapping_neg();
            }
        }
        nth = end;
    }
    let mut last = (0..chains.len()).fold(None, |best, nth| better(best, Some(nth), &chains));
    let mut kept = Vec::new();
    while let Some(nth) = last {
        let pair = pairs[nth];
        kept.push((pair.old, pair.new, pair.percent));
        last = chains[nth].1;
    }
    kept.reverse();
    kept
}

/// The chain with the larger sum; of two equal ones, the one that began earlier in the text.
fn better(
    one: Option<usize>,
    other: Option<usize>,
    chains: &[(u64, Option<usize>)],
) -> Option<usize> {
    match (one, other) {
        (Some(a), Some(b)) if chains[b].0 > chains[a].0 => Some(b),
        (None, found) | (found, _) => found,
    }
}

impl Workshop {
    /// A text as the next version of the current one; if several were taken in at once,
    /// of the one shown, with the paragraphs of the others among those that are gone.
    pub fn rebase(&self, new: DraftText) -> DraftText {
        let Some(old) = self.draft_text() else { return new };
        let mut text = new.cleaned().over(old);
        let mut known: HashSet<ParagraphId> =
            text.paragraphs.iter().chain(&text.gone).map(|found| found.id).collect();
        for other in self.other_draft_texts() {
            for paragraph in other.paragraphs.iter().chain(&other.gone) {
                if known.insert(paragraph.id) {
                    text.gone.push(DraftParagraph { since: Since::Same, ..paragraph.clone() });
                }
            }
        }
        text
    }

    /// The changes that take in a newer version of the draft text, for one record: the text, and for
    /// everything that was pinned to a label of the old one a pin to the paragraph, so that it stays there
    /// when the text is renumbered. Empty if nothing would change.
    pub fn take_in_text(&self, new: DraftText) -> Vec<Change> {
        let text = self.rebase(new);
        let is_known = self.draft_text() == Some(&text) && self.other_draft_texts().is_empty();
        if is_known {
            return Vec::new();
        }
        let mut changes = vec![self.text_over(text)];
        let pinned = |pin: Option<&Pin>| match pin {
            Some(Pin::Label(label)) => self.labelled(label.as_str()).map(|found| Pin::At(found.id)),
            _ => None,
        };
        for point in self.points() {
            if let Some(pin) = pinned(point.paragraph()) {
                changes.extend(self.set(point.id(), Field::Paragraph(Some(pin))));
            }
        }
        for topic in self.topics() {
            for comment in self.comments(&topic.id) {
                if let Some(pin) = pinned(comment.paragraph()) {
                    let field = CommentField::Paragraph(Some(pin));
                    changes.extend(self.set_comment(comment.id(), field));
                }
            }
        }
        changes
    }

    /// All points and comments that lost their place in the draft text or may have, in the order of
    /// the text; empty if there is no text.
    pub fn astray(&self) -> Vec<Astray> {
        let Some(text) = self.draft_text() else { return Vec::new() };
        let places = text.paragraphs.iter().chain(&text.gone).enumerate();
        let places: HashMap<ParagraphId, usize> =
            places.map(|(nth, found)| (found.id, nth)).collect();
        let mut found: BTreeMap<(usize, Lost, Subject), Pin> = BTreeMap::new();
        let place = |pin: &Pin| {
            let id = self.anchor(pin).map(|(paragraph, _)| paragraph.id);
            id.and_then(|id| places.get(&id).copied()).unwrap_or(usize::MAX)
        };
        for point in self.points() {
            let Some(pin) = point.paragraph() else { continue };
            let looked = point.field(&Field::Paragraph(None)).1;
            let seen = looked.into_iter().max().is_some_and(|stamp| self.is_after_text(stamp));
            let lost = self.lost(pin, seen);
            let misfit = || self.misfit(point, pin).or(lost);
            let why = lost.filter(|lost| !lost.is_look()).or_else(misfit);
            if let Some(why) = why {
                found.insert((place(pin), why, Subject::Point(point.id())), pin.clone());
            }
        }
        for comment in self.topics().iter().flat_map(|topic| self.comments(&topic.id)) {
            let Some(pin) = comment.paragraph() else { continue };
            let looked = comment.field(&CommentField::Paragraph(None)).1;
            let seen = looked.into_iter().max().is_some_and(|stamp| self.is_after_text(stamp));
            if let Some(why) = self.lost(pin, seen) {
                found.insert((place(pin), why, Subject::Comment(comment.id())), pin.clone());
            }
        }
        let astray = found.into_iter();
        astray.map(|((_, why, of), pin)| Astray { of, pin, why }).collect()
    }

    /// Whether a pin was set by somebody who saw the current text.
    fn is_after_text(&self, stamp: Stamp) -> bool {
        stamp > self.text.stamp(Stamp::ORIGIN)
    }

    fn lost(&self, pin: &Pin, seen: bool) -> Option<Lost> {
        let Some((paragraph, after)) = self.anchor(pin) else {
            return Some(match pin {
                Pin::Label(_) => Lost::NoSuchLabel,
                Pin::At(_) | Pin::After(_) => Lost::Gone,
            });
        };
        match paragraph.since {
            _ if self.is_gone(paragraph.id) => Some(Lost::Gone),
            Since::Changed(percent) if percent < LOOK && !seen && !after => {
                Some(Lost::Changed(percent))
            }
            _ => None,
        }
    }

    /// Whether a point would change words that are not there.
    fn misfit(&self, point: &Point, pin: &Pin) -> Option<Lost> {
        let proposal = point.proposal()?;
        let (paragraph, after) = self.anchor(pin)?;
        // A new paragraph has no words yet that could be changed.
        let text = if after { "" } else { &*paragraph.text };
        proposal.locate(text).is_none().then_some(Lost::DoesNotFit)
    }
}
