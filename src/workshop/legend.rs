//! Quantifiers: how many were for something, in words that everybody understands the same way.

use std::{collections::HashSet, fmt};

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// Up to this many are "some": so few could be identified.
const FEW: usize = 2;

/// Which share has which word. Printed in every export.
///
/// Shares are whole percents, rounded down, so that no word says more than the count does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Legend(Box<[Band]>);

/// A word and the lowest share it is used for. The bands go from the highest share down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The word.
    pub word: CompactString,
    /// The lowest share, in percent.
    pub from: u8,
}

/// Why a legend cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadLegend {
    /// A part of it does not have the form "word low-high".
    Unread(String),
    /// These shares have no word.
    Gap(u8, u8),
    /// These shares have two words.
    Overlap(u8, u8),
    /// This word is used for two shares.
    Twice(String),
}

impl fmt::Display for BadLegend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(part) => write!(
                f,
                "“{part}” is not a word with its shares. Write it like “most 75-90; majority 50-74”."
            ),
            Self::Gap(low, high) => write!(
                f,
                "{low} to {high} % have no word; nothing was changed. The shares must go from 0 \
                 to 100 without a gap."
            ),
            Self::Overlap(low, high) => write!(
                f,
                "{low} to {high} % have two words; nothing was changed. Each share must have one."
            ),
            Self::Twice(word) => write!(
                f,
                "“{word}” appears twice, so its share would be unclear. Nothing was changed."
            ),
        }
    }
}

impl std::error::Error for BadLegend {}

impl Default for Legend {
    /// The usual convention: almost all over 90 %, most 75–90 %, majority 50–74 %, less than
    /// half 16–49 %, few up to 15 %.
    fn default() -> Self {
        let band = |word: &str, from| Band { word: word.into(), from };
        Self(Box::new([
            band("almost all", 91),
            band("most", 75),
            band("majority", 50),
            band("less than half", 16),
            band("few", 0),
        ]))
    }
}

impl Legend {
    /// Reads a legend as people write it: `almost all 91-100; most 75-90; …; few 0-15`.
    pub fn read(text: &str) -> Result<Self, BadLegend> {
        let mut ranges = Vec::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let unread = || BadLegend::Unread(part.to_owned());
            let plain = part.replace('–', "-").replace('%', "");
            let (word, shares) = plain.trim().rsplit_once(' ').ok_or_else(unread)?;
            let (low, high) = shares.split_once('-').ok_or_else(unread)?;
            let number = |text: &str| text.parse::<u8>().ok().filter(|share| *share <= 100);
            let (low, high) = number(low).zip(number(high)).ok_or_else(unread)?;
            if low > high || word.trim().is_empty() {
                return Err(unread());
            }
            ranges.push((low, high, CompactString::from(word.trim())));
        }
        ranges.sort();
        let mut next = 0;
        for (low, high, _) in &ranges {
            match i16::from(*low) - next {
                1.. => return Err(BadLegend::Gap(next as u8, low - 1)),
                ..0 => {
                    return Err(BadLegend::Overlap(*low, (next - 1).min(i16::from(*high)) as u8));
                }
                0 => next = i16::from(*high) + 1,
            }
        }
        if next <= 100 {
            return Err(BadLegend::Gap(next as u8, 100));
        }
        let mut words = HashSet::new();
        if let Some((_, _, twice)) = ranges.iter().find(|it| !words.insert(it.2.to_lowercase())) {
            return Err(BadLegend::Twice(twice.to_string()));
        }
        let bands = ranges.into_iter().rev().map(|(from, _, word)| Band { word, from });
        Ok(Self(bands.collect()))
    }

    /// The legend of these bands, from the highest share down, if every share has one word.
    pub fn of(bands: impl IntoIterator<Item = Band>) -> Option<Self> {
        Some(Self(bands.into_iter().collect())).filter(Self::is_sound)
    }

    /// The bands, from the highest share down.
    pub fn bands(&self) -> &[Band] {
        &self.0
    }

    /// The word for this many of all: `most groups`. One or two are always `some`, because they could
    /// be identified; zero has no word.
    pub fn quantify(&self, count: usize, all: usize, who: &str) -> Option<String> {
        let share = (100 * count.min(all)).checked_div(all)?;
        match count {
            0 => None,
            count if count <= FEW => Some(format!("some {who}")),
            _ => {
                let band = self.0.iter().find(|band| usize::from(band.from) <= share)?;
                Some(format!("{} {who}", band.word))
            }
        }
    }

    /// Whether a legend read from elsewhere covers every share once.
    pub(super) fn is_sound(&self) -> bool {
        let falling = self.0.is_sorted_by(|a, b| a.from > b.from);
        let whole = self.0.last().is_some_and(|band| band.from == 0);
        falling && whole && self.0.iter().all(|band| band.from <= 100 && !band.word.is_empty())
    }
}

impl fmt::Display for Legend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut high = 100;
        for (nth, band) in self.0.iter().enumerate() {
            if nth > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{} {}-{high}", band.word, band.from)?;
            high = band.from.saturating_sub(1);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legend_reads_back_as_it_is_printed() {
        let legend = Legend::default();
        assert!(legend.is_sound());
        assert_eq!(
            legend.to_string(),
            "almost all 91-100; most 75-90; majority 50-74; less than half 16-49; few 0-15"
        );
        assert_eq!(Legend::read(&legend.to_string()), Ok(legend));
    }

    #[test]
    fn gaps_and_overlaps_are_refused_with_their_shares() {
        for (text, why) in [
            ("all 51-100; few 0-40", BadLegend::Gap(41, 50)),
            ("all 40-100; few 0-50", BadLegend::Overlap(40, 50)),
            ("all 0-90", BadLegend::Gap(91, 100)),
            ("", BadLegend::Gap(0, 100)),
            ("all", BadLegend::Unread("all".into())),
            ("all 0-900", BadLegend::Unread("all 0-900".into())),
            ("a 0-100; b 0-100", BadLegend::Overlap(0, 100)),
            ("all 50-100; All 0-49", BadLegend::Twice("all".into())),
        ] {
            assert_eq!(Legend::read(text), Err(why), "{text}");
        }
    }

    #[test]
    fn no_word_says_more_than_the_count_and_small_counts_reveal_nobody() {
        let legend = Legend::default();
        let said = |count, all| legend.quantify(count, all, "groups");
        for (count, all, words) in [
            (4, 4, "almost all groups"),
            (3, 4, "most groups"),
            (2, 4, "some groups"),
            (1, 1, "some groups"),
            (74, 99, "majority groups"),
            (90, 100, "most groups"),
            (91, 100, "almost all groups"),
            (3, 100, "few groups"),
        ] {
            assert_eq!(said(count, all).as_deref(), Some(words), "{count} of {all}");
        }
        assert_eq!((said(0, 4), said(3, 0)), (None, None));
    }
}
