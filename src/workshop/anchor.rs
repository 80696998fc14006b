//! Where in the draft text the things that people said belong.

use std::{borrow::Cow, collections::HashMap};

use super::{
    Change, DraftParagraph, DraftText, Label, Paragraph, ParagraphId, Pin, Stamp, Workshop,
};

/// Finds paragraphs of the draft text by id and by label: used for every point that is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphPlaces {
    ids: HashMap<ParagraphId, usize>,
    labels: HashMap<Label, usize>,
}

impl ParagraphPlaces {
    /// The places in this text: its own paragraphs first, then those that are gone.
    pub(super) fn of(text: Option<&DraftText>) -> Self {
        let mut places = Self::default();
        let Some(text) = text else { return places };
        for (nth, paragraph) in text.paragraphs.iter().chain(&text.gone).enumerate() {
            places.ids.entry(paragraph.id).or_insert(nth);
            if nth < text.paragraphs.len() {
                places.labels.entry(Label::read(paragraph.label.as_str())).or_insert(nth);
            }
        }
        places
    }
}

impl DraftText {
    fn at(&self, place: usize) -> Option<&DraftParagraph> {
        let gone = || self.gone.get(place - self.paragraphs.len());
        self.paragraphs.get(place).or_else(gone)
    }
}

impl Workshop {
    /// The current draft text, if one was taken in.
    pub fn draft_text(&self) -> Option<&DraftText> {
        self.text.get().as_deref()
    }

    /// Other draft texts that were taken in at the same time: a person must choose.
    pub fn other_draft_texts(&self) -> Vec<&DraftText> {
        self.text.alternatives().into_iter().filter_map(|text| text.as_deref()).collect()
    }

    /// The change that takes in a draft text as the next version of the current one. Pins to labels
    /// are changed only by [`take_in_text`](Self::take_in_text).
    pub fn set_draft_text(&self, to: DraftText) -> Change {
        self.text_over(self.rebase(to))
    }

    /// The change that sets the draft text as it is.
    pub(super) fn text_over(&self, to: DraftText) -> Change {
        let over = self.text.live(Stamp::ORIGIN).into();
        Change::TextChanged { to: Some(Box::new(to)), over }
    }

    /// The paragraph of this id, in the current text or among those that are gone.
    pub fn draft_paragraph(&self, id: ParagraphId) -> Option<&DraftParagraph> {
        self.draft_text()?.at(*self.places.ids.get(&id)?)
    }

    /// The paragraph that people mean by this label: `5` and `para 5` mean `OP5` unless another paragraph
    /// has that label.
    pub fn labelled(&self, label: &str) -> Option<&DraftParagraph> {
        let label = Label::read(label);
        let known = |label: &Label| self.places.labels.get(label);
        let place = known(&label).or_else(|| label.readings().find_map(|meant| known(&meant)))?;
        self.draft_text()?.at(*place)
    }

    /// The paragraph that something is pinned to, if there is one, and whether a new paragraph after
    /// it is meant.
    pub fn anchor(&self, pin: &Pin) -> Option<(&DraftParagraph, bool)> {
        match pin {
            Pin::Label(label) => self.labelled(label.as_str()).map(|found| (found, false)),
            Pin::At(id) => self.draft_paragraph(*id).map(|found| (found, false)),
            Pin::After(id) => self.draft_paragraph(*id).map(|found| (found, true)),
        }
    }

    /// Whether a paragraph is no longer in the text.
    pub fn is_gone(&self, id: ParagraphId) -> bool {
        let there = self.draft_text().map_or(0, |text| text.paragraphs.len());
        self.places.ids.get(&id).is_none_or(|place| *place >= there)
    }

    /// The pin that people mean by these words: `OP5`, `after OP5`, or a label that is not in the text.
    pub fn pin(&self, words: &str) -> Pin {
        let words = words.trim();
        if let Some(found) = self.labelled(words) {
            return Pin::At(found.id);
        }
        // Not every word is a label: "after" in any case, or a plus before or after it.
        let lower = words.to_lowercase();
        let after = lower.strip_prefix("after ").or_else(|| lower.strip_prefix('+'));
        match after.or_else(|| lower.strip_suffix('+')).and_then(|label| self.labelled(label)) {
            Some(found) => Pin::After(found.id),
            None => Pin::from(words),
        }
    }

    /// What people call the place of a pin: `OP5`, `after OP5`. Paragraphs that are no longer in the
    /// text have their last label, marked as gone: another may have that label now.
    pub fn printed<'a>(&'a self, pin: &'a Pin) -> Cow<'a, str> {
        match pin.paragraph() {
            Some((id, _)) if self.draft_paragraph(id).is_some() && self.is_gone(id) => {
                format!("{} (gone)", self.called(pin)).into()
            }
            _ => self.called(pin),
        }
    }

    /// The same without that mark.
    pub fn called<'a>(&'a self, pin: &'a Pin) -> Cow<'a, str> {
        match (self.anchor(pin), pin) {
            (Some((found, false)), _) => found.label.as_str().into(),
            (Some((found, true)), _) => format!("after {}", found.label).into(),
            (None, Pin::Label(label)) => label.as_str().into(),
            (None, Pin::At(_)) => "a paragraph".into(),
            (None, Pin::After(_)) => "after a paragraph".into(),
        }
    }

    /// The same as a label.
    pub fn printed_label(&self, pin: &Pin) -> Paragraph {
        Paragraph::from(&*self.printed(pin))
    }
}
