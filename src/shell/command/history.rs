//! `rapporteur history`: how a point came to be what it is. It names no author: there is none.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{Failure, open, print_message, refused, say_damage, say_unchecked};
use crate::app::say::counted;
use crate::app::wrap::visible;
use crate::shell::places::Places;
use crate::workshop::{
    Change, Clearance, Field, Holder, Outcome, PointId, Record, Refusal, Ruling, Status, Telling,
    Verdict, Waiver, Workshop,
};

/// Prints what happened to a point.
#[derive(Args, Debug)]
pub(crate) struct HistoryCommand {
    /// The workshop's folder, or its name in your data folder.
    workshop: PathBuf,
    /// The point's id, as `list` prints it.
    point: PointId,
}

impl HistoryCommand {
    pub(super) fn run(self, places: &Places) -> Result<(), Failure> {
        let folder = open(&self.workshop, places)?;
        let mut workshop = Workshop::default();
        workshop.apply(folder.agenda().map_err(refused)?);
        let mut records: Vec<Record> = Vec::new();
        let damage = folder.records(&mut |some| {
            records.extend(some.into_iter().filter(|record| concerns(record, self.point)));
        });
        say_damage(&damage);
        records.sort_by_key(|record| record.stamp);
        records.dedup();
        for record in &records {
            workshop.apply(record.clone());
        }
        if records.is_empty() {
            return Err(refused(Refusal::NoPoint(self.point)));
        }
        let mut out = io::stdout().lock();
        for record in &records {
            let when = workshop.zone().local(record.at).format("%Y-%m-%d %H:%M");
            for what in
                record.changes.iter().filter_map(|change| change_in_words(change, self.point))
            {
                writeln!(out, "{when}  {}", visible(&what))?;
            }
        }
        if workshop.purge(self.point).is_ok() {
            print_message(
                "`rapporteur purge` removes the earlier words from this laptop for ever.",
            );
        }
        print_message("Times stay in this room: exports have none finer than the session.");
        say_unchecked();
        Ok(out.flush()?)
    }
}

fn concerns(record: &Record, point: PointId) -> bool {
    record.changes.iter().any(|change| change_in_words(change, point).is_some())
}

/// What a change did to the point, in words; `None` where it is about something else.
fn change_in_words(change: &Change, point: PointId) -> Option<String> {
    match change {
        Change::PointCaptured(captured) if captured.point == point => Some(format!(
            "taken down in {}, {}, as {}: {}",
            captured.group,
            captured.topic,
            captured.kind.title(),
            captured.text
        )),
        Change::PointChanged { point: other, to, .. } if *other == point => Some(became(to)),
        Change::MentionDecided { mention, to, .. } if mention.of == Holder::Point(point) => {
            Some(decided(to.as_ref()))
        }
        Change::PointPurged(purge) if purge.point == point => {
            Some(format!("purged: {}", counted(purge.wordings(), "wording")))
        }
        _ => None,
    }
}

fn decided(to: Option<&Clearance>) -> String {
    let Some(made) = to else { return "a decision on a name taken back".to_owned() };
    match made.ruling {
        Ruling::Subject => "a name decided to be a subject".to_owned(),
        Ruling::Public => format!("a name may stay: {}", made.reason),
        Ruling::Consent => "a name may stay by consent".to_owned(),
        Ruling::Held => "a name is held until it is reworded".to_owned(),
    }
}

fn became(to: &Field) -> String {
    let or_none = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
    match to {
        Field::Text(text) => format!("reworded: {text}"),
        Field::Topic(topic) => format!("moved to topic {topic}"),
        Field::Group(group) => format!("moved to group {group}"),
        Field::Session(session) => {
            format!("session: {}", or_none(session.as_ref().map(ToString::to_string)))
        }
        Field::Round(round) => format!("round: {}", or_none(round.map(|round| round.to_string()))),
        Field::Kind(kind) => format!("kind: {}", kind.title()),
        Field::Paragraph(label) => {
            format!("paragraph: {}", or_none(label.as_ref().map(ToString::to_string)))
        }
        Field::Proposal(proposal) => {
            format!("proposes: {}", or_none(proposal.as_ref().map(|proposal| proposal.in_words())))
        }
        Field::Parent(parent) => {
            format!("stands under: {}", or_none(parent.map(|parent| parent.to_string())))
        }
        Field::Order(_) => "moved in its list".to_owned(),
        Field::ReadBack(None) => "read-back taken back".to_owned(),
        Field::ReadBack(Some(said)) => match &said.verdict {
            Verdict::Confirmed => "read back: confirmed".to_owned(),
            Verdict::NotOurs => "read back: not the group's".to_owned(),
            Verdict::Reservation { words } => format!("read back, with a reservation: {words}"),
        },
        Field::Hands(None) => "show of hands taken back".to_owned(),
        Field::Hands(Some(hands)) => format!(
            "show of hands: {} for, {} against, {} neither",
            hands.yes, hands.no, hands.neither
        ),
        Field::Telling(None) => {
            "the group was not yet asked whether anyone could tell who said it".to_owned()
        }
        Field::Telling(Some(Telling::Nobody)) => "nobody could tell who said it".to_owned(),
        Field::Telling(Some(Telling::Somebody)) => {
            "flagged: somebody could tell who said it".to_owned()
        }
        Field::Outcome(Outcome::Open) => "not decided again".to_owned(),
        Field::Outcome(Outcome::In(comment)) => format!("put into comment {comment}"),
        Field::Outcome(Outcome::SetAside(aside)) if aside.words.is_empty() => {
            format!("set aside: {}", aside.reason.title())
        }
        Field::Outcome(Outcome::SetAside(aside)) => {
            format!("set aside: {}: {}", aside.reason.title(), aside.words)
        }
        Field::Waived(waivers) => {
            let each = |waiver: &Waiver| format!("{} ({})", waiver.found, waiver.reason);
            let all: Vec<String> = waivers.iter().map(each).collect();
            format!("names that may stay: {}", all.join(", "))
        }
        Field::Status(Status::Standing) => "taken from the parking lot".to_owned(),
        Field::Status(Status::Parked { owner }) if owner.is_empty() => "parked".to_owned(),
        Field::Status(Status::Parked { owner }) => format!("parked for {owner}"),
        Field::Deleted(Some(_)) => "deleted".to_owned(),
        Field::Deleted(None) => "brought back".to_owned(),
        Field::Tags(tags) => format!("tags: {}", tags.join(" ")),
        Field::Convergence(how) => {
            format!("convergence: {}", or_none(how.as_ref().map(|how| how.title().to_owned())))
        }
    }
}
