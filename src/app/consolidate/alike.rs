//! Which points are like one. Everything the screen suggests comes from here.

use unicode_segmentation::UnicodeSegmentation;

use super::super::App;
use crate::workshop::PointId;

/// How many points are suggested.
const MOST: usize = 50;
/// The least likeness that is worth a look.
const LEAST: f32 = 0.2;
/// Shorter words say little, in letters.
const SHORT: usize = 4;
/// So many different words of a long point are looked at.
const WORDS: usize = 40;

impl App {
    /// The points like this one across groups and topics, most alike first, each with how much: 1
    /// where it has all the words. A word that few points have weighs more than one that many have.
    pub(super) fn alike(&mut self, point: PointId) -> Vec<(PointId, f32)> {
        let Some(found) = self.workshop.point(point) else { return Vec::new() };
        let text = found.text().to_lowercase();
        let mut words: Vec<&str> =
            text.unicode_words().filter(|word| word.chars().count() >= SHORT).collect();
        words.sort_unstable();
        words.dedup();
        words.truncate(WORDS);
        let captured = self.workshop.captured();
        let (mut likeness, mut whole) = (vec![0.0_f32; captured], 0.0_f32);
        for word in words {
            let holding = self.capture.listing.holding(&self.workshop, word);
            let many = holding.iter().filter(|holds| **holds).count();
            let weight = (1.0 + captured as f32 / many.max(1) as f32).ln();
            whole += weight;
            for (likeness, _) in likeness.iter_mut().zip(&holding).filter(|(_, holds)| **holds) {
                *likeness += weight;
            }
        }
        let others = likeness.into_iter().zip(0..).map(|(like, index)| (like / whole, index));
        let mut others: Vec<(f32, u32)> = others
            .filter(|(like, index)| *like >= LEAST && self.workshop.point_at(*index).id() != point)
            .collect();
        others.sort_by(|(one, a), (other, b)| other.total_cmp(one).then(a.cmp(b)));
        others
            .into_iter()
            .map(|(like, index)| (self.workshop.point_at(index), like))
            .filter(|(point, _)| !point.is_deleted())
            .map(|(point, like)| (point.id(), like))
            .take(MOST)
            .collect()
    }
}
