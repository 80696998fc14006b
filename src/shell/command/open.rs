//! `open`: the screens, in a workshop.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use super::super::places::Places;
use super::super::runtime::{self, Opening};
use super::{Failure, refused};
use crate::app::Source;
use crate::workshop::{GroupId, TopicId};

/// What to say where there is no terminal to draw on.
const NO_TERMINAL: &str = "There is no terminal here to draw on. In a script, use a verb: “rapporteur \
    list WORKSHOP”, “rapporteur add …”, “rapporteur export …”; “rapporteur --help” names them all.";

#[derive(Debug, Args)]
pub(in super::super) struct Open {
    /// A workshop's folder, or the name of one in the data folder; an agenda makes a new one.
    workshop: PathBuf,
    /// Take down the points of this group.
    #[arg(long, short)]
    group: Option<GroupId>,
    /// Take down points on this topic.
    #[arg(long, short)]
    topic: Option<TopicId>,
}

impl Open {
    pub(super) fn run(self, places: &Places) -> Result<(), Failure> {
        let source = Source::Path(self.workshop);
        screens(places, Some(Opening { source, group: self.group, topic: self.topic }))
    }
}

/// Shows the screens until the person leaves.
pub(in super::super) fn screens(places: &Places, first: Option<Opening>) -> Result<(), Failure> {
    if !io::stdout().is_terminal() || !(io::stdin().is_terminal() || cfg!(unix)) {
        return Err(refused(NO_TERMINAL));
    }
    let unsaved = runtime::run(places.clone(), first).map_err(refused)?;
    if unsaved.is_empty() {
        return Ok(());
    }
    Err(refused(format!(
        "The disk did not take these {} changes before the program ended. Their words, to be kept \
         by hand:\n{}",
        unsaved.len(),
        unsaved.join("\n")
    )))
}
