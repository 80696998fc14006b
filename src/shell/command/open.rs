//! `open`: the screens, in a workshop.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;

use super::super::opening;
use super::super::places::Places;
use super::super::runtime::{self, First};
use super::locks::{self, Opening};
use super::{Failure, group, open, read, refused, topic};
use crate::app::Source;
use crate::app::wrap::visible;
use crate::store::{Rejection, is_bundle};
use crate::workshop::{GroupId, Refusal, TopicId, Workshop, counted};

/// What to say where there is no terminal to draw on.
const NO_TERMINAL: &str = "There is no terminal here to draw on. In a script, use a verb: “rapporteur \
    list WORKSHOP”, “rapporteur add …”, “rapporteur export …”; “rapporteur --help” names them all.";

#[derive(Debug, Args)]
pub(in super::super) struct Open {
    /// A workshop's folder, or the name of one in the data folder; an agenda makes a new one, a
    /// hand-out too.
    workshop: PathBuf,
    /// Take down the points of this group, by its id or title.
    #[arg(long, short)]
    group: Option<String>,
    /// Take down points on this topic, by its id or title.
    #[arg(long, short)]
    topic: Option<String>,
    #[command(flatten)]
    opening: Opening,
}

impl Open {
    pub(super) fn run(mut self, places: &Places) -> Result<(), Failure> {
        if is_bundle(&self.workshop) && self.workshop.is_file() {
            self.workshop = self.receive(places)?;
        }
        let (group, topic) = self.meant(places)?;
        if let Some(group) = group.as_ref().filter(|group| **group != GroupId::plenary()) {
            // Whose points are taken down here is the name under which they go to the others. It is
            // no reason not to open the workshop if that cannot be remembered.
            let folder = open(&self.workshop, places)?;
            let _ = opening::work_for(group, &folder, places);
        }
        let source = Source::Path(self.workshop);
        screens(places, Some(First { source, group, topic }))
    }

    /// Takes in a bundle and gives the folder of its workshop.
    fn receive(&self, places: &Places) -> Result<PathBuf, Failure> {
        let mut keys = self.opening.keys()?;
        let mut received = opening::receive(&self.workshop, &keys, places);
        if received.as_ref().is_err_and(Rejection::asks_for_a_key) && locks::can_ask() {
            keys.add(locks::ask(false)?);
            received = opening::receive(&self.workshop, &keys, places);
        }
        let said = |why| refused(format!("{}: {why}", self.workshop.display()));
        received.map(|folder| folder.path().to_owned()).map_err(said)
    }

    /// The group and topic that are meant. What the agenda does not have may have been made on the
    /// day: that is looked up in the whole workshop.
    fn meant(&self, places: &Places) -> Result<(Option<GroupId>, Option<TopicId>), Failure> {
        if self.group.is_none() && self.topic.is_none() {
            return Ok((None, None));
        }
        let founding = open(&self.workshop, places)?.agenda().map_err(refused)?;
        let mut workshop = Workshop::default();
        workshop.apply(founding);
        let group = self.group.as_ref().map(|named| group(workshop.agenda(), named));
        let topic = self.topic.as_ref().map(|named| topic(workshop.agenda(), named));
        if refusal(&workshop, group.as_ref(), topic.as_ref()).is_some() {
            workshop = read(&self.workshop, places)?;
        }
        match refusal(&workshop, group.as_ref(), topic.as_ref()) {
            Some(refusal) => Err(refused(refusal)),
            None => Ok((group, topic)),
        }
    }
}

/// Why points of this group on this topic cannot be taken down here.
fn refusal(
    workshop: &Workshop,
    group: Option<&GroupId>,
    topic: Option<&TopicId>,
) -> Option<Refusal> {
    let no_group = group.and_then(|group| workshop.check_group(group).err());
    no_group.or_else(|| topic.and_then(|topic| workshop.check_topic(topic).err()))
}

/// Shows the screens until the person leaves.
pub(in super::super) fn screens(places: &Places, first: Option<First>) -> Result<(), Failure> {
    if !io::stdout().is_terminal() || !(io::stdin().is_terminal() || cfg!(unix)) {
        return Err(refused(NO_TERMINAL));
    }
    let unsaved = runtime::run(places.clone(), first).map_err(refused)?;
    if unsaved.is_empty() {
        return Ok(());
    }
    // Each word of them: they are nowhere else.
    let mut error = io::stderr().lock();
    for words in &unsaved {
        let _ = writeln!(error, "{}", visible(words));
    }
    drop(error);
    Err(refused(format!(
        "The disk did not take {} before the program ended. The words are above, to be kept by hand.",
        counted(unsaved.len(), "change"),
    )))
}
