//! Which paragraph is what: preamble and operative part, labels, levels, brackets.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::{Block, Rough, marker};
use crate::workshop::{
    DraftParagraph, DraftText, LONGEST_WORD, Label, Paragraph, ParagraphId, ParagraphKind, Since,
    clean, roman,
};

/// Verbs and moods that begin a preamble's paragraphs and do not end in -ing.
const RECITALS: &str = include_str!("recitals.txt");

/// The various forms of "do hereby": the operative part follows.
const LEADS: &str = include_str!("leads.txt");

/// The longest heading, in words.
const HEADING: usize = 10;
/// The longest heading that may begin as a preamble's paragraph does: "Sharing of information".
const TITLE: usize = 3;
/// The most words that may lead to the operative part without being a paragraph of it.
const LEAD: usize = 12;
/// How many labels a remark lists.
const NAMED: usize = 8;

/// Makes the draft text, and remarks on places that should be looked at.
pub(super) fn shape(rough: &Rough, remarks: &mut Vec<String>) -> DraftText {
    let mut blocks: Vec<Block> = rough.blocks.iter().filter_map(worded).collect();
    let explicit = explicit_labels(&mut blocks, remarks);
    let parts = parts(&blocks, &explicit);
    let title = Some(clean(&rough.title).into_owned()).filter(|title| !title.is_empty());
    let first = blocks.first().filter(|block| block.is_heading).map(|block| block.text.clone());
    let mut namer = Namer::new(explicit.iter().flatten());
    let mut paragraphs = Vec::with_capacity(blocks.len());
    let mut known: HashMap<(ParagraphKind, String), u32> = HashMap::new();
    for (nth, block) in blocks.iter().enumerate() {
        let (kind, label, level) = match (parts[nth], &explicit[nth]) {
            (part, Some(label)) => {
                let kind = part.kind();
                namer.follow(label, kind);
                (kind, Paragraph::from(label.as_str()), label.matches('(').count() as u8)
            }
            (DraftPart::Heading, None) if nth == 0 => {
                (ParagraphKind::Heading, namer.heading("Title"), 0)
            }
            (DraftPart::Heading, None) => {
                namer.headings += 1;
                (ParagraphKind::Heading, namer.heading(&format!("Heading {}", namer.headings)), 0)
            }
            (DraftPart::Lead, None) => (ParagraphKind::Heading, namer.heading("Chapeau"), 0),
            (DraftPart::Closing, None) => (ParagraphKind::Heading, namer.heading("Closing"), 0),
            (part, None) => {
                let (label, level) = namer.name(part.kind(), block);
                (part.kind(), label, level)
            }
        };
        let same = known.entry((kind, block.text.clone())).or_default();
        let id = ParagraphId::of(format!("{kind:?}|{}|{same}", block.text).as_bytes());
        *same += 1;
        paragraphs.push(DraftParagraph {
            id,
            kind,
            label,
            printed: block.printed.as_str().into(),
            level,
            text: block.text.as_str().into(),
            since: Since::Same,
        });
    }
    remarks.extend(untrue_numbers(&paragraphs));
    remarks.extend(brackets(&paragraphs));
    let title = title.or(first).unwrap_or_default();
    let short = |text: &str| text[..text.floor_char_boundary(LONGEST_WORD)].to_owned();
    DraftText {
        title: short(&title),
        version: short(&clean(&rough.version)),
        paragraphs,
        gone: Vec::new(),
    }
}

/// A block with words: if there is only a number, that is its words.
fn worded(block: &Block) -> Option<Block> {
    let (printed, text) = (clean(&block.printed), clean(&block.text));
    // Marks that a page ends with are not words; "[…]" is.
    let is_mark = text.chars().all(|letter| matches!(letter, '#' | '*' | '_' | '-' | '='));
    let (printed, text) = match (is_mark, printed.len() > LONGEST_WORD) {
        (true, _) => (String::new(), printed.into_owned()),
        (_, true) => (String::new(), format!("{printed} {text}")),
        _ => (printed.into_owned(), text.into_owned()),
    };
    (!text.is_empty()).then_some(Block { printed, text, ..*block })
}

/// Whether words begin as those of a preamble do.
pub(super) fn is_recital(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if !text.starts_with(char::is_uppercase) {
        return false;
    }
    let first = first_words(text, 1);
    first.ends_with("ing") && first.len() > 4 || RECITALS.lines().any(|word| word == first)
}

fn first_words(text: &str, number: usize) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(number).collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The labels that the text itself gives its paragraphs, if no other paragraph has them.
fn explicit_labels(blocks: &mut Vec<Block>, remarks: &mut Vec<String>) -> Vec<Option<String>> {
    let mut found: Vec<Option<String>> = Vec::with_capacity(blocks.len());
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    // A label on a line of its own, for what comes next.
    let mut alone: Option<(String, Block)> = None;
    for mut block in std::mem::take(blocks) {
        let given = marker::explicit(&block.text).filter(|_| block.printed.is_empty());
        let given =
            given.map(|(label, printed, words)| (label, printed.to_owned(), words.to_owned()));
        if let Some((label, before)) = alone.take() {
            if given.is_none() && block.printed.is_empty() && !block.is_heading {
                block.printed = before.text;
                found.push(Some(label));
                kept.push(block);
                continue;
            }
            found.push(None);
            kept.push(before);
        }
        match given {
            Some((label, _, words)) if words.is_empty() && !label.starts_with("Article") => {
                alone = Some((label, block));
                continue;
            }
            Some((label, _, words)) if words.is_empty() => {
                block.is_heading = true;
                found.push(Some(label));
            }
            Some((label, printed, words)) => {
                block.is_heading &= label.starts_with("Article");
                (block.printed, block.text) = (printed, words);
                found.push(Some(label));
            }
            None => found.push(None),
        }
        kept.push(block);
    }
    if let Some((_, before)) = alone {
        found.push(None);
        kept.push(before);
    }
    *blocks = kept;
    let mut count: HashMap<Label, usize> = HashMap::new();
    for label in found.iter().flatten() {
        *count.entry(Label::read(label)).or_default() += 1;
    }
    let mut twice: Vec<&str> = Vec::new();
    let labels = found
        .iter()
        .map(|label| {
            let label = label.as_ref()?;
            if count.get(&Label::read(label)) == Some(&1) {
                return Some(label.clone());
            }
            if !twice.contains(&label.as_str()) && twice.len() < NAMED {
                twice.push(label);
            }
            None
        })
        .collect();
    if !twice.is_empty() {
        remarks.push(format!(
            "The text calls several paragraphs {}; they are numbered again.",
            twice.join(", ")
        ));
    }
    labels
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DraftPart {
    Heading,
    Preambular,
    /// The words that lead to the operative part.
    Lead,
    Operative,
    /// Where and when it was adopted.
    Closing,
}

impl DraftPart {
    fn kind(self) -> ParagraphKind {
        match self {
            Self::Preambular => ParagraphKind::Preambular,
            Self::Operative => ParagraphKind::Operative,
            Self::Heading | Self::Lead | Self::Closing => ParagraphKind::Heading,
        }
    }
}

fn parts(blocks: &[Block], explicit: &[Option<String>]) -> Vec<DraftPart> {
    let is_heading = |nth: usize| {
        let block: &Block = &blocks[nth];
        block.is_heading || explicit[nth].is_none() && looks_like_heading(block, nth, blocks.len())
    };
    let open = |nth: &usize| !is_heading(*nth) && explicit[*nth].is_none();
    let all = 0..blocks.len();
    let lead = all.clone().filter(open).find(|nth| leads(&blocks[*nth]));
    let first = lead.unwrap_or_else(|| {
        // Without such words the preamble ends where paragraphs no longer begin as its own do.
        let recital = |nth: usize| is_recital(&blocks[nth].text) && blocks[nth].printed.is_empty();
        let mut last = None;
        for nth in all.clone().filter(open) {
            match recital(nth) {
                true => last = Some(nth),
                // "The General Assembly," comes before the first.
                false if last.is_none() && blocks[nth].printed.is_empty() && nth < 3 => {}
                false => break,
            }
        }
        last.map_or(0, |last| last + 1)
    });
    all.map(|nth| {
        let block = &blocks[nth];
        if let Some(label) = &explicit[nth] {
            return match Label::read(label) {
                _ if block.is_heading => DraftPart::Heading,
                label if label.is_preambular() => DraftPart::Preambular,
                _ => DraftPart::Operative,
            };
        }
        if is_heading(nth) {
            return DraftPart::Heading;
        }
        if nth < first {
            return DraftPart::Preambular;
        }
        let words = block.text.split_whitespace().count();
        if Some(nth) == lead && (words <= LEAD || block.text.ends_with(':')) {
            return DraftPart::Lead;
        }
        let begins = first_words(&block.text, 2);
        let closes = ["adopted", "done", "signed"].iter().any(|word| {
            let rest = begins.strip_prefix(word).unwrap_or_default();
            matches!(rest, " at" | " in" | " on" | " this" | " by")
        });
        if closes && block.printed.is_empty() && nth + 4 > blocks.len() {
            return DraftPart::Closing;
        }
        DraftPart::Operative
    })
    .collect()
}

/// Whether words lead to the operative part: `DO HEREBY`, `HAVE AGREED as follows:`.
fn leads(block: &Block) -> bool {
    if !block.printed.is_empty() {
        return false;
    }
    let begins = first_words(&block.text, 6);
    let bare = ["now therefore", "we", "do", "the members"]
        .iter()
        .fold(&*begins, |rest, word| rest.strip_prefix(word).map_or(rest, str::trim_start));
    let hereby = begins.split(' ').take(4).any(|word| word == "hereby");
    hereby
        || LEADS.lines().any(|lead| bare.starts_with(lead))
        || bare == "declare"
        || bare == "agree"
}

/// Whether a block without a number of its own is a heading: short, and not a sentence.
fn looks_like_heading(block: &Block, nth: usize, of: usize) -> bool {
    let text = &block.text;
    block.printed.is_empty()
        && nth + 1 < of
        && text.len() <= 160
        && text.split_whitespace().count() <= HEADING
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !text.ends_with(['.', ';', ':', ',', '!', '?', ']'])
        && !(is_recital(text) && text.split_whitespace().count() > TITLE)
        && !leads(block)
}

/// Gives paragraphs their labels: their position counts, not what was printed.
struct Namer {
    taken: HashSet<Label>,
    headings: usize,
    preambular: NumberSeries,
    operative: NumberSeries,
}

/// How far the numbers of a part have come.
struct NumberSeries {
    prefix: &'static str,
    number: u64,
    /// The label of the last paragraph that is not a part of another.
    above: Option<String>,
    /// The last letter of the first level: its label, and its value.
    letter: Option<(String, u64)>,
    /// The level at which Roman numerals are used, and the last of them.
    roman: Option<(u8, u64)>,
    /// How many parts without a letter there were.
    parts: u64,
    /// Whether the last paragraph calls for parts: it ends in a colon, or is one itself.
    is_open: bool,
}

impl NumberSeries {
    fn new(prefix: &'static str) -> Self {
        Self { prefix, number: 0, above: None, letter: None, roman: None, parts: 0, is_open: false }
    }

    fn begin(&mut self, label: &str, text: &str) {
        self.above = Some(label.to_owned());
        (self.letter, self.roman, self.parts) = (None, None, 0);
        self.is_open = text.ends_with(':') || text.ends_with("to") || text.ends_with('—');
    }
}

impl Namer {
    fn new<'a>(explicit: impl Iterator<Item = &'a String>) -> Self {
        let taken = explicit.map(|label| Label::read(label)).collect();
        let (preambular, operative) = (NumberSeries::new("PP"), NumberSeries::new("OP"));
        Self { taken, headings: 0, preambular, operative }
    }

    /// A label that nothing has yet, as close to this one as possible.
    fn free(&mut self, label: &str) -> String {
        let free = if self.taken.contains(&Label::read(label)) {
            Label::inserted_after(label, |label| self.taken.contains(label)).to_string()
        } else {
            label.to_owned()
        };
        self.taken.insert(Label::read(&free));
        free
    }

    fn heading(&mut self, label: &str) -> Paragraph {
        let mut free = label.to_owned();
        for nth in 2.. {
            if self.taken.insert(Label::read(&free)) {
                break;
            }
            free = format!("{label} {nth}");
        }
        Paragraph::from(&*free)
    }

    fn series(&mut self, kind: ParagraphKind) -> &mut NumberSeries {
        match kind {
            ParagraphKind::Preambular => &mut self.preambular,
            _ => &mut self.operative,
        }
    }

    /// Continues from a label that the text itself gave.
    fn follow(&mut self, label: &str, kind: ParagraphKind) {
        if kind == ParagraphKind::Heading {
            return;
        }
        let read = Label::read(label);
        let series = self.series(kind);
        if label.starts_with(series.prefix) && !label.contains('(') {
            series.number = read.number().unwrap_or_default().max(series.number);
            series.begin(label, ":");
        }
    }

    fn name(&mut self, kind: ParagraphKind, block: &Block) -> (Paragraph, u8) {
        let suffix = Label::suffix(&block.printed);
        let series = self.series(kind);
        let (label, level) = match (part_of(series, block), suffix) {
            (Some((label, level)), _) => (self.free(&label), level),
            (None, Some(suffix)) => {
                let label = format!("{}{}{suffix}", series.prefix, series.number.max(1));
                let label = self.free(&label);
                self.series(kind).begin(&label, &block.text);
                (label, 0)
            }
            (None, None) => {
                let (prefix, mut number) = (series.prefix, series.number);
                let label = loop {
                    number += 1;
                    let label = format!("{prefix}{number}");
                    if self.taken.insert(Label::read(&label)) {
                        break label;
                    }
                };
                let series = self.series(kind);
                series.number = number;
                series.begin(&label, &block.text);
                (label, 0)
            }
        };
        (Paragraph::from(&*label), level)
    }
}

/// The label and the level of a block that is part of the paragraph above it.
fn part_of(series: &mut NumberSeries, block: &Block) -> Option<(String, u8)> {
    let above = series.above.clone()?;
    let printed = block.printed.as_str();
    let inner = printed.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let is_bullet = marker::is_bullet(printed) || printed.is_empty() && block.depth > 0;
    if is_bullet && (series.is_open || block.depth > 0) {
        series.parts += 1;
        let label = format!("{above}({})", series.parts);
        return Some((label, block.depth.clamp(1, 4)));
    }
    if !inner.is_empty() && inner.chars().all(char::is_alphabetic) {
        let one = inner.chars().next().filter(|_| inner.len() == 1);
        let letter = one.map(|letter| u64::from(u32::from(letter) - u32::from('a') + 1));
        let next = series.letter.as_ref().map_or(1, |(_, last)| last + 1);
        let counts = roman(&inner);
        let goes_on = series.roman.filter(|(_, last)| counts == Some(last + 1));
        let level = match (goes_on, counts) {
            (Some((level, _)), _) => level,
            // The i after an h, the c after a ii.
            (None, _) if letter == Some(next) && series.roman.is_none_or(|(at, _)| at == 2) => 1,
            (None, Some(_)) => series
                .roman
                .map_or_else(|| if series.letter.is_some() { 2 } else { 1 }, |(level, _)| level),
            (None, None) => 1,
        };
        let is_roman = goes_on.is_some() || letter != Some(next) && counts.is_some();
        let label = match &series.letter {
            Some((upper, _)) if level == 2 => format!("{upper}({inner})"),
            _ => format!("{above}({inner})"),
        };
        if is_roman {
            series.roman = counts.map(|counts| (level, counts));
        } else {
            series.letter = Some((label.clone(), letter.unwrap_or(next)));
            series.roman = None;
        }
        series.is_open = true;
        return Some((label, level));
    }
    // 3.1 under 3.
    if inner.contains('.')
        && Label::suffix(printed).is_none()
        && inner.ends_with(|c: char| c.is_ascii_digit())
    {
        series.parts += 1;
        return Some((
            format!("{above}.{}", series.parts),
            inner.matches('.').count().min(4) as u8,
        ));
    }
    None
}

/// What to say if printed numbers differ from the paragraphs' labels.
fn untrue_numbers(paragraphs: &[DraftParagraph]) -> Option<String> {
    let printed: Vec<(&str, bool)> = paragraphs
        .iter()
        .filter(|found| found.level == 0 && found.kind != ParagraphKind::Heading)
        .filter_map(|found| {
            let figures: String = found.printed.chars().filter(char::is_ascii_digit).collect();
            let number = Label::read(found.label.as_str()).number()?;
            (!figures.is_empty()).then(|| (found.printed.as_str(), figures.parse() == Ok(number)))
        })
        .collect();
    if printed.iter().all(|(_, is_true)| *is_true) {
        return None;
    }
    let begin: Vec<&str> = printed.iter().take(5).map(|(printed, _)| *printed).collect();
    Some(format!(
        "The printed numbers ({} …) do not count the paragraphs; they are called by their place: {} to {}.",
        begin.join(" "),
        paragraphs.iter().find(|found| found.kind == ParagraphKind::Operative)?.label,
        paragraphs
            .iter()
            .rfind(|found| found.kind == ParagraphKind::Operative && found.level == 0)?
            .label,
    ))
}

/// What to say about square brackets that do not balance.
fn brackets(paragraphs: &[DraftParagraph]) -> Option<String> {
    let count = |text: &str, bracket: char| text.matches(bracket).count();
    let whole = |bracket| paragraphs.iter().map(|found| count(&found.text, bracket)).sum::<usize>();
    let odd: Vec<&DraftParagraph> = paragraphs
        .iter()
        .filter(|found| {
            let mut depth = 0_i64;
            let mut stray = false;
            for letter in found.text.chars() {
                depth += i64::from(letter == '[') - i64::from(letter == ']');
                stray |= depth < 0;
            }
            stray || depth != 0
        })
        .collect();
    if odd.is_empty() {
        return None;
    }
    let named: Vec<&str> = odd.iter().take(NAMED).map(|found| found.label.as_str()).collect();
    let mut remark = format!("Square brackets do not balance in {}", named.join(", "));
    if odd.len() > NAMED {
        let _ = write!(remark, " and {} more", odd.len() - NAMED);
    }
    let (open, close) = (whole('['), whole(']'));
    if open == close {
        remark.push_str("; in the whole text they do. They are kept as they are.");
    } else {
        let _ = write!(
            remark,
            "; the whole text opens {open} and closes {close}. They are kept as they are."
        );
    }
    Some(remark)
}
