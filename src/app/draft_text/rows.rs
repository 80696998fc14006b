//! What a paragraph, or something said about it, shows, row by row. Measured and drawn alike.

use std::borrow::Cow;

use super::super::{Area, EntryRow, Ink, Paragraphs, RowPiece, say, wrap};
use super::{Core, Count, Entry, ParagraphRemark, Spot};
use crate::workshop::{
    self, CommentId, Disposition, DraftParagraph, Fate, Lost, ParagraphKind, Passage, Point, Since,
    Subject, bracketed, compile,
};

/// Columns to the left of the text: mark, label, counts.
const MARGIN: usize = 17;
/// Columns to the left of what was said: mark, group, kind.
const GUTTER: usize = 12;
/// How many rows an entry has that is not chosen.
const FEW: usize = 2;
/// How many rows the chosen entry has.
const MANY: usize = 60;
/// The most of a text that is laid out, in bytes.
const LONGEST: usize = 12_000;

/// Text in several inks, to be laid out in rows of a given width.
#[derive(Default)]
struct Ribbon {
    text: String,
    /// Where each ink ends.
    inks: Vec<(usize, Ink)>,
}

impl Ribbon {
    fn push(&mut self, words: &str, ink: Ink) {
        if words.is_empty() || self.text.len() > LONGEST {
            return;
        }
        let mut end = words.len().min(LONGEST);
        while !words.is_char_boundary(end) {
            end -= 1;
        }
        self.text.push_str(&wrap::visible(&words[..end]));
        if end < words.len() {
            self.text.push('…');
        }
        match self.inks.last_mut().filter(|(_, last)| *last == ink) {
            Some((at, _)) => *at = self.text.len(),
            None => self.inks.push((self.text.len(), ink)),
        }
    }

    fn lay(&self, x: usize, width: usize, most: usize) -> Vec<EntryRow> {
        let all = wrap::rows(&self.text, width.saturating_sub(x + 1));
        let mut rows: Vec<EntryRow> = Vec::new();
        for range in all.iter().take(most) {
            let mut row = EntryRow { x: x as u16, pieces: Vec::new() };
            let mut from = range.start;
            for (end, ink) in &self.inks {
                let to = (*end).min(range.end);
                if to > from {
                    row.pieces.push(RowPiece { text: self.text[from..to].to_owned(), ink: *ink });
                    from = to;
                }
            }
            rows.push(row);
        }
        if all.len() > most
            && let Some(row) = rows.last_mut()
        {
            row.pieces.push(RowPiece { text: " …".into(), ink: Ink::Dim });
        }
        rows
    }
}

impl Paragraphs {
    pub(super) fn spot_entry(&self, core: &Core, place: usize, area: Area) -> Entry {
        let Some(spot) = self.spots.get(place) else { return Entry::default() };
        let count = self.count(place);
        // A tall screen has room to show more of the running text.
        let (width, height) = (usize::from(area.width), usize::from(area.height));
        let most = if self.at() == place { MANY } else { FEW.max(height / 8) };
        let mut ribbon = Ribbon::default();
        let (mut label, mut is_heading) = (String::new(), false);
        match (spot, self.draft_paragraph_at(core, place)) {
            (Spot::Astray, _) => {
                let strays = say::counted(self.strays(), "item");
                ribbon.push(
                    &format!("Needs a person: {strays} lost the place in the text"),
                    Ink::Gap,
                );
            }
            (_, None) => {
                ribbon.push("The whole text: points that are not on one paragraph", Ink::Dim);
            }
            (_, Some(paragraph)) => {
                if paragraph.kind == ParagraphKind::Heading {
                    is_heading = true;
                } else {
                    label = wrap::shorten(paragraph.label.as_str(), 8);
                }
                self.paragraph_words(core, paragraph, (place, *spot), &mut ribbon);
            }
        }
        let indent =
            self.draft_paragraph_at(core, place).map_or(0, |found| usize::from(found.level.min(4)));
        Entry {
            label,
            count: margin(*spot, count, is_heading),
            silent: self.is_silent(place),
            rows: ribbon.lay(MARGIN + 2 * indent, width, most),
            ..Entry::default()
        }
    }

    fn paragraph_words(
        &self,
        core: &Core,
        paragraph: &DraftParagraph,
        (place, spot): (usize, Spot),
        ribbon: &mut Ribbon,
    ) {
        let text = &*paragraph.text;
        let proposals = if self.compiled { self.proposals_at(core, place) } else { vec![] };
        if proposals.is_empty() {
            ribbon.push(text, Ink::Plain);
        }
        for passage in compile(text, &proposals).into_iter().filter(|_| !proposals.is_empty()) {
            match passage {
                Passage::Agreed(words) => ribbon.push(words, Ink::Plain),
                Passage::Open { now, others } => {
                    if !now.is_empty() {
                        ribbon.push(&bracketed(now), Ink::Plain);
                    }
                    for (words, _) in &others {
                        ribbon.push(&bracketed(words), Ink::Put);
                    }
                    if others.len() > 1 {
                        ribbon.push("‹conflict›", Ink::Gap);
                    }
                }
            }
        }
        let since = match paragraph.since {
            _ if matches!(spot, Spot::Gone(_)) => " · no longer in the text".to_owned(),
            Since::Same => return,
            Since::Moved => " · moved".to_owned(),
            Since::Changed(percent) => format!(" · changed, {percent} % similar"),
            Since::New => " · new".to_owned(),
        };
        ribbon.push(&since, Ink::Dim);
    }

    /// The proposals on a paragraph that count; they come first in what was said there.
    fn proposals_at<'a>(&self, core: &'a Core, place: usize) -> Vec<(u32, &'a workshop::Proposal)> {
        let said = self.said.get(place).map_or(&[][..], Vec::as_slice);
        let points = said.iter().map_while(|said| match said {
            ParagraphRemark::Point(index) => {
                let point = core.workshop.point_at(*index);
                point.proposal().map(|proposal| (*index, point, proposal))
            }
            ParagraphRemark::Comment(_) => None,
        });
        let proposal = |(index, point, proposal)| {
            let point: &Point = point;
            let (_, after) = core.workshop.anchor(point.paragraph()?)?;
            let counts =
                !point.is_parked() && !matches!(core.workshop.fate(point), Fate::SetAside(_));
            Some((index, proposal)).filter(|_| counts && !after)
        };
        points.filter_map(proposal).collect()
    }

    pub(super) fn said_entry(
        &self,
        core: &Core,
        said: ParagraphRemark,
        place: usize,
        width: usize,
    ) -> Entry {
        let chosen = self.said_at() == place;
        let most = if chosen { MANY } else { FEW + 1 };
        match said {
            ParagraphRemark::Point(index) => {
                self.point_entry(core, core.workshop.point_at(index), width, most)
            }
            ParagraphRemark::Comment(id) => self.comment_entry(core, id, width, most),
        }
    }

    fn point_entry(&self, core: &Core, point: &Point, width: usize, most: usize) -> Entry {
        let mut ribbon = Ribbon::default();
        ribbon.push(point.text(), Ink::Plain);
        let mut rows = Vec::new();
        if let Some(proposal) = point.proposal() {
            rows = Self::redline_rows(core, point, proposal, width, most);
        }
        let mut known = String::new();
        if let Some(how) = point.convergence() {
            known += &format!(" · {}", how.title());
        }
        let fate = core.workshop.fate(point);
        match &fate {
            Fate::Carried(_) | Fate::Merged(_) => known += " · in a comment",
            Fate::SetAside(aside) => known += &format!(" · aside: {}", aside.reason.title()),
            Fate::Parked(_) => known += " · parked",
            Fate::Open | Fate::Deleted => {}
        }
        ribbon.push(&known, Ink::Dim);
        Self::push_answer(core, Subject::Point(point.id()), &mut ribbon);
        self.push_astray(core, Subject::Point(point.id()), &mut ribbon);
        let mut all = ribbon.lay(GUTTER, width, most);
        all.append(&mut rows);
        Entry {
            label: say::initials(&core.workshop.title_of(point.group())),
            kind: Some(point.kind().clone()),
            rows: all,
            ..Entry::default()
        }
    }

    fn redline_rows(
        core: &Core,
        point: &Point,
        proposal: &workshop::Proposal,
        width: usize,
        most: usize,
    ) -> Vec<EntryRow> {
        let place = point.paragraph().and_then(|pin| core.workshop.anchor(pin));
        let text = match place {
            Some((paragraph, false)) => &*paragraph.text,
            _ => "",
        };
        let mut ribbon = Ribbon::default();
        if let Some((paragraph, true)) = place {
            ribbon.push(&format!("new after {}: ", paragraph.label), Ink::Dim);
        }
        for piece in around(proposal.redline(text)) {
            match piece {
                workshop::Piece::Same(words) => ribbon.push(&words, Ink::Plain),
                workshop::Piece::Cut(words) => ribbon.push(&format!("[-{words}-]"), Ink::Cut),
                workshop::Piece::Put(words) => ribbon.push(&format!("{{+{words}+}}"), Ink::Put),
                workshop::Piece::Gap => ribbon.push(" … ", Ink::Dim),
            }
        }
        ribbon.lay(GUTTER, width, most)
    }

    fn comment_entry(&self, core: &Core, id: CommentId, width: usize, most: usize) -> Entry {
        let Some(found) = core.workshop.comment(id) else { return Entry::default() };
        let mut ribbon = Ribbon::default();
        ribbon.push(core.workshop.wording(found), Ink::Plain);
        let sources = core.workshop.sources(id);
        let (groups, _) = core.workshop.support(found.topic(), sources);
        let mut known = format!(" · {}", say::counted(sources.len(), "source"));
        if groups > 0 {
            known += &format!(", {}", say::counted(groups, "group"));
        }
        if let Some(how) = found.convergence() {
            known += &format!(" · {}", how.title());
        }
        ribbon.push(&known, Ink::Dim);
        Self::push_answer(core, Subject::Comment(id), &mut ribbon);
        self.push_astray(core, Subject::Comment(id), &mut ribbon);
        Entry {
            label: "com".into(),
            kind: Some(found.kind().clone()),
            rows: ribbon.lay(GUTTER, width, most),
            ..Entry::default()
        }
    }

    fn push_answer(core: &Core, subject: Subject, ribbon: &mut Ribbon) {
        let Some(answer) = core.workshop.disposition(subject) else { return };
        if *answer != Disposition::default() {
            ribbon.push(&format!(" · {}", in_words(answer)), Ink::Good);
        }
        let others = core.workshop.other_dispositions(subject);
        if !others.is_empty() {
            let others: Vec<String> = others.into_iter().map(in_words).collect();
            ribbon.push(&format!(" · or: {} (a chooses)", others.join(" / ")), Ink::Gap);
        }
    }

    fn push_astray(&self, core: &Core, subject: Subject, ribbon: &mut Ribbon) {
        if let Some(astray) = self.astray(subject) {
            let label = core.workshop.called(&astray.pin);
            let why = match astray.why {
                Lost::Gone => format!("{label} is no longer in the text: t pins it elsewhere"),
                Lost::NoSuchLabel => format!("no paragraph is called {label}: t pins it to one"),
                Lost::DoesNotFit => {
                    format!(
                        "the words it changes are not in {label} now: e rewords it, t pins it elsewhere"
                    )
                }
                Lost::Changed(percent) => format!(
                    "{label} was changed, {percent} % similar: t pins it again, here if it still fits"
                ),
            };
            ribbon.push(&format!(" · {why}"), Ink::Gap);
        }
    }
}

/// An answer as a person would say it.
pub(super) fn in_words(answer: &Disposition) -> String {
    let mut words = answer.decision.title().to_owned();
    if !answer.target.is_empty() {
        words += &format!(" → {}", answer.target);
    }
    if !answer.note.is_empty() {
        words += &format!(": {}", answer.note);
    }
    words
}

/// How many unchanged letters are shown beside a change.
const BESIDE: usize = 60;

/// A redline without the unchanged text that is far from any change.
fn around(pieces: Vec<workshop::Piece<&str>>) -> Vec<workshop::Piece<Cow<'_, str>>> {
    let last = pieces.len().saturating_sub(1);
    let shown = |(nth, piece): (usize, workshop::Piece<&'_ str>)| match piece {
        workshop::Piece::Cut(words) => workshop::Piece::Cut(Cow::Owned(words.to_owned())),
        workshop::Piece::Put(words) => workshop::Piece::Put(Cow::Owned(words.to_owned())),
        workshop::Piece::Gap => workshop::Piece::Gap,
        workshop::Piece::Same(words) => {
            let letters: Vec<char> = words.chars().collect();
            let head = if nth == 0 { 0 } else { BESIDE };
            let tail = if nth == last { 0 } else { BESIDE };
            if letters.len() <= head + tail + 3 {
                return workshop::Piece::Same(Cow::Owned(words.to_owned()));
            }
            let first: String = letters[..head].iter().collect();
            let end: String = letters[letters.len() - tail..].iter().collect();
            workshop::Piece::Same(Cow::Owned(format!("{first} … {end}")))
        }
    };
    pieces.into_iter().enumerate().map(shown).collect()
}

/// What the margin shows: how many points there are, and how many of them are proposals.
fn margin(spot: Spot, count: Count, is_heading: bool) -> String {
    let said = count.points + count.comments > 0;
    if spot == Spot::Astray || (is_heading && !said) {
        return String::new();
    }
    match (count.points.max(count.comments), count.proposals) {
        (0, _) => "–".to_owned(),
        (_, 0) => format!("{}", count.points),
        (_, proposals) => format!("{} ±{proposals}", count.points),
    }
}
