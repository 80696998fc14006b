//! The gate: everything that leaves the room passes it, and comes out as [`ClearedDocument`].
//!
//! A document lists all its printed texts ([`Publishable`]). The gate searches each of
//! them, compares what it finds with the decisions in the workshop, and lets the document pass if
//! every mention was decided on in exactly the words that are printed. `export` accepts nothing that
//! has not passed, and nothing else makes a [`ClearedDocument`]:
//!
//! ```compile_fail,E0423
//! use rapporteur::feedback::{ClearedDocument, Feedback};
//! use rapporteur::workshop::{Agenda, Workshop};
//!
//! let workshop = Workshop::new(&Agenda::default());
//! let claimed = ClearedDocument(Feedback::of(&workshop, "0.1.0"));
//! ```

use std::{collections::HashSet, ops::Deref, sync::OnceLock};

use crate::names::{Names, SearchCounts};
use crate::workshop::{Mention, MentionKey, PrintedText, Workshop};

/// A document that passed the gate. It can no longer be changed, only read and exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClearedDocument<D> {
    document: D,
    found: Vec<Box<str>>,
}

impl<D> ClearedDocument<D> {
    /// The names in it that may stay, as they are written in it, each as often as it was decided on.
    pub fn found(&self) -> impl Iterator<Item = &str> {
        self.found.iter().map(AsRef::as_ref)
    }
}

impl<D> Deref for ClearedDocument<D> {
    type Target = D;

    fn deref(&self) -> &D {
        &self.document
    }
}

/// A document that can leave the room: it lists its texts, and has a place for the gate's findings.
pub trait Publishable {
    /// In how many sections it can be searched, each by itself.
    fn sections(&self) -> usize;

    /// Passes on every printed text of a section.
    fn texts(&self, section: usize, see: &mut dyn FnMut(PrintedText<'_>));

    /// Takes in what the gate found, to be printed with the document.
    fn certify(&mut self, certificate: &Certificate<'_>);
}

/// What the gate certifies about a document that passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate<'g> {
    /// The mentions in it that were decided on, in the order of the document, each once.
    pub decided: Vec<Mention>,
    /// Those that nobody decided on and why they may pass this once, if there are any.
    pub waived: Option<(&'g str, Vec<Mention>)>,
    /// For how many listed names each file is searched.
    pub searched: SearchCounts,
}

/// Why a document does not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Somebody has to decide on these mentions first, in the order of the document, each once.
    Open(Vec<Mention>),
    /// The reason for letting them pass has a name in it itself.
    Reason(String),
}

/// Runs `count` jobs, each by its number, on as many threads as the caller chooses.
pub type Share<'s> = &'s dyn Fn(usize, &(dyn Fn(usize) + Sync));

/// Runs all jobs one after the other.
pub fn in_turn(count: usize, job: &(dyn Fn(usize) + Sync)) {
    (0..count).for_each(job);
}

/// Searches documents for names.
#[derive(Clone, Copy, Debug)]
pub struct Gate<'g> {
    /// Where the decisions are.
    pub workshop: &'g Workshop,
    /// The names that are searched for.
    pub names: &'g Names,
    /// Why mentions that nobody decided on may pass this once. It is printed.
    pub waive: Option<&'g str>,
    /// For how many listed names each file will be searched.
    pub searched: SearchCounts,
}

impl Gate<'_> {
    /// Lets a document pass if every mention in it was decided on.
    pub fn clear<D: Publishable + Sync>(
        &self,
        mut document: D,
        share: Share<'_>,
    ) -> Result<ClearedDocument<D>, Stop> {
        let (open, decided): (Vec<Mention>, Vec<Mention>) =
            self.mentions(&document, share).into_iter().partition(Mention::is_open);
        let held: Vec<Mention> =
            open.iter().filter(|mention| mention.clearance.is_some()).cloned().collect();
        let waived = match self.waive {
            // What somebody holds does not pass for any reason.
            Some(_) if !held.is_empty() => return Err(Stop::Open(held)),
            Some(reason) if !open.is_empty() => {
                self.check_reason(reason)?;
                Some((reason, open.clone()))
            }
            None if !open.is_empty() => return Err(Stop::Open(open)),
            _ => None,
        };
        let found = open.iter().chain(&decided).map(|mention| mention.found().into()).collect();
        document.certify(&Certificate { decided, waived, searched: self.searched });
        Ok(ClearedDocument { document, found })
    }

    /// All mentions in a document, decided on or not, in its order and each once.
    pub fn mentions<D: Publishable + Sync>(&self, document: &D, share: Share<'_>) -> Vec<Mention> {
        let sections: Vec<OnceLock<Vec<Mention>>> =
            (0..document.sections()).map(|_| OnceLock::new()).collect();
        let look = |section: usize| {
            let mut found = Vec::new();
            document.texts(section, &mut |printed| {
                found.extend(self.workshop.mentions(self.names, &printed));
            });
            found
        };
        share(sections.len(), &|section| {
            if let Some(place) = sections.get(section) {
                place.get_or_init(|| look(section));
            }
        });
        let mut seen: HashSet<MentionKey> = HashSet::new();
        let mut all = Vec::new();
        for (section, found) in sections.into_iter().enumerate() {
            // A section that no thread has searched is searched now.
            let found = found.into_inner().unwrap_or_else(|| look(section));
            all.extend(found.into_iter().filter(|mention| seen.insert(mention.key.clone())));
        }
        all
    }

    /// A reason is printed, and nobody decides on names in it, so it must have none.
    fn check_reason(&self, reason: &str) -> Result<(), Stop> {
        self.names.first_in(reason).map_or(Ok(()), |name| Err(Stop::Reason(name.to_owned())))
    }
}
