//! Persons and bodies of a state that no list knows, recognised by the word beside their names: a title
//! ("น.อ.สมชาย", "ဒေါ် ခင်မာ") or what such a body is called ("กรมประมง", "Jabatan Laut").
//!
//! The titles and words are in data/run-titles.tsv and data/heads.tsv, one per row.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};

use super::fold::{Token, WordGap, fold};
use super::lists::{List, TONGUES};
use super::{UnjudgedName, What, lists, tongues};

/// What ends a name after a title in scripts without spaces: "will", "not".
static AFTER_A_NAME: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "after a name in runs")));

/// What ends the name of a body as well: "takes on", "sends".
static AFTER_A_BODY: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "after a body in runs")));

/// What makes the word after it mean any such body: "each", "every".
static BEFORE_ANY_BODY: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "before any body in runs")));

/// "Company", "foundation", before a name and after one.
static COMPANIES_BEFORE: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "companies before names in runs")));
static COMPANIES_AFTER: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "companies after names in runs")));

/// "According to", if a title follows at once.
static BEFORE_A_TITLE: List = List::of(TONGUES, "before a title in runs");

/// The same within a run: "that", "from".
static BEFORE_A_TITLE_WITHIN: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "before a title within runs")));

/// What belongs to the name of a state and precedes it.
static AFTER_STATES: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "after states in runs")));

/// Endings that mark who acts.
static ENDINGS: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "endings of names in runs")));

/// Short forms with a full stop that do not name a body: "km", "officials".
static NO_BODIES: List = List::of(TONGUES, "shortened in runs");

/// "The side of", "from": what precedes such a short form within a run.
static BEFORE_A_SHORT_FORM: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "before a short form in runs")));

/// Words that are cut short and name nobody: "secretariat", "meeting".
static CUT_SHORT: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "cut short in runs")));

/// "According to", before somebody at the end of a clause.
static AT_THE_END: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "according to at the end in runs")));

/// What is part of no person's name before "က" in Burmese: "many", "committee".
static NO_ACTORS: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "no actors in burmese")));

/// "One person", "many" in Burmese.
static ANYBODY: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "anybody in burmese")));

/// "As", before somebody and what they said.
static AS: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "as in runs")));

/// The most letters of a surname written separately.
const SURNAME: usize = 14;

#[derive(Debug)]
struct Title {
    raw: &'static str,
    folded: String,
    joined: bool,
    apart: bool,
    others: Vec<String>,
}

static TITLES: LazyLock<Vec<Title>> = LazyLock::new(|| {
    let mut titles: Vec<Title> = lists::rows(lists::RUN_TITLES)
        .filter(|row| row.len() == 5)
        .map(|row| Title {
            raw: row[1],
            folded: run_of(row[1]),
            joined: row[2] != "apart",
            apart: row[2] != "joined",
            others: row[3].split_whitespace().map(run_of).collect(),
        })
        .collect();
    titles.sort_by_key(|title| std::cmp::Reverse(title.raw.len()));
    titles
});

/// Where the rest of a body's name is, relative to the word that it is called by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    After,
    Before,
    Nowhere,
}

#[derive(Debug)]
struct HeadedLine {
    rest: Rest,
    others: Vec<String>,
}

/// The words of bodies in scripts without spaces.
static HEADS: LazyLock<Option<(AhoCorasick, Vec<HeadedLine>)>> = LazyLock::new(|| {
    let rows = lists::rows(lists::HEADS).filter(|row| row.len() == 5 && is_run(row[1]));
    let (mut words, mut heads) = (Vec::new(), Vec::new());
    for row in rows {
        let rest = match row[2] {
            "after" => Rest::After,
            "before" => Rest::Before,
            _ => Rest::Nowhere,
        };
        words.push(run_of(row[1]));
        heads.push(HeadedLine { rest, others: row[3].split_whitespace().map(run_of).collect() });
    }
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
    builder.ok().map(|automaton| (automaton, heads))
});

pub(super) fn is_run(word: &str) -> bool {
    fold(word).tokens.iter().any(|token| token.unspaced)
}

fn run_of(word: &str) -> String {
    fold(word).tokens.iter().map(|token| token.word.as_str()).collect()
}

/// Where a separately written title begins before a run that begins with a name.
pub(super) fn title_before(text: &str, token: &Token) -> Option<usize> {
    let before = text.get(..token.range.start)?.trim_end_matches([' ', '\u{a0}']);
    let last = before.chars().next_back()?;
    if last.is_ascii() && last != '.' {
        return None;
    }
    let apart = before.len() < token.range.start;
    TITLES.iter().find_map(|title| {
        let start = before.strip_suffix(title.raw)?.len();
        let stands = title.apart && (apart || last == '.') && !begins(&token.word, &title.others);
        let earlier = text[..start].trim_end_matches(' ').chars().next_back();
        let alone = text[..start].chars().next_back().is_none_or(|it| it.is_ascii() && it != '.')
            || BEFORE_A_TITLE.words().any(|word| text[..start].ends_with(word));
        let counted = earlier.is_some_and(char::is_numeric) && last != '.';
        let long = token.word.chars().count() > 1;
        (stands && alone && !counted && long).then_some(start)
    })
}

fn begins(run: &str, others: &[String]) -> bool {
    // "ဦးကျော်ဇော" is somebody: a letter of Burmese with a sign is another syllable.
    let sign = |rest: &str| rest.starts_with(|it| matches!(it, '\u{102b}'..='\u{103e}'));
    let whole = |other: &str, rest: &str| other.chars().nth(1).is_some() || !sign(rest);
    others
        .iter()
        .any(|other| run.strip_prefix(other.as_str()).is_some_and(|rest| whole(other, rest)))
}

/// How far a person's name extends at the beginning of a run, including its title; `titled` says that
/// a separate title precedes it.
pub(super) fn person(run: &str, titled: bool) -> Option<usize> {
    if titled {
        return Some(name_end(run));
    }
    let title = TITLES.iter().find(|title| title.joined && run.starts_with(&title.folded))?;
    let rest = &run[title.folded.len()..];
    let named = rest.chars().count() > 1 && !begins(rest, &title.others);
    named.then(|| title.folded.len() + name_end(rest))
}

/// A person amid a run, after "that", "of" or "from", a title before the name and what the person does after
/// it: "แอปที่คุณณัฐวุฒิเอามา", "ຕາມທີ່ທ່ານບຸນມີແຈ້ງ".
pub(super) fn person_within(run: &str) -> Option<Range<usize>> {
    BEFORE_A_TITLE_WITHIN.iter().find_map(|word| {
        let start = run.find(word.as_str())? + word.len();
        let end = start + person(&run[start..], false)?;
        let letters = run[start..end].chars().count();
        let of = !matches!(word.as_str(), "ที่" | "ທີ່");
        ((end < run.len() || of) && letters <= SURNAME && !is_torn(run, start))
            .then_some(start..end)
    })
}

/// Whether a run at the start of a clause names someone who speaks and is in no list: "พรทิพย์บอกว่า",
/// "วีระชัย ทองสุข เล่าถึง". Returns how far the name extends, and whether the next run belongs to it.
pub(super) fn speaker(tokens: &[Token], at: usize, begins: bool) -> Option<(usize, bool)> {
    let first = tokens.get(at).filter(|_| begins)?;
    let near = |at: usize| {
        let next = tokens.get(at)?;
        (next.unspaced && !next.before.has(WordGap::PARTS | WordGap::LINE)).then_some(next)
    };
    let says = |run: &str| tongues::says_at(run) == Some(0);
    let whole = first.word.len();
    // "วิทยุการบินฯ": a name that is cut short; "ฯลฯ" is "etc.".
    if let Some(stem) = first.word.strip_suffix('ฯ').filter(|stem| !stem.ends_with("ฯล")) {
        let common = CUT_SHORT.iter().any(|word| stem.ends_with(word.as_str()));
        return (!common).then_some((whole, false));
    }
    if let Some(end) = loan_word_of_delegate(&first.word) {
        return Some((end, false));
    }
    if let Some(name) = burmese_name(&first.word) {
        let marked = name.strip_suffix('က').filter(|_| near(at + 1).is_some());
        // "ကိုဇော် (NGO) က …", "ကိုအောင်မြင့် - …".
        let marks = WordGap::OPEN | WordGap::DASH | WordGap::COLON;
        let introduced = tokens.get(at + 1).is_some_and(|next| next.before.has(marks));
        let speaks = introduced || near(at + 1).is_some_and(|next| says(&next.word));
        return marked.map(|it| (it.len(), false)).or(speaks.then_some((whole, false)));
    }
    if let Some(verb) = tongues::says_at(&first.word).filter(|verb| *verb > 0) {
        return could_be_named(&first.word[..verb]).then_some((verb, false));
    }
    // "រ៉ាជេសថា": "says that", without a verb.
    if let Some(name) = first.word.strip_suffix("ថា").filter(|name| is_khmer_name(name)) {
        return Some((name.len(), false));
    }
    if !could_be_named(&first.word) {
        return None;
    }
    let next = near(at + 1)?;
    if says(&next.word) {
        return Some((whole, false));
    }
    let verb = near(at + 2)?;
    let speaks = tongues::says_of_itself(&verb.word)
        || tongues::says_at(&verb.word).is_some_and(|at| at < 12);
    (could_be_named(&next.word) && speaks).then_some((whole, true))
}

/// Whether a run can be somebody's name before "ថា": no verb.
fn is_khmer_name(run: &str) -> bool {
    run.chars().count() > 2
        && could_be_named(run)
        && tongues::says_at(run).is_none()
        && !is_after(run)
}

/// "ตามที่โดมิงโกสเล่า": whom a run names between "as" and a verb of saying.
pub(super) fn named_after_as(run: &str) -> Option<Range<usize>> {
    let (start, rest) =
        AS.iter().find_map(|word| Some((word.len(), run.strip_prefix(word.as_str())?)))?;
    let verb = tongues::says_at(rest).filter(|verb| could_be_named(&rest[..*verb]))?;
    (rest[..verb].chars().count() > 3).then_some(start..start + verb)
}

/// "នេះបើតាមណេស្លេ។": whom the end of a run names after "according to".
pub(super) fn named_at_end(run: &str) -> Option<Range<usize>> {
    let found = |word: &String| run.find(word.as_str()).map(|at| at + word.len());
    let start = AT_THE_END.iter().find_map(found)?;
    let name = &run[start..];
    (could_be_named(name) && name.chars().count() > 2 && tongues::says_at(name).is_none())
        .then_some(start..run.len())
}

/// "ตัวแทนแอร์เอเชียเห็นว่า": how far a name with a silent letter, as words of other languages have, extends after
/// "delegate of" and before what it says.
fn loan_word_of_delegate(run: &str) -> Option<usize> {
    let noun = tongues::DELEGATES_FOLDED.iter().find(|noun| run.starts_with(noun.as_str()))?;
    let rest = &run[noun.len()..];
    let verb = tongues::says_at(rest).filter(|verb| *verb > 0)?;
    let name = &rest[..verb];
    (name.contains(['์', '໌']) && could_be_named(name)).then_some(noun.len() + verb)
}

/// A short run in Burmese that begins with a common title and a syllable: "မစုစု", not "မြို့".
fn burmese_name(run: &str) -> Option<&str> {
    let rest = ["ကို", "မ", "စိုင်း", "နန်း"].iter().find_map(|title| run.strip_prefix(title))?;
    let mut letters = rest.chars();
    let syllable = letters.next().is_some_and(|it| matches!(it, '\u{1000}'..='\u{1021}'));
    // "ကိုယ်", "self", and "ကိုင်", "to hold", are not names.
    let second =
        letters.next().is_some_and(|it| !matches!(it, '\u{1037}' | '\u{1039}' | '\u{103a}'));
    let short = (2..=SURNAME).contains(&rest.chars().count());
    (syllable && second && short && !rest.contains("ဘူး")).then_some(run)
}

/// Who acts in a separately written run, whatever precedes it: how far the name extends in
/// "ကိုစိုးမင်းက" and "လဝကက" in Burmese, and for a company after the word "company".
pub(super) fn alone(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let run = token.word.as_str();
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let company = before.is_some_and(|it| it.unspaced && ends_in_company(&it.word));
    if company && !token.before.has(WordGap::PARTS) && could_be_named(run) {
        let verb = tongues::says_at(run) == Some(0) || is_after(run);
        return (run.chars().count() > 3 && !verb).then(|| name_end(run));
    }
    // "MOEAF က ကိုမင်းဇော် ဝန်ခံတယ်": a person after the body that he is of.
    let by = before.is_some_and(|it| it.word.ends_with('က')) && !token.before.has(WordGap::PARTS);
    let said = || tokens.get(at + 1).is_some_and(|it| tongues::says_at(&it.word).is_some());
    if by && said() && run.starts_with("ကို") && burmese_name(run).is_some() {
        return Some(run.len());
    }
    // "ຕາມທີ່ ນູຣຸນ ເວົ້າ"
    let as_said =
        before.is_some_and(|it| AS.iter().any(|word| *word == *it.word)) && could_be_named(run);
    // "អ្នកស្រី ចាន់ថា មកពី ណេស្លេ សួរ": what somebody who speaks is from.
    let of =
        before.is_some_and(|it| it.unspaced && it.word.ends_with("មកពី")) && could_be_named(run);
    if is_said_by(tokens, at) || (as_said || of) && said() {
        return Some(run.len());
    }
    if let Some(name) = run.strip_suffix('က').filter(|name| is_actor(name, tokens, at)) {
        return Some(name.len());
    }
    let acts = tokens.get(at + 1).is_some_and(|next| matches!(&*next.word, "က" | "ကတော့" | "ကလည်း"));
    let name = run.strip_suffix('က').filter(|_| !acts).or(acts.then_some(run))?;
    // "ပထမ", "first", and words that begin with "not" or a noun prefix are not short forms.
    let plain = name.chars().all(|it| matches!(it, '\u{1000}'..='\u{1021}'));
    let short = plain && (3..6).contains(&name.chars().count());
    let other = ["အ", "မ", "ပထမ", "ဒသမ"].iter().any(|word| name.starts_with(word));
    let person = run.starts_with("ကို") && burmese_name(name).is_some();
    (short && !other || person).then_some(name.len())
}

/// "“…” လို့ ဖီအိုနာ ပြောတယ်", "ဒိုမင်ဂို့စ် ရယ်ပြောတယ်": whether a run in Burmese is somebody who says what is quoted before
/// it, or a word of another language that says something.
fn is_said_by(tokens: &[Token], at: usize) -> bool {
    let run = tokens[at].word.as_str();
    let letters = run.chars().count();
    let burmese = run.chars().all(|it| matches!(it, '\u{1000}'..='\u{109f}'));
    let says = || {
        let next = tokens.get(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
        next.is_some_and(|next| tongues::says_at(&next.word).is_some_and(|at| at < 16))
    };
    if !burmese || !(4..=SURNAME + 4).contains(&letters) || !says() {
        return false;
    }
    let quoted = at > 0
        && !tokens[at].before.has(WordGap::PARTS)
        && ["လို့", "ဟု"].iter().any(|word| tokens[at - 1].word.ends_with(word));
    let loan = ["့စ်", "်စ်", "့ဂ်", "့ပ်", "့ဒ်", "ယ်လ်"].iter().any(|end| run.ends_with(end));
    let common = || NO_PERSONS.iter().any(|word| run.starts_with(word.as_str()));
    let anybody = || ANYBODY.iter().any(|word| run.contains(word.as_str()));
    (quoted || loan) && !common() && !anybody()
}

/// "အာဇလန်က ကန့်ကွက်တယ်": whether a clause begins with somebody who says something, in Burmese.
fn is_actor(name: &str, tokens: &[Token], at: usize) -> bool {
    let begins = at == 0 || tokens[at].before.has(WordGap::STOP | WordGap::LINE | WordGap::QUOTE);
    let next = tokens.get(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
    let says = next.is_some_and(|next| tongues::says_at(&next.word) == Some(0));
    let burmese = name.chars().all(|it| matches!(it, '\u{1000}'..='\u{109f}'));
    let other = |list: &[String], is: &dyn Fn(&str) -> bool| list.iter().any(|word| is(word));
    begins
        && says
        && burmese
        && (4..=SURNAME).contains(&name.chars().count())
        && !other(&NO_PERSONS, &|word| name.starts_with(word))
        && !other(&NO_ACTORS, &|word| name.contains(word))
}

/// Whether a run in Burmese has no word for people or an office at its beginning or in it.
pub(super) fn is_no_crowd(run: &str) -> bool {
    is_no_group(run) && !NO_PERSONS.iter().any(|word| run.starts_with(word.as_str()))
}

/// Whether a run in Burmese has no word for a group or an office.
pub(super) fn is_no_group(run: &str) -> bool {
    !NO_ACTORS.iter().any(|word| run.contains(word.as_str()))
}

fn is_after(run: &str) -> bool {
    AFTER_A_BODY.iter().chain(AFTER_A_NAME.iter()).any(|word| run.starts_with(word.as_str()))
}

/// Whether a run ends in "company", "foundation" and the like, which precede a name.
pub(super) fn ends_in_company(run: &str) -> bool {
    COMPANIES_BEFORE.iter().any(|word| run.ends_with(word.as_str()))
}

/// Whether a run begins with "company", "foundation" and the like, which follow a name.
pub(super) fn begins_with_company(run: &str) -> bool {
    COMPANIES_AFTER.iter().any(|word| run.starts_with(word.as_str()))
}

/// Whether the last run of a text, after a dash, can be who said it: "… — វណ្ណា".
pub(super) fn signs(tokens: &[Token], at: usize) -> bool {
    let dashes = tokens.iter().filter(|token| token.before.has(WordGap::DASH)).count();
    let last = at + 1 == tokens.len() && dashes == 1;
    last && at > 0
        && tokens[at].before.has(WordGap::DASH)
        && (could_be_named(&tokens[at].word) || burmese_name(&tokens[at].word).is_some())
        && tokens[at].word.chars().count() > 3
        && tongues::says_at(&tokens[at].word).is_none()
}

/// Whether a run in Thai, Lao or Khmer is short and has no word for the people in a room.
fn could_be_named(run: &str) -> bool {
    let letters = run.chars().count();
    let common = || NO_PERSONS.iter().any(|word| run.starts_with(word.as_str()));
    let within = || WITHIN_NO_NAME.iter().any(|word| run.contains(word.as_str()));
    (2..=SURNAME).contains(&letters)
        && is_lao_or_near(run)
        && !run.chars().any(char::is_numeric)
        && !common()
        && !within()
}

/// What is never part of a name: "of", "which", "in".
static WITHIN_NO_NAME: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "within no names in runs")));

/// Whether a run is in Thai, Lao or Khmer, where a person's two names are separate.
fn is_lao_or_near(run: &str) -> bool {
    run.chars().all(|it| matches!(it, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}'))
}

/// What never begins a person's name: "participants", "all".
static NO_PERSONS: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "no persons in runs")));

/// Whether a separate run after a name is the person's other name.
pub(super) fn is_surname(token: &Token, after: Option<&Token>) -> bool {
    let near = |it: &Token| it.unspaced && !it.before.has(WordGap::PARTS | WordGap::LINE);
    let verb = || tongues::says_at(&token.word).is_some_and(|at| at < 1);
    near(token)
        && after.is_some_and(|it| near(it) || it.unspaced && it.before.has(WordGap::OPEN))
        && token.word.chars().count() <= SURNAME
        && !is_after(&token.word)
        && !verb()
}

/// How far a name extends that is followed by something said about the person; the whole run if nothing is.
fn name_end(run: &str) -> usize {
    let second = run.char_indices().nth(2).map_or(run.len(), |(at, _)| at);
    let end = [tongues::says_at(&run[second..]), first_of(&AFTER_A_NAME, &run[second..])];
    let end = end.into_iter().flatten().min().map_or(run.len(), |at| second + at);
    without_endings(run, end)
}

/// Where the name of a state in a run ends, including "country".
pub(super) fn state_end(run: &str, end: usize, what: What) -> usize {
    let more = AFTER_STATES.iter().find(|word| run[end..].starts_with(word.as_str()));
    end + more.filter(|_| what == What::State).map_or(0, String::len)
}

/// Where one of these words first occurs in a run.
fn first_of(list: &[String], run: &str) -> Option<usize> {
    list.iter().filter_map(|word| run.find(word.as_str()).filter(|at| !is_torn(run, *at))).min()
}

/// Whether a vowel that is written before its consonant precedes this place.
fn is_torn(run: &str, at: usize) -> bool {
    let before = run[..at].chars().next_back();
    before.is_some_and(|it| matches!(it, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}'))
}

fn without_endings(run: &str, mut end: usize) -> usize {
    while let Some(rest) =
        ENDINGS.iter().find_map(|ending| run[..end].strip_suffix(ending.as_str()))
    {
        if rest.chars().count() < 2 {
            break;
        }
        end = rest.len();
    }
    end
}

/// "ບອກວ່າ ລາວບໍ່ຮູ້", "said that he did not know": whether a run begins with the Lao word for "he", which
/// is also the state's name.
pub(super) fn is_pronoun(run: &str, before: Option<&Token>) -> bool {
    run.starts_with("ລາວ") && before.is_some_and(|it| it.word.ends_with("ວ່າ"))
}

/// Whether a run has no word that bodies are called by.
pub(super) fn is_no_body(run: &str) -> bool {
    HEADS.as_ref().is_none_or(|(automaton, _)| !automaton.is_match(run))
}

/// Adds the bodies in a run to the names found there, in their order.
pub(super) fn add_bodies(run: &str, found: &mut Vec<UnjudgedName>) {
    let Some((automaton, heads)) = HEADS.as_ref() else { return };
    let known = found.len();
    let mut past = 0;
    for head in automaton.find_iter(run) {
        let Some(own) = heads.get(head.pattern().as_usize()) else { continue };
        let before = &run[..head.start()];
        let any = BEFORE_ANY_BODY.iter().any(|word| before.ends_with(word.as_str()));
        if head.start() < past || any || is_torn(run, head.start()) {
            continue;
        }
        let span = match own.rest {
            Rest::Nowhere => head.start()..head.end(),
            Rest::After => {
                let rest = &run[head.end()..];
                let state = found[..known].iter().map(|it| it.span.start);
                let state = state.filter(|at| *at >= head.end()).min();
                let end = head.end() + body_end(rest);
                let end = state.map_or(end, |state| state.min(end));
                if begins(rest, &own.others) || run[head.end()..end].chars().count() < 2 {
                    continue;
                }
                head.start()..end
            }
            Rest::Before => {
                let state = found[..known].iter().map(|it| it.span.end);
                let start = state.filter(|at| *at <= head.start()).max().unwrap_or(0).max(past);
                if run[start..head.start()].chars().count() < 2 {
                    continue;
                }
                start..head.end()
            }
        };
        if found.iter().any(|it| it.span.start < span.end && span.start < it.span.end) {
            continue;
        }
        past = span.end;
        found.push(named_in(run, span));
    }
    found.sort_by_key(|it| it.span.start);
}

/// A body in a run.
pub(super) fn named_in(run: &str, span: Range<usize>) -> UnjudgedName {
    let which = run[span.clone()].into();
    UnjudgedName { span, what: What::Agency, which, people: false, doubtful: false }
}

fn body_end(rest: &str) -> usize {
    let second = rest.char_indices().nth(1).map_or(rest.len(), |(at, _)| at);
    let after = &rest[second..];
    let lists = [&AFTER_A_NAME, &AFTER_A_BODY].into_iter().filter_map(|list| first_of(list, after));
    let end = lists.chain(tongues::says_at(after)).min();
    without_endings(rest, end.map_or(rest.len(), |at| second + at))
}

/// Whether a run is the short form of a body's name, with a full stop: "ศรชล."
pub(super) fn is_short_form(text: &str, token: &Token) -> bool {
    let letters = token.word.chars().count();
    let consonants = token.word.chars().all(|letter| matches!(letter, 'ก'..='ฮ'));
    let mut after = text[token.range.end..].chars();
    let stop = after.next() == Some('.');
    let ends = after.next().is_none_or(|it| it.is_whitespace() || ",;:)\"”".contains(it));
    let before = text[..token.range.start].chars().next_back();
    let apart = before.is_none_or(|it| it.is_whitespace() || "(\"“/".contains(it));
    stop && ends && apart && consonants && (2..6).contains(&letters) && !NO_BODIES.has(&token.word)
}

/// "ทางทอท.ไม่เห็นด้วย": where the short form of a body's name begins in a run that begins with "the side of" or
/// "from".
pub(super) fn short_form_within(text: &str, token: &Token) -> Option<usize> {
    let stop = text[token.range.end..].starts_with('.');
    let word = token.word.as_str();
    let rest = BEFORE_A_SHORT_FORM
        .iter()
        .filter(|_| stop)
        .find_map(|it| word.strip_prefix(it.as_str()))?;
    let consonants = rest.chars().all(|letter| matches!(letter, 'ก'..='ฮ'));
    let short = (2..6).contains(&rest.chars().count());
    (consonants && short && !NO_BODIES.has(rest)).then(|| word.len() - rest.len())
}

/// How many letters with full stops between them form the short form of a body's name from here on:
/// "គ.ជ.គ.ម", "ป.ป.ช."; the last one's full stop is not counted.
pub(super) fn dotted(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let letter = |token: &Token| {
        let mut letters = token.word.chars();
        let first = letters.next().is_some_and(
            |it| matches!(it, 'ก'..='ฮ' | '\u{e81}'..='\u{eae}' | '\u{1780}'..='\u{17a2}'),
        );
        first && letters.next().is_none()
    };
    let joined = |at: usize| {
        let both = tokens.get(at).zip(tokens.get(at + 1));
        both.is_some_and(|(one, next)| {
            letter(next) && text.get(one.range.end..next.range.start) == Some(".")
        })
    };
    let first = tokens.get(at).filter(|token| letter(token))?;
    let apart = text[..first.range.start].chars().next_back();
    let apart = apart.is_none_or(|it| it.is_whitespace() || "(\"“/".contains(it));
    let count = 1 + (at..tokens.len()).take_while(|at| joined(*at)).count();
    let word: String = tokens[at..at + count].iter().map(|token| token.word.as_str()).collect();
    (apart && (3..7).contains(&count) && !NO_BODIES.has(&word)).then_some(count)
}
