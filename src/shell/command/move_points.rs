//! `rapporteur move`: files points under another session, if they were filed under the wrong one.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::{
    DataFolders, Failure, chance, group, import::save, now, open, print_message, read_folder,
    refused, session, session_in_words, topic,
};
use crate::workshop::{Field, GroupId, Ids, Point, PointId, Workshop};

/// Moves points to another session.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("which").required(true).multiple(true))]
pub(crate) struct Move {
    /// The workshop's folder, or its name in your data folder.
    workshop: PathBuf,
    /// The session that the points go to, by id or title; `none` for no session.
    #[arg(long, short)]
    session: String,
    /// Only points filed under this session, by id or title; `none` for those under no session.
    #[arg(long, group = "which")]
    from_session: Option<String>,
    /// Only points of this group, by id or title.
    #[arg(long, short, group = "which")]
    group: Option<String>,
    /// Only points on this topic, by id or title.
    #[arg(long, short, group = "which")]
    topic: Option<String>,
    /// Print what would be moved, without moving it.
    #[arg(long)]
    dry_run: bool,
    /// The points, by id.
    #[arg(group = "which")]
    points: Vec<PointId>,
}

impl Move {
    pub(super) fn run(self, folders: &DataFolders) -> Result<(), Failure> {
        let folder = open(&self.workshop, folders)?;
        let workshop = read_folder(&folder)?;
        let to = session(workshop.agenda(), &self.session)?;
        let meant = self.points_to_move(&workshop)?;
        let moved = |point: &&PointId| {
            let found = workshop.point(**point);
            found.is_some_and(|found| {
                found.values(&Field::Session(None)) != [Field::Session(to.clone())]
            })
        };
        let moved: Vec<PointId> = meant.iter().filter(moved).copied().collect();
        let changes = workshop.refile(moved.iter().copied(), to.as_ref()).map_err(refused)?;
        let place = session_in_words(&workshop, to.as_ref());
        let points = if moved.len() == 1 { "point" } else { "points" };
        if !changes.is_empty() && !self.dry_run {
            let writer = Ids::seeded(chance()).writer();
            save(&folder, folders, &[workshop.record(writer, now(), changes)])?;
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        moved.iter().try_for_each(|id| writeln!(out, "{id}"))?;
        out.flush()?;
        print_message(&match (moved.len(), self.dry_run) {
            (0, _) => {
                format!("Nothing to move: every such point is already filed under {place}.")
            }
            (many, true) => format!("{many} {points} would be filed under {place}."),
            (many, false) => format!("{many} {points} filed under {place}."),
        });
        let of_groups = |id: &PointId| {
            workshop.point(*id).is_some_and(|point| *point.group() != GroupId::plenary())
        };
        if to.as_ref().is_some_and(|to| workshop.is_on_record(to)) && moved.iter().any(of_groups) {
            print_message(
                "WARNING: a group's points are on the record now; names in them can go out by consent.",
            );
        }
        Ok(())
    }

    /// The points that match everything that was asked for, in the order in which they were taken down.
    fn points_to_move(&self, workshop: &Workshop) -> Result<Vec<PointId>, Failure> {
        let agenda = workshop.agenda();
        for point in &self.points {
            let found = workshop.point(*point).filter(|point| !point.is_deleted());
            found.ok_or_else(|| refused(crate::workshop::Refusal::NoPoint(*point)))?;
        }
        let from = self.from_session.as_deref().map(|named| session(agenda, named)).transpose()?;
        let group = self.group.as_deref().map(|named| group(agenda, named));
        group.as_ref().map_or(Ok(()), |id| workshop.check_group(id)).map_err(refused)?;
        let topic = self.topic.as_deref().map(|named| topic(agenda, named));
        topic.as_ref().map_or(Ok(()), |id| workshop.check_topic(id)).map_err(refused)?;
        let fits = |point: &&Point| {
            (self.points.is_empty() || self.points.contains(&point.id()))
                && group.as_ref().is_none_or(|group| point.group() == group)
                && topic.as_ref().is_none_or(|topic| point.topic() == topic)
        };
        let mut points: Vec<&Point> = match &from {
            Some(from) => workshop.filed_under(from.as_ref()).filter(fits).collect(),
            None => workshop.points().filter(fits).collect(),
        };
        points.sort_by_key(|point| (point.born(), point.id()));
        Ok(points.into_iter().map(Point::id).collect())
    }
}
