//! `rapporteur names`: the names in what would be exported, and the decisions on them.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::{Deserialize, Serialize};

use super::{
    DataFolders, Failure, chance, import::save, json_line, now, open, print_message, read, refused,
};
use crate::app::say::{counted, counting};
use crate::names::Names;
use crate::shell::clearance::{mention_in_words, mentions};
use crate::store::whole;
use crate::workshop::{
    Change, Clearance, Holder, Ids, Mention, Part, PointId, Record, Refusal, Ruling, TextDigest,
    Workshop, WriterId, shown,
};

/// The longest file of decisions, in bytes.
const LONGEST: u64 = 64 << 20;
/// How many rounds of wordings are taken over at most: each removes one name per text.
const ROUNDS: usize = 100;

/// Lists names and decides on them.
#[derive(Args, Debug)]
pub(crate) struct NamesCommand {
    /// The workshop's folder, its name in your data folder, or a sample's name.
    workshop: PathBuf,
    /// Print one JSON object per line for each name, including those decided on.
    #[arg(long)]
    json: bool,
    /// Read decisions from this file: lines as --json prints them, with `decided` (subject, public, consent,
    /// held, wording or null) and `reason` filled in.
    #[arg(long, value_name = "FILE", conflicts_with = "accept_wordings")]
    take: Option<PathBuf>,
    /// Accept the names in the agenda and the draft text as they are.
    #[arg(long)]
    accept_agenda: bool,
    /// Accept every neutral wording that is offered.
    #[arg(long)]
    accept_wordings: bool,
}

/// A mention, as programs read it.
#[derive(Serialize)]
struct ListedMention<'a> {
    of: TextOwner<'a>,
    point: Option<PointId>,
    part: Part,
    /// Where in the text it begins and ends, in characters.
    at: [usize; 2],
    digest: TextDigest,
    /// How urgent it is: certain, possible or subject.
    grade: &'static str,
    text: &'a str,
    found: &'a str,
    /// What it may name.
    names: &'a str,
    decided: Option<Ruling>,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    /// The phrase by which it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    phrase: Option<&'a str>,
    /// The whole text with the neutral wording in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    wording: Option<String>,
}

/// What a text belongs to.
#[derive(Serialize)]
struct TextOwner<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<std::borrow::Cow<'a, str>>,
}

impl<'a> TextOwner<'a> {
    fn holder(holder: &'a Holder) -> Self {
        let (kind, id) = match holder {
            Holder::Agenda => ("agenda", None),
            Holder::Legend => ("legend", None),
            Holder::DraftText => ("draft_text", None),
            Holder::Topic(id) => ("topic", Some(id.as_str().into())),
            Holder::Group(id) => ("group", Some(id.as_str().into())),
            Holder::Point(id) => ("point", Some(id.to_string().into())),
            Holder::Comment(id) => ("statement", Some(id.to_string().into())),
        };
        Self { kind, id }
    }
}

impl<'a> ListedMention<'a> {
    fn of(mention: &'a Mention, names: &Names) -> Self {
        let at = mention.characters();
        let clearance = mention.clearance.as_ref();
        Self {
            of: TextOwner::holder(&mention.key.of),
            point: match mention.key.of {
                Holder::Point(id) => Some(id),
                _ => None,
            },
            part: mention.key.part,
            at: [at.start, at.end],
            digest: mention.key.digest,
            grade: mention.hit.grade.word(),
            text: &mention.text,
            found: mention.found(),
            names: mention.may_name(),
            decided: clearance.map(|it| it.ruling),
            reason: clearance.map_or("", |it| &it.reason),
            phrase: mention.by_phrase.as_ref().map(|by| by.phrase.as_str()),
            wording: mention.reworded(names),
        }
    }
}

/// A decision, as a file has it. Fields that are only for information are ignored.
#[derive(Deserialize)]
struct DecisionLine {
    of: LineOf,
    part: Part,
    at: [usize; 2],
    digest: TextDigest,
    decided: Option<String>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    wording: Option<String>,
}

#[derive(Deserialize)]
struct LineOf {
    kind: String,
    #[serde(default)]
    id: Option<String>,
}

/// A decision that was read, and the mention it is on.
struct Decision<'m> {
    mention: &'m Mention,
    to: To,
}

enum To {
    Clearance(Option<Clearance>),
    Wording(String),
}

/// A workshop in which decisions are made, and the records that make them.
struct NamesDecided {
    workshop: Workshop,
    writer: WriterId,
    records: Vec<Record>,
}

impl NamesDecided {
    fn of(workshop: Workshop) -> Self {
        Self { workshop, writer: Ids::seeded(chance()).writer(), records: Vec::new() }
    }

    fn make(&mut self, changes: Vec<Change>) {
        if !changes.is_empty() {
            let record = self.workshop.record(self.writer, now(), changes);
            self.workshop.apply(record.clone());
            self.records.push(record);
        }
    }
}

impl NamesCommand {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let mut deciding = NamesDecided::of(read(&self.workshop, folders)?);
        if let Some(file) = &self.take {
            take(file, &mut deciding)?;
        }
        if self.accept_agenda {
            accept_agenda(&mut deciding);
        }
        if self.accept_wordings {
            accept_wordings(&mut deciding);
        }
        if !deciding.records.is_empty() {
            // A sample is only in memory, and is refused here.
            save(&open(&self.workshop, folders)?, folders, &deciding.records)?;
        }
        self.print(&deciding.workshop)
    }

    fn print(&self, workshop: &Workshop) -> Result<(), Failure> {
        let (all, names) = (mentions(workshop), workshop.names());
        let mut out = io::BufWriter::new(io::stdout().lock());
        for mention in &all {
            if self.json {
                writeln!(out, "{}", json_line(&ListedMention::of(mention, &names)))?;
            } else if mention.is_open() {
                writeln!(
                    out,
                    "{}",
                    crate::app::wrap::visible(&mention_in_words(workshop, &names, mention))
                )?;
            }
        }
        out.flush()?;
        let open = all.iter().filter(|mention| mention.is_open()).count();
        let since = match all.iter().filter(|mention| mention.is_since()).count() {
            0 => String::new(),
            count => format!(", {count} decided by a phrase since that was decided on"),
        };
        print_message(&format!(
            "{} found, {} to decide on{since}.",
            counted(all.len(), "name"),
            if open == 0 { "none".to_owned() } else { open.to_string() }
        ));
        Ok(())
    }
}

/// Accepts the meeting's own texts as they are.
fn accept_agenda(deciding: &mut NamesDecided) {
    let workshop = &deciding.workshop;
    let given = |mention: &Mention| mention.is_open() && workshop.is_given(&mention.key.of);
    let decide = |mention: Mention| {
        let made = Clearance::given(&mention.key.of);
        workshop.decide(mention.key, Some(made))
    };
    let changes = mentions(workshop).into_iter().filter(given).map(decide).collect();
    deciding.make(changes);
}

/// Takes over the neutral wordings that are offered, one per text and round, until none is left.
fn accept_wordings(deciding: &mut NamesDecided) {
    let names = deciding.workshop.names();
    let mut refused = HashSet::new();
    for _ in 0..ROUNDS {
        let mut texts = HashSet::new();
        let mut changes = Vec::new();
        for mention in mentions(&deciding.workshop).into_iter().filter(Mention::is_open) {
            let text = (mention.key.of.clone(), mention.key.part, mention.key.digest);
            let wording = mention.reworded(&names);
            let Some(wording) = wording.filter(|wording| **wording != *mention.text) else {
                continue;
            };
            if refused.contains(&mention.key) || !texts.insert(text) {
                continue;
            }
            match deciding.workshop.reword_mention(&mention, &wording) {
                Ok(change) => changes.push(change),
                Err(why) => {
                    print_message(&format!(
                        "{}: {why}",
                        mention_in_words(&deciding.workshop, &names, &mention)
                    ));
                    refused.insert(mention.key);
                }
            }
        }
        if changes.is_empty() {
            return;
        }
        // One record per text: two texts of one point are values of different fields, but two tags
        // are one value.
        for change in changes {
            deciding.make(vec![change]);
        }
    }
}

/// Reads decisions and makes them, all or none.
fn take(file: &Path, deciding: &mut NamesDecided) -> Result<(), Failure> {
    let text = whole::read_whole(file, LONGEST).map_err(|why| refused(why.of_file()))?;
    let text = String::from_utf8(text)
        .map_err(|_| refused(format!("{}: this is not UTF-8 text.", shown(file))))?;
    let all = mentions(&deciding.workshop);
    let known: HashMap<_, &Mention> = all.iter().map(|mention| (place(mention), mention)).collect();
    let names = deciding.workshop.names();
    let (mut decisions, mut undecided) = (Vec::new(), 0);
    for (nth, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let decision = decision(line, &known, &deciding.workshop, &names).map_err(|why| {
            refused(format!("{}, line {}: {why} Nothing was decided.", shown(file), nth + 1))
        })?;
        undecided += usize::from(decision.is_none());
        decisions.extend(decision);
    }
    if undecided > 0 {
        let names = counting(undecided, "name", "is", "are");
        print_message(&format!("{names} left as before: `decided` is null on those lines."));
    }
    let mut changes = Vec::new();
    let mut reworded = Vec::new();
    for Decision { mention, to } in decisions {
        match to {
            To::Clearance(made) if made != mention.clearance => {
                changes.push(deciding.workshop.decide(mention.key.clone(), made));
            }
            To::Clearance(_) => {}
            To::Wording(wording) => reworded.push((mention, wording)),
        }
    }
    deciding.make(changes);
    for (mention, wording) in reworded {
        // Of two wordings for one text, the first is taken; the second no longer finds the text.
        match deciding.workshop.reword_mention(mention, &wording) {
            Ok(change) => deciding.make(vec![change]),
            Err(why @ Refusal::BothStand(_)) => {
                print_message(&format!(
                    "{}: {why}",
                    mention_in_words(&deciding.workshop, &names, mention)
                ));
            }
            Err(_) => {}
        }
    }
    Ok(())
}

type MentionPlace = (String, Option<String>, Part, TextDigest, [usize; 2]);

fn place(mention: &Mention) -> MentionPlace {
    let (of, at) = (TextOwner::holder(&mention.key.of), mention.characters());
    let id = of.id.map(std::borrow::Cow::into_owned);
    (of.kind.to_owned(), id, mention.key.part, mention.key.digest, [at.start, at.end])
}

/// What a line decides; `None` if it changes nothing.
fn decision<'m>(
    line: &str,
    known: &HashMap<MentionPlace, &'m Mention>,
    workshop: &Workshop,
    names: &Names,
) -> Result<Option<Decision<'m>>, String> {
    let line: DecisionLine = serde_json::from_str(line).map_err(|error| {
        format!("this is not a line that `rapporteur names --json` prints: {error}.")
    })?;
    let place = (line.of.kind, line.of.id, line.part, line.digest, line.at);
    let Some(mention) = known.get(&place) else {
        return Err(
            "there is no longer a name at this place in these words; list them again with --json."
                .to_owned(),
        );
    };
    let reason = line.reason.as_deref().unwrap_or_default().trim();
    let ruling = match line.decided.as_deref() {
        None => return Ok(None),
        Some("subject") => Ruling::Subject,
        Some("public") if reason.is_empty() => {
            return Err("“public” needs a reason; it is printed in every export.".to_owned());
        }
        Some("public") => Ruling::Public,
        Some("consent") => Ruling::Consent,
        Some("held") => Ruling::Held,
        Some("wording") => {
            let wording = line.wording.filter(|wording| !wording.trim().is_empty());
            let wording = wording.ok_or("“wording” needs the new words in `wording`.")?;
            return Ok(Some(Decision { mention, to: To::Wording(wording) }));
        }
        Some(word) => {
            return Err(format!(
                "there is no decision “{word}”. Write subject, public, consent, held, wording or \
                 null."
            ));
        }
    };
    let held = mention.clearance.as_ref().is_some_and(|made| made.ruling == Ruling::Held);
    if held && ruling != Ruling::Held {
        return Err(
            "this name is held. Reword it, or release it on the Names screen (F9, h).".into()
        );
    }
    if let Some(name) = names.first_in(reason) {
        return Err(format!("the reason names “{name}”, and it is printed."));
    }
    let consent = match ruling {
        Ruling::Consent => Some(
            workshop
                .consent_to(names, &mention.key, &mention.hit)
                .ok_or("no recorded consent covers this name.")?,
        ),
        _ => None,
    };
    let made = Clearance { ruling, reason: reason.into(), consent };
    Ok(Some(Decision { mention, to: To::Clearance(Some(made)) }))
}
