//! Vietnamese, whose syllables are words and also names: "pháp" is a law, "Pháp" is France.

use rustc_hash::FxHashMap as HashMap;

use super::fold::{Case, FoldedWords, Token, WordGap, fold};
use super::predicate::{FIRST_WORDS_OF_VERBS, SECOND_WORDS_OF_VERBS};
use super::{sentence::one_of, wordlist, words, words::Class};

/// Letters that other languages of the region do not have.
pub(super) fn is_letter(letter: char) -> bool {
    matches!(letter, 'đ' | 'Đ' | 'ă' | 'Ă' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}')
        || matches!(letter, '\u{309}' | '\u{323}' | '\u{31b}')
}

/// Whether a text is in Vietnamese: two of its words in small letters have accents, and it has a
/// distinctively Vietnamese letter.
pub(super) fn is_text(text: &str, tokens: &[Token]) -> bool {
    let small = tokens.iter().filter(|it| it.accented && it.case == Case::Lower && !it.unspaced);
    small.take(2).count() == 2 && text.chars().any(is_letter)
}

/// Whether a word in Vietnamese text cannot begin a name because it is in small letters: "nguyên" cannot;
/// "malaysia" and, before a name, "bà" can.
pub(super) fn is_small_word(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let next = tokens.get(at + 1).filter(|next| !next.before.has(WordGap::PARTS));
    let small = token.case == Case::Lower && !token.unspaced;
    small
        && (token.accented || token.word.len() < LONG)
        && next.is_none_or(|next| next.case == Case::Lower)
}

/// States by their names in Vietnamese, for notes in which they have no capital: "thái lan + lào: ok".
#[derive(Debug, Default)]
pub(super) struct SmallNames {
    /// Which syllables of each name have accents, by its folded syllables: "ba lần" is not "Ba Lan".
    accents: HashMap<String, Vec<bool>>,
}

/// The most syllables of such a name.
const SYLLABLES: usize = 4;

impl SmallNames {
    pub(super) fn add(&mut self, name: &str) {
        let tokens = fold(name).tokens;
        if tokens.len() <= SYLLABLES {
            let accents = tokens.iter().map(|token| token.accented).collect();
            self.accents.entry(phrase(&tokens)).or_insert(accents);
        }
    }

    /// How many syllables from here on are such a name with its accents.
    fn length(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let joined = |at: usize| tokens.get(at).is_some_and(|it| !it.before.has(WordGap::PARTS));
        let longest = 1 + (at + 1..at + SYLLABLES).take_while(|at| joined(*at)).count();
        (1..=longest).rev().find(|length| {
            let span = &tokens[at..at + length];
            let accents = self.accents.get(&phrase(span));
            accents.is_some_and(|them| {
                them.iter().zip(span).all(|(accent, token)| *accent == token.accented)
            })
        })
    }

    /// Whether a name in small letters is here: one of several syllables anywhere, one syllable only where a
    /// clause begins with it and it speaks, or in a row of such names ("pháp + đức").
    pub(super) fn has(&self, words: &FoldedWords, at: usize) -> bool {
        let tokens = &words.tokens;
        if tokens[at].case != Case::Lower || tokens[at].unspaced {
            return false;
        }
        let Some(length) = self.length(tokens, at) else { return false };
        if length > 1 {
            return !is_one_word(tokens, at + length - 1) || length > 2;
        }
        let gap = |at: usize| tokens.get(at).map_or(words.end, |token| token.before);
        let row = WordGap::AND | WordGap::COMMA;
        let mut first = at;
        while let Some(length) = Some(first).filter(|at| gap(*at).has(row)).and_then(|at| {
            (1..=SYLLABLES.min(at)).find(|more| self.length(tokens, at - more) == Some(*more))
        }) {
            first -= length;
        }
        let side = first.checked_sub(1).is_some_and(|at| {
            tokens[at].accented
                && one_of(&tokens[at].word, "phia ben doan")
                && !gap(first).has(WordGap::PARTS)
        });
        let begins = side || first == 0 || gap(first).has(WordGap::STOP | WordGap::LINE);
        let beside =
            first < at || gap(at + 1).has(WordGap::AND) && self.length(tokens, at + 1).is_some();
        let marked = gap(at + 1).has(WordGap::COLON);
        begins && (beside || marked || tokens[at].accented && says(tokens, at + 1))
    }
}

fn phrase(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.word.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether a verb of one or two syllables for what somebody says or gives is here.
fn says(tokens: &[Token], at: usize) -> bool {
    let here = |at: usize| tokens.get(at).filter(|it| !it.before.has(WordGap::PARTS));
    let Some(first) = here(at) else { return false };
    let is = |token: &Token| words::class(&token.word).has(Class::ELSEWHERE);
    let second =
        |token: &Token| is(token) || SECOND_WORDS_OF_VERBS.has(&token.word) && token.accented;
    is(first) || FIRST_WORDS_OF_VERBS.has(&first.word) && here(at + 1).is_some_and(second)
}

/// Two-syllable words whose first syllable would be a state: "pháp luật" is the law, "lao động" is work.
const TOGETHER: [(&str, &str); 47] = [
    ("phap", "luat ly che lenh dinh quy nhan"),
    ("lao", "dong cong tu dao phoi xao"),
    ("nhat", "tri dinh quyet la thiet ky"),
    ("y", "kien te thuc tuong nghia dinh"),
    ("my", "thuat man pham quan"),
    ("uc", "che doan"),
    ("an", "toan ninh sinh uong ui"),
    ("thai", "do duong binh san"),
    ("duc", "tinh"),
    ("thanh", "vien pho cong lap phan tich toan nien lich"),
    ("binh", "luan thuong dang quan on yen minh"),
    ("van", "ban de hoa kien chuyen hanh dong tai"),
    ("hoa", "binh chat don giai hop"),
    ("minh", "bach chung hoa"),
    ("phuong", "an tien phap huong thuc"),
    ("ha", "tang luu noi canh"),
    ("hai", "san dao ly duong"),
    ("nam", "ngoai nay truoc toi bat"),
    ("tam", "quan nhin ly dung ngung"),
    ("thu", "truong tuc ky hut thap nhap vien gom phi"),
    ("huong", "dan ve toi loi"),
    ("linh", "vuc dong hoat"),
    ("quang", "cao ba"),
    ("tuan", "tra thu sau nay truoc"),
    ("nhan", "luc vien thuc dan quyen dinh manh"),
    ("bao", "cao ve ton hiem dam gom tri hanh"),
    ("kim", "loai ngach"),
    ("lien", "quan he minh ket lac hop tuc"),
    ("thuy", "san loi dien trieu hai"),
    ("lan", "can dau sau nay"),
    ("trung", "binh uong gian"),
    ("cuong", "quyet che"),
    ("loi", "ich nhuan the"),
    ("hien", "nay tai trang"),
    ("tien", "hanh do trinh luong phi"),
    ("chi", "phi tiet dao dau tra tieu can nen"),
    ("dong", "y gop bao thoi tinh vat tho"),
    ("yen", "tam binh"),
    ("long", "ghep tin"),
    ("hong", "hoc thuy"),
    ("son", "tinh"),
    ("phu", "hop nu huynh cap trach luc"),
    ("cong", "khai cu dong nhan uoc tac bo viec"),
    ("ngoc", "trai"),
    ("tin", "hieu tuong dung nhiem"),
    ("luong", "thuc cao toi"),
    ("hung", "thu"),
];

/// Whether two syllables are one word, whatever the first is alone.
pub(super) fn is_one_word(tokens: &[Token], at: usize) -> bool {
    let next =
        tokens.get(at + 1).filter(|it| !it.before.has(WordGap::PARTS) && it.case == Case::Lower);
    let word = tokens[at].word.as_str();
    next.is_some_and(|next| {
        let of = |(first, rests): &(&str, &str)| *first == word && one_of(&next.word, rests);
        TOGETHER.iter().any(of)
    })
}

/// "Phạm vi", "lệ phí": words whose first syllable would be a family name.
pub(super) fn is_no_family(tokens: &[Token], at: usize) -> bool {
    let next = tokens.get(at + 1).filter(|it| it.case == Case::Lower && it.accented);
    let next = next.or_else(|| tokens.get(at + 1).filter(|it| it.word == "vi"));
    let second = next.map_or("", |next| next.word.as_str());
    match tokens[at].word.as_str() {
        "pham" => one_of(second, "vi chat"),
        "le" => one_of(second, "phi"),
        "phan" => one_of(second, "lon tich bo ung"),
        "dang" => one_of(second, "ky"),
        _ => false,
    }
}

/// From this many letters on, a word in small letters can be a name from another language.
const LONG: usize = 6;

/// "thứ Sáu": whether a syllable with a capital is a day of the week.
pub(super) fn is_day_or_month(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| tokens[at].word.as_str());
    let word = tokens[at].word.as_str();
    before == "thu" && one_of(word, "hai ba tu nam sau bay")
        || before == "chu" && word == "nhat"
        || before == "thang" && one_of(word, "mot hai ba tu nam sau bay tam chin muoi gieng chap")
}

/// Whether syllables are words that begin a sentence in Vietnamese rather than a name: only the first
/// has a capital.
pub(super) fn are_words(syllables: &[Token]) -> bool {
    let [first, rest @ ..] = syllables else { return false };
    first.case == Case::Capital
        && rest.iter().all(|token| token.case == Case::Lower)
        && rest.iter().any(|token| token.accented)
        && wordlist::FIRST_VIETNAMESE.has(&first.word)
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// None of these used to be found.
    #[test]
    fn states_without_capitals_are_held_in_notes() {
        let delegations = vec!["Viet Nam", "Thailand"];
        let names = Names::of(&ListedNames { delegations, ..ListedNames::default() });
        for (text, found) in [
            ("thái lan + lào: đồng ý", &["thái lan", "lào"][..]),
            ("thái lan/lào muốn hoãn", &["thái lan", "lào"]),
            ("trung quốc, ấn độ: bảo lưu", &["trung quốc", "ấn độ"]),
            ("nhật bản + hàn quốc tài trợ", &["nhật bản", "hàn quốc"]),
            ("pháp + đức tài trợ", &["pháp", "đức"]),
            ("úc tài trợ 2 tàu", &["úc"]),
            ("mỹ: không đồng ý", &["mỹ"]),
            ("bên thái: chưa có số liệu", &["bên thái"]),
            ("phía lào xin thêm thời gian", &["lào"]),
            ("miến điện: vắng mặt ở phiên này", &["miến điện"]),
        ] {
            let hits = names.check(text).into_iter();
            assert_eq!(hits.map(|hit| &text[hit.range]).collect::<Vec<_>>(), found, "{text}");
        }
        for text in [
            "anh em ngư dân cần vốn",
            "đức tính kiên nhẫn",
            "mỹ thuật và âm nhạc",
            "nhật ký tàu cá phải ghi đủ",
            "thái độ phục vụ kém",
            "ba lần gửi công văn",
            "Cập nhật",
            "Chủ Nhật họp lại",
            "Bị phạt nặng vì thiếu giấy tờ",
            "Áo phao không đủ cho mọi người",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }

    /// "giữ nguyên" used to name a participant, "hợp pháp" France and "ba lần" Poland.
    #[test]
    fn words_in_small_letters_are_no_names() {
        let names = Names::of(&ListedNames {
            delegations: vec!["Viet Nam", "Malaysia"],
            participants: vec!["Nguyễn Văn Thành"],
            ..ListedNames::default()
        });
        for text in [
            "Đề nghị giữ nguyên điều này ba lần",
            "Không đồng ý với từ bất hợp pháp",
            "Sửa chữ này thành chữ kia, cập nhật sau",
            "Pháp luật đã có rồi, lao động thì thiếu",
            "Thống nhất: gửi bản tổng hợp trước thứ Sáu",
        ] {
            assert!(names.check(text).is_empty(), "{text}: {:?}", names.check(text));
        }
        for text in
            ["Pháp đề nghị giữ nguyên", "đoàn malaysia đề nghị giữ nguyên", "Ba Lan đề nghị"]
        {
            assert!(!names.check(text).is_empty(), "{text}");
        }
    }
}
