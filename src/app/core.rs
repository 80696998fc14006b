//! What every screen works on and with: the workshop, what happened, what is to be done.

use std::path::PathBuf;

use super::ask::Given;
use super::history::History;
use super::later::Later;
use super::{Effect, Notice, Overlay, Safety, Screen};
use crate::workshop::{Ids, Moment, Workshop, WriterId};

/// What all screens share. Each screen's own state is its own.
#[derive(Debug)]
pub struct Core {
    /// The workshop that is open; an empty one on the start screen.
    pub workshop: Workshop,
    /// Where it lies.
    pub folder: PathBuf,
    /// Whether its points are still being read.
    pub loading: bool,
    /// Which screen is shown.
    pub screen: Screen,
    /// What stands over it.
    pub overlay: Option<Overlay>,
    /// How safe the work is.
    pub safety: Safety,
    /// What just happened.
    pub notice: Option<Notice>,
    /// What time it is.
    pub now: Moment,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    pub(super) ids: Ids,
    pub(super) writer: WriterId,
    pub(super) history: History,
    pub(super) given: Given,
    pub(super) effects: Vec<Effect>,
    /// What is to be asked once nothing else is.
    pub(super) later: Vec<Later>,
    /// What another laptop did to what is chosen since a key was pressed.
    pub(super) lost: Option<String>,
}

impl Core {
    /// Nothing is open yet.
    pub(super) fn new(ids: Ids, now: Moment, size: (u16, u16)) -> Self {
        Self {
            workshop: Workshop::default(),
            folder: PathBuf::new(),
            loading: false,
            screen: Screen::Start,
            overlay: None,
            safety: Safety::default(),
            notice: None,
            now,
            size,
            ids,
            writer: WriterId::new(0),
            history: History::default(),
            given: Given::default(),
            effects: Vec::new(),
            later: Vec::new(),
            lost: None,
        }
    }
}
