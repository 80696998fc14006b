//! Which session a group's words are filed under, and how they are filed under another.

use super::{
    Change, Course, Field, GroupId, Point, PointId, Refusal, Rule, Session, SessionId, TopicId,
    Workshop,
};

/// How well a session fits a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The group may be in the room, and nothing said there is attributed.
    Near,
    /// The group sits in it.
    Own,
}

impl Workshop {
    /// The session that a group's words on a topic are filed under if nobody chose one: a running
    /// one that the group sits in. A breakout group never sits in a plenary session on the record,
    /// and if two sessions fit equally well, the one under the Chatham House Rule is taken. No session
    /// at all is better than a wrong one.
    pub fn session_for(&self, group: &GroupId, topic: &TopicId) -> Option<&Session> {
        let running = || self.running().iter().filter_map(|id| self.agenda().session(id));
        let on_topic = |session: &Session| {
            let topics = self.agenda().topics_in(session);
            topics.is_empty() || topics.contains(topic) || *topic == TopicId::general()
        };
        // Of an umbrella row and a row under it, the one under it is what is going on.
        let is_leaf = |session: &Session| !running().any(|other| session.holds(&other.id));
        let fitting = running().filter_map(|session| {
            let fit = self.fit(group, session)?;
            let open = !session.kind.is_break() && on_topic(session) && is_leaf(session);
            open.then_some((fit, session))
        });
        let rank = |(fit, session): &(Fit, &Session)| {
            let private = self.agenda().rule_of(session) == Rule::ChathamHouse;
            let started = self.course(&session.id).and_then(Course::started);
            (*fit, private, !session.groups.is_empty(), started)
        };
        fitting.max_by_key(rank).map(|(_, session)| session)
    }

    /// Whether a group's words may be filed under a session that nobody chose for them.
    pub fn may_file(&self, group: &GroupId, session: &Session) -> bool {
        self.fit(group, session).is_some()
    }

    fn fit(&self, group: &GroupId, session: &Session) -> Option<Fit> {
        let plenary = *group == GroupId::plenary();
        let private = self.agenda().rule_of(session) == Rule::ChathamHouse;
        let near = (private && !plenary).then_some(Fit::Near);
        let discussion = session.kind.is_group_discussion();
        let groups = self.agenda().groups_in(session);
        if groups.contains(group) {
            Some(Fit::Own)
        } else if !groups.is_empty() {
            // The agenda cannot list a group that was made on the day.
            let listed = self.agenda().groups.iter().any(|known| known.id == *group)
                && (!self.is_made_from_file() || self.sits_somewhere(group));
            near.filter(|_| discussion && !listed)
        } else if discussion {
            let whole = plenary && self.groups().any(|known| !known.is_plenary());
            (!whole).then_some(Fit::Own)
        } else if plenary {
            Some(Fit::Own)
        } else {
            near
        }
    }

    /// Whether the agenda says of any session that the group sits in it.
    fn sits_somewhere(&self, group: &GroupId) -> bool {
        self.agenda().sessions().iter().any(|(.., session)| session.groups.contains(group))
    }

    /// Whether a group's words never belong to a session: a breakout group sits in no plenary
    /// session on the record, so no consent given there covers its words.
    pub fn is_barred(&self, group: &GroupId, session: &SessionId) -> bool {
        let sits = |session: &Session| {
            session.kind.is_group_discussion() || session.groups.contains(group)
        };
        let found = self.agenda().session(session);
        *group != GroupId::plenary()
            && self.is_on_record(session)
            && found.is_some_and(|session| !sits(session))
    }

    /// Whether a group's words may be filed under a session.
    pub fn check_filing(
        &self,
        group: &GroupId,
        session: Option<&SessionId>,
    ) -> Result<(), Refusal> {
        let Some(id) = session else { return Ok(()) };
        let found = self.agenda().session(id).ok_or_else(|| Refusal::NoSession(id.clone()))?;
        if self.is_barred(group, id) {
            let title = if found.title.is_empty() { id.as_str() } else { &found.title };
            return Err(Refusal::NotForGroups(title.into()));
        }
        Ok(())
    }

    /// Whether no change files a group's point where that is barred to it, in the group to which the same changes move
    /// it.
    pub(super) fn check_filings(&self, changes: &[Change]) -> Result<(), Refusal> {
        let moved_to = |id: PointId| {
            changes.iter().find_map(|change| match change {
                Change::PointChanged { point, to: Field::Group(group), .. } if *point == id => {
                    Some(group)
                }
                _ => None,
            })
        };
        for change in changes {
            let Change::PointChanged { point, to: Field::Session(Some(session)), .. } = change
            else {
                continue;
            };
            let group = || self.point(*point).map(Point::group);
            let group = moved_to(*point).or_else(group);
            if let Some(group) = group.filter(|group| self.is_barred(group, session)) {
                self.check_filing(group, Some(session))?;
            }
        }
        Ok(())
    }

    /// Whether a session is barred to the group of a point, or to one of its groups if two laptops set
    /// different ones at once.
    pub(super) fn is_barred_to(&self, point: &Point, session: &SessionId) -> bool {
        let groups = point.values(&Field::Group(GroupId::plenary()));
        let barred =
            |field| matches!(field, Field::Group(group) if self.is_barred(&group, session));
        groups.into_iter().any(barred)
    }

    /// The points filed under a session, or under none. One that two laptops filed under two
    /// sessions at once is among the points of both.
    pub fn filed_under<'a>(
        &'a self,
        session: Option<&'a SessionId>,
    ) -> impl Iterator<Item = &'a Point> {
        let is =
            move |field: &Field| matches!(field, Field::Session(one) if one.as_ref() == session);
        self.points().filter(move |point| {
            point.session() == session || point.values(&Field::Session(None)).iter().any(is)
        })
    }

    /// The changes that file points under a session, or under none, and set the session's round.
    pub fn refile(
        &self,
        points: impl IntoIterator<Item = PointId>,
        session: Option<&SessionId>,
    ) -> Result<Vec<Change>, Refusal> {
        let changes = self.refiled(points, session)?;
        changes.iter().try_for_each(|change| self.check(change))?;
        Ok(changes)
    }

    /// The same for points that the same record moves to another group, which may sit there.
    pub fn refiled(
        &self,
        points: impl IntoIterator<Item = PointId>,
        session: Option<&SessionId>,
    ) -> Result<Vec<Change>, Refusal> {
        let missing = |id: &SessionId| Refusal::NoSession(id.clone());
        let find = |id| self.agenda().session(id).ok_or_else(|| missing(id));
        let found = session.map(find).transpose()?;
        let fields =
            [Field::Session(session.cloned()), Field::Round(found.and_then(|found| found.round))];
        let mut changes = Vec::new();
        for id in points {
            let point = self.point(id).ok_or(Refusal::NoPoint(id))?;
            for field in &fields {
                if point.values(field)[..] != [field.clone()] {
                    let (to, over) = (field.clone(), point.field(field).1.into());
                    changes.push(Change::PointChanged { point: id, to, over });
                }
            }
        }
        Ok(changes)
    }
}
