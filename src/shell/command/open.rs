//! `open`: shows the screens, in a workshop.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::super::regrouping::{Regrouping, work_for};
use super::super::runtime::{self, First};
use super::super::taking_over::{TakeoverFailure, is_received, receive};
use super::locks::{self, UnlockOptions};
use super::{
    DataFolders, Failure, confirm::confirm, group, open, print_message, read, refused, topic,
};
use crate::app::{OpenTarget, wrap::visible};
use crate::store::{Folder, place};
use crate::workshop::{GroupId, Refusal, TopicId, Workshop, counted, shown};

/// What to say if there is no terminal to draw on.
const NO_TERMINAL: &str = "There is no terminal to show the screens on. In a script, use a command: “rapporteur \
    list WORKSHOP”, “rapporteur add …”, “rapporteur export …”; “rapporteur --help” lists them all.";

#[derive(Debug, Args)]
pub(in super::super) struct OpenCommand {
    /// A workshop's folder or name. An agenda or a hand-out creates a new workshop. Another laptop's bundle,
    /// or a folder of bundles, makes this laptop its replacement.
    workshop: PathBuf,
    /// Capture points of this group, by id or title.
    #[arg(long, short)]
    group: Option<String>,
    /// Capture points on this topic, by id or title.
    #[arg(long, short)]
    topic: Option<String>,
    /// Do not ask before this laptop switches to another group.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    opening: UnlockOptions,
}

impl OpenCommand {
    pub(super) fn run(mut self, folders: &DataFolders) -> Result<(), Failure> {
        let mut note = None;
        let mut taken = None;
        if place::find_workshop(&folders.data, &self.workshop)
            .is_ok_and(|meant| is_received(&meant))
        {
            self.workshop = self.receive(folders)?;
            let folder = open(&self.workshop, folders)?;
            note = other_name(&folder, folders);
            // Without a terminal there are no screens to show it.
            if let Some(note) = note.as_ref().filter(|_| !io::stdout().is_terminal()) {
                print_message(note);
            }
            let stem = folder.path().file_stem();
            taken = stem.map(|stem| stem.to_string_lossy().into_owned());
        }
        let place = self.place(folders);
        if let Some(name) = taken.filter(|_| place.is_err() || !can_draw()) {
            print_message(&format!(
                "Its workshop is on this laptop now; “rapporteur open {name}” opens it."
            ));
        }
        let (group, topic) = place?;
        let source = OpenTarget::Path(self.workshop);
        screens(folders, Some(First { source, group, topic, note }))
    }

    /// The group and topic to begin with. Another group than before is agreed to and remembered.
    fn place(&self, folders: &DataFolders) -> Result<(Option<GroupId>, Option<TopicId>), Failure> {
        let (group, topic) = self.chosen_place(folders)?;
        if let Some(group) = group.as_ref().filter(|group| **group != GroupId::plenary()) {
            let folder = open(&self.workshop, folders)?;
            if let Some(change) = Regrouping::of(group, &folder, folders) {
                self.agree(&change, &[])?;
            }
            // The group whose points are taken down here is the laptop's name for the others. It is
            // no reason not to open the workshop if that cannot be remembered.
            let _ = work_for(group, &folder, folders);
        }
        Ok((group, topic))
    }

    /// Takes in a bundle and returns the folder of its workshop.
    fn receive(&self, folders: &DataFolders) -> Result<PathBuf, Failure> {
        let mut keys = self.opening.keys()?;
        let mut received = receive(&self.workshop, &keys, folders, false);
        let asks = |received: &Result<Folder, TakeoverFailure>| match received {
            Err(TakeoverFailure::Rejected(why)) => why.asks_for_a_key(),
            _ => false,
        };
        if asks(&received) && locks::can_ask() {
            keys.add(locks::ask(false)?);
            received = receive(&self.workshop, &keys, folders, false);
        }
        if let Err(TakeoverFailure::Changes(change)) = &received {
            let file = shown(&self.workshop);
            self.agree(
                change,
                &[
                    change.hand_out(&self.workshop),
                    format!("To take in only its points: rapporteur merge WORKSHOP \"{file}\""),
                ],
            )?;
            received = receive(&self.workshop, &keys, folders, true);
        }
        match received {
            Ok(folder) => Ok(folder.path().to_owned()),
            Err(TakeoverFailure::Changes(change)) => Err(refused(change.line())),
            Err(TakeoverFailure::Unclear(why)) => Err(refused(why)),
            Err(TakeoverFailure::Rejected(why)) => {
                Err(refused(format!("{}: {why}", shown(&self.workshop))))
            }
        }
    }

    /// Asks somebody to agree to work for another group here.
    fn agree(&self, change: &Regrouping, about: &[String]) -> Result<(), Failure> {
        let mut question = about.to_vec();
        question.extend(change.question());
        if self.yes || locks::can_ask() {
            return confirm(self.yes, &question, "Nothing was changed.");
        }
        question
            .push("Nothing was changed. If that is meant, type the same with --yes.".to_owned());
        Err(refused(question.join("\n")))
    }

    /// The group and topic that are meant. One that is not in the agenda may have been made on the
    /// day: that is looked up in the whole workshop.
    fn chosen_place(
        &self,
        folders: &DataFolders,
    ) -> Result<(Option<GroupId>, Option<TopicId>), Failure> {
        if self.group.is_none() && self.topic.is_none() {
            return Ok((None, None));
        }
        let founding = open(&self.workshop, folders)?.agenda().map_err(refused)?;
        let mut workshop = Workshop::default();
        workshop.apply(founding);
        let group = self.group.as_ref().map(|named| group(workshop.agenda(), named));
        let topic = self.topic.as_ref().map(|named| topic(workshop.agenda(), named));
        if refusal(&workshop, group.as_ref(), topic.as_ref()).is_some() {
            workshop = read(&self.workshop, folders)?;
        }
        match refusal(&workshop, group.as_ref(), topic.as_ref()) {
            Some(refusal) => Err(refused(refusal)),
            None => Ok((group, topic)),
        }
    }
}

/// The message if the meeting's name means another workshop on this laptop, made from another version
/// of the agenda: tomorrow somebody would open that one.
fn other_name(folder: &Folder, folders: &DataFolders) -> Option<String> {
    let (meeting, title) = folder.names();
    let other = place::find_workshop(&folders.data, Path::new(&meeting)).ok();
    let other = other.and_then(|path| Folder::open(&path).ok());
    let other = other.filter(|other| other.id() != folder.id())?;
    Some(format!(
        "There are two workshops of “{title}” here: “{meeting}” means {}, this one is {}.",
        name(&other),
        name(folder)
    ))
}

fn name(folder: &Folder) -> String {
    let path = folder.path();
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Whether there is a terminal for the screens.
fn can_draw() -> bool {
    io::stdout().is_terminal() && (io::stdin().is_terminal() || cfg!(unix))
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
pub(in super::super) fn screens(
    folders: &DataFolders,
    first: Option<First>,
) -> Result<(), Failure> {
    if !can_draw() {
        return Err(refused(NO_TERMINAL));
    }
    let unsaved = runtime::run(folders.clone(), first).map_err(refused)?;
    if unsaved.is_empty() {
        return Ok(());
    }
    // Every word of them is printed, because they are nowhere else.
    let mut error = io::stderr().lock();
    for words in &unsaved {
        let _ = writeln!(error, "{}", visible(words));
    }
    drop(error);
    Err(refused(format!(
        "{} could not be saved before the program ended. The words are printed above: copy them.",
        counted(unsaved.len(), "change"),
    )))
}
