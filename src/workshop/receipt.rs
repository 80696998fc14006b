//! What came in and what is still missing, reported while the groups are in the building.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::time::{serialize_utc, serialize_utc_of};
use super::{
    Clock, Due, DueTopics, Gap, GroupId, Hearing, Moment, PlanSoFar, Point, PointId, SessionId,
    Several, Subject, TopicId, Workshop, WriterId,
};

/// The value of a receipt's first field.
const FORMAT: &str = "rapporteur-receipt/1";

/// What one bundle or folder brought, as it was taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Parcel {
    /// The name of the file or folder.
    pub name: String,
    /// Which laptop made it; a folder does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replica: Option<WriterId>,
    /// The group that laptop works for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// When it was made, by that laptop's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Moment>,
    /// How many of its changes were not here before.
    pub fresh: usize,
    /// How many were here already.
    pub known: usize,
    /// How many only a newer version of the program understands; they are kept and passed on.
    #[serde(default)]
    pub newer: usize,
    /// How many earlier changes of its writers are still not here: the bundle was a part.
    #[serde(default)]
    pub missing: u64,
    /// How many of its changes cannot be read because it is damaged.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub unread: u64,
    /// When other laptops made the last of their changes that were there, if that is later than the parcel,
    /// by their clocks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others_later: Option<Moment>,
    /// The same for a change that its own laptop made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_later: Option<Moment>,
    /// What could not be read in a folder or a bundle, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<String>,
    /// The points it brought.
    #[serde(default)]
    pub new_points: Vec<PointId>,
    /// The points in it that were here already.
    #[serde(default)]
    pub known_points: Vec<PointId>,
    /// The points that its new changes are about.
    #[serde(default)]
    pub changed_points: Vec<PointId>,
    /// How many changes of each writer are known where it comes from.
    #[serde(skip)]
    pub known_there: BTreeMap<WriterId, u64>,
}

/// A file or folder that was not taken in, or what went wrong with all of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RefusedFile {
    /// What it is called; empty if this is about no file.
    pub name: String,
    /// Why, in words.
    pub why: String,
}

impl RefusedFile {
    /// What went wrong after all files had been taken in, as a sentence.
    pub fn of_all(why: String) -> Self {
        Self { name: String::new(), why }
    }

    /// Whether this is about a file that was not taken in.
    pub fn is_file(&self) -> bool {
        !self.name.is_empty()
    }

    /// What happened, as a sentence.
    pub fn sentence(&self) -> String {
        if self.is_file() {
            format!("Not taken in: {}: {}", self.name, self.why)
        } else {
            self.why.clone()
        }
    }
}

/// What a parcel brought from one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupNews {
    /// The group.
    pub group: GroupId,
    /// Its label.
    pub title: String,
    /// How many of its points were not here before.
    pub new: usize,
    /// How many were here already.
    pub known: usize,
    /// How many were changed there and here at once, and need a choice.
    pub both: usize,
}

/// One parcel of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// The name of the file or folder.
    pub name: String,
    /// Which laptop made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replica: Option<WriterId>,
    /// The group that laptop works for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// That group's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_title: Option<String>,
    /// When it was made, by that laptop's clock.
    #[serde(serialize_with = "serialize_utc", skip_serializing_if = "Option::is_none")]
    pub made: Option<Moment>,
    /// How many of its changes were not here before.
    pub fresh: usize,
    /// How many were here already.
    pub known: usize,
    /// How many only a newer version of the program understands.
    pub newer: usize,
    /// How many earlier changes of its writers are still not here.
    pub missing: u64,
    /// What could not be read in it, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<String>,
    /// What it brought, group by group.
    pub groups: Vec<GroupNews>,
}

/// One topic of a receipt's coverage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicRow {
    /// The topic.
    pub topic: TopicId,
    /// Its short label.
    pub title: String,
    /// How many points count, group by group in the order of the hearings; absent if the group
    /// was not asked, or its discussion is still to come, and it said nothing.
    pub standing: Vec<Option<usize>>,
    /// The groups that said nothing and whose discussion is still to come.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<GroupId>,
}

impl TopicRow {
    fn of(
        workshop: &Workshop,
        topic: &super::Topic,
        groups: &[Hearing],
        due: &DueTopics<'_>,
    ) -> Self {
        let mut later = Vec::new();
        let mut cell = |group: &GroupId| {
            let standing = workshop.standing(group, &topic.id);
            let due = due.of(group, &topic.id);
            if standing == 0 && due == Due::Later {
                later.push(group.clone());
            }
            (standing > 0 || due == Due::Now).then_some(standing)
        };
        let standing = groups.iter().map(|heard| cell(&heard.group)).collect();
        Self { topic: topic.id.clone(), title: topic.short().to_owned(), standing, later }
    }
}

/// A point that was changed on two laptops at once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Both {
    /// The point.
    pub point: PointId,
    /// Its group.
    pub group: GroupId,
    /// Its topic.
    pub topic: TopicId,
    /// Its words, as they are shown until somebody chooses.
    pub text: String,
    /// What was set at once: `wording`, `topic`, `deleted and changed`.
    pub what: Vec<&'static str>,
}

/// What was brought, who was heard, what is missing, what needs a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The format and its version.
    pub schema: &'static str,
    /// The meeting.
    pub meeting: String,
    /// When it was made.
    #[serde(serialize_with = "serialize_utc_of")]
    pub at: Moment,
    /// What came in.
    pub parcels: Vec<Delivery>,
    /// What was not taken in, and why.
    pub refused: Vec<RefusedFile>,
    /// What is here now from every group.
    pub groups: Vec<Hearing>,
    /// Topics by groups as they are now.
    pub coverage: Vec<TopicRow>,
    /// Points changed on two laptops at once.
    pub both: Vec<Both>,
    /// How many draft texts were taken in at once, besides the one shown.
    pub texts: usize,
    /// The items that drafters answered differently on several laptops at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Subject>,
    /// Groups whose points were captured on several laptops.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub several: Vec<Several>,
    /// Clocks that disagree with this laptop's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
    /// How many changes wait for the capture of their point, which has not come yet.
    pub waiting: usize,
    /// What is known to exist and is not here, one sentence each: damaged, unreadable, never came.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// What the plan had groups discuss and is not here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<Silence>,
    /// The discussions of the plan in which nobody has spoken so far, by their titles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_begun: Vec<String>,
    /// The laptops that did not report today, one sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<String>,
    /// The laptops with another version of the program, one sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// Whether the plan shows which topics were due: then `silent` has all of those that are missing.
    #[serde(skip)]
    pub is_planned: bool,
    /// Whether the words in it passed the gate: they did not.
    pub checked: bool,
}

/// A discussion in which groups should have discussed topics and said nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Silence {
    /// The day, in the meeting's time zone.
    pub date: NaiveDate,
    /// The session of the plan.
    pub session: SessionId,
    /// Other sessions of that day in which it may have been instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub or: Vec<SessionId>,
    /// The topics; empty if the plan names none for the session.
    pub topics: Vec<TopicId>,
    /// The groups.
    pub groups: Vec<GroupId>,
    /// All of this as a sentence.
    pub words: String,
}

impl Receipt {
    /// The receipt of these parcels, in a workshop that has taken them in. `own` are the writers of
    /// this laptop.
    pub fn of(
        workshop: &Workshop,
        parcels: &[Parcel],
        refused: &[RefusedFile],
        own: &HashSet<WriterId>,
        at: Moment,
    ) -> Self {
        let plan = workshop.plan_so_far(Some(at));
        let due = workshop.due_by(&plan);
        let groups = workshop.hearings(own, &due);
        let row = |topic: &super::Topic| TopicRow::of(workshop, topic, &groups, &due);
        let ranks: Ranks<'_> = workshop
            .groups()
            .enumerate()
            .map(|(rank, group)| (&group.id, (rank, group.title())))
            .collect();
        let coverage = workshop.topics().iter().map(row);
        let is_asked = |row: &TopicRow| row.standing.iter().any(Option::is_some);
        let coverage = coverage.filter(|row| is_asked(row) || !row.later.is_empty()).collect();
        let (missing, silent) = gaps_and_silences(workshop, &plan, parcels, refused);
        let clocks = Clock::of_parcels(workshop, parcels, at);
        let parcels: Vec<Delivery> =
            parcels.iter().map(|parcel| Delivery::of(workshop, &ranks, parcel)).collect();
        Self {
            schema: FORMAT,
            meeting: workshop.agenda().title.clone(),
            at,
            several: Vec::new(),
            clocks,
            parcels,
            refused: refused.to_vec(),
            coverage,
            groups,
            both: workshop.changed_at_once(),
            texts: workshop.other_draft_texts().len(),
            answers: workshop.answered_at_once(),
            waiting: workshop.waiting(),
            missing,
            silent,
            not_begun: workshop.not_begun_by(&plan),
            away: workshop.absent_laptops(at),
            versions: workshop.other_versions(env!("CARGO_PKG_VERSION")),
            is_planned: plan.has_discussions(),
            checked: false,
        }
    }
}

/// What is missing, without what the receipt says elsewhere, and the plan's silences.
fn gaps_and_silences(
    workshop: &Workshop,
    plan: &PlanSoFar<'_>,
    parcels: &[Parcel],
    refused: &[RefusedFile],
) -> (Vec<String>, Vec<Silence>) {
    let gaps = workshop.gaps_by(plan);
    let is_said = |gap: &&Gap| match gap {
        Gap::Waiting(_) | Gap::Silent { .. } => true,
        Gap::Part { laptop, .. } => {
            parcels.iter().any(|parcel| parcel.replica == Some(*laptop) && parcel.missing > 0)
        }
        Gap::Refused { laptop, .. } => {
            refused.iter().any(|turned| turned.name.contains(&laptop.to_string()))
        }
        _ => false,
    };
    let missing: Vec<&Gap> = gaps.iter().filter(|gap| !is_said(gap)).collect();
    let silence = |gap: &Gap| match gap {
        Gap::Silent { date, session, or, topics, groups } => Some(Silence {
            date: *date,
            session: session.clone(),
            or: or.clone(),
            topics: topics.clone(),
            groups: groups.clone(),
            words: workshop.silence_in_words(
                (*date, &workshop.in_order(session, or)),
                topics,
                groups,
            ),
        }),
        _ => None,
    };
    (workshop.sentences(missing.into_iter()), gaps.iter().filter_map(silence).collect())
}

/// The groups' positions in their order, and their labels.
type Ranks<'w> = HashMap<&'w GroupId, (usize, &'w str)>;

impl Delivery {
    fn of(workshop: &Workshop, ranks: &Ranks<'_>, parcel: &Parcel) -> Self {
        let title = |group: &GroupId| {
            let known = ranks.get(group).map(|(_, title)| (*title).to_owned());
            known.unwrap_or_else(|| workshop.title_of(group))
        };
        let mut groups: Vec<GroupNews> = Vec::new();
        let mut places: HashMap<&GroupId, usize> = HashMap::new();
        let mut latest: Option<(&GroupId, usize)> = None;
        let mut count = |id: &PointId, add: &dyn Fn(&mut GroupNews)| {
            let Some(point) = workshop.point(*id) else { return };
            // Points come in runs from one group.
            let place = latest.filter(|(group, _)| *group == point.group()).map(|(_, place)| place);
            let place = place.unwrap_or_else(|| {
                *places.entry(point.group()).or_insert_with(|| {
                    let (group, title) = (point.group().clone(), title(point.group()));
                    groups.push(GroupNews { group, title, new: 0, known: 0, both: 0 });
                    groups.len() - 1
                })
            });
            latest = Some((point.group(), place));
            add(&mut groups[place]);
        };
        parcel.new_points.iter().for_each(|id| count(id, &|brought| brought.new += 1));
        parcel.known_points.iter().for_each(|id| count(id, &|brought| brought.known += 1));
        let disputed =
            |id: &&PointId| workshop.point(**id).is_some_and(|point: &Point| point.is_disputed());
        let both = parcel.changed_points.iter().filter(disputed);
        both.for_each(|id| count(id, &|brought| brought.both += 1));
        groups.sort_by_key(|brought| ranks.get(&brought.group).map(|(rank, _)| *rank));
        Self {
            name: parcel.name.clone(),
            replica: parcel.replica,
            group: parcel.group.clone(),
            group_title: parcel.group.as_ref().map(title),
            made: parcel.made,
            fresh: parcel.fresh,
            known: parcel.known,
            newer: parcel.newer,
            missing: parcel.missing,
            damage: parcel.damage.clone(),
            groups,
        }
    }
}

impl Workshop {
    /// The label of a group, or its id if there is none.
    pub fn title_of(&self, group: &GroupId) -> String {
        self.group(group).map_or_else(|| group.to_string(), |state| state.title().to_owned())
    }

    /// The points that several laptops changed at once and for which nobody has chosen yet, by group and
    /// topic and then in the order of their lists.
    pub fn changed_at_once(&self) -> Vec<Both> {
        let mut found: Vec<(usize, usize, &Point)> = Vec::new();
        let cells = self.all_cells().filter(|(.., cell)| self.tally_of(cell).disputed > 0);
        let points = cells.flat_map(|(.., cell)| &cell.points).map(|index| self.point_at(*index));
        for point in points.filter(|point| point.is_disputed()) {
            let group = self.groups().position(|group| group.id == *point.group());
            let topic = self.topics().iter().position(|topic| topic.id == *point.topic());
            found.push((group.unwrap_or(usize::MAX), topic.unwrap_or(usize::MAX), point));
        }
        found.sort_by(|(group, topic, point), (other, too, beside)| {
            (group, topic).cmp(&(other, too)).then_with(|| point.cmp_place(beside))
        });
        let both = |(_, _, point): (usize, usize, &Point)| Both {
            point: point.id(),
            group: point.group().clone(),
            topic: point.topic().clone(),
            text: point.text().to_owned(),
            what: point.what_is_disputed(),
        };
        found.into_iter().map(both).collect()
    }
}

impl Point {
    /// What was set on several laptops at once, in words.
    pub fn what_is_disputed(&self) -> Vec<&'static str> {
        let fields = self.disputes();
        let words = fields.iter().map(|dispute| dispute.shown.name());
        let spared = self.is_spared().then_some("deleted and changed");
        words.chain(spared).collect()
    }
}
