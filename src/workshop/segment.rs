//! Cutting a text into words: the finest that a redline ever cuts.

#![cfg_attr(
    windows,
    allow(
        clippy::missing_const_for_thread_local,
        reason = "it is const, but not seen as such there"
    )
)]

use std::cell::OnceCell;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use unicode_segmentation::UnicodeSegmentation;

thread_local! {
    /// Made when the first text is cut: its data for Thai, Lao, Khmer and Burmese is large.
    static SEGMENTER: OnceCell<WordSegmenterBorrowed<'static>> = const { OnceCell::new() };
}

/// A piece of a text: a word, or what is between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment<'a> {
    pub(super) text: &'a str,
    /// Whether it is a word or a number, rather than spaces or punctuation.
    pub(super) is_word: bool,
}

impl Segment<'_> {
    pub(super) fn is_space(&self) -> bool {
        !self.is_word && self.text.chars().all(char::is_whitespace)
    }
}

/// The text in pieces, in order and with nothing left out. No piece begins or ends within what a
/// person sees as one letter; scripts that put no spaces between words are cut into words too.
pub(super) fn segments(text: &str) -> Vec<Segment<'_>> {
    let breaks: Vec<(usize, bool)> = SEGMENTER.with(|segmenter| {
        let new = || WordSegmenter::new_auto(WordBreakInvariantOptions::default());
        let segmenter = segmenter.get_or_init(new);
        let breaks = segmenter.segment_str(text).iter_with_word_type();
        breaks.map(|(at, kind)| (at, kind.is_word_like())).collect()
    });
    // What a person sees as one letter, if that is more than one byte.
    let mut letters = (!text.is_ascii()).then(|| text.grapheme_indices(true).peekable());
    let mut whole = |at: usize| match &mut letters {
        None => true,
        Some(letters) => {
            while letters.next_if(|(start, _)| *start < at).is_some() {}
            letters.peek().map_or(text.len(), |(start, _)| *start) == at
        }
    };
    let mut segments = Vec::with_capacity(breaks.len());
    let (mut from, mut is_word) = (0, false);
    for (at, word) in breaks.into_iter().filter(|(at, _)| *at > 0) {
        is_word |= word;
        if whole(at) {
            segments.push(Segment { text: &text[from..at], is_word });
            (from, is_word) = (at, false);
        }
    }
    if from < text.len() {
        segments.push(Segment { text: &text[from..], is_word });
    }
    segments
}

/// The words alone, as they are compared.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    segments(text).into_iter().filter(|found| found.is_word).map(|found| found.text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        segments(text).iter().map(|found| found.text).collect()
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_words() {
        assert_eq!(cut("ทุกสองสัปดาห์"), ["ทุก", "สอง", "สัปดาห์"]);
        for text in
            ["មនុស្សទាំងអស់កើតមកមានសេរីភាព", "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့်", "ມະນຸດທຸກຄົນເກີດມາມີກຽດສັກສີ"]
        {
            let words = cut(text);
            let letters = text.graphemes(true).count();
            assert!(words.len() > 3 && words.len() * 3 / 2 < letters, "{words:?}");
        }
    }

    #[test]
    fn nothing_that_is_one_letter_is_cut() {
        for text in ["ශ්‍රී ලංකාව", "👩🏽‍🌾👍🏿", "e\u{301}\u{323}tat", "क्षत्रिय", "a\u{200d}b", "1️⃣2"]
        {
            let mut at = 0;
            let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            for segment in segments(text) {
                assert!(ends.contains(&at), "{text} at {at}");
                at += segment.text.len();
            }
            assert_eq!(at, text.len());
        }
    }
}
