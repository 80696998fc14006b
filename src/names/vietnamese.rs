//! Vietnamese, whose syllables are words and also names: "pháp" is a law, "Pháp" is France.

use super::fold::{Case, Token, WordGap};
use super::{sentence::one_of, wordlist};

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
