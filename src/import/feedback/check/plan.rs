//! What a file says of its sessions beside their titles: topics, groups, lengths, and the rows they are under.

use std::collections::HashMap;

use super::{FeedbackCheck, Raw, Session, SessionId};

/// How many umbrella rows a session may be under.
const DEEPEST: usize = 40;
/// The longest session, in minutes, and the last round that an agenda may have.
const LONGEST: u32 = 36 * 60;
const LAST_ROUND: u8 = 99;

impl<'t> FeedbackCheck<'t> {
    /// Checks what sessions refer to. If some could not be read, that is reported first.
    pub(in crate::import::feedback) fn plan<R: Raw<'t>>(
        &mut self,
        raw: &[R],
        sessions: &[Session],
    ) {
        if raw.len() != sessions.len() {
            return;
        }
        let mut depths: HashMap<&SessionId, (usize, &Session)> = HashMap::new();
        for (raw, session) in raw.iter().zip(sessions) {
            let piece = raw.text();
            for topic in &session.topics {
                self.known(piece, "topic", Some(topic.as_str()), |check| &check.topics);
            }
            for group in &session.groups {
                self.known(piece, "group", Some(group.as_str()), |check| &check.groups);
            }
            let above = session.under.as_ref();
            let found = above.and_then(|id| depths.get(id)).copied();
            let is_there = found.is_some_and(|(_, above)| above.date == session.date);
            let depth = found.map_or(0, |(depth, _)| depth + 1);
            if let Some(above) = above.filter(|_| !is_there || depth > DEEPEST) {
                let what = if is_there {
                    format!("This session is under more than {DEEPEST} others.")
                } else {
                    format!(
                        "This session is under “{above}”, which does not come before it that day."
                    )
                };
                let instead = "Put it after that session, or leave `under` out.";
                self.fault(self.place(piece, above.as_str()), what, instead);
            }
            if let Some(minutes) = session.minutes.filter(|minutes| *minutes > LONGEST) {
                let what = format!("This session has {minutes} minutes.");
                self.fault(self.offset(piece), what, format!("Write at most {LONGEST}."));
            }
            if let Some(round) = session.round.filter(|round| *round > LAST_ROUND) {
                let what = format!("This is round {round}.");
                self.fault(self.offset(piece), what, format!("Write at most {LAST_ROUND}."));
            }
            depths.entry(&session.id).or_insert((depth, session));
        }
    }
}
