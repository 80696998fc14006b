//! The values of fields in words: for choosing between them, for messages and for a point's history.

use crate::workshop::{
    Comment, CommentField, Convergence, Field, Outcome, Pin, PointId, SessionId, Status, Telling,
    TopicId, Verdict, Waiver, Workshop,
};

impl Workshop {
    /// A value of a point's field as a person would say it.
    pub fn value_in_words(&self, value: &Field) -> String {
        match value {
            Field::Text(text) => text.to_string(),
            Field::Topic(topic) => self.title_of_topic(topic),
            Field::Group(group) => self.title_of(group),
            Field::Session(session) => {
                or(session.as_ref().map(|id| self.title_of_session(id)), "no session")
            }
            Field::Round(round) => or(round.map(|round| format!("round {round}")), "no round"),
            Field::Kind(kind) => kind.title().to_owned(),
            Field::Paragraph(pin) => self.pin_in_words(pin.as_ref()),
            Field::Proposal(proposal) => {
                or(proposal.as_ref().map(|proposal| proposal.in_words()), "no proposal")
            }
            Field::Parent(parent) => {
                or(parent.map(|parent| self.parent_in_words(parent)), "under no other point")
            }
            Field::Order(_) => "moved".to_owned(),
            Field::Status(Status::Standing) => "not parked: it counts".to_owned(),
            Field::Status(Status::Parked { owner }) if owner.is_empty() => "parked".to_owned(),
            Field::Status(Status::Parked { owner }) => format!("parked for {owner}"),
            Field::Deleted(Some(_)) => "deleted".to_owned(),
            Field::Deleted(None) => "not deleted".to_owned(),
            Field::Tags(tags) if tags.is_empty() => "no tags".to_owned(),
            Field::Tags(tags) => {
                tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ")
            }
            Field::Convergence(how) => convergence_in_words(how.as_ref()),
            Field::ReadBack(said) => match said.as_deref().map(|said| &said.verdict) {
                None => "not read back".to_owned(),
                Some(Verdict::Confirmed) => "confirmed by the group".to_owned(),
                Some(Verdict::NotOurs) => "not the group's".to_owned(),
                Some(Verdict::Reservation { words }) => format!("with a reservation: {words}"),
            },
            Field::Hands(None) => "no show of hands".to_owned(),
            Field::Hands(Some(hands)) => {
                format!("{} for, {} against, {} abstaining", hands.yes, hands.no, hands.neither)
            }
            Field::Telling(None) => "the group was not asked yet".to_owned(),
            Field::Telling(Some(Telling::Nobody)) => "nobody could tell who said it".to_owned(),
            Field::Telling(Some(Telling::Somebody)) => "somebody could tell who said it".to_owned(),
            Field::Outcome(outcome) => self.outcome_in_words(outcome),
            Field::Waived(waivers) => waivers_in_words(waivers),
        }
    }

    /// A value of a comment's field as a person would say it.
    pub fn comment_value_in_words(&self, found: &Comment, value: &CommentField) -> String {
        let or = |word: &str, none: &str| if word.is_empty() { none } else { word }.to_owned();
        match value {
            CommentField::Text(text) if text.is_empty() => {
                let first = self.sources(found.id()).first();
                let words = first.map_or("", |first| self.point_at(*first).text());
                or(words, "the words of its first source")
            }
            CommentField::Text(text) => text.to_string(),
            CommentField::Kind(kind) => kind.title().to_owned(),
            CommentField::Topic(topic) => self.title_of_topic(topic),
            CommentField::Paragraph(pin) => self.pin_in_words(pin.as_ref()),
            CommentField::Order(_) => "moved".to_owned(),
            CommentField::Alternatives(wishes) => or(&wishes.join("; or: "), "none"),
            CommentField::Convergence(how) => convergence_in_words(how.as_ref()),
            CommentField::Owner(who) => or(who, "nobody"),
            CommentField::ByWhen(when) => or(when, "no time"),
            CommentField::Deleted(true) => "given up".to_owned(),
            CommentField::Deleted(false) => "not given up".to_owned(),
            CommentField::Waived(waivers) => waivers_in_words(waivers),
        }
    }

    /// The title of a topic, or its id if there is no such topic.
    pub fn title_of_topic(&self, topic: &TopicId) -> String {
        let found = self.topics().iter().find(|known| known.id == *topic);
        found.map_or_else(|| topic.to_string(), |topic| topic.title.clone())
    }

    fn title_of_session(&self, id: &SessionId) -> String {
        self.agenda().session(id).map_or_else(|| id.to_string(), |session| session.title.clone())
    }

    fn pin_in_words(&self, pin: Option<&Pin>) -> String {
        or(pin.map(|pin| self.printed(pin).into_owned()), "no paragraph")
    }

    fn parent_in_words(&self, parent: PointId) -> String {
        match self.point(parent) {
            Some(parent) if parent.is_deleted() => {
                format!("under “{}”, which is deleted", parent.text())
            }
            Some(parent) => format!("under “{}”", parent.text()),
            None => "under a point that has not come in yet".to_owned(),
        }
    }

    fn outcome_in_words(&self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Open => "not decided".to_owned(),
            Outcome::SetAside(aside) if aside.words.is_empty() => {
                format!("set aside: {}", aside.reason.title())
            }
            Outcome::SetAside(aside) => {
                format!("set aside: {}: {}", aside.reason.title(), aside.words)
            }
            // A comment whose sources all went elsewhere has no words until they come back.
            Outcome::In(id) => match self.comment(*id).map(|found| self.wording(found)) {
                Some(words) if !words.is_empty() => format!("in “{words}”"),
                _ => "in a comment without any other source".to_owned(),
            },
        }
    }
}

fn or(word: Option<String>, none: &str) -> String {
    word.unwrap_or_else(|| none.to_owned())
}

fn convergence_in_words(how: Option<&Convergence>) -> String {
    how.map_or("not recorded", Convergence::title).to_owned()
}

fn waivers_in_words(waivers: &[Waiver]) -> String {
    let each = |waiver: &Waiver| match &*waiver.reason {
        "" => waiver.found.to_string(),
        reason => format!("{} ({reason})", waiver.found),
    };
    let found: Vec<String> = waivers.iter().map(each).collect();
    match &found[..] {
        [] => "no name waived".to_owned(),
        found => format!("waived: {}", found.join(", ")),
    }
}
