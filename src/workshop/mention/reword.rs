//! Rewording a text in which a mention was found.

use std::mem::discriminant;

use compact_str::CompactString;

use super::{Holder, Mention, Part};
use crate::workshop::{
    Change, Comment, CommentField, CommentId, Disposition, Field, GroupField, Outcome, Point,
    PointId, PointKind, Proposal, ReadBack, Refusal, SetAside, Status, Subject, Verdict, Workshop,
};

impl Workshop {
    /// The change that replaces the whole text of a mention with other words. It is refused if
    /// the text is no longer there.
    ///
    /// A text that two laptops changed at once is refused until somebody has chosen: the other version would
    /// be lost.
    pub fn reword_mention(&self, mention: &Mention, text: &str) -> Result<Change, Refusal> {
        let change = self.rewording(mention, text)?;
        let both = match &change {
            Change::PointChanged { point, to, .. } => self.point(*point).is_some_and(|point| {
                let same = |shown: &Field| discriminant(shown) == discriminant(to);
                point.disputes().iter().any(|dispute| same(&dispute.shown))
            }),
            Change::CommentChanged { comment, to, .. } => {
                self.comment(*comment).is_some_and(|comment| {
                    let same = |shown: &CommentField| discriminant(shown) == discriminant(to);
                    comment.disputes().iter().any(|dispute| same(&dispute.shown))
                })
            }
            Change::DispositionChanged { of, .. } => !self.other_dispositions(*of).is_empty(),
            _ => false,
        };
        if both { Err(Refusal::BothStand(mention.key.part.title())) } else { Ok(change) }
    }

    fn rewording(&self, mention: &Mention, text: &str) -> Result<Change, Refusal> {
        match &mention.key.of {
            Holder::Point(id) => self.reword_point(*id, mention, text),
            Holder::Comment(id) => self.reword_comment(*id, mention, text),
            Holder::Group(id) if mention.key.part == Part::Title => {
                let title = GroupField::Title(text.to_owned());
                Ok(self.set_group(id.clone(), title))
            }
            Holder::Group(_) => Err(Refusal::Lasting),
            // These are changed where they were written, or accepted as they are.
            _ => Err(Refusal::WrittenElsewhere(mention.key.part.title())),
        }
    }

    fn reword_point(&self, id: PointId, mention: &Mention, text: &str) -> Result<Change, Refusal> {
        let point = self.point(id).ok_or(Refusal::NoPoint(id))?;
        let old = &*mention.text;
        let there = match (mention.key.part, point.outcome(), point.status()) {
            (Part::Response | Part::Target, ..) => {
                return self.reword_answer(Subject::Point(id), old, text);
            }
            (Part::Proposal | Part::Why, ..) => return self.reword_proposal(point, mention, text),
            (Part::Wording, ..) => {
                let all = [point.text()].into_iter().chain(point.alternatives());
                all.into_iter().any(|known| known == old).then(|| Field::Text(text.into()))
            }
            (Part::Reservation, ..) => match point.read_back() {
                Some(ReadBack { verdict: Verdict::Reservation { words }, saw }) if words == old => {
                    let verdict = Verdict::Reservation { words: text.into() };
                    Some(Field::ReadBack(Some(ReadBack { verdict, saw: saw.clone() }.into())))
                }
                _ => None,
            },
            (Part::SetAside, Outcome::SetAside(aside), _) if aside.words == old => {
                let aside = SetAside { reason: aside.reason, words: text.into() };
                Some(Field::Outcome(Outcome::SetAside(aside.into())))
            }
            (Part::Owner, _, Status::Parked { owner }) if owner == old => {
                Some(Field::Status(Status::Parked { owner: text.into() }))
            }
            (Part::Tag, ..) if point.tags().iter().any(|tag| tag == old) => {
                // One tag stays one tag, whatever is in it now.
                let tag: Vec<_> = text.split_whitespace().collect();
                let tag = CompactString::from(tag.join("-"));
                let tags = point.tags().iter();
                let tags = tags.map(|known| if known == old { &tag } else { known });
                Some(Field::Tags(tags.cloned().collect()))
            }
            (Part::Kind, ..) if point.kind().word() == old => {
                Some(Field::Kind(PointKind::read(text)))
            }
            (Part::Paragraph, ..) => Some(Field::Paragraph(Some(self.pin(text)))),
            _ => None,
        };
        self.set(id, there.ok_or(Refusal::NotOnesOwn)?)
    }

    fn reword_comment(
        &self,
        id: CommentId,
        mention: &Mention,
        text: &str,
    ) -> Result<Change, Refusal> {
        if matches!(mention.key.part, Part::Response | Part::Target) {
            return self.reword_answer(Subject::Comment(id), &mention.text, text);
        }
        let known = self.comment(id).ok_or(Refusal::NoComment(id))?;
        let to = self.reworded_field(known, mention, text).ok_or(Refusal::NotOnesOwn)?;
        self.set_comment(id, to)
    }

    fn reworded_field(
        &self,
        known: &Comment,
        mention: &Mention,
        text: &str,
    ) -> Option<CommentField> {
        let old = &*mention.text;
        match mention.key.part {
            Part::Owner => (known.owner() == old).then(|| CommentField::Owner(text.into())),
            Part::ByWhen => (known.by_when() == old).then(|| CommentField::ByWhen(text.into())),
            Part::Kind => {
                (known.kind().word() == old).then(|| CommentField::Kind(PointKind::read(text)))
            }
            Part::Paragraph => Some(CommentField::Paragraph(Some(self.pin(text)))),
            _ if known.alternatives().iter().any(|wish| **wish == *old) => {
                let wishes = known.alternatives().iter();
                let wishes =
                    wishes.map(|wish| if **wish == *old { text.into() } else { wish.clone() });
                Some(CommentField::Alternatives(wishes.collect()))
            }
            _ => {
                let mut all = known.wordings().into_iter().chain([known.own_text()]);
                all.any(|wording| wording == old).then(|| CommentField::Text(text.into()))
            }
        }
    }

    fn reword_answer(&self, of: Subject, old: &str, text: &str) -> Result<Change, Refusal> {
        let mut answers = self.disposition(of).into_iter().chain(self.other_dispositions(of));
        let named = |answer: &&Disposition| *answer.note == *old || answer.target == old;
        let mut to = answers.find(named).ok_or(Refusal::NotOnesOwn)?.clone();
        if *to.note == *old {
            to.note = text.into();
        } else {
            to.target = text.into();
        }
        self.dispose(of, to)
    }

    fn reword_proposal(
        &self,
        point: &Point,
        mention: &Mention,
        text: &str,
    ) -> Result<Change, Refusal> {
        let mut proposal = point.proposal().ok_or(Refusal::NotOnesOwn)?.clone();
        let place = point.paragraph().and_then(|pin| self.anchor(pin));
        let on = place.filter(|(_, after)| !after).map_or("", |(found, _)| &*found.text);
        let to = if mention.key.part == Part::Why {
            (*proposal.why == *mention.text).then(|| {
                proposal.why = text.into();
                proposal
            })
        } else if proposal.wording(on).as_deref() == Some(&*mention.text) {
            // Words that are already there are not a proposal.
            Proposal::between(on, text, &proposal.why)
        } else {
            let named = proposal.edits.iter_mut().filter(|edit| edit.put == mention.text);
            let count = named.map(|edit| edit.put = text.into()).count();
            (count > 0).then_some(proposal)
        };
        let to = to.ok_or(Refusal::NotOnesOwn)?;
        self.set(point.id(), Field::Proposal(Some(to.into())))
    }
}
