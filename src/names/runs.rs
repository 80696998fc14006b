//! Names in scripts that put no spaces between words: a run of words is split where it has a name in it.

use rustc_hash::FxHashMap as HashMap;

use super::fold::{self, FoldedWords, Token, WordGap};
use super::world::{NameEntry, NameForm};
use super::{Names, UnjudgedName, What, firms, headed, spelt, surnames, views};

/// The words of a text while its runs are being split.
struct RunWords<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    known: HashMap<usize, UnjudgedName>,
}

impl Names {
    /// Splits the runs of scripts without spaces where they have a name in them.
    pub(super) fn split(
        &self,
        text: &str,
        words: &mut FoldedWords,
    ) -> HashMap<usize, UnjudgedName> {
        if !words.tokens.iter().any(|token| token.unspaced) {
            return HashMap::default();
        }
        let mut all = std::mem::take(&mut words.tokens);
        let tokens = Vec::with_capacity(all.len() + 8);
        let mut parted = RunWords { text, tokens, known: HashMap::default() };
        let mut at = 0;
        while at < all.len() {
            let token = all[at].clone();
            at += 1;
            if !token.unspaced {
                parted.tokens.push(token);
                continue;
            }
            let mut found = self.within(&token.word);
            if headed::is_pronoun(&token.word, parted.tokens.last()) {
                found.retain(|it| it.span.start > 0);
            }
            if headed::is_short_form(text, &token) && found.is_empty() {
                if let Some(next) = all.get_mut(at) {
                    next.before = next.before.difference(WordGap::STOP);
                }
                parted.short_form(token);
                continue;
            }
            if let Some(start) = headed::short_form_within(text, &token) {
                if let Some(next) = all.get_mut(at) {
                    next.before = next.before.difference(WordGap::STOP);
                }
                let body = headed::named_in(&token.word, start..token.word.len());
                parted.part(token, vec![body], None);
                continue;
            }
            if let Some(count) = headed::dotted(text, &all, at - 1) {
                parted.dotted(&all[at - 1..at - 1 + count]);
                at += count - 1;
                if let Some(next) = all.get_mut(at) {
                    next.before = next.before.difference(WordGap::STOP);
                }
                continue;
            }
            let title = headed::title_before(text, &token);
            let person = headed::person(&token.word, title.is_some());
            let surname = person == Some(token.word.len())
                && all.get(at).is_some_and(|next| headed::is_surname(next, all.get(at + 1)));
            let begins = at < 2
                || token
                    .before
                    .has(WordGap::STOP | WordGap::QUOTE | WordGap::LINE | WordGap::COLON);
            let free = person.is_none() && found.is_empty();
            let signed = || headed::signs(&all, at - 1).then_some((token.word.len(), false));
            let speaker = headed::speaker(&all, at - 1, begins && free);
            let alone = || headed::alone(&all, at - 1).map(|end| (end, false));
            let viewer = || views::viewer(&all, at - 1).map(|end| (end, false));
            let speaker = speaker.or_else(|| alone().or_else(viewer).filter(|_| free));
            if let Some((end, more)) = speaker.or_else(|| signed().filter(|_| free))
                && (!more || self.within(&all[at].word).is_empty())
                && headed::is_no_body(&token.word)
            {
                let which = token.word[..end].into();
                let what = What::Unknown;
                let named =
                    UnjudgedName { span: 0..end, what, which, people: false, doubtful: false };
                parted.part(token, vec![named], None);
                if more {
                    parted.lengthen(&all[at]);
                    at += 1;
                }
                continue;
            }
            if let Some(end) = person {
                let listed = found.iter().find(|it| it.what == What::Person && it.span.start < end);
                let end = listed.map_or(end, |it| it.span.end.max(end));
                let which = listed.map_or_else(|| token.word[..end].into(), |it| it.which.clone());
                found.retain(|other| other.span.start >= end);
                found.insert(0, UnjudgedName::person(0..end, which));
            }
            let other = |it: &UnjudgedName, own: &UnjudgedName| {
                it.span.start < own.span.end && own.span.start < it.span.end
            };
            if let Some(person) = surnames::person(&token.word)
                && !found.iter().any(|it| other(it, &person))
            {
                found.push(person);
                found.sort_by_key(|it| it.span.start);
            }
            if person.is_none()
                && let Some(span) = headed::person_within(&token.word)
            {
                let which = token.word[span.clone()].into();
                let person = UnjudgedName::person(span, which);
                if !found.iter().any(|it| other(it, &person)) {
                    found.push(person);
                    found.sort_by_key(|it| it.span.start);
                }
            }
            if found.is_empty() && person.is_none() {
                let ends = all.get(at).is_none_or(|next| next.before.has(WordGap::PARTS));
                let last = || headed::named_at_end(&token.word).filter(|_| ends);
                let named = headed::named_after_as(&token.word).or_else(last);
                let unknown = |span| UnjudgedName {
                    what: What::Unknown,
                    ..headed::named_in(&token.word, span)
                };
                found.extend(named.map(unknown));
            }
            if found.is_empty()
                && begins
                && let Some(firm) = {
                    let next = all.get(at);
                    let marked = next.map_or(words.end, |next| next.before).has(WordGap::COLON);
                    let near =
                        next.filter(|next| next.unspaced && !next.before.has(WordGap::PARTS));
                    firms::first_in(&token.word, near.map(|next| &*next.word), marked)
                }
            {
                found.push(headed::named_in(&token.word, firm));
            }
            if let Some(ministry) = firms::ministry(text, &token) {
                found.retain(|it| it.span.start >= ministry);
                found.insert(0, headed::named_in(&token.word, 0..ministry));
            }
            headed::add_bodies(&token.word, &mut found);
            spelt::add(&token.word, &mut found);
            parted.part(token, found, title.filter(|_| person.is_some()));
            if surname {
                parted.lengthen(&all[at]);
                at += 1;
            }
        }
        words.tokens = parted.tokens;
        parted.known
    }

    /// The names within a run, the meeting's own before those of states.
    fn within(&self, run: &str) -> Vec<UnjudgedName> {
        let mut found = self.own.within(run);
        let own = found.len();
        for (start, end, entry) in self.world.lexicon.within(run) {
            let next = found[..own].partition_point(|(_, until, _)| *until <= start);
            if found[..own].get(next).is_none_or(|(from, ..)| *from >= end) {
                found.push((start, end, entry));
            }
        }
        found.sort_by_key(|(start, ..)| *start);
        let unjudged = |(start, end, entry): (usize, usize, &NameEntry)| UnjudgedName {
            span: start..headed::state_end(run, end, entry.what),
            what: entry.what,
            which: entry.which.clone(),
            people: false,
            doubtful: entry.form == NameForm::Code || self.is_of_everyone(entry),
        };
        found.into_iter().map(unjudged).collect()
    }
}

impl RunWords<'_> {
    /// Adds a run with the names in it; `title` is where the title of the first begins.
    fn part(&mut self, token: Token, found: Vec<UnjudgedName>, title: Option<usize>) {
        let mut start = token.range.start;
        let mut before = token.before;
        while let Some(title) = title
            && let Some(last) = self.tokens.last()
            && last.range.start >= title
            && !self.known.contains_key(&(self.tokens.len() - 1))
        {
            (start, before) = (last.range.start, last.before);
            self.tokens.pop();
        }
        if found.is_empty() {
            self.tokens.push(token);
            return;
        }
        // Where names begin and end; what is between them is a word of its own.
        let mut ends = vec![0];
        for found in found {
            if ends.last() != Some(&found.span.start) {
                ends.push(found.span.start);
            }
            ends.push(found.span.end);
            self.known.insert(self.tokens.len() + ends.len() - 2, found);
        }
        if ends.last() != Some(&token.word.len()) {
            ends.push(token.word.len());
        }
        let places = fold::places(self.text, &token, &ends);
        for (ends, places) in ends.windows(2).zip(places.windows(2)) {
            let word = token.word[ends[0]..ends[1]].into();
            let range = start.min(places[0])..places[1];
            let piece = Token { word, range, before, ..token.clone() };
            self.tokens.push(piece);
            start = usize::MAX;
            before = WordGap::default();
        }
    }

    /// Adds the short form of a body's name, made of letters with full stops between them.
    fn dotted(&mut self, letters: &[Token]) {
        let [first, .., last] = letters else { return };
        let mut end = last.range.end;
        let after = self.text[end..].strip_prefix('.');
        if after.is_some_and(|after| !after.is_empty() && !after.starts_with('\n')) {
            end += 1;
        }
        let word: String = letters.iter().map(|letter| letter.word.as_str()).collect();
        let range = first.range.start..end;
        let which = word.as_str().into();
        let what = What::Agency;
        let mention = UnjudgedName { span: 0..0, what, which, people: false, doubtful: false };
        self.known.insert(self.tokens.len(), mention);
        self.tokens.push(Token { word: word.into(), range, ..first.clone() });
    }

    /// Adds the short form of a body's name, including its full stop.
    fn short_form(&mut self, mut token: Token) {
        let which = token.word.clone();
        let mention =
            UnjudgedName { span: 0..0, what: What::Agency, which, people: false, doubtful: false };
        self.known.insert(self.tokens.len(), mention);
        token.range.end += 1;
        self.tokens.push(token);
    }

    /// Extends the last name by a separate run after it.
    fn lengthen(&mut self, run: &Token) {
        let at = self.tokens.len().saturating_sub(1);
        if let (Some(last), Some(mention)) = (self.tokens.last_mut(), self.known.get_mut(&at)) {
            last.word.push_str(&run.word);
            last.range.end = run.range.end;
            mention.which.clone_from(&last.word);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::names::{ListedNames, Names};

    /// None of these used to be found as it is here.
    #[test]
    fn offices_and_short_forms_are_held_in_scripts_without_spaces() {
        let delegations = vec!["Thailand", "Lao PDR", "Cambodia", "Myanmar"];
        let names = Names::of(&ListedNames { delegations, ..ListedNames::default() });
        for (text, name) in [
            ("จากกรอ.มีข้อมูลแล้ว", "กรอ"),
            ("ผอ.ประเสริฐบอกว่าช้า", "ผอ.ประเสริฐ"),
            ("นายอำเภอสิชลขอเวลา", "นายอำเภอสิชล"),
            ("อุทยานแห่งชาติภูกระดึงขอเวลา", "อุทยานแห่งชาติภูกระดึง"),
            ("ตามที่เฟอร์นันโดเล่า ฝนมาช้า", "เฟอร์นันโด"),
            ("แอร์เอเชียขอเวลา", "แอร์เอเชีย"),
            ("ເຈົ້າເມືອງງອຍ ຂໍເວລາ", "ເຈົ້າເມືອງງອຍ"),
            ("ຄະນະກໍາມະທິການແມ່ນໍ້າຂອງ ຂໍເວລາ", "ຄະນະກໍາມະທິການແມ່ນໍ້າຂອງ"),
            ("មន្ទីរទេសចរណ៍ ស្នើពេល", "មន្ទីរទេសចរណ៍"),
            ("រដ្ឋបាលព្រៃឈើ ស្នើពេល", "រដ្ឋបាលព្រៃឈើ"),
            ("မိုးဇလက အချိန်တောင်းတယ်", "မိုးဇလ"),
            ("ကညန က သဘောမတူ", "ကညန"),
            ("“နောက်ကျတယ်” လို့ ဖာနန်ဒို ပြောတယ်", "ဖာနန်ဒို"),
            ("ဖရန်စစ်စ် ပြောတယ်", "ဖရန်စစ်စ်"),
            ("အာရီဖ်က ကန့်ကွက်တယ်", "အာရီဖ်"),
            ("រ៉ូហ្សេថា ត្រូវរង់ចាំ", "រ៉ូហ្សេ"),
            ("ຕາມທີ່ ອາຣິບ ເວົ້າ", "ອາຣິບ"),
        ] {
            let hits = names.check(text);
            let found: Vec<&str> = hits.iter().map(|hit| &text[hit.range.clone()]).collect();
            assert_eq!(found, [name], "{text}");
        }
        for text in
            ["ฝ่ายเลขาฯ จะส่งร่างให้", "ตามที่ประชุมเห็นชอบ", "นายอำเภอต้องรับทราบ", "“နောက်ကျတယ်” လို့ သူ ပြောတယ်"]
        {
            assert_eq!(names.check(text), [], "{text}");
        }
    }

    /// None of these used to be found as it is here.
    #[test]
    fn bodies_and_capitals_are_held_in_scripts_without_spaces() {
        let delegations = vec!["Thailand", "Lao PDR", "Cambodia", "Myanmar"];
        let names = Names::of(&ListedNames { delegations, ..ListedNames::default() });
        for (text, name) in [
            ("องค์การเภสัชกรรมเสนอให้สำรองยา", "องค์การเภสัชกรรม"),
            ("องค์การคลังสินค้าพร้อมให้ยืมโกดัง", "องค์การคลังสินค้า"),
            ("สภาการพยาบาลไม่เห็นด้วย", "สภาการพยาบาล"),
            ("สำนักงบประมาณไม่ให้งบ", "สำนักงบประมาณ"),
            ("การรถไฟขอเลื่อน", "การรถไฟ"),
            ("ก.คมนาคม ขอเวลา", "คมนาคม"),
            ("ทางก.แรงงานรับไปทำต่อ", "แรงงาน"),
            ("ก. ต่างประเทศ ขอเลื่อน", "ต่างประเทศ"),
            ("เบิร์นยังไม่เห็นด้วย", "เบิร์น"),
            ("ออสโลสนับสนุนเงินทุน", "ออสโล"),
            ("គ្រូពេទ្យគ្មានព្រំដែន សុំពេល", "គ្រូពេទ្យគ្មានព្រំដែន"),
            ("យោបល់លោក វិចិត្រ៖ ខ្លីពេក", "វិចិត្រ"),
            ("សំណើលោកស្រី សុភា៖ លុបចោល", "សុភា"),
            ("ការិយាល័យគយ សុំពេល", "ការិយាល័យគយ"),
            ("ជៃកា ផ្តល់ជំនួយ", "ជៃកា"),
            ("ទីក្រុងប៊ែន មិនយល់ស្រប", "ទីក្រុងប៊ែន"),
            ("သားငါးလုပ်ငန်းရှင်အသင်းချုပ်က ကန့်ကွက်တယ်", "သားငါးလုပ်ငန်းရှင်အသင်းချုပ်"),
            ("ရေနံဓာတုအာဏာပိုင်က သဘောမတူဘူး", "ရေနံဓာတုအာဏာပိုင်"),
            ("ကျန်းမာရေးစောင့်ကြည့်အဖွဲ့က ပြောတယ်", "ကျန်းမာရေးစောင့်ကြည့်အဖွဲ့"),
            ("ဂျိုင်ကာအနေနဲ့ သဘောတူတယ်", "ဂျိုင်ကာ"),
            ("ໄຈກາ ສະໜັບສະໜູນ", "ໄຈກາ"),
            ("ກາຊັກສະຕານ ບໍ່ເຫັນດີ", "ກາຊັກສະຕານ"),
        ] {
            let hits = names.check(text);
            let found: Vec<&str> = hits.iter().map(|hit| &text[hit.range.clone()]).collect();
            assert_eq!(found, [name], "{text}");
        }
        for text in [
            "องค์การทุกแห่งควรช่วย",
            "สภาพอากาศแย่",
            "ก. ข้อเสนอแรก",
            "การท่องเที่ยวซบเซา",
            "សាធារណជន ខ្វះព័ត៌មាន",
            "លោកគ្រូអ្នកគ្រូខ្វះខាត",
            "យោបល់ទូទៅ៖ ត្រូវសង្ខេប",
            "ဒေသခံအာဏာပိုင်က စစ်ဆေးရမယ်",
            "အာဏာပိုင်တွေက လိုက်နာရမယ်",
            "အသင်းချုပ်များက ပါဝင်သင့်တယ်",
        ] {
            assert_eq!(names.check(text), [], "{text}");
        }
    }

    /// None of these used to be found.
    #[test]
    fn the_speakers_own_delegation_is_a_description_in_every_language() {
        let names = Names::of(&ListedNames::default());
        for text in [
            "notre délégation hésite",
            "nuestra delegación duda",
            "a nossa delegação hesita",
            "delegasi kami ragu",
            "ayaw ng delegasyon natin",
            "phái đoàn chúng tôi chưa rõ",
            "คณะผู้แทนของเรายังไม่แน่ใจ",
            "ຄະນະຜູ້ແທນຂອງພວກເຮົາ ຍັງບໍ່ແນ່ໃຈ",
            "គណៈប្រតិភូរបស់យើង នៅមិនច្បាស់",
            "ကျွန်ုပ်တို့ကိုယ်စားလှယ်အဖွဲ့ မသေချာသေး",
        ] {
            assert_eq!(names.check(text).len(), 1, "{text}");
        }
    }
}
