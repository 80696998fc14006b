//! The words that tell who speaks: verbs of saying, delegates, positions, what stands between.
//!
//! The lists follow the reporting verbs of meeting records: "noted", "underlined", "reserved its
//! position" (United Nations Editorial Manual, on reports and summary records), and how notes of
//! group discussions shorten them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tongues;

/// What a word may be, several at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    /// "noted": a past form or participle of saying.
    pub(super) const PAST: Self = Self(1);
    /// "notes".
    pub(super) const THIRD: Self = Self(2);
    /// "note".
    pub(super) const BASE: Self = Self(4);
    /// "noting".
    pub(super) const ING: Self = Self(8);
    /// A verb form that is as likely a noun: "report", "requests".
    pub(super) const NOUNISH: Self = Self(16);
    /// Who sits in a meeting: "delegate".
    pub(super) const DELEGATE: Self = Self(32);
    /// Who speaks for a state, and acts for it too: "official", "ministry".
    pub(super) const OFFICIAL: Self = Self(64);
    /// What is said: "proposal", "position".
    pub(super) const SAID: Self = Self(128);
    /// What one has and says so: "concerns".
    pub(super) const HELD: Self = Self(256);
    pub(super) const ADVERB: Self = Self(512);
    pub(super) const HAVE: Self = Self(1024);
    pub(super) const BE: Self = Self(2048);
    pub(super) const MODAL: Self = Self(4096);
    pub(super) const DO: Self = Self(8192);
    pub(super) const NOT: Self = Self(1 << 14);
    pub(super) const PREPOSITION: Self = Self(1 << 15);
    /// What is true of one who takes a position: "concerned", "against".
    pub(super) const STANCE: Self = Self(1 << 16);
    /// Those in a room without their names: "delegations", "others".
    pub(super) const GENERIC: Self = Self(1 << 17);
    /// "and", "or".
    pub(super) const AND: Self = Self(1 << 18);
    pub(super) const ARTICLE: Self = Self(1 << 19);
    /// An adjective that stands before what is said: "written", "strong".
    pub(super) const ADJECTIVE: Self = Self(1 << 20);
    /// What agrees with another: "echoed", "seconded".
    pub(super) const ECHO: Self = Self(1 << 21);
    /// A verb that may be of saying or not: with "that", "for", "to" it is.
    pub(super) const WEAK: Self = Self(1 << 22);
    /// Makes a condition or a question of what follows.
    pub(super) const IF: Self = Self(1 << 23);
    pub(super) const MUST: Self = Self(1 << 24);
    /// What a name in a title is followed by: "Declaration".
    pub(super) const TITLE: Self = Self(1 << 25);
    /// A geographical or other fixed name: "Strait".
    pub(super) const PLACE: Self = Self(1 << 26);
    /// "said" in a language of the region.
    pub(super) const ELSEWHERE: Self = Self(1 << 27);
    /// "delegation" in a language of the region, which stands before the name.
    pub(super) const DELEGASI: Self = Self(1 << 28);
    /// What stands before a verb in a language of the region: "not", "already", "would like".
    pub(super) const BETWEEN: Self = Self(1 << 29);

    /// A finite or other form that a noun phrase ends at.
    pub(super) const VERB: Self = Self(
        Self::PAST.0
            | Self::THIRD.0
            | Self::ING.0
            | Self::BE.0
            | Self::HAVE.0
            | Self::MODAL.0
            | Self::DO.0
            | Self::MUST.0,
    );

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Class {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Verbs of saying and of taking a position, by their base form.
const VERBS: &str = "state note report propose suggest recommend object ask request share prefer \
    express emphasise emphasize stress underline underscore highlight mention explain reiterate reaffirm \
    affirm argue comment remark observe disagree concur oppose reject welcome acknowledge \
    appreciate encourage insist warn caution clarify confirm question doubt reserve echo second \
    endorse favour favor wish hope believe announce declare inform brief present outline describe \
    talk respond reply answer lament regret thank congratulate intervene flag pledge \
    volunteer abstain table remind recall advise advocate demand \
    assert claim admit concede recount voice query wonder support agree point stand want \
    maintain suggested elaborate illustrate introduce contend counter interject object opine \
    summarise summarize signal indicate align associate dissent retort exclaim whisper complain \
    promise praise criticise criticize condemn deplore stipulate testify relay convey \
    raise urge call conclude caution complete expect cite revert apologise apologize \
    block push press vote pose touch differ move wait await chime float lean insist reason \
    walk commend dispute rebut refute muse speculate hesitate vow \
    posit recap disapprove protest quip enquire inquire paraphrase foresee \
    air counsel reckon hint sound list repeat spell dismiss contest challenge refuse applaud hail laud \
    salute alert predict guess imagine suspect anticipate implore exhort detail enumerate sketch reveal disclose \
    confess assure reassure grumble joke bemoan react ponder defend weigh play interpret yield justify sympathise \
    compliment rebuke";

/// Verbs whose past is their own.
const IRREGULAR: &str = "say/says/said/saying tell/tells/told/telling speak/speaks/spoke/speaking \
    feel/feels/felt/feeling think/thinks/thought/thinking hold/holds/held/holding \
    add/adds/added/adding prefer/prefers/preferred/preferring put/puts/put/putting \
    refer/refers/referred/referring plead/pleads/pleaded/pleading reply/replies/replied/replying \
    query/queries/queried/querying clarify/clarifies/clarified/clarifying \
    testify/testifies/testified/testifying convey/conveys/conveyed/conveying flag/flags/flagged/flagging \
    admit/admits/admitted/admitting signal/signals/signalled/signalling \
    regret/regrets/regretted/regretting object/objects/objected/objecting \
    spoke/speaks/spoken/speaking consider/considers/considered/considering \
    see/sees/saw/seeing seek/seeks/sought/seeking need/needs/needed/needing \
    accept/accepts/accepted/accepting offer/offers/offered/offering \
    find/finds/found/finding commit/commits/committed/committing \
    update/updates/updated/updating back/backs/backed/backing register/registers/registered/registering \
    draw/draws/drew/drawing remain/remains/remained/remaining come/comes/came/coming submit/submits/submitted/submitting let/lets/let/letting take/takes/took/taking \
    make/makes/made/making give/gives/gave/giving get/gets/got/getting \
    join/joins/joined/joining invite/invites/invited/inviting decline/declines/declined/declining \
    fear/fears/feared/fearing worry/worries/worried/worrying like/likes/liked/liking \
    value/values/valued/valuing stand/stands/stood/standing hold/holds/held/holding \
    look/looks/looked/looking withdraw/withdraws/withdrew/withdrawing \
    chime/chimes/chimed/chiming break/breaks/broke/breaking choose/chooses/chose/choosing \
    keep/keeps/kept/keeping lay/lays/laid/laying dwell/dwells/dwelt/dwelling lobby/lobbies/lobbied/lobbying \
    set/sets/set/setting beg/begs/begged/begging understand/understands/understood/understanding \
    defer/defers/deferred/deferring throw/throws/threw/throwing pour/pours/poured/pouring \
    run/runs/ran/running bring/brings/brought/bringing sum/sums/summed/summing read/reads/read/reading \
    stick/sticks/stuck/sticking rule/rules/ruled/ruling \
    go/goes/went/going live/lives/lived/living view/views/viewed/viewing";

/// Of these, the ones that tell a fact as often, by their forms; a position is meant where one of the
/// words of the second column follows.
const WEAK: &[(&str, &str)] = &[
    ("draw draws drew drawing", "attention a the"),
    (
        "remain remains remained remaining",
        "silent unconvinced opposed sceptical skeptical of to_be_convinced to_be_persuaded",
    ),
    ("come comes came coming", "back in_on in_to out_in out_against"),
    ("expect expects expected expecting", "a the that this more to"),
    (
        "see sees saw seeing",
        "merit value no little need benefit it difficulty risk danger great scope room eye_to_eye",
    ),
    (
        "seek seeks sought seeking",
        "clarification clarity guidance to deletion assurance assurances",
    ),
    ("need needs needed needing", "time clarity guidance instructions clarification"),
    (
        "accept accepts accepted accepting",
        "the that this it op either both option wording deletion paragraph neither any a",
    ),
    ("offer offers offered offering", "to language wording text examples an a its"),
    ("find finds found finding", "the it this op that itself"),
    ("commit commits committed committing", "to itself"),
    ("update updates updated updating", "the participants delegates delegations us"),
    ("back backs backed backing", "the this that op it option"),
    ("register registers registered registering", "a its reservation concern the concerns"),
    ("submit submits submitted submitting", "that a written text wording"),
    ("let lets letting", "it"),
    ("take takes took taking", "note the issue exception up a"),
    ("make makes made making", "clear a the it two"),
    (
        "give gives gave giving",
        "examples an its the a_presentation a_briefing a_statement a_summary a_view a_short a_brief \
        two_examples two_reasons three_examples three_reasons its_view examples_of notice",
    ),
    (
        "block blocks blocked blocking",
        "consensus the_consensus adoption the_text op paragraph option agreement",
    ),
    ("break breaks broke breaking", "the_silence the_consensus consensus ranks"),
    ("push pushes pushed pushing", "for back_on back_against hard"),
    ("press presses pressed pressing", "for the_point the_chair"),
    ("lobby lobbies lobbied lobbying", "for against"),
    ("vote votes voted voting", "against in_favour for_option for_deletion for_the_deletion with"),
    ("choose chooses chose choosing", "option op not_to_speak"),
    ("defer defers deferred deferring", "to"),
    (
        "keep keeps kept keeping",
        "its_options its_position its_reservation its_view a_reservation reservations the_reservation quiet silent",
    ),
    (
        "walk walks walked walking",
        "back_its back_from us the_group the_room participants delegates",
    ),
    (
        "pose poses posed posing",
        "a_question the_question questions two_questions three_questions several_questions",
    ),
    ("lay lays laid laying", "out"),
    ("touch touches touched touching", "on upon"),
    ("dwell dwells dwelt dwelling", "on upon"),
    ("differ differs differed differing", "on with"),
    (
        "move moves moved moving",
        "to_delete to_adjourn to_amend to_strike to_close_the_debate to_close_the_list that",
    ),
    ("wait waits waited waiting", "for_instructions for_guidance for_capital for_its_capital"),
    ("await awaits awaited awaiting", "instructions guidance word capital"),
    ("beg begs begged begging", "to"),
    ("set sets setting", "out"),
    ("stick sticks stuck sticking", "to"),
    ("understand understands understood understanding", "that the_concern the_concerns"),
    ("rule rules ruled ruling", "out"),
    ("float floats floated floating", "the_idea a the_possibility"),
    ("lean leans leaned leaning", "towards to toward"),
    ("air airs aired airing", "its doubts concerns reservations"),
    ("reason reasons reasoned reasoning", "that"),
    ("dispute disputes disputed disputing", "the_wording the_text this that the_need the_claim"),
    ("foresee foresees foresaw foreseeing", "difficulties problems difficulty no"),
    ("get gets got getting", ""),
    (
        "join joins joined joining",
        "consensus in the_consensus the_others the_call the_proposal the_objection others this",
    ),
    (
        "invite invites invited inviting",
        "the others delegations all participants delegates everyone",
    ),
    ("decline declines declined declining", "to"),
    ("fear fears feared fearing", "that the"),
    ("value values valued valuing", "the"),
    ("stand stands stood standing", "by ready against firm with behind"),
    ("hold holds held holding", "that the"),
    ("look looks looked looking", "forward"),
    (
        "go goes went going",
        "along with_option for_option further that_far so_far as_far over on_record on_to",
    ),
    (
        "list lists listed listing",
        "two three four five several some its_concerns its_conditions its_reasons the_reasons obstacles \
        challenges the_conditions",
    ),
    (
        "repeat repeats repeated repeating",
        "that its_offer its_request its_position its_concern its_call the_point the_request this",
    ),
    ("spell spells spelled spelt spelling", "out"),
    (
        "dismiss dismisses dismissed dismissing",
        "the_idea the_concern the_concerns concerns the_proposal this",
    ),
    ("contest contests contested contesting", "the_wording the_figures the_claim the_view this"),
    (
        "challenge challenges challenged challenging",
        "the_wording the_figures the_claim the_view the_idea this",
    ),
    (
        "refuse refuses refused refusing",
        "to_accept to_agree to_support to_discuss to_comment to_join_the_consensus",
    ),
    ("alert alerts alerted alerting", "the_group delegates participants the_room"),
    ("suspect suspects suspected suspecting", "that"),
    ("anticipate anticipates anticipated anticipating", "that difficulties problems"),
    ("detail details detailed detailing", "its how the"),
    ("sketch sketches sketched sketching", "out the its"),
    ("react reacts reacted reacting", "to"),
    (
        "defend defends defended defending",
        "the_text the_wording the_timeline the_proposal the_idea its_proposal its_position its_wording this",
    ),
    ("weigh weighs weighed weighing", "in"),
    ("play plays played playing", "down"),
    ("interpret interprets interpreted interpreting", "the_text op this paragraph"),
    ("yield yields yielded yielding", "the_floor"),
    (
        "justify justifies justified justifying",
        "its_position its_request its_objection the_wording this",
    ),
    ("run runs ran running", "through"),
    ("bring brings brought bringing", "up"),
    ("sum sums summed summing", "up"),
    ("read reads reading", "out the_text from_a aloud"),
    ("sound sounds sounded sounding", "a_note the_alarm a_warning sceptical"),
    ("throw throws threw throwing", "its_weight"),
    ("pour pours poured pouring", "cold_water"),
    ("live lives lived living", "with"),
    ("call calls called calling", "for on upon it attention this the op"),
    ("point points pointed pointing", "out to at"),
    (
        "raise raises raised raising",
        "the a an its concern concerns question questions point points issue issues doubts objections serious this",
    ),
    ("put puts putting", "forward it on_record"),
    ("table tables tabled tabling", "a an the text amendment amendments its two wording language"),
    ("present presents presented presenting", "its a an the findings results data on two lessons"),
    ("introduce introduces introduced introducing", "the its a amendment wording an"),
    ("maintain maintains maintained maintaining", "that its"),
    ("complete completes completed completing", ""),
    ("withdraw withdraws withdrew withdrawing", "its the"),
    ("view views viewed viewing", "the this it op"),
    ("promise promises promised promising", "to"),
];

/// Base forms and third persons that are nouns as often.
const NOUNISH: &str = "report reports support request requests note notes comment comments question \
    questions view views concern concerns table tables voice brief briefs state states call calls offer \
    offers claim claims share shares present point points answer answers demand demands query queries \
    signal signals update updates object objects second hope hopes need needs stand stands back backs \
    doubt doubts register registers wish favour highlight highlights remark remarks stress value values";

const WORDS: &[(&str, Class)] = &[
    (
        "delegate delegates delegation delegations representative representatives rep reps panellist panellists \
        panelist panelists speaker speakers colleague colleagues participant participants presenter \
        presenters interlocutor interlocutors spokesperson spokesman spokeswoman negotiator negotiators \
        counterpart counterparts member members facilitator rapporteur head focal_point attendee attendees \
        observer observers",
        Class::DELEGATE,
    ),
    (
        "official officials officer officers government ministry ministries minister ministers authorities \
        authority police navy embassy ambassador ambassadors expert experts department agency agencies \
        secretary attorney prosecutor prosecutors prosecution guard immigration customs director general \
        chair coordinator attache attachés liaison adviser advisor advisors advisers diplomat diplomats \
        commission commissioner bureau force forces ministers unit centre council bank office mission \
        side team lawyer lawyers practitioner practitioners chief commander senior side government's",
        Class::OFFICIAL,
    ),
    (
        "proposal proposals position positions view views suggestion suggestions intervention interventions \
        statement statements comment comments remark remarks request requests objection objections \
        reservation reservations presentation presentations amendment amendments wording question \
        questions preference preferences input inputs contribution contributions feedback stance \
        opposition reply replies opinion opinions perspective concern concerns call offer insistence \
        support formulation redraft recommendation recommendations observation observations point points \
        suggestion plea demand demands response responses answer answers argument arguments \
        explanation explanations clarification counterproposal hesitation reluctance scepticism skepticism q qs caveat caveats veto disagreement pushback idea ideas instructions",
        Class::SAID,
    ),
    (
        "concern concerns reservation reservations objection objections question questions doubt doubts \
        comment comments suggestion suggestions proposal proposals difficulty difficulties view views preference preferences \
        worry worries misgivings remark remarks hesitation hesitations trouble scruples problems problem issue issues \
        request requests interest appetite",
        Class::HELD,
    ),
    (
        "also again then too both all still never always just only even already further now \
        later earlier first second third instead however therefore so rather once twice here especially \
        equally very much quite firmly too likewise moreover furthermore meanwhile thereafter often today \
        yesterday itself themselves himself herself each in_turn therefore as_well either \
        thus hence yet more most fully less somewhat well additionally finally nevertheless nonetheless",
        Class::ADVERB,
    ),
    ("has have had having", Class::HAVE),
    ("is are was were be been being am", Class::BE),
    ("would could can cannot may might wouldnt couldnt cant wont will will_not", Class::MODAL),
    ("should must shall shouldnt mustnt ought", Class::MUST),
    ("do does did dont doesnt didnt", Class::DO),
    (
        "not never no cannot wouldnt couldnt cant wont dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt",
        Class::NOT,
    ),
    ("isnt arent wasnt werent", Class::BE),
    ("hasnt havent hadnt", Class::HAVE),
    (
        "of from to in into via through between by with without for at on onto off near across towards toward \
        along against inside outside within around over under beyond about regarding concerning \
        after before during since until despite like unlike per among amongst including behind upon \
        versus vs throughout visiting entering leaving reaching",
        Class::PREPOSITION,
    ),
    (
        "concerned worried opposed convinced pleased grateful ready willing prepared open happy keen against \
        reluctant unable able supportive glad sorry doubtful wary cautious disappointed interested satisfied hesitant \
        sceptical skeptical uncomfortable comfortable unhappy flexible undecided unpersuaded perplexed dismayed intrigued surprised puzzled unsure uneasy \
        adamant thankful appreciative eager alarmed dissatisfied inclined critical clear firm",
        Class::STANCE,
    ),
    (
        "delegations delegates delegation delegate participants states countries members member others other \
        speakers some all several many few most everyone everybody colleagues groups nobody those nations \
        two three four five none anyone one interventions voices",
        Class::GENERIC,
    ),
    ("and or plus dan va atau e y nor และ กับ ແລະ ກັບ និង နှင့် 和 与 與 及", Class::AND),
    ("the a an its his her their our this that these those both", Class::ARTICLE),
    (
        "written oral strong serious formal official original first second initial earlier latest new joint \
        national revised general main only opening closing detailed careful common same short long \
        very clear current known stated previous final alternative compromise own expressed explicit \
        senior deputy lead two three constructive helpful technical legal textual important draft \
        last firm other major proposed red bottom thoughtful pertinent timely distinguished full broad continued good excellent useful interesting brief",
        Class::ADJECTIVE,
    ),
    (
        "echoed echoing echoes seconded seconding seconds quoting quoted citing joined joining backed backing \
        paraphrasing quote quotes following_on contradicting contradicted interrupting echo supported_by thanking_not",
        Class::ECHO,
    ),
    ("if whether once unless until should lest", Class::IF),
    (
        "declaration convention protocol strategy process principles agreement accord plan roadmap framework \
        consensus treaty charter commitment communique compact agenda guidelines handbook memorandum \
        summit conference roundtable initiative action_plan dialogue forum regulation act code report",
        Class::TITLE,
    ),
    (
        "sea strait straits gulf envelope envelopes channel airport river ocean pig pigs fowl hat papers nuts \
        peninsula island islands shoes bean beans standard time dollar dollars baht ringgit",
        Class::PLACE,
    ),
    (tongues::VERBS, Class::ELSEWHERE),
    (tongues::DELEGATES, Class::DELEGASI),
    (tongues::BETWEEN, Class::BETWEEN),
];

static CLASSES: LazyLock<HashMap<String, Class>> = LazyLock::new(classes);

fn classes() -> HashMap<String, Class> {
    let mut classes: HashMap<String, Class> = HashMap::new();
    let mut add = |word: &str, class: Class| {
        let known = classes.entry(word.to_owned()).or_default();
        *known = *known | class;
    };
    let weak = |base: &str| WEAK.iter().any(|(forms, _)| forms.split(' ').any(|form| form == base));
    for base in VERBS.split_whitespace() {
        let class = if weak(base) { Class::WEAK } else { Class::default() };
        let stem = base.strip_suffix('e').unwrap_or(base);
        let (past, ing) = match base.as_bytes().last() {
            Some(b'e') if base.ends_with("ee") => (format!("{base}d"), format!("{base}ing")),
            Some(b'e') => (format!("{stem}ed"), format!("{stem}ing")),
            _ => (format!("{base}ed"), format!("{base}ing")),
        };
        let hissing = ["s", "x", "sh", "ch"].iter().any(|end| base.ends_with(end));
        add(base, Class::BASE | class);
        add(&format!("{base}{}", if hissing { "es" } else { "s" }), Class::THIRD | class);
        add(&past, Class::PAST | class);
        add(&ing, Class::ING | class);
    }
    for forms in IRREGULAR.split_whitespace() {
        let parts: Vec<&str> = forms.split('/').collect();
        let [base, third, past, ing] = parts.as_slice() else { continue };
        let class = if weak(base) { Class::WEAK } else { Class::default() };
        add(base, Class::BASE | class);
        add(third, Class::THIRD | class);
        add(past, Class::PAST | class);
        add(ing, Class::ING | class);
    }
    for word in NOUNISH.split_whitespace() {
        add(word, Class::NOUNISH);
    }
    for (words, class) in WORDS {
        for word in words.split_whitespace() {
            add(word, *class);
        }
    }
    classes
}

/// What a folded word may be.
pub(super) fn class(word: &str) -> Class {
    CLASSES.get(word).copied().unwrap_or_else(|| {
        let adverb = word.len() > 4 && word.ends_with("ly");
        if adverb { Class::ADVERB } else { Class::default() }
    })
}

/// Whether a word is one of these at all, and so no name by itself.
pub(super) fn is_known(word: &str) -> bool {
    CLASSES.contains_key(word)
}

/// Whether the words after a verb that may be none of saying make it one.
pub(super) fn says<'w>(verb: &str, after: impl Fn(usize) -> &'w str) -> bool {
    WEAK.iter().any(|(forms, phrases)| {
        forms.split(' ').any(|form| form == verb)
            && phrases
                .split_whitespace()
                .any(|phrase| phrase.split('_').enumerate().all(|(at, word)| after(at) == word))
    })
}
