//! A small meeting with everything a matrix can show, the same in every run.

use rapporteur::workshop::PointKind::*;
use rapporteur::workshop::*;

/// The meeting, with what it said and what drafters answered so far.
pub(super) struct Talks {
    pub(super) workshop: Workshop,
    ids: Ids,
    writer: WriterId,
}

const DRAFT: [(ParagraphKind, &str, &str); 5] = [
    (
        ParagraphKind::Preambular,
        "PP1",
        "RECALLING the commitment of all coastal communities to keep their waters safe,",
    ),
    (
        ParagraphKind::Operative,
        "OP1",
        "Agree to share early warnings of storms and spills within twelve hours, through the national \
         focal points, in a language that those concerned understand;",
    ),
    (ParagraphKind::Operative, "OP2", "Shall hold joint drills every year before the monsoon;"),
    (ParagraphKind::Operative, "OP3", "Encourage the training of local councils;"),
    (ParagraphKind::Operative, "OP4", "Review this text after five years."),
];

impl Talks {
    /// The meeting.
    pub(super) fn new() -> Self {
        let topic = |id: &str, title: &str| Topic {
            id: id.into(),
            title: title.into(),
            ..Topic::default()
        };
        let group = |n: usize| Group {
            id: GroupId(format!("group-{n}").into()),
            title: format!("Group {n}"),
            ..Group::default()
        };
        let agenda = Agenda {
            id: "coastal-waters".into(),
            title: "Coastal Waters & Safe Shores: a Dialogue".into(),
            venue: "Lakeside Hall".into(),
            topics: vec![topic("warning", "Early warning"), topic("drills", "Joint drills")],
            groups: (1..=3).map(group).collect(),
            ..Agenda::default()
        };
        let mut ids = Ids::seeded(5);
        let writer = ids.writer();
        let mut talks = Self { workshop: Workshop::new(&agenda), ids, writer };
        talks.speak();
        talks
    }

    /// Makes changes, as one record.
    pub(super) fn make(&mut self, changes: impl IntoIterator<Item = Change>) {
        let record = self.workshop.record(self.writer, Moment(0), changes);
        self.workshop.apply(record);
    }

    fn set(&mut self, point: PointId, to: Field) {
        let change = self.workshop.set(point, to).unwrap();
        self.make([change]);
    }

    fn say(&mut self, group: usize, topic: &str, kind: PointKind, text: &str) -> PointId {
        let id = self.ids.point();
        let place = Place::new(GroupId(format!("group-{group}").into()), topic.into());
        let captured = CapturedPoint::new(id, place, kind, text);
        self.make([Change::PointCaptured(captured.into())]);
        id
    }

    fn propose(&mut self, point: PointId, label: &str, old: &str, new: &str, why: &str) {
        let pin = self.workshop.pin(label);
        let now = match self.workshop.anchor(&pin) {
            Some((found, false)) => found.text.to_string(),
            _ => String::new(),
        };
        let wording = if now.is_empty() { new.to_owned() } else { now.replace(old, new) };
        let proposal = Proposal::between(&now, &wording, why).unwrap();
        self.set(point, Field::Paragraph(Some(pin)));
        self.set(point, Field::Proposal(Some(proposal.into())));
    }

    fn state(&mut self, points: &[PointId], text: &str, label: &str) -> CommentId {
        let id = self.ids.comment();
        let mut changes = self.workshop.put_into(id, points.to_vec()).unwrap();
        let topic = self.workshop.point(points[0]).unwrap().topic().clone();
        let mut fields = vec![CommentField::Text(text.into()), CommentField::Topic(topic)];
        if !label.is_empty() {
            fields.push(CommentField::Paragraph(Some(self.workshop.pin(label))));
        }
        fields.push(CommentField::Kind(Recommendation));
        for field in fields {
            changes.push(self.workshop.set_comment(id, field).unwrap());
        }
        self.make(changes);
        id
    }

    /// Answers an item.
    pub(super) fn answer(&mut self, of: Subject, decision: Decision, target: &str, note: &str) {
        let to = Disposition { decision, target: target.into(), note: note.into() };
        let change = self.workshop.dispose(of, to).unwrap();
        self.make([change]);
    }

    fn speak(&mut self) {
        let paragraph =
            |(nth, (kind, label, text)): (usize, (ParagraphKind, &str, &str))| DraftParagraph {
                id: ParagraphId::new(nth as u64 + 1),
                kind,
                label: label.into(),
                printed: format!("{}.", nth + 1).into(),
                level: 0,
                text: text.into(),
                since: Since::Same,
            };
        let text = DraftText {
            title: "Safe Shores Declaration".into(),
            version: "zero draft".into(),
            paragraphs: DRAFT.into_iter().enumerate().map(paragraph).collect(),
            gone: vec![],
        };
        let change = self.workshop.set_draft_text(text.clone());
        self.make([change]);
        let hours = self.say(1, "warning", Recommendation, "Twelve hours are too long for a spill");
        self.propose(hours, "OP1", "twelve", "six", "a spill reaches the reef in eight hours");
        let hours_too = self.say(2, "warning", Recommendation, "Six hours, as the others have it");
        self.propose(hours_too, "OP1", "twelve hours", "six hours at most", "");
        let shall = self.say(3, "drills", Concern, "“Shall” binds those who have no boats");
        self.propose(shall, "OP2", "Shall", "May", "not all have boats");
        let review = self.say(1, "drills", Recommendation, "No review clause is needed");
        self.propose(review, "OP4", "Review this text after five years.", "", "");
        let new = self.say(2, "warning", Recommendation, "Fishers are to be warned by radio too");
        self.propose(new, "after OP1", "", "Warn fishers at sea by radio;", "");
        let whole = self.say(
            3,
            "warning",
            Reflection,
            "=SUM(A1:A9) is what one group called the\nwhole draft: a sum of its parts",
        );
        let thai =
            self.say(1, "drills", GoodPractice, "ชุมชนชายฝั่งซ้อมหนีภัยทุกปีก่อนฤดูมรสุมและสอนเด็กในโรงเรียน");
        let viet = self.say(2, "drills", Challenge, "Thiếu thuyền để diễn tập trước mùa mưa bão");
        let gone = self.say(3, "drills", Question, "Who pays for the sirens?");
        self.set(gone, Field::Paragraph(Some(self.workshop.pin("OP9"))));
        let aside = self.say(2, "drills", Fact, "The bus leaves at five");
        let away = Outcome::SetAside(
            SetAside { reason: Reason::Housekeeping, words: "not about the text".into() }.into(),
        );
        self.set(aside, Field::Outcome(away));
        let parked = self.say(1, "warning", Question, "Could satellites be shared?");
        self.set(parked, Field::Status(Status::Parked { owner: "secretariat".into() }));
        let _ = (whole, viet);
        let warning = self.state(&[hours, hours_too], "Share warnings within six hours.", "OP1");
        let may = self.state(&[shall, thai], "Drills are to fit those who hold them.", "OP2");
        let wishes = CommentField::Alternatives([Box::from("Drills every second year")].into());
        let convergence = CommentField::Convergence(Some(Convergence::BroadSupport));
        let changes =
            [wishes, convergence].map(|field| self.workshop.set_comment(may, field).unwrap());
        self.make(changes);
        // OP3 went with a later version; what was said of it lost its place.
        let lost = self.say(1, "drills", Recommendation, "Train the harbour masters first");
        self.set(lost, Field::Paragraph(Some(self.workshop.pin("OP3"))));
        let mut later = text;
        later.version = "first draft".into();
        later.gone = vec![later.paragraphs.remove(3)];
        let change = self.workshop.set_draft_text(later);
        self.make([change]);
        self.answer(Subject::Comment(warning), Decision::Accepted, "OP1", "Six it is.");
        for n in 1..=3 {
            let group = GroupId(format!("group-{n}").into());
            let change = self.workshop.set_group(group, GroupField::Open(false));
            self.make([change]);
        }
    }
}
