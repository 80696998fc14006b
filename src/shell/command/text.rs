//! `rapporteur text`: takes a draft text into a workshop, or prints it.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::{
    DataFolders, Failure, chance, import, json_line, now, open, print_message, read, read_folder,
    refused, say_unchecked,
};
use crate::app::wrap::visible;
use crate::feedback::{DraftParagraph, DraftText, Feedback, Passage};
use crate::import::draft_text;
use crate::shell::taking_in;
use crate::store::whole;
use crate::workshop::{Ids, Paragraph, ParagraphId, Workshop, shown};

/// Takes in a draft text, or prints the one that is there.
#[derive(Args, Debug)]
pub(crate) struct TextCommand {
    /// The workshop's folder, its name in your data folder, or, to print it, a sample's name.
    workshop: PathBuf,
    /// The draft text to import; it replaces the present one: Markdown, plain text or Word (.docx).
    file: Option<PathBuf>,
    /// Its title; by default, the title in the file.
    #[arg(long, requires = "file")]
    title: Option<String>,
    /// Its version, in the drafters' words: "zero draft, 3 November".
    #[arg(long, requires = "file")]
    version: Option<String>,
    /// Print the text with all proposals in brackets, and say where they conflict.
    #[arg(long, conflicts_with = "file")]
    compiled: bool,
    /// Print one JSON object per line for each paragraph.
    #[arg(long, conflicts_with_all = ["file", "compiled"])]
    json: bool,
}

/// How much feedback there is on a paragraph.
#[derive(Clone, Copy, Default, Serialize)]
struct ParagraphFeedback {
    points: usize,
    proposals: usize,
}

/// A paragraph, as programs read it.
#[derive(Serialize)]
struct ListedParagraph<'a> {
    #[serde(flatten)]
    paragraph: &'a DraftParagraph<'a>,
    #[serde(flatten)]
    about: ParagraphFeedback,
    /// Whether the words passed the gate; always `false`.
    checked: bool,
}

impl TextCommand {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        match &self.file {
            Some(file) => self.take_in(file, folders),
            None => self.print(folders),
        }
    }

    fn take_in(&self, file: &Path, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let bytes = whole::read_whole(file, draft_text::LARGEST as u64)
            .map_err(|why| refused(why.of_file()))?;
        let draft_text::ReadText { mut text, remarks } =
            draft_text::read(&shown(file), &bytes).map_err(refused)?;
        text.title = self.title.clone().unwrap_or(text.title);
        text.version = self.version.clone().unwrap_or(text.version);
        let mut workshop = read_folder(&folder)?;
        let changes = workshop.take_in_text(text);
        changes.iter().try_for_each(|change| workshop.check(change)).map_err(refused)?;
        if changes.is_empty() {
            print_message("Nothing new: this is the text that is here.");
        } else {
            let before = workshop.draft_text().cloned();
            let record = workshop.record(Ids::seeded(chance()).writer(), now(), changes);
            workshop.apply(record.clone());
            import::save(&folder, folders, &[record])?;
            if let Some(text) = workshop.draft_text() {
                print_message(&taking_in::counted(before.as_ref(), text));
            }
        }
        for remark in &remarks {
            print_message(remark);
        }
        for line in taking_in::astray(&workshop) {
            print_message(&line);
        }
        Ok(writeln!(io::stdout(), "{}", shown(folder.path()))?)
    }

    fn print(&self, folders: &DataFolders) -> Result<(), Failure> {
        let workshop = read(&self.workshop, folders)?;
        let feedback = Feedback::of(&workshop, env!("CARGO_PKG_VERSION"));
        let Some(text) = &feedback.draft_text else {
            let none = "There is no draft text in this workshop. Import one: rapporteur text WORKSHOP FILE.";
            return Err(refused(none));
        };
        let about = about(&workshop);
        let mut out = io::BufWriter::new(io::stdout().lock());
        if self.json {
            for paragraph in text.paragraphs.iter().chain(&text.gone) {
                let about = about.get(&paragraph.id).copied().unwrap_or_default();
                writeln!(
                    out,
                    "{}",
                    json_line(&ListedParagraph { paragraph, about, checked: false })
                )?;
            }
        } else {
            self.write(text, &about, &mut out)?;
        }
        out.flush()?;
        say_unchecked();
        if !workshop.other_draft_texts().is_empty() {
            print_message(
                "Two draft texts were imported at once; this is one. F10, Alt-W chooses.",
            );
        }
        for line in taking_in::astray(&workshop) {
            print_message(&line);
        }
        Ok(())
    }

    fn write(
        &self,
        text: &DraftText,
        about: &HashMap<ParagraphId, ParagraphFeedback>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let version = if text.version.is_empty() { "" } else { ", " };
        writeln!(out, "{}{version}{}", visible(&text.title), visible(&text.version))?;
        for paragraph in &text.paragraphs {
            let count = about.get(&paragraph.id).copied().unwrap_or_default();
            let words =
                if self.compiled { paragraph.bracketed() } else { paragraph.text.to_string() };
            line(out, &paragraph.label, paragraph.level, &words)?;
            if self.compiled {
                conflicts(out, paragraph)?;
                for added in &paragraph.added {
                    let also = if added.points.len() > 1 { " (more than once)" } else { "" };
                    line(out, &added.label, paragraph.level, &format!("[{}]{also}", added.text))?;
                }
            } else if count.points > 0 {
                writeln!(out, "{:12}{}", "", counts_in_words(count))?;
            }
        }
        for gone in &text.gone {
            if let Some(count) = about.get(&gone.id).filter(|count| count.points > 0) {
                let words = format!("no longer in the text: {}", counts_in_words(*count));
                line(out, &gone.label, 0, &words)?;
            }
        }
        Ok(())
    }
}

fn line(out: &mut impl Write, label: &Paragraph, level: u8, words: &str) -> io::Result<()> {
    let indent = usize::from(level) * 2;
    let words = visible(words).replace('\n', "\n            ");
    writeln!(out, "{:10}  {:indent$}{words}", visible(label.as_str()), "")
}

fn conflicts(out: &mut impl Write, paragraph: &DraftParagraph) -> io::Result<()> {
    for passage in &paragraph.compiled {
        if let Passage::Open { now, versions } = passage
            && versions.len() > 1
        {
            let about = if now.trim().is_empty() { "what is put in" } else { now.trim() };
            let words = visible(about);
            writeln!(out, "{:12}conflict: {} wordings for “{words}”", "", versions.len())?;
        }
    }
    Ok(())
}

fn counts_in_words(count: ParagraphFeedback) -> String {
    let points = if count.points == 1 { "point" } else { "points" };
    let proposals = match count.proposals {
        0 => String::new(),
        1 => ", 1 proposal".to_owned(),
        many => format!(", {many} proposals"),
    };
    format!("{} {points}{proposals}", count.points)
}

fn about(workshop: &Workshop) -> HashMap<ParagraphId, ParagraphFeedback> {
    let mut about: HashMap<ParagraphId, ParagraphFeedback> = HashMap::new();
    for point in workshop.points() {
        if let Some((paragraph, _)) = point.paragraph().and_then(|pin| workshop.anchor(pin)) {
            let count = about.entry(paragraph.id).or_default();
            count.points += 1;
            count.proposals += usize::from(point.proposal().is_some());
        }
    }
    about
}
