//! The session that points are filed under: the one that was chosen, or the one the group sits in.

use super::{Choice, Core, Of, ReturnValue, ScreenId, Then, history::Changes, say, seen, wrap};
use crate::workshop::{
    Change, Course, Field, GroupId, Point, PointId, Refusal, Rule, SessionId, TopicId, Workshop,
};

/// A session that a person chose for what is taken down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FiledUnder {
    /// The session; `None` means filed under no session.
    session: Option<SessionId>,
    /// The group it was chosen for.
    group: GroupId,
    /// Whether it had already ended then: what is added later belongs there all the same.
    late: bool,
}

/// The session that was shown as the one that a group's points go to, if there was any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ShownSession {
    session: Option<SessionId>,
    group: GroupId,
}

/// What a choice of a session does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileUnder {
    /// Asks which points are meant: the point, those under it, or all of its group.
    Which(PointId, Option<SessionId>),
    /// Files these points there.
    Points(Vec<PointId>, Option<SessionId>),
    /// Files there what is being typed, or all that follows if nothing is typed.
    Typed(Option<SessionId>),
    /// Files what follows under whatever session is running.
    AsItRuns,
}

impl ReturnValue for FileUnder {
    fn subjects(&self) -> Vec<Of> {
        let session = |id: &PointId| seen::point(*id, Field::Session(None));
        match self {
            Self::Which(id, _) => vec![session(id)],
            Self::Points(points, _) => points.iter().map(session).collect(),
            Self::Typed(_) | Self::AsItRuns => Vec::new(),
        }
    }
}

/// The longest form of a title in a sentence, in columns.
const TITLE: usize = 28;

/// Why a group's points are not filed under a plenary session on the record, if there is one row for it.
const BARRED: &str = "This plenary is on the record: choose the group's session, or group Plenary.";

impl FiledUnder {
    fn new(workshop: &Workshop, session: Option<SessionId>, group: GroupId) -> Self {
        let late = session.as_ref().is_some_and(|id| is_over(workshop, id));
        Self { session, group, late }
    }

    /// Whether it applies to a group's words: the session goes on, and the group sits in it or it was
    /// chosen for this very group.
    fn holds(&self, workshop: &Workshop, group: &GroupId) -> bool {
        let Some(id) = &self.session else { return true };
        let Some(session) = workshop.agenda().session(id) else { return false };
        let open = self.late || !is_over(workshop, id);
        // An older program kept text for such a session.
        open && !workshop.is_barred(group, id)
            && (self.group == *group || workshop.may_file(group, session))
    }
}

fn is_over(workshop: &Workshop, session: &SessionId) -> bool {
    workshop.course(session).is_some_and(|course| course.ended().is_some())
}

impl Core {
    /// The session that what is typed now is filed under: the one chosen, or else the running one
    /// that the group sits in.
    pub fn session_now(&self) -> Option<SessionId> {
        self.session_of(&self.here.group, &self.here.topic)
    }

    /// The session that what a group says on a topic is filed under.
    pub(super) fn session_of(&self, group: &GroupId, topic: &TopicId) -> Option<SessionId> {
        let chosen = self.typing.own_session.iter().chain(&self.here.session);
        match chosen.into_iter().find(|filing| filing.holds(&self.workshop, group)) {
            Some(filing) => filing.session.clone(),
            None => self.workshop.session_for(group, topic).map(|session| session.id.clone()),
        }
    }

    /// The session of what is in the line: that of the point being reworded, or of a new one.
    pub fn session_shown(&self) -> Option<SessionId> {
        match self.typing.editing().and_then(|point| self.workshop.point(point)) {
            Some(point) => point.session().cloned(),
            None => self.session_now(),
        }
    }

    /// Whether what is typed may name delegations, according to the consent recorded with its session.
    pub(super) fn is_line_attributable(&self) -> bool {
        match self.typing.editing().and_then(|point| self.workshop.point(point)) {
            Some(point) => self.workshop.is_attributable(point),
            None => self.session_now().is_some_and(|id| self.workshop.may_attribute(&id)),
        }
    }

    /// Files what is taken down from now on under a session.
    pub(super) fn file_in(&mut self, session: Option<SessionId>) {
        let group = self.here.group.clone();
        self.here.session = Some(FiledUnder::new(&self.workshop, session, group));
        self.typing.own_session = None;
    }

    /// Files only the text in the line under a session.
    pub(super) fn file_line_in(&mut self, session: Option<SessionId>) {
        let group = self.here.group.clone();
        self.typing.own_session = Some(FiledUnder::new(&self.workshop, session, group));
    }

    /// Says so if what is typed is now filed under another session than the one shown before.
    pub(super) fn refresh_filing(&mut self) {
        if let Some(filing) = &mut self.here.session
            && let Some(session) = &filing.session
            && self.workshop.course(session).is_some_and(Course::is_running)
        {
            filing.late = false;
        }
        if !matches!(self.screen, ScreenId::Capture | ScreenId::DraftText) {
            return;
        }
        let now = self.session_now();
        let group = self.here.group.clone();
        let shown = ShownSession { session: now.clone(), group: group.clone() };
        let Some(filed) = self.here.filed.replace(shown) else { return };
        let before = filed.session;
        if before == now {
            return;
        }
        let begun = self.typing.is_begun() && self.typing.editing().is_none();
        if begun && filed.group == group && self.typing.own_session.is_none() && before.is_some() {
            // It was begun under the session shown on the screen, and under its rule.
            self.here.filed = Some(ShownSession { session: before.clone(), group });
            self.file_line_in(before);
            self.keep_line();
            let next = self.session_in_words(now.as_ref());
            return self.say(format!("This text stays; the next goes to {next}."));
        }
        if self.typing.is_begun() && self.typing.editing().is_none() {
            self.keep_line();
        }
        let place = self.session_in_words(now.as_ref());
        let said = match before.filter(|before| is_over(&self.workshop, before)) {
            Some(over) => {
                let over = session_title(&self.workshop, Some(&over));
                format!("New points go to {place}: {over} has ended.")
            }
            None => format!("New points go to {place}."),
        };
        match &mut self.notice {
            Some(notice) => notice.text = format!("{} {said}", notice.text),
            None => self.say(said),
        }
    }

    /// A session with its rule: `“Opening”, ON RECORD`.
    fn session_in_words(&self, session: Option<&SessionId>) -> String {
        let rule = session.map(|session| self.rule_in_words(Some(session)));
        [Some(session_title(&self.workshop, session)), rule.map(str::to_owned)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The rule that applies to words of a session. What was said in no session is attributed to nobody.
    pub fn rule_in_words(&self, session: Option<&SessionId>) -> &'static str {
        let on_record = session.is_some_and(|session| self.workshop.is_on_record(session));
        say::rule(if on_record { Rule::OnRecord } else { Rule::ChathamHouse })
    }

    // ----- another session ---------------------------------------------------------------------

    /// Offers the sessions, for the given point or for what is typed.
    pub(super) fn choose_session(&mut self, point: Option<PointId>) {
        let found = point.and_then(|point| self.workshop.point(point));
        let now = match found {
            Some(point) => point.session().cloned(),
            None => self.session_now(),
        };
        let (title, first) = match (found, self.typing.line.is_empty()) {
            (Some(point), _) => {
                let words = wrap::shorten(point.text(), 24);
                (format!("File “{words}” under which session?"), None)
            }
            (None, false) => ("File what is being typed under which session?".to_owned(), None),
            (None, true) => {
                let then = Then::FileUnder(FileUnder::AsItRuns);
                let name = "as the agenda runs".to_owned();
                let first = Choice::new(name, then);
                ("File points from now on under which session?".to_owned(), Some(first))
            }
        };
        let point = found.map(Point::id);
        let then = |session| match point {
            Some(point) => FileUnder::Which(point, session),
            None => FileUnder::Typed(session),
        };
        let holds = |filing: &FiledUnder| filing.holds(&self.workshop, &self.here.group);
        let chosen = self.here.session.as_ref().is_some_and(holds);
        let first = first.map(|first| (first, !chosen));
        offer_sessions(self, title, first, now.as_ref(), then);
    }
}

pub(super) fn then_file(core: &mut Core, then: FileUnder) {
    if let FileUnder::Typed(session) = &then
        && let Err(refusal) = core.workshop.check_filing(&core.here.group, session.as_ref())
    {
        return refuse_filing(core, &refusal);
    }
    match then {
        FileUnder::Which(point, session) => choose_which(core, point, session.as_ref()),
        FileUnder::Points(points, session) => refile(core, &points, session.as_ref()),
        FileUnder::Typed(session) if core.typing.line.is_empty() => core.file_in(session),
        FileUnder::Typed(session) => core.file_line_in(session),
        FileUnder::AsItRuns => (core.here.session, core.typing.own_session) = (None, None),
    }
}

/// Says why points are not filed there, in one row.
pub(super) fn refuse_filing(core: &mut Core, refusal: &Refusal) {
    core.complain(match refusal {
        Refusal::NotForGroups(_) => BARRED.to_owned(),
        refusal => refusal.to_string(),
    });
}

pub(super) fn refile(core: &mut Core, points: &[PointId], session: Option<&SessionId>) {
    let place = core.session_in_words(session);
    match core.workshop.refile(points.iter().copied(), session) {
        Ok(changes) if changes.is_empty() => core.say(format!("Filed under {place} already.")),
        Ok(changes) => {
            core.make("filing under another session", changes);
            let many = say::counted(points.len(), "point");
            let key = super::keymap::key_of(super::keymap::Action::Undo);
            let key = key.map(|key| key.to_string()).unwrap_or_default();
            core.say(format!("{many} filed under {place}. {key} undoes this."));
        }
        Err(refusal) => refuse_filing(core, &refusal),
    }
}

/// Asks, after a session was chosen, whether to move this point alone or all that was filed with it.
pub(super) fn choose_which(core: &mut Core, point: PointId, session: Option<&SessionId>) {
    let Some(found) = core.workshop.point(point) else { return };
    if let Err(refusal) = core.workshop.check_filing(found.group(), session) {
        return refuse_filing(core, &refusal);
    }
    let from = found.session();
    let (group, topic) = (found.group(), found.topic());
    let of_group = core.workshop.filed_under(from).filter(|other| other.group() == group);
    let of_group: Vec<_> = of_group.collect();
    let on_topic: Vec<PointId> =
        of_group.iter().filter(|other| other.topic() == topic).map(|other| other.id()).collect();
    let of_group: Vec<PointId> = of_group.iter().map(|other| other.id()).collect();
    let family = family(&core.workshop, point, &on_topic);
    let words = wrap::shorten(found.text(), TITLE);
    let alone = match family.len() - 1 {
        0 => format!("only “{words}”"),
        under => format!("“{words}” and {under} under it"),
    };
    let title = core.workshop.title_of(group);
    let source = session_title(&core.workshop, from);
    let place = wrap::shorten(&core.workshop.title_of_topic(topic), TITLE);
    let mut sets = vec![(alone, family)];
    let on = format!("all {} of {title} on {place}, from {source}", on_topic.len());
    let of = format!("all {} of {title}, from {source}", of_group.len());
    for (name, points) in [(on, on_topic), (of, of_group)] {
        if sets.iter().all(|(_, known)| known.len() < points.len()) {
            sets.push((name, points));
        }
    }
    if sets.len() == 1 {
        return refile(core, &sets.remove(0).1, session);
    }
    let title = format!("File under {}: which points?", session_title(&core.workshop, session));
    let choices = sets.into_iter().map(|(name, points)| {
        Choice::new(name, Then::FileUnder(FileUnder::Points(points, session.cloned())))
    });
    core.offer(title, choices.collect(), 0);
}

/// Offers the sessions; the list starts on the session `now`. Before them comes a `first` choice, if any,
/// and the list starts on it if it is the present one.
pub(super) fn offer_sessions(
    core: &mut Core,
    title: String,
    first: Option<(Choice, bool)>,
    now: Option<&SessionId>,
    then: impl Fn(Option<SessionId>) -> FileUnder,
) {
    let sessions = core.workshop.agenda().sessions();
    let sessions = sessions.into_iter().map(|(_, _, session)| Some(session));
    let mut at = 0;
    let on_first = first.as_ref().is_some_and(|(_, present)| *present);
    let mut choices: Vec<Choice> = first.into_iter().map(|(first, _)| first).collect();
    for session in sessions.chain([None]) {
        let id = session.map(|session| session.id.clone());
        if !on_first && now == id.as_ref() {
            at = choices.len();
        }
        let running = id.iter().any(|id| core.workshop.running().contains(id));
        let name = session.map_or("no session", |session| session.title.as_str()).to_owned();
        let rule = core.rule_in_words(id.as_ref());
        let more = if running { format!("runs, {rule}") } else { rule.to_owned() };
        choices.push(Choice { name, more, then: Then::FileUnder(then(id)) });
    }
    core.offer(title, choices, at);
}

/// These changes, and those needed when points move to a group: they are taken out of a session on
/// the record that the group does not sit in, because nobody chose that session for its words.
pub(in crate::app) fn and_refiled(
    workshop: &Workshop,
    mut changes: Vec<Change>,
    group: &GroupId,
) -> Changes {
    let moved = changes.iter().filter_map(|change| match change {
        Change::PointChanged { point, .. } => workshop.point(*point),
        _ => None,
    });
    let strange = |point: &&Point| {
        let session = point.session().and_then(|id| workshop.agenda().session(id));
        session.is_some_and(|session| {
            workshop.is_on_record(&session.id) && !workshop.may_file(group, session)
        })
    };
    let strange: Vec<&Point> = moved.filter(strange).collect();
    let mut refiled = Vec::new();
    for point in strange {
        let session = workshop.session_for(group, point.topic());
        refiled.extend(workshop.refiled([point.id()], session.map(|found| &found.id))?);
    }
    changes.extend(refiled);
    Ok(changes)
}

/// A point and those of `among` that are under it.
pub(in crate::app) fn family(
    workshop: &Workshop,
    point: PointId,
    among: &[PointId],
) -> Vec<PointId> {
    let mut family = vec![point];
    let Some(found) = workshop.point(point) else { return family };
    let lines = workshop.lines(found.group(), found.topic());
    let id = |line: &crate::workshop::ListLine| workshop.point_at(line.index).id();
    if let Some(at) = lines.iter().position(|line| id(line) == point) {
        let under = lines[at + 1..].iter().take_while(|line| line.depth > lines[at].depth);
        family.extend(under.map(id).filter(|under| among.contains(under)));
    }
    family
}

pub(in crate::app) fn session_title(workshop: &Workshop, session: Option<&SessionId>) -> String {
    let Some(id) = session else { return "no session".to_owned() };
    let title = workshop.agenda().session(id).map(|session| session.title.as_str());
    format!("“{}”", wrap::shorten(title.unwrap_or(id.as_str()), TITLE))
}
