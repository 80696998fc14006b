//! Carries bundles between laptops: makes them, takes them in, leaves them in a shared folder.
//!
//! The command line uses a courier directly, the screens through a thread of their own
//! (`exchanging`).

mod second_copy;

pub(super) use second_copy::copy_trouble;

use std::collections::HashSet;
use std::path::{Path, PathBuf, absolute};

use super::clock::now;
use crate::app::Along;
use crate::store::lock::{Keys, Lock, Passphrase};
use crate::store::{
    Bundle, Collection, Damage, ExchangeMemory, Folder, Header, Incoming, Intake, Made, MeetingKey,
    Packing, Rejection, SecondCopy, SharedFolder, Trace, Trail, Trouble, read_bundle, whole,
};
use crate::workshop::{
    Change, GroupId, Ids, Moment, Parcel, RefusedFile, Workshop, file_name, shown,
};

/// Why a command fails although all files came in.
pub(super) const UNSAVED: &str = "not everything was saved; the reason is above.";
/// The warning if a disk cannot restrict files to one account.
const EXPOSED: &str = "Anyone who gets hold of this disk can read what was written: it cannot restrict files to one account. Lock them with a passphrase, or keep the disk with you.";

/// The warning about files of a workshop that an older program made.
const OLDER: &str = "The names of all participants are in what was written: this workshop was made by \
    an older version of the program, which put them into its first record. Lock such files \
    (--passphrase), or keep them from sight.";

/// What came in, and what did not.
#[derive(Debug, Default)]
pub(super) struct TakenIn {
    pub(super) parcels: Vec<Parcel>,
    pub(super) refused: Vec<RefusedFile>,
    /// Whether something could not be opened because no passphrase or key fits.
    pub(super) locked: bool,
    /// Where it came from. It is not taken in again, because then it would be reported as already known.
    pub(super) from: HashSet<PathBuf>,
}

/// What to put into a bundle that a person asks for.
#[derive(Debug, Default)]
pub(super) struct WantedBundle {
    pub(super) all: bool,
    pub(super) since: Option<Moment>,
    pub(super) without: Option<Bundle>,
    pub(super) participants: bool,
}

/// Files that were written for carrying, and what a person must know about them.
#[derive(Debug, Default)]
pub(super) struct WrittenBundles {
    pub(super) files: Vec<PathBuf>,
    pub(super) warnings: Vec<String>,
}

impl WrittenBundles {
    /// Notes a warning, unless it was noted already.
    fn warn(&mut self, warning: &str) {
        if !self.warnings.iter().any(|noted| noted == warning) {
            self.warnings.push(warning.to_owned());
        }
    }
}

/// The connection of one workshop to other laptops.
#[derive(Debug)]
pub(super) struct Courier {
    pub(super) exchange: ExchangeMemory,
    pub(super) keys: Keys,
    pub(super) lock: Option<Lock>,
    state: PathBuf,
    intake: Intake,
    place: Option<SharedFolder>,
    /// A second copy, if one is kept.
    copy: Option<SecondCopy>,
    /// What was published last, so that nothing is published twice.
    published: Option<Header>,
    ids: Ids,
    /// The meeting's key, if it was set on this machine.
    key: Option<MeetingKey>,
    /// Checks whether a file is for this account only, as read back from the disk.
    is_private: fn(&Path) -> bool,
}

impl Courier {
    /// Makes a courier for the workshop in this folder. `state` is where this machine remembers things.
    pub(super) fn of(folder: &Folder, state: &Path, mut ids: Ids) -> Self {
        let exchange = ExchangeMemory::settled(state, folder, ids.writer());
        let (mut intake, _) = Intake::open(folder, ids.writer());
        intake.works_as(exchange.replica);
        let place = exchange.place.as_deref().map(SharedFolder::new);
        let copy = exchange.copy.as_ref().map(|place| SecondCopy::new(&place.folder));
        let key = MeetingKey::recall(state, folder.id());
        let keys = Keys::meeting(key.clone());
        let (lock, published) = (key.clone().map(Lock::Meeting), None);
        let (state, is_private) = (state.to_owned(), whole::is_private as fn(&Path) -> bool);
        Self { exchange, keys, lock, state, intake, place, copy, published, ids, key, is_private }
    }

    /// Where the shared folder is, if there is one.
    pub(super) fn place(&self) -> Option<&SharedFolder> {
        self.place.as_ref()
    }

    /// Makes it publish to this place from now on, or to none.
    pub(super) fn set_place(&mut self, place: Option<&Path>) -> Result<(), Trouble> {
        self.place = place.map(SharedFolder::new);
        self.published = None;
        self.remember(|exchange| exchange.place = place.map(Path::to_owned))
    }

    /// Makes this laptop take down points of this group from now on.
    pub(super) fn set_group(&mut self, group: Option<&GroupId>) -> Result<(), Trouble> {
        self.remember(|exchange| exchange.group = group.cloned())
    }

    /// The four characters that mark the meeting's key, if one is set here.
    pub(super) fn mark(&self) -> Option<String> {
        self.key.as_ref().map(MeetingKey::mark)
    }

    /// Sets the meeting's key from its passphrase, or removes it.
    pub(super) fn set_key(&mut self, passphrase: Option<Passphrase>) -> Result<(), Trouble> {
        let id = self.intake.folder().id();
        let key = passphrase.as_ref().map(|typed| MeetingKey::of(typed, id)).transpose()?;
        match &key {
            Some(key) => key.remember(&self.state)?,
            None => MeetingKey::forget(&self.state, id)?,
        }
        self.keys = Keys::meeting(key.clone());
        if let Some(passphrase) = passphrase {
            // What was locked with the passphrase itself can then be opened too.
            self.keys.add(passphrase);
        }
        self.lock = key.clone().map(Lock::Meeting);
        self.key = key;
        self.look_again();
        Ok(())
    }

    /// Makes it try again what is locked, or was locked with another key.
    pub(super) fn look_again(&mut self) {
        self.published = None;
        if let Some(copy) = &mut self.copy {
            copy.write_again();
        }
        if let Some(place) = &mut self.place {
            place.look_again();
        }
    }

    /// Lets go of the file that incoming changes are written to.
    pub(super) fn let_go(&mut self) {
        self.intake.let_go();
    }

    /// Sets something that this machine remembers. What another program has set since then stays.
    pub(super) fn remember(&mut self, set: impl Fn(&mut ExchangeMemory)) -> Result<(), Trouble> {
        set(&mut self.exchange);
        let replica = self.exchange.replica;
        let mut kept = ExchangeMemory::recall(&self.state, self.intake.folder(), replica);
        kept.replica = replica;
        set(&mut kept);
        kept.remember(&self.state)
    }

    /// Takes in bundles, workshops, and folders of both. What cannot be taken in is reported; the rest
    /// is taken in. What came in `before` is reported with it.
    pub(super) fn merge(&mut self, paths: &[PathBuf], before: TakenIn) -> TakenIn {
        self.intake.works_at(now());
        let TakenIn { parcels, from, .. } = before;
        let mut seen = from.clone();
        let mut taken = TakenIn { parcels, from, ..TakenIn::default() };
        for path in paths {
            if path.is_dir() {
                self.intake.look_for_refused(path);
            }
            match Incoming::find(path) {
                Ok(mut sources) => {
                    if sources.len() > 1 {
                        // Among others in a folder, the workshop itself is no reason to complain.
                        sources.retain(|source| !self.intake.is_of(source));
                    }
                    for source in sources {
                        if seen.insert(source.path().to_owned()) {
                            self.take(&source, &mut taken);
                        }
                    }
                }
                Err(trouble) => {
                    let name = shown(path);
                    let why = match trouble {
                        Trouble::Missing(_) => {
                            "not found. Check the spelling. Is the stick plugged in?".to_owned()
                        }
                        trouble => trouble.to_string(),
                    };
                    taken.refused.push(RefusedFile { name, why });
                }
            }
        }
        taken.refused.extend(self.done(&mut taken.parcels));
        self.note(&taken);
        taken
    }

    /// Judges what is still missing, now that everything has come in. If that cannot be kept, the points
    /// are still here, and whoever took them in gets a message.
    fn done(&mut self, parcels: &mut [Parcel]) -> Option<RefusedFile> {
        let trouble = self.intake.done(parcels).err()?;
        Some(RefusedFile::of_all(format!(
            "What came in is saved, but not the list of what the other laptops have: this laptop cannot say \
             what is still missing. {trouble} Solve that, then take the same files in again."
        )))
    }

    fn take(&mut self, source: &Incoming, taken: &mut TakenIn) {
        match self.intake.take_source(source, &self.keys) {
            Ok(parcel) => {
                taken.parcels.push(parcel);
                taken.from.insert(source.path().to_owned());
            }
            Err(rejection) => {
                taken.locked |= rejection.is_about_a_key();
                taken.refused.push(RefusedFile { name: source.name(), why: rejection.to_string() });
            }
        }
    }

    /// Remembers that a bundle was written, for saying later where things are. What cannot be
    /// remembered is no reason not to write it.
    fn note_written(&self, what: Made, path: &Path, header: &Header) {
        let path = absolute(path).unwrap_or_else(|_| path.to_owned());
        let trace = Trace::Wrote { what, path, at: now(), known: header.writers().collect() };
        let _ = Trail::note(&self.state, self.intake.folder(), [trace]);
    }

    /// Remembers what came in, for the receipt. If that cannot be written, no point is lost.
    fn note(&mut self, taken: &TakenIn) {
        let (own, at) = (self.exchange.replica, now());
        let _ = self.remember(|exchange| {
            exchange.at = at;
            exchange.parcels.clone_from(&taken.parcels);
            exchange.refused.clone_from(&taken.refused);
        });
        let met = taken.parcels.iter().filter_map(|parcel| {
            let (replica, group) = (parcel.replica?, parcel.group.clone());
            let known = parcel.known_there.clone();
            (replica != own).then_some(Trace::Met { replica, group, at: now(), known })
        });
        let _ = Trail::note(&self.state, self.intake.folder(), met);
    }

    /// Collects what others left in the shared folder; returns `None` if there is no such folder.
    pub(super) fn collect(&mut self) -> Result<Option<Collection>, Trouble> {
        self.intake.works_at(now());
        let Some(place) = &mut self.place else { return Ok(None) };
        let mut collected = place.collect(self.exchange.replica, &mut self.intake, &self.keys)?;
        let unkept = self.done(&mut collected.parcels);
        collected.refused.extend(unkept);
        if collected.usurped {
            self.exchange.replica = self.ids.writer();
            self.intake.works_as(self.exchange.replica);
            self.published = None;
            self.remember(|_| ())?;
        }
        if collected.parcels.iter().any(|parcel| parcel.fresh > 0) {
            let (parcels, refused) = (collected.parcels.clone(), collected.refused.clone());
            self.note(&TakenIn { parcels, refused, ..TakenIn::default() });
        }
        Ok(Some(collected))
    }

    /// Publishes this laptop's changes to the shared folder; returns whether there were any to publish.
    pub(super) fn publish(&mut self) -> Result<bool, Rejection> {
        if self.place.is_none() {
            return Ok(false);
        }
        // The room's laptop passes on what came to it by stick, because others would never hear of it.
        let all = self.exchange.group.is_none();
        let wanted = WantedBundle { all, ..WantedBundle::default() };
        let bundle = self.pack(&wanted, None, None)?.0;
        let Some(place) = &mut self.place else { return Ok(false) };
        if self.published.as_ref().is_some_and(|last| last.holds_the_same(&bundle.header))
            && place.is_there(&bundle.header, self.lock.is_some())
        {
            return Ok(false);
        }
        let wrote = place.publish(&bundle, self.lock.as_ref())?;
        let path = place.path().join(bundle.header.file_name(self.lock.is_some()));
        self.note_written(Made::Published, &path, &bundle.header);
        self.published = Some(bundle.header);
        // A laptop that has published keeps its replica id, or it would leave two files.
        self.remember(|_| ())?;
        Ok(wrote)
    }

    /// A warning about what was published, unless it is locked.
    pub(super) fn place_warning(&self) -> Option<&'static str> {
        let published = self.place.as_ref().filter(|_| self.published.is_some())?;
        if self.lock.is_some() {
            return None;
        }
        if self.is_founded_on_participants() {
            return Some(OLDER);
        }
        published.last_file().filter(|path| !(self.is_private)(path)).map(|_| EXPOSED)
    }

    /// Whether what was published is no longer there.
    pub(super) fn is_missed(&self) -> bool {
        let published = self.place.as_ref().zip(self.published.as_ref());
        published.is_some_and(|(place, last)| !place.is_there(last, self.lock.is_some()))
    }

    /// Packs what is wanted, or a hand-out. Other groups' points are left out if `only` is given,
    /// the workshop that knows whose points they are.
    fn pack(
        &mut self,
        wanted: &WantedBundle,
        hand_out: Option<GroupId>,
        only: Option<&Workshop>,
    ) -> Result<(Bundle, Vec<Damage>), Rejection> {
        let packing = Packing {
            replica: self.exchange.replica,
            group: self.exchange.group.clone(),
            made: now(),
            program: env!("CARGO_PKG_VERSION"),
            all: wanted.all || hand_out.is_some() || self.exchange.carries,
            hand_out,
            since: wanted.since,
            participants: wanted.participants,
            only,
        };
        self.intake.pack(&packing, wanted.without.as_ref())
    }

    /// Writes a bundle into a folder; returns its path, how many changes are in it, and what in the
    /// workshop's folder could not go into it.
    pub(super) fn bundle(
        &mut self,
        out: &Path,
        wanted: &WantedBundle,
    ) -> Result<(WrittenBundles, u64, Vec<Damage>), Rejection> {
        let (bundle, damage) = self.pack(wanted, None, None)?;
        let mut written = self.begin();
        self.write(out, &bundle, &|locked| bundle.header.file_name(locked), &mut written)?;
        self.remember(|_| ())?;
        Ok((written, bundle.header.changes, damage))
    }

    /// Begins with nothing written, and a warning about the workshop's first record if it needs one.
    fn begin(&self) -> WrittenBundles {
        let mut written = WrittenBundles::default();
        if self.is_founded_on_participants() {
            written.warn(OLDER);
        }
        written
    }

    /// Whether the first record lists participants, as in older programs: it is in every bundle.
    fn is_founded_on_participants(&self) -> bool {
        let lists = |change: &Change| match change {
            Change::Founded(agenda) => !agenda.participants.is_empty(),
            _ => false,
        };
        let founding = self.intake.folder().agenda();
        founding.is_ok_and(|founding| founding.changes.iter().any(lists))
    }

    /// Writes what each of these groups' laptops starts from, and a page that explains it. Other
    /// groups' points and the participants' names are included if they are asked for.
    pub(super) fn hand_out(
        &mut self,
        out: &Path,
        groups: &[(GroupId, String)],
        along: Along,
    ) -> Result<WrittenBundles, Rejection> {
        let mut written = self.begin();
        let mut page = String::new();
        let wanted = WantedBundle { participants: along.participants, ..WantedBundle::default() };
        let workshop = self.intake.folder().read()?.workshop;
        let only = Some(&workshop).filter(|_| !along.points);
        let all = workshop.breakout_groups();
        for (group, title) in groups {
            let mut bundle = self.pack(&wanted, Some(group.clone()), only)?.0;
            if let (Some(key), Some(_)) = (&self.key, &self.lock) {
                bundle.carry(key);
            }
            if !bundle.founds() {
                // Nobody could start from such a bundle.
                return Err(Trouble::NoAgenda(self.intake.folder().path().to_owned()).into());
            }
            let nth = nth_of_its_name(group, &all);
            let name = |locked| bundle.header.numbered_file_name(locked, nth);
            let path = self.write(out, &bundle, &name, &mut written)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            page.push_str(&format!("{title}\r\n    rapporteur open \"{name}\"\r\n\r\n"));
        }
        let locked = match self.lock {
            Some(Lock::Passphrase(_)) => "You will be asked for the passphrase.\r\n\r\n",
            Some(Lock::Meeting(_)) => {
                "You will be asked for the meeting's passphrase, once.\r\n\r\n"
            }
            Some(Lock::Keys(_)) => "Add --key and the file with your secret key.\r\n\r\n",
            None => "",
        };
        let page = format!(
            "How to start a group's laptop\r\n\r\nCopy your group's file to the laptop. Open a \
             terminal in that folder and type:\r\n\r\n{page}{locked}The program opens at your group's points. It needs \
             no network.\r\nAt the end: F6, then b, writes a file for the facilitator.\r\n"
        );
        let path = out.join("START HERE.txt");
        whole::write_whole(&path, page.as_bytes())?;
        written.files.push(path);
        Ok(written)
    }

    /// Whether another bundle can safely replace an earlier one: all of it is in the new one, or it
    /// was handed out from here and may contain more than a hand-out should have.
    fn is_replaced(&mut self, earlier: &Bundle, by: &Bundle) -> bool {
        let hands_out =
            by.header.hand_out.is_some() && earlier.header.hand_out == by.header.hand_out;
        by.replaces(earlier) || (hands_out && self.intake.has_all(earlier))
    }

    /// Writes a bundle into a folder, locked if there is a lock, under the name that it has then.
    fn write(
        &mut self,
        out: &Path,
        bundle: &Bundle,
        name: &dyn Fn(bool) -> String,
        written: &mut WrittenBundles,
    ) -> Result<PathBuf, Rejection> {
        let path = out.join(name(self.lock.is_some()));
        let bytes = bundle.bytes();
        let bytes = match &self.lock {
            Some(lock) => lock.lock(&bytes)?,
            None => bytes,
        };
        whole::make_folders(out)?;
        // An earlier bundle of this laptop is replaced if it has nothing of its own.
        let keys = self.lock.as_ref().map(Lock::keys).unwrap_or_default();
        let earlier = read_bundle(&path, &keys).ok();
        if earlier.is_some_and(|earlier| self.is_replaced(&earlier, bundle)) {
            whole::replace_whole(&path, &bytes)?;
        } else {
            whole::write_whole(&path, &bytes)?;
        }
        if self.lock.is_none() && !(self.is_private)(&path) {
            written.warn(EXPOSED);
        }
        let open = out.join(name(false));
        if self.lock.is_some() && open.exists() {
            let open = shown(&open);
            written.warn(&format!("“{open}” is in the same folder and is not locked: delete it."));
        }
        written.files.push(path.clone());
        let header = &bundle.header;
        let what = if header.hand_out.is_some() { Made::HandOut } else { Made::Bundle };
        self.note_written(what, &path, header);
        Ok(path)
    }
}

/// Which group this is among those whose ids make the same file name on some system, counted from 1.
fn nth_of_its_name(group: &GroupId, all: &[(GroupId, String)]) -> usize {
    let name = |group: &GroupId| file_name(group.as_str()).to_lowercase();
    let before = all.iter().map(|(other, _)| other).take_while(|other| *other != group);
    before.filter(|other| name(other) == name(group)).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{agenda, samples};

    #[test]
    fn a_stick_without_modes_is_mentioned_once_unless_its_bundles_are_locked() {
        let home = tempfile::tempdir().unwrap();
        let sample = samples::sample("asean-declaration").unwrap();
        let agenda = agenda::read(sample.name, sample.text.as_bytes()).unwrap().agenda;
        let folder = Folder::create(&home.path().join("one.workshop"), &agenda).unwrap();
        let mut courier = Courier::of(&folder, home.path(), Ids::seeded(1));
        let groups = Workshop::new(&agenda).breakout_groups();
        let (stick, place) = (home.path().join("stick"), home.path().join("place"));
        std::fs::create_dir(&place).unwrap();
        courier.set_place(Some(&place)).unwrap();
        let mut warnings = |locked: bool, is_private: fn(&Path) -> bool| {
            let lock = Passphrase::new("between us").map(Lock::Passphrase);
            (courier.lock, courier.is_private) = (lock.filter(|_| locked), is_private);
            let written = courier.hand_out(&stick, &groups, Along::default()).unwrap();
            assert_eq!(written.files.len(), groups.len() + 1);
            courier.publish().unwrap();
            let exposed = written.warnings.iter().any(|warning| warning == EXPOSED);
            assert_eq!(courier.place_warning(), exposed.then_some(EXPOSED));
            written.warnings
        };
        assert_eq!(warnings(false, |_| false), [EXPOSED]);
        // Files that were written before without a lock are reported as still there.
        let still = warnings(true, |_| false);
        assert_eq!(still.len(), groups.len());
        assert!(still.iter().all(|warning| warning.ends_with("not locked: delete it.")));
        #[cfg(unix)]
        assert_eq!(warnings(false, whole::is_private), [""; 0]);
    }
}
