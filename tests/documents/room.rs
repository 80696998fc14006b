//! A workshop on a draft text, with everything that a drafters' file can hold.

use rapporteur::workshop::PointKind::{
    Challenge, Concern, EarlyAction, Fact, Question, Recommendation, Reflection,
};
use rapporteur::workshop::*;

/// The first article of the Universal Declaration of Human Rights, in languages of the region.
pub(crate) const LANGUAGES: [(&str, &str); 9] = [
    (
        "Jawi",
        "سموا مأنسي دلاهيركن بيبس دان سامرات دري سڬي كموليأن دان حق٢. مريك ممڤوڽاي ڤميكيرن دان ڤراسأن هاتي دان هندقله برتيندق د انتارا ساتو سام لائن دڠن سماڠت ڤرساودارأن.",
    ),
    (
        "Thai",
        "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ",
    ),
    ("Khmer", "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរនិងសិទ្ធិ។"),
    ("Lao", "ມະນຸດເກີດມາມີສິດເສລີພາບ ແລະ ສະເໝີໜ້າກັນໃນທາງກຽດຕິສັກ ແລະ ທາງສິດດ້ວຍມະນຸດມີສະຕິສຳປັດຊັນຍະ."),
    (
        "Burmese",
        "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ တူညီလွတ်လပ်သော အခွင့်အရေးများဖြင့် လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သည်။",
    ),
    ("Bengali", "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে।"),
    ("Sinhala", "සියලු මනුෂ්‍යයෝ නිදහස්ව උපත ලබා ඇත. ගරුත්වයෙන් හා අයිතිවාසිකම්වලින් සමාන වෙති."),
    (
        "Tamil",
        "மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும், உரிமைகளிலும் சமமானவர்கள்.",
    ),
    (
        "Chinese",
        "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。",
    ),
];

const PARAGRAPHS: [(u64, ParagraphKind, &str, u8, &str); 8] = [
    (1, ParagraphKind::Heading, "H1", 0, "Regional declaration on early warning for all"),
    (
        2,
        ParagraphKind::Preambular,
        "PP1",
        0,
        "RECALLING the commitment of all members to reduce the loss of life from floods, storms and \
         drought,",
    ),
    (
        3,
        ParagraphKind::Preambular,
        "PP2",
        0,
        "CONSCIOUS that warnings which arrive late, or in a language that is not understood, save \
         nobody,",
    ),
    (4, ParagraphKind::Heading, "H2", 0, "Do hereby agree to"),
    (
        5,
        ParagraphKind::Operative,
        "OP1",
        0,
        "share rainfall and river data across borders within twenty-four hours of a request, free \
         of charge;",
    ),
    (
        6,
        ParagraphKind::Operative,
        "OP2",
        0,
        "carry out joint drills every two years with the participation of local councils, and in \
         particular to:",
    ),
    (
        7,
        ParagraphKind::Operative,
        "OP2(a)",
        1,
        "include persons with disabilities in planning and carrying them out;",
    ),
    (
        8,
        ParagraphKind::Operative,
        "OP3",
        0,
        "establish a fund [of voluntary contributions] for community radios, to be reviewed after \
         five years.",
    ),
];

/// A meeting under way: records of one writer, one after the other.
pub(crate) struct Room {
    pub(crate) workshop: Workshop,
    ids: Ids,
}

impl Room {
    pub(crate) fn new(agenda: &Agenda) -> Self {
        Self { workshop: Workshop::new(agenda), ids: Ids::seeded(11) }
    }

    pub(crate) fn make(&mut self, changes: Vec<Change>) {
        self.apply(WriterId::new(1), changes);
    }

    fn apply(&mut self, writer: WriterId, changes: Vec<Change>) {
        let record = self.workshop.record(writer, Moment(0), changes);
        self.workshop.apply(record);
    }

    /// A point of a group on a topic.
    pub(crate) fn say(&mut self, group: &str, topic: &str, kind: PointKind, text: &str) -> PointId {
        self.say_on(group, topic, kind, text, None, None)
    }

    fn say_on(
        &mut self,
        group: &str,
        topic: &str,
        kind: PointKind,
        text: &str,
        pin: Option<Pin>,
        proposal: Option<Proposal>,
    ) -> PointId {
        let id = self.ids.point();
        let place = Place::new(group.into(), topic.into());
        let mut captured = CapturedPoint::new(id, place, kind, text);
        captured.paragraph = pin;
        captured.proposal = proposal.map(Box::new);
        captured.session = Some("round-1".into());
        captured.round = Some(1);
        self.make(vec![Change::PointCaptured(captured.into())]);
        id
    }

    /// A proposal to put other words into a paragraph.
    fn propose(
        &mut self,
        group: &str,
        topic: &str,
        at: u64,
        old: &str,
        new: &str,
        text: &str,
    ) -> PointId {
        let id = ParagraphId::new(at);
        let words = self.workshop.draft_paragraph(id).unwrap().text.to_string();
        assert!(words.contains(old), "{old}");
        let proposal = Proposal::between(&words, &words.replacen(old, new, 1), "");
        self.say_on(group, topic, Recommendation, text, Some(Pin::At(id)), proposal)
    }

    pub(crate) fn state(&mut self, sources: &[PointId], fields: Vec<CommentField>) -> CommentId {
        let id = self.ids.comment();
        let put = self.workshop.put_into(id, sources.to_vec()).unwrap();
        self.make(put);
        for field in fields {
            let change = self.workshop.set_comment(id, field).unwrap();
            self.make(vec![change]);
        }
        id
    }

    pub(crate) fn set(&mut self, point: PointId, to: Field) {
        let change = self.workshop.set(point, to).unwrap();
        self.make(vec![change]);
    }

    fn decide(&mut self, of: Subject, decision: Decision, target: &str, note: &str) {
        let to = Disposition { decision, target: target.into(), note: note.into() };
        let change = self.workshop.dispose(of, to).unwrap();
        self.make(vec![change]);
    }
}

/// The agenda of that meeting.
pub(crate) fn agenda() -> Agenda {
    let topic =
        |id: &str, title: &str| Topic { id: id.into(), title: title.into(), ..Topic::default() };
    let group = |n: usize| Group {
        id: GroupId(format!("g{n}").into()),
        title: format!("Group {n}"),
        ..Group::default()
    };
    let session = Session {
        id: "round-1".into(),
        title: "Group discussions, first round".into(),
        ..Session::default()
    };
    Agenda {
        id: "early-warning".into(),
        title: "Regional workshop on the draft declaration on early warning".into(),
        venue: "Vientiane".into(),
        time_zone: "Asia/Vientiane".into(),
        delegations: vec!["Atlantis".into(), "Lemuria".into(), "Avalon".into()],
        participants: vec!["Siti Nurhaliza".into()],
        objectives: vec!["Agree on the operative part".into()],
        topics: vec![
            topic("data", "Data across borders"),
            topic("drills", "Joint drills and inclusion"),
            topic("money", "Funding"),
        ],
        groups: (1..=4).map(group).collect(),
        days: vec![Day {
            date: chrono::NaiveDate::from_ymd_opt(2025, 11, 3).unwrap(),
            sessions: vec![session],
            title: String::new(),
        }],
        ..Agenda::default()
    }
}

/// The draft text they are on.
pub(crate) fn draft_text() -> DraftText {
    let paragraph =
        |(id, kind, label, level, text): (u64, ParagraphKind, &str, u8, &str)| DraftParagraph {
            id: ParagraphId::new(id),
            kind,
            label: label.into(),
            printed: String::new().into(),
            level,
            text: text.into(),
            since: Since::Same,
        };
    DraftText {
        title: "Regional declaration on early warning for all".into(),
        version: "zero draft, 3 November".into(),
        paragraphs: PARAGRAPHS.map(paragraph).into(),
        gone: vec![paragraph((
            9,
            ParagraphKind::Operative,
            "OP4",
            0,
            "invite the secretariat to report once a year.",
        ))],
    }
}

/// A workshop with proposals that agree and that conflict, decisions, languages, all outcomes.
pub(crate) fn full() -> Room {
    let mut room = Room::new(&agenda());
    let text = room.workshop.set_draft_text(draft_text());
    room.make(vec![text]);
    let hours = "within twenty-four hours of a request";
    let one = room.propose(
        "g1",
        "data",
        5,
        hours,
        "in real time",
        "Data that comes a day later is no warning",
    );
    let two = room.propose(
        "g2",
        "data",
        5,
        hours,
        "within one hour",
        "Real time is out of reach for small services",
    );
    let three =
        room.propose("g3", "data", 5, hours, "in real time", "Floods cross a border in hours");
    let free = room.propose(
        "g4",
        "data",
        5,
        ", free of charge",
        "",
        "Some services live on what they sell",
    );
    let data = room.say(
        "g2",
        "data",
        Challenge,
        "Formats differ; nobody can read the files of the others",
    );
    room.state(
        &[one, three],
        vec![
            CommentField::Topic("data".into()),
            CommentField::Text("Share data in real time, not on request.".into()),
            CommentField::Paragraph(Some(Pin::At(ParagraphId::new(5)))),
            CommentField::Alternatives(
                [Box::from("Within one hour is enough, and can be done.")].into(),
            ),
            CommentField::Convergence(Some(Convergence::BroadSupport)),
        ],
    );
    let formats = room.state(
        &[data],
        vec![
            CommentField::Topic("data".into()),
            CommentField::Text("Agree on one open format for all data.".into()),
        ],
    );
    let drill = room.propose(
        "g1",
        "drills",
        6,
        "every two years",
        "every year",
        "People forget in two years",
    );
    let youth = room.propose(
        "g3",
        "drills",
        7,
        "persons with disabilities",
        "persons with disabilities, children and older persons",
        "They are hurt first",
    );
    let after = room.say_on(
        "g4",
        "drills",
        Recommendation,
        "Schools are where everybody comes together",
        Some(Pin::After(ParagraphId::new(7))),
        Proposal::between("", "hold them in schools and on market days;", ""),
    );
    let yearly = room.state(
        &[drill],
        vec![
            CommentField::Topic("drills".into()),
            CommentField::Paragraph(Some(Pin::At(ParagraphId::new(6)))),
            CommentField::Owner("host of the drill".into()),
            CommentField::ByWhen("first quarter".into()),
            CommentField::Kind(EarlyAction),
        ],
    );
    let fund = room.propose(
        "g2",
        "money",
        8,
        "[of voluntary contributions] ",
        "",
        "A fund that is voluntary stays empty",
    );
    let fund2 = room.propose(
        "g3",
        "money",
        8,
        "[of voluntary contributions]",
        "of assessed contributions",
        "Only assessed money can be planned with",
    );
    let fund3 = room.propose("g1", "money", 8, "five", "three", "Five years is too long");
    let title = room.propose("g4", "money", 1, " for all", "", "Shorter is better");
    let lost = room.say_on(
        "g1",
        "money",
        Recommendation,
        "The report must be public",
        Some(Pin::At(ParagraphId::new(9))),
        None,
    );
    let unknown = room.say_on(
        "g1",
        "money",
        Concern,
        "There is no paragraph on money yet",
        Some(Pin::Label("OP17".into())),
        None,
    );
    let whole = room.say(
        "g4",
        "money",
        Reflection,
        "The text says *what*, never <who> & by when; see ]]> and “quotes”",
    );
    for (nth, (language, text)) in LANGUAGES.iter().enumerate() {
        let group = ["g1", "g2", "g3", "g4"][nth % 4];
        let topic = ["data", "drills", "money"][nth % 3];
        room.say(group, topic, Recommendation, &format!("{text}\n({language})"));
    }
    let thai = LANGUAGES[1].1;
    room.propose(
        "g3",
        "drills",
        3,
        "save nobody",
        &format!("save nobody ({thai})"),
        LANGUAGES[2].1,
    );
    room.propose("g2", "data", 2, "RECALLING", "مڠيڠتكن RECALLING", LANGUAGES[0].1);
    let aside = room.say("g2", "drills", Fact, "The tea was cold 🍵");
    let parked = room.say("g3", "money", Question, "Who pays for the interpreters?");
    let told =
        room.say("g4", "drills", Concern, "In our capital the sirens have been broken since May");
    let set_aside = |reason, words: &str| {
        Field::Outcome(Outcome::SetAside(SetAside { reason, words: words.into() }.into()))
    };
    room.set(aside, set_aside(Reason::Housekeeping, "told the venue"));
    room.set(told, set_aside(Reason::Attributable, ""));
    room.set(parked, Field::Status(Status::Parked { owner: "secretariat".into() }));
    room.set(
        free,
        Field::ReadBack(Some(
            ReadBack {
                verdict: Verdict::Reservation { words: "two of us sell data".into() },
                saw: vec![],
            }
            .into(),
        )),
    );
    room.set(fund, Field::Hands(Some(Hands { yes: 7, no: 2, neither: 0 })));
    room.decide(
        Subject::Comment(formats),
        Decision::Deferred,
        "technical committee",
        "It decides in March.",
    );
    room.decide(
        Subject::Comment(formats),
        Decision::Accepted,
        "OP1bis",
        "Goes into a paragraph of its own.",
    );
    room.decide(
        Subject::Point(fund3),
        Decision::NotAccepted,
        "",
        "Five years is what the members agreed in 2023.",
    );
    room.decide(Subject::Point(whole), Decision::Noted, "", "");
    let at_once =
        [(Decision::Modified, "every eighteen months", 2), (Decision::NotAccepted, "", 3)].map(
            |(decision, target, writer)| {
                let to = Disposition {
                    decision,
                    target: target.into(),
                    note: "Costs were weighed.".into(),
                };
                let change = room.workshop.dispose(Subject::Comment(yearly), to).unwrap();
                room.workshop.record(WriterId::new(writer), Moment(0), [change])
            },
        );
    for record in at_once {
        room.workshop.apply(record);
    }
    let seal = room.workshop.set_seal("g1".into(), "data".into(), true);
    room.make(vec![seal]);
    let _ = (two, youth, after, fund2, title, lost, unknown);
    room
}
