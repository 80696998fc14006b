//! Bodies and firms in scripts without spaces that are known by what they do: "กองวิจัยข้าวขอเวลา", "ซีพีอยากให้รอ",
//! "အာဝါးကုမ္ပဏီက".
//!
//! The words that they are called by are other words as well, so that a verb must follow.

use std::ops::Range;
use std::sync::LazyLock;

use super::fold::Token;
use super::lists::{List, TONGUES};
use super::{headed, spelt, tongues};

/// "Division", "bureau", which begin the name of a body.
static OFFICES: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "offices in runs")));

/// What makes another word of these: "fund", "heap", "which".
static NO_OFFICES: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "after no offices in runs")));

/// "Transport", "labour": what ministries in Thai are called after the letter that is short for "ministry".
static MINISTRIES: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "ministries in thai")));

/// What that letter may be joined to: "the side of", "from".
static BEFORE_A_SHORT_FORM: List = List::of(TONGUES, "before a short form in runs");

/// "Want", "not", "will": what says that somebody acts, besides verbs of saying.
static ACTS: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "acts in runs")));

/// What any firm is called in Burmese: "local", "seed", "private".
static ANY_FIRM: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "any firm in burmese")));

/// What bodies and firms in Chinese end with: "general office", "ministry", "group".
static IN_CHINESE: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "bodies in chinese")));

/// What such a run begins with where any body is meant: "each", "some".
static ANY_IN_CHINESE: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "any bodies in chinese")));

/// What is part of no name before "says": "somebody", "report".
static NO_PERSONS: LazyLock<Vec<String>> =
    LazyLock::new(|| tongues::folded(&List::of(TONGUES, "no speakers in chinese")));

/// Two letters that are called so and name nobody: "TV", "IT".
static THINGS: List = List::of(TONGUES, "two letters for things");

/// "Company" and the mark of who acts, in Burmese.
const COMPANY: [&str; 3] = ["ကုမ္ပဏီက", "ကုမ္ပဏီကြီးက", "ကုမ္ပဏီကလည်း"];

/// The fewest and the most letters of such a name.
const LETTERS: Range<usize> = 4..40;

/// The body or firm that a run begins with; `next` is the run that follows, `marked` says that a colon does.
pub(super) fn first_in(run: &str, next: Option<&str>, marked: bool) -> Option<Range<usize>> {
    let end = office(run, next).or_else(|| spelt_firm(run)).or_else(|| company(run));
    end.or_else(|| chinese(run, marked)).map(|end| 0..end)
}

/// "国家市场监督管理总局观察员", "生态环境部：", "雀巢称": a body or firm in Chinese, up to what it is called by, or any
/// name before "says".
fn chinese(run: &str, marked: bool) -> Option<usize> {
    let first = run.chars().next().filter(|it| matches!(it, '\u{4e00}'..='\u{9fff}'))?;
    if ANY_IN_CHINESE.iter().any(|word| run.starts_with(word.as_str())) || first == '第' {
        return None;
    }
    let letters = || run.char_indices().map(|(at, _)| at);
    let speaks = |end: usize| {
        let rest = &run[end..];
        let delegate = tongues::DELEGATES_FOLDED.iter().any(|it| rest.starts_with(it.as_str()));
        let says = tongues::says_at(rest) == Some(0);
        delegate
            || says
            || rest.starts_with("观察员")
            || rest.starts_with("称")
            || rest.is_empty() && marked
    };
    let body = IN_CHINESE.iter().find_map(|kind| {
        let at = run.find(kind.as_str()).filter(|at| run[..*at].chars().count() > 1)?;
        let end = at + kind.len();
        (speaks(end) && run[..end].chars().count() < LETTERS.end / 2).then_some(end)
    });
    body.or_else(|| {
        let end = letters().skip(2).take(3).find(|at| run[*at..].starts_with("称"))?;
        let other =
            ["称为", "称作", "称之", "称呼", "称号"].iter().any(|it| run[end..].starts_with(it));
        let common = NO_PERSONS.iter().any(|word| run[..end].contains(word.as_str()));
        (!other && !common).then_some(end)
    })
}

/// "ก.คมนาคม": how far the name of a ministry extends in a run after the letter for "ministry".
pub(super) fn ministry(text: &str, token: &Token) -> Option<usize> {
    let before = text[..token.range.start].trim_end_matches(' ').strip_suffix("ก.")?;
    let apart = before.chars().next_back().is_none_or(|it| it.is_ascii() && it != '.');
    let joined = || BEFORE_A_SHORT_FORM.words().any(|word| before.ends_with(word));
    let name = MINISTRIES.iter().find(|name| token.word.starts_with(name.as_str()))?;
    (apart || joined()).then_some(name.len())
}

fn begins(run: &str, words: &[String]) -> bool {
    words.iter().any(|word| run.starts_with(word.as_str()))
}

/// Whether what follows a name is what somebody says or does.
fn acts(rest: &str) -> bool {
    tongues::says_at(rest) == Some(0) || begins(rest, &ACTS)
}

/// "กองวิจัยและพัฒนาข้าวขอเวลา": a division, up to what it says.
fn office(run: &str, next: Option<&str>) -> Option<usize> {
    let head = OFFICES.iter().find(|head| run.starts_with(head.as_str()))?.len();
    let rest = &run[head..];
    let verb = rest.char_indices().map(|(at, _)| at).skip(3).find(|at| acts(&rest[*at..]));
    let end = verb.or_else(|| next.filter(|next| acts(next)).map(|_| rest.len()))?;
    let named = LETTERS.contains(&rest[..end].chars().count()) && !begins(rest, &NO_OFFICES);
    named.then_some(head + end)
}

/// "ซีพีอยากให้รอ": two letters by their names.
fn spelt_firm(run: &str) -> Option<usize> {
    let (end, letters) = spelt::first_in(run)?;
    let firm = letters.len() == 2 && !THINGS.has(&letters);
    // "TB will pass".
    let will = ["จะ", "ຈະ"].iter().any(|word| run[end..].starts_with(word));
    (firm && !will && acts(&run[end..])).then_some(end)
}

/// "အာဝါးကုမ္ပဏီက": a firm before "company", and what marks who acts.
fn company(run: &str) -> Option<usize> {
    let at = COMPANY.iter().find_map(|mark| run.strip_suffix(mark))?.len();
    let name = &run[..at];
    let burmese = name.chars().all(|it| matches!(it, '\u{1000}'..='\u{109f}'));
    let any = ANY_FIRM.iter().any(|word| name.contains(word.as_str()));
    let named = burmese && !any && headed::is_no_group(name) && name.chars().count() > 2;
    named.then_some(run.len() - "က".len()).filter(|_| run.ends_with('က'))
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// None of these used to be found.
    #[test]
    fn offices_and_firms_are_held_where_they_act() {
        let delegations = vec!["Thailand", "Myanmar"];
        let names = Names::of(&ListedNames { delegations, ..ListedNames::default() });
        for (text, name) in [
            ("กรมการแพทย์เสนอให้อบรม", "กรมการแพทย์"),
            ("กองส่งเสริมพันธุ์ปลาขอเวลา", "กองส่งเสริมพันธุ์ปลา"),
            ("สำนักมาตรฐานอาหารเสนอให้รอ", "สำนักมาตรฐานอาหาร"),
            ("พีเคอยากให้รอ", "พีเค"),
            ("ရွှေဝါကုမ္ပဏီက ညည်းတယ်", "ရွှေဝါကုမ္ပဏီ"),
            ("สำนักมาตรฐานอาหาร เสนอให้รอ", "สำนักมาตรฐานอาหาร"),
            ("自然资源部：数据不足", "自然资源部"),
            ("金穗集团希望推迟", "金穗集团"),
            ("达能称成本太高", "达能"),
        ] {
            let found: Vec<&str> =
                names.check(text).into_iter().map(|hit| &text[hit.range]).collect();
            assert_eq!(found, [name], "{text}");
        }
        for text in [
            "กองทุนต้องโปร่งใส",
            "有人称成本太高",
            "各公司希望推迟",
            "主管部门要求公开",
            "กองขยะไม่มีใครเก็บ",
            "สำนักที่รับผิดชอบต้องตอบ",
            "ทีวีไม่พอ",
            "ไอทีไม่พอ",
            "ทีบีจะหาย",
            "ဒေသခံကုမ္ပဏီက ညည်းတယ်",
            "မျိုးစေ့ကုမ္ပဏီက ညည်းတယ်",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }

    /// Each used to be held as somebody's name.
    #[test]
    fn one_of_many_is_nobody_in_khmer_and_burmese() {
        let names = Names::of(&ListedNames::default());
        for text in [
            "«ទឹកតិចណាស់» កសិករម្នាក់និយាយ",
            "“ရေနည်းတယ်” ဟု တောင်သူတစ်ဦးက ပြောသည်။",
            "“ဝေးတယ်” လို့ ရေလုပ်သားတစ်ဦး ပြောတယ်",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
        let text = "“ရေနည်းတယ်” လို့ ဖီအိုနာ ပြောတယ်";
        assert_eq!(names.check(text).len(), 1);
    }
}
