//! A receipt in rows of text: what is missing comes first, because the groups are still in the building.

use super::say::{clock, counting, names};
use super::{clocks, counted, laptops, wrap};
use crate::workshop::{
    Both, Delivery, GroupNews, Hearing, Moment, PointId, Receipt, Several, Subject, TopicRow, Zone,
    nobody_spoke,
};

/// How important a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// A heading.
    Head,
    /// Something to read.
    Plain,
    /// All is well.
    Good,
    /// Something is missing, or waits for somebody.
    Gap,
    /// This point was changed on two laptops at once.
    Both(PointId),
}

/// A row of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReceiptLine {
    /// How important it is.
    pub weight: Weight,
    /// Its text, no wider than asked for.
    pub text: String,
}

/// The most groups that each get a column of the coverage and a row of the list of who was heard.
const FEW: usize = 8;
/// The most parcels that are listed one by one.
const FEW_PARCELS: usize = 24;
/// How long a group may be silent before it is called out, in minutes.
const QUIET: i64 = 60;
/// The most points changed at once that are listed one by one.
const FEW_BOTH: usize = 12;

/// What a table says of a topic that a group is still to discuss.
pub const LATER: &str = "later";

/// Rows being written.
struct Page {
    rows: Vec<ReceiptLine>,
    width: usize,
    height: usize,
    zone: Zone,
    now: Moment,
}

/// The receipt in rows for a page of this size: no wider, and in fewer words if it would otherwise be
/// much longer. `now` is when it is read.
pub fn rows(receipt: &Receipt, zone: Zone, now: Moment, size: (usize, usize)) -> Vec<ReceiptLine> {
    let (width, height) = (size.0.max(20), size.1);
    let mut page = Page { rows: Vec::new(), width, height, zone, now };
    page.missing(receipt);
    page.both(&receipt.both, receipt);
    page.came_in(&receipt.parcels);
    page.push_groups(&receipt.groups);
    page.several(&receipt.several);
    page.coverage(receipt);
    page.rows
}

/// Wider than any sentence.
const UNBROKEN: usize = usize::MAX / 4;

/// The same without tables, one sentence per item, for programs to read.
pub fn sentences(receipt: &Receipt, zone: Zone, now: Moment) -> Vec<String> {
    let mut page = Page { rows: Vec::new(), width: UNBROKEN, height: UNBROKEN, zone, now };
    page.missing(receipt);
    page.both(&receipt.both, receipt);
    page.came_in(&receipt.parcels);
    page.several(&receipt.several);
    page.rows.into_iter().map(|row| row.text.trim_start().to_owned()).collect()
}

impl Page {
    fn put(&mut self, weight: Weight, text: &str) {
        let indent = text.len() - text.trim_start().len();
        let text = wrap::visible(text);
        let width = self.width.saturating_sub(indent).max(10);
        let words = &text[indent.min(text.len())..];
        for (nth, range) in wrap::rows(words, width).into_iter().enumerate() {
            let more = if nth > 0 { "  " } else { "" };
            let text = format!("{:indent$}{more}{}", "", words[range].trim_end());
            self.rows.push(ReceiptLine { weight, text });
        }
    }

    fn missing(&mut self, receipt: &Receipt) {
        let before = self.rows.len();
        for turned in &receipt.refused {
            self.put(Weight::Gap, &turned.sentence());
        }
        for gap in &receipt.missing {
            self.put(Weight::Gap, gap);
        }
        self.missing_groups(receipt);
        for gap in receipt.silent.iter().map(|silence| &silence.words).chain(&receipt.away) {
            self.put(Weight::Gap, gap);
        }
        self.uncovered(receipt);
        for parcel in receipt.parcels.iter().filter(|parcel| parcel.missing > 0) {
            // Of a damaged one, nobody knows whether those are earlier.
            let what = if parcel.damage.is_empty() { "earlier change" } else { "change" };
            let text = format!(
                "{} lacks {} of its laptop. Ask there for a whole bundle.",
                parcel.name,
                counted(parcel.missing as usize, what)
            );
            self.put(Weight::Gap, &text);
        }
        for line in clocks::lines(&receipt.clocks) {
            self.put(Weight::Gap, &line);
        }
        self.open_choices(receipt);
        for parcel in &receipt.parcels {
            for damage in &parcel.damage {
                self.put(Weight::Gap, &format!("{}: {damage}", parcel.name));
            }
            if parcel.newer > 0 {
                let text = format!(
                    "{}: {} from a newer version of the program; kept and passed on, but not \
                     shown, or only in part.",
                    parcel.name,
                    counted(parcel.newer, "change")
                );
                self.put(Weight::Gap, &text);
            }
        }
        let is_whole = self.rows.len() == before && !receipt.groups.is_empty();
        self.still_to_come(receipt, is_whole);
        self.quiet_groups(receipt);
        for version in &receipt.versions {
            self.put(Weight::Gap, version);
        }
    }

    /// What the plan still has to come, and whether nothing is missing besides.
    fn still_to_come(&mut self, receipt: &Receipt, is_whole: bool) {
        // If nobody was heard at all, that is said above.
        let is_any_heard = receipt.groups.iter().any(|heard| !heard.is_missing());
        let to_come = nobody_spoke(&receipt.not_begun).filter(|_| is_any_heard);
        let is_open = |row: &TopicRow| row.standing.contains(&Some(0)) || !row.later.is_empty();
        let is_all = !receipt.coverage.iter().any(is_open);
        match to_come {
            Some(to_come) if is_whole => {
                self.put(Weight::Good, &format!("Nothing is missing so far. {to_come}"));
            }
            Some(to_come) => self.put(Weight::Plain, &to_come),
            None if is_whole && is_all => {
                let all = "Nothing is missing: every group on every topic it was asked.";
                self.put(Weight::Good, all);
            }
            None if is_whole => self.put(Weight::Good, "Nothing is missing so far."),
            None => {}
        }
    }

    /// The groups that were never heard from.
    fn missing_groups(&mut self, receipt: &Receipt) {
        let silent: Vec<&str> = receipt
            .groups
            .iter()
            .filter(|heard| heard.is_missing())
            .map(|heard| heard.title.as_str())
            .collect();
        if !silent.is_empty() {
            self.put(Weight::Gap, &format!("{}: nothing received yet.", names(&silent)));
        }
    }

    /// The groups that were heard from today, and of which no point was captured for a while: as a rule they
    /// sit together elsewhere, so it is no gap.
    fn quiet_groups(&mut self, receipt: &Receipt) {
        let mut quiet: Vec<(&str, Moment)> = Vec::new();
        for heard in receipt.groups.iter().filter(|heard| heard.last.is_some()) {
            let Some(last) = heard.last_point else { continue };
            let is_today = zone_day(self.zone, last) == zone_day(self.zone, self.now);
            if is_today && last.plus_minutes(QUIET) < self.now {
                quiet.push((&heard.title, last));
            }
        }
        if quiet.len() > FEW {
            let titles: Vec<&str> = quiet.iter().map(|(title, _)| *title).collect();
            let text = format!("{}: last point over an hour ago.", names(&titles));
            return self.put(Weight::Plain, &text);
        }
        for (title, last) in quiet {
            let text = format!("{title}: last point {}.", clock(last, self.now, self.zone));
            self.put(Weight::Plain, &text);
        }
    }

    /// The topics on which groups that were heard from said nothing, where no plan shows when they are due.
    fn uncovered(&mut self, receipt: &Receipt) {
        if receipt.is_planned {
            return;
        }
        for row in &receipt.coverage {
            let gap = |(heard, standing): (&Hearing, &Option<usize>)| {
                (*standing == Some(0) && !heard.is_missing()).then(|| heard.title.clone())
            };
            let gaps: Vec<String> =
                receipt.groups.iter().zip(&row.standing).filter_map(gap).collect();
            let gaps: Vec<&str> = gaps.iter().map(String::as_str).collect();
            if !gaps.is_empty() {
                self.put(Weight::Gap, &format!("Nothing on {} from {}.", row.title, names(&gaps)));
            }
        }
    }

    /// What two laptops set at once outside points, and what came in too early.
    fn open_choices(&mut self, receipt: &Receipt) {
        if receipt.texts > 0 {
            let text =
                "Two draft texts were imported at once: F10, Alt-W chooses which one to keep.";
            self.put(Weight::Gap, text);
        }
        if !receipt.answers.is_empty() {
            let named = receipt.answers.iter().take(FEW).map(Subject::reference);
            let named: Vec<String> = named.collect();
            let more = receipt.answers.len() - named.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let text = format!(
                "Answered on two laptops at once: {}{more}. F10, on it a chooses.",
                named.join(", ")
            );
            self.put(Weight::Gap, &text);
        }
        if receipt.waiting > 0 {
            let changes = counting(receipt.waiting, "change", "belongs", "belong");
            let points = if receipt.waiting == 1 { "a point that has" } else { "points that have" };
            self.put(Weight::Gap, &format!("{changes} to {points} have not arrived yet."));
        }
    }

    fn came_in(&mut self, parcels: &[Delivery]) {
        if parcels.is_empty() {
            return;
        }
        let sum = |count: fn(&GroupNews) -> usize| -> usize {
            parcels.iter().flat_map(|parcel| &parcel.groups).map(count).sum()
        };
        let (new, known, both) =
            (sum(|brought| brought.new), sum(|brought| brought.known), sum(|brought| brought.both));
        let text = format!(
            "Received: {}, {}{}.",
            counted(parcels.len(), "bundle"),
            points_in_words(new, known, both, "point"),
            if new + known + both == 0 { "no points" } else { "" }
        );
        self.put(Weight::Head, &text);
        if parcels.len() > FEW_PARCELS {
            return;
        }
        for parcel in parcels {
            let made = parcel.made.map(|made| clock(made, self.now, self.zone));
            let made = made.map(|made| format!(", made {made}")).unwrap_or_default();
            let own = |brought: &GroupNews| Some(&brought.group) == parcel.group.as_ref();
            let (own, others): (Vec<&GroupNews>, Vec<&GroupNews>) =
                parcel.groups.iter().filter(|b| b.new + b.both > 0).partition(|b| own(b));
            let mut changes = match (parcel.fresh, parcel.known) {
                (0, 0) => "no changes in it".to_owned(),
                (0, known) => format!("nothing new, {} known", counted(known, "change")),
                (fresh, 0) => format!("{} new", counted(fresh, "change")),
                (fresh, known) => format!("{} new, {known} known", counted(fresh, "change")),
            };
            // Its own group's points say more than a count of changes.
            for brought in &own {
                changes = points_in_words(brought.new, brought.known, brought.both, "point");
            }
            self.put(Weight::Plain, &format!("  {}{made}: {changes}", whose(parcel)));
            for brought in others {
                let reported = points_in_words(brought.new, brought.known, brought.both, "point");
                let weight = if brought.both > 0 { Weight::Gap } else { Weight::Plain };
                self.put(weight, &format!("      {}: {reported}", brought.title));
            }
        }
    }

    fn push_groups(&mut self, groups: &[Hearing]) {
        let heard: Vec<&Hearing> = groups.iter().filter(|heard| !heard.is_missing()).collect();
        if heard.is_empty() {
            return;
        }
        let points: usize = heard.iter().map(|heard| heard.points).sum();
        let text = format!(
            "Reported: {} of {}, {}",
            heard.len(),
            counted(groups.len(), "group"),
            counted(points, "point")
        );
        self.put(Weight::Head, &text);
        let said = |heard: &Hearing| {
            let last = match heard.last {
                Some(last) => format!("at {}", clock(last, self.now, self.zone)),
                None => "here".to_owned(),
            };
            format!("{}: {} {last}", heard.title, heard.points)
        };
        let cells: Vec<String> = heard.iter().map(|heard| said(heard)).collect();
        let wide = cells.iter().map(|cell| wrap::width(cell)).max().unwrap_or(0) + 3;
        let columns = (self.width.saturating_sub(2) / wide).max(1);
        if cells.len() > FEW && cells.len().div_ceil(columns) > self.height / 3 {
            let titles: Vec<&str> = heard.iter().map(|heard| heard.title.as_str()).collect();
            return self.put(Weight::Plain, &format!("  {}", names(&titles)));
        }
        for row in cells.chunks(columns) {
            let mut text = String::from(" ");
            for cell in row {
                text.push(' ');
                text.push_str(cell);
                text.extend(std::iter::repeat_n(' ', wide - 1 - wrap::width(cell)));
            }
            self.put(Weight::Plain, text.trim_end());
        }
    }

    fn several(&mut self, all: &[Several]) {
        for several in all.iter().take(FEW) {
            let text = laptops::words(several, self.now, self.zone);
            self.put(Weight::Plain, &format!("  {text}"));
        }
        if all.len() > FEW {
            let text = format!("  {} more from several laptops", counted(all.len() - FEW, "group"));
            self.put(Weight::Plain, &text);
        }
    }

    fn coverage(&mut self, receipt: &Receipt) {
        if receipt.coverage.is_empty() {
            return;
        }
        self.put(Weight::Head, "Coverage: points by topic and group");
        let titles = receipt.coverage.iter().map(|row| wrap::width(&row.title)).max().unwrap_or(0);
        let labels: Vec<&str> = receipt.groups.iter().map(|heard| heard.title.as_str()).collect();
        let counts = receipt.coverage.iter().flat_map(|row| row.standing.iter().flatten());
        let numbers = counts.map(|count| count.to_string().len());
        let is_later = receipt.coverage.iter().any(|row| !row.later.is_empty());
        let words = [if is_later { LATER.len() } else { 3 }];
        let cells = labels.iter().map(|label| wrap::width(label)).chain(numbers).chain(words);
        let wide = cells.max().unwrap_or(0) + 2;
        let fits = titles + 2 + wide * labels.len() <= self.width && labels.len() <= FEW;
        if fits {
            let mut head = " ".repeat(titles + 2);
            for label in &labels {
                head.push_str(&right(label, wide));
            }
            self.put(Weight::Plain, &head);
        }
        for row in &receipt.coverage {
            let text = if fits {
                let pad = titles - wrap::width(&row.title);
                let mut text = format!("  {}{:pad$}", row.title, "");
                for (heard, standing) in receipt.groups.iter().zip(&row.standing) {
                    let cell = match standing {
                        None if row.later.contains(&heard.group) => LATER.to_owned(),
                        None => "·".to_owned(),
                        Some(0) => "gap".to_owned(),
                        Some(count) => count.to_string(),
                    };
                    text.push_str(&right(&cell, wide));
                }
                text
            } else {
                in_a_sentence(row)
            };
            let gap = row.standing.contains(&Some(0));
            self.put(if gap { Weight::Gap } else { Weight::Plain }, &text);
        }
    }

    fn both(&mut self, both: &[Both], receipt: &Receipt) {
        if both.is_empty() {
            return;
        }
        let text = format!("Changed on two laptops at once: {}", counted(both.len(), "point"));
        self.put(Weight::Head, &text);
        let group = |both: &Both| {
            let heard = receipt.groups.iter().find(|heard| heard.group == both.group);
            heard.map_or_else(|| both.group.to_string(), |heard| heard.title.clone())
        };
        let topic = |both: &Both| {
            let row = receipt.coverage.iter().find(|row| row.topic == both.topic);
            row.map_or_else(|| both.topic.to_string(), |row| row.title.clone())
        };
        for both in both.iter().take(FEW_BOTH) {
            let text = format!(
                "  {} · {}: {}: “{}”",
                group(both),
                topic(both),
                both.what.join(", "),
                both.text
            );
            self.put(Weight::Both(both.point), &wrap::shorten(&text, self.width));
        }
        if both.len() > FEW_BOTH {
            let text = format!("  {} more", both.len() - FEW_BOTH);
            self.put(Weight::Gap, &text);
        }
    }
}

/// A topic of the coverage where there are too many groups for a table.
fn in_a_sentence(row: &TopicRow) -> String {
    let all: usize = row.standing.iter().flatten().sum();
    let later = row.later.len();
    let asked = row.standing.iter().flatten().count() + later;
    let spoke = row.standing.iter().flatten().filter(|count| **count > 0).count();
    if later == asked {
        return format!("  {}: {LATER}", row.title);
    }
    let later = if later > 0 { format!(", {later} {LATER}") } else { String::new() };
    let points = counted(all, "point");
    format!("  {}: {points} from {spoke} of {}{later}", row.title, counted(asked, "group"))
}

/// Whose parcel it is: the group's laptop, or what the file or folder is called.
fn whose(parcel: &Delivery) -> String {
    match (&parcel.group_title, parcel.replica) {
        // Two laptops of one group are distinguished by the beginning of their names.
        (Some(title), Some(replica)) => format!("{title}, laptop {replica:.4}"),
        _ => parcel.name.clone(),
    }
}

/// What came in of one kind: `31 points new, 12 known, 1 changed on both sides`.
fn points_in_words(new: usize, known: usize, both: usize, what: &str) -> String {
    let mut parts = Vec::new();
    if new > 0 {
        parts.push(format!("{} new", counted(new, what)));
    }
    if known > 0 {
        parts.push(if new > 0 {
            format!("{known} known")
        } else {
            format!("{} known", counted(known, what))
        });
    }
    if both > 0 {
        parts.push(format!("{both} changed on both sides"));
    }
    parts.join(", ")
}

fn right(text: &str, wide: usize) -> String {
    let pad = wide.saturating_sub(wrap::width(text));
    format!("{:pad$}{text}", "")
}

fn zone_day(zone: Zone, moment: Moment) -> chrono::NaiveDate {
    zone.local(moment).date()
}
