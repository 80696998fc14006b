//! Exchange with other laptops while the screens are open: on a thread of its own, because sticks and
//! shares are slow, and passphrases are slower.

mod copying;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use std::{path::PathBuf, thread};

use copying::Copying;

use super::clock::{chance, now};
use super::courier::{Courier, TakenIn, WantedBundle, WrittenBundles};
use super::{data_folders::expand, inbox::Post};
use crate::app::{CourierReport, Errand, Message, PlaceNews};
use crate::store::{Folder, PlaceWatch, Rejection, Trouble, lock::Passphrase, place};
use crate::workshop::Ids;

/// How often a shared folder is checked: shares and synced folders change without notice.
const LOOK: Duration = Duration::from_secs(3);
/// How long after a change this laptop's bundle is published, because points come in quick succession.
const SETTLE: Duration = Duration::from_secs(2);
/// How long closing waits for a place that does not answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the thread is asked to do.
enum CourierOrder {
    /// Do this for a person.
    Errand(Errand),
    /// Something new is on the disk and must be published.
    Changed,
    /// Another program wrote something here, which goes into the second copy.
    Grown,
    /// Something changed in the shared folder.
    Look,
    /// Somebody wants to go through the files it writes.
    LetGo(Sender<()>),
    /// The workshop is being closed.
    Leave,
}

/// The thread that exchanges with other laptops.
pub(super) struct Exchanging {
    orders: Sender<CourierOrder>,
    left: Receiver<()>,
}

impl Exchanging {
    /// Starts the thread for the workshop in this folder.
    pub(super) fn start(folder: Folder, state: PathBuf, post: Post) -> Self {
        let (orders, received) = channel();
        let (leave, left) = channel();
        let looks = orders.clone();
        let work = move || {
            let courier = Courier::of(&folder, &state, Ids::seeded(chance()));
            let post = Box::new(move |message| post.send(message));
            let mut round = Round::of(courier, looks, post);
            round.watch();
            round.go(&received);
            let _ = leave.send(());
        };
        // Without a thread, nothing is exchanged, and every errand says so.
        let _ = thread::Builder::new().name("exchange".into()).spawn(work);
        Self { orders, left }
    }

    /// Does something for a person; returns `false` if the thread is not there.
    pub(super) fn run(&self, errand: Errand) -> bool {
        self.orders.send(CourierOrder::Errand(errand)).is_ok()
    }

    /// Makes the thread let go of the file that it writes; the receiver hears when it has.
    pub(super) fn let_go(&self) -> Receiver<()> {
        let (done, wait) = channel();
        let _ = self.orders.send(CourierOrder::LetGo(done));
        wait
    }

    /// Passes on that another program wrote something here.
    pub(super) fn grown(&self) {
        let _ = self.orders.send(CourierOrder::Grown);
    }

    /// Passes on that something new is on the disk.
    pub(super) fn changed(&self) {
        let _ = self.orders.send(CourierOrder::Changed);
    }
}

impl Drop for Exchanging {
    fn drop(&mut self) {
        // What was saved last is still published, unless the place does not answer.
        if self.orders.send(CourierOrder::Leave).is_ok() {
            let _ = self.left.recv_timeout(PATIENCE);
        }
    }
}

/// What is wrong with the place, without repeating where it is.
fn short(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Missing(_) => "not found. Is the stick plugged in?".to_owned(),
        Trouble::Unwritable(_, why) => format!("nothing could be left there: {why}."),
        Trouble::Unreadable(_, why) => format!("it cannot be read: {why}."),
        trouble => trouble.to_string(),
    }
}

/// The thread's own state.
struct Round {
    courier: Courier,
    looks: Sender<CourierOrder>,
    post: Box<dyn Fn(Message) + Send>,
    watch: Option<PlaceWatch>,
    /// When this laptop's bundle is due to be published.
    due: Option<Instant>,
    /// What was last reported about the place, so that it is not repeated.
    reported: Option<PlaceNews>,
    /// The second copy, and when it is written next.
    copying: Copying,
}

impl Round {
    fn of(
        courier: Courier,
        looks: Sender<CourierOrder>,
        post: Box<dyn Fn(Message) + Send>,
    ) -> Self {
        let (watch, due, reported) = (None, None, None);
        Self { courier, looks, post, watch, due, reported, copying: Copying::default() }
    }

    fn go(&mut self, orders: &Receiver<CourierOrder>) {
        if self.courier.place().is_some() {
            self.sync();
        }
        self.copy();
        loop {
            let order = match self.patience() {
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(patience) => orders.recv_timeout(patience),
            };
            match order {
                Ok(CourierOrder::Errand(errand)) => self.run(errand),
                Ok(CourierOrder::Changed) => self.changed(SETTLE),
                Ok(CourierOrder::Grown) => self.copying.changed(SETTLE),
                Ok(CourierOrder::Look) => self.look(),
                Ok(CourierOrder::LetGo(done)) => {
                    self.courier.let_go();
                    let _ = done.send(());
                }
                Err(RecvTimeoutError::Timeout) => self.turn(),
                Ok(CourierOrder::Leave) | Err(RecvTimeoutError::Disconnected) => {
                    if self.copying.due.is_some() {
                        let _ = self.courier.write_copy();
                    }
                    if self.due.is_some() {
                        let _ = self.courier.publish();
                    }
                    return;
                }
            }
        }
    }

    /// How long nothing has to be done: `None` if there is neither a place nor a copy.
    fn patience(&self) -> Option<Duration> {
        let wait = |due: Instant| due.saturating_duration_since(Instant::now());
        let place = self.courier.place().map(|_| self.due.map_or(LOOK, wait).min(LOOK));
        let copy = self.copying.due.map_or(LOOK, wait).min(LOOK);
        place.into_iter().chain(self.courier.exchange.copy.as_ref().map(|_| copy)).min()
    }

    /// Notes that something new is on the disk, which is published a while later.
    fn changed(&mut self, settle: Duration) {
        self.due.get_or_insert_with(|| Instant::now() + settle);
        self.copying.changed(settle);
    }

    /// Does what is due.
    fn turn(&mut self) {
        self.look_at_copy();
        match self.due {
            _ if self.courier.place().is_none() => {}
            Some(due) if due <= Instant::now() => self.sync(),
            _ => self.look(),
        }
    }

    fn run(&mut self, errand: Errand) {
        match errand {
            Errand::Place(place) => {
                let place = place.map(|place| expand(&place));
                if let Some(missing) = place.as_deref().filter(|place| !place.is_dir()) {
                    let why = format!(
                        "There is no folder “{}”. Is the stick plugged in, or the share connected?",
                        missing.display()
                    );
                    return self.report(CourierReport::Failed(why));
                }
                if let Some(why) = place.as_ref().and_then(|it| self.courier.is_taken_by_copy(it)) {
                    return self.report(CourierReport::Failed(why));
                }
                let place = place.map(|place| place::real(&place));
                if let Err(trouble) = self.courier.set_place(place.as_deref()) {
                    self.report(CourierReport::Failed(trouble.to_string()));
                }
                self.reported = None;
                self.watch();
                self.sync();
            }
            Errand::Sync => {
                self.reported = None;
                self.courier.look_again();
                self.sync();
            }
            Errand::Merge(path) => {
                let taken = self.courier.merge(&[expand(&path)], TakenIn::default());
                let (parcels, refused) = (taken.parcels, taken.refused);
                if parcels.iter().any(|parcel| parcel.fresh > 0) {
                    self.changed(Duration::ZERO);
                }
                self.report(CourierReport::Came {
                    at: now(),
                    parcels,
                    refused,
                    locked: taken.locked,
                });
            }
            Errand::Bundle(out) => {
                let done = self.courier.bundle(&expand(&out), &WantedBundle::default());
                self.answer(done.map(|(written, ..)| written));
            }
            Errand::HandOut { out, groups, along } => {
                let done = self.courier.hand_out(&expand(&out), &groups, along);
                self.answer(done);
            }
            Errand::Passphrase(secret) => {
                let passphrase = secret.and_then(|secret| Passphrase::new(secret.text()));
                if let Err(trouble) = self.courier.set_key(passphrase) {
                    self.report(CourierReport::Failed(trouble.to_string()));
                }
                // Whoever asked gets an answer, whether or not there is news about the place.
                self.reported = None;
                self.sync();
                self.copy();
            }
            Errand::Copy(folder) => self.set_copy(folder.map(|folder| expand(&folder)).as_deref()),
            Errand::Group(group) => {
                if let Err(trouble) = self.courier.set_group(group.as_ref()) {
                    self.report(CourierReport::Failed(trouble.to_string()));
                }
                self.due = Some(Instant::now());
                self.copying.changed(Duration::ZERO);
            }
        }
    }

    fn answer(&self, done: Result<WrittenBundles, Rejection>) {
        self.report(match done {
            Ok(WrittenBundles { files, warnings }) => CourierReport::Wrote { files, warnings },
            Err(why) => CourierReport::Failed(why.to_string()),
        });
    }

    fn report(&self, carried: CourierReport) {
        (self.post)(Message::Carried(carried));
    }

    /// Asks the system to report changes in the place, if it can.
    fn watch(&mut self) {
        let looks = self.looks.clone();
        let call = move || drop(looks.send(CourierOrder::Look));
        self.watch = self.courier.place().and_then(|place| place.watch(call));
    }

    /// Collects, then publishes.
    fn sync(&mut self) {
        self.due = None;
        let had_trouble = self.reported.as_ref().is_some_and(|reported| reported.trouble.is_some());
        let mut news = self.collect();
        if news.trouble.is_none() {
            if had_trouble {
                // What is there now may be a different disk from the one that was watched.
                self.watch();
            }
            match self.courier.publish() {
                Ok(_) => {
                    news.published = self.courier.place().map(|_| now());
                    news.warning = self.courier.place_warning();
                }
                Err(Rejection::Trouble(trouble)) => news.trouble = Some(short(&trouble)),
                Err(why) => news.trouble = Some(why.to_string()),
            }
        }
        if news.trouble.is_some() {
            // The stick may come back: what was not published is published then.
            self.due = Some(Instant::now() + LOOK);
        }
        self.report_news(news);
    }

    /// Collects only.
    fn look(&mut self) {
        let had_trouble = self.reported.as_ref().is_some_and(|reported| reported.trouble.is_some());
        let mut news = self.collect();
        if had_trouble && news.trouble.is_none() {
            // It is tried again when it is due: on a full stick, each try is a change to look at.
            match self.due {
                Some(due) if due > Instant::now() => return,
                _ => return self.sync(),
            }
        }
        news.published = self.reported.as_ref().and_then(|reported| reported.published);
        news.warning = self.reported.as_ref().and_then(|reported| reported.warning);
        if news.trouble.is_none() && self.courier.is_missed() {
            // This is another stick, or somebody tidied up: what was published there is published again.
            return self.sync();
        }
        self.report_news(news);
    }

    fn collect(&mut self) -> PlaceNews {
        match self.courier.collect() {
            Ok(None) => PlaceNews::default(),
            Ok(Some(collected)) => {
                let (parcels, mut refused) = (collected.parcels, collected.refused);
                if parcels.iter().any(|parcel| parcel.fresh > 0) {
                    let refused = refused.clone();
                    self.copying.changed(SETTLE);
                    self.report(CourierReport::Came { at: now(), parcels, refused, locked: false });
                }
                refused.extend(collected.copies);
                let place = self.courier.place().map(|place| place.path().to_owned());
                PlaceNews { place, refused, elsewhere: collected.elsewhere, ..PlaceNews::default() }
            }
            Err(trouble) => {
                let place = self.courier.place().map(|place| place.path().to_owned());
                PlaceNews { place, trouble: Some(short(&trouble)), ..PlaceNews::default() }
            }
        }
    }

    /// Reports news about the place; a new time alone is no news.
    fn report_news(&mut self, mut news: PlaceNews) {
        news.key = self.courier.mark();
        let same = |reported: &PlaceNews| {
            PlaceNews { published: news.published, ..reported.clone() } == news
        };
        let is_known = self.reported.as_ref().is_some_and(same);
        let published =
            self.reported.as_ref().and_then(|reported| reported.published) != news.published;
        if !is_known || published {
            self.report(CourierReport::Place(news.clone()));
        }
        self.reported = Some(news);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{agenda, samples};

    #[test]
    fn changes_made_by_a_failed_try_do_not_start_another_at_once() {
        let home = tempfile::tempdir().unwrap();
        let sample = samples::sample("blank").unwrap();
        let agenda = agenda::read(sample.name, sample.text.as_bytes()).unwrap().agenda;
        let folder = Folder::create(&home.path().join("one.workshop"), &agenda).unwrap();
        let place = home.path().join("place");
        std::fs::create_dir(&place).unwrap();
        let mut courier = Courier::of(&folder, home.path(), Ids::seeded(1));
        courier.set_place(Some(&place)).unwrap();
        courier.publish().unwrap();
        // A folder with the bundle's name: the bundle cannot be written there, as on a full stick.
        let own = std::fs::read_dir(&place).unwrap().next().unwrap().unwrap().path();
        std::fs::remove_file(&own).unwrap();
        std::fs::create_dir_all(own.join("inside")).unwrap();

        let (looks, _orders) = channel();
        let post = Box::new(|_| ());
        let mut round = Round::of(courier, looks, post);
        round.sync();
        assert!(round.reported.as_ref().unwrap().trouble.is_some());
        let due = round.due.unwrap();
        round.look();
        assert_eq!(round.due, Some(due), "it waits for its time");
        // When it is due and the place is usable, it is published.
        std::fs::remove_dir_all(&own).unwrap();
        round.due = Some(Instant::now());
        round.look();
        assert!(round.reported.as_ref().unwrap().trouble.is_none() && own.is_file());
    }

    #[test]
    fn every_change_of_the_passphrase_is_answered() {
        let home = tempfile::tempdir().unwrap();
        let sample = samples::sample("blank").unwrap();
        let agenda = agenda::read(sample.name, sample.text.as_bytes()).unwrap().agenda;
        let folder = Folder::create(&home.path().join("one.workshop"), &agenda).unwrap();
        let courier = Courier::of(&folder, home.path(), Ids::seeded(1));
        let (answers, answered) = channel();
        let post = Box::new(move |message| answers.send(message).unwrap());
        let (looks, _orders) = channel();
        let mut round = Round::of(courier, looks, post);
        for _ in 0..3 {
            round.run(Errand::Passphrase(None));
            assert!(matches!(answered.try_recv(), Ok(Message::Carried(CourierReport::Place(_)))));
        }
    }
}
