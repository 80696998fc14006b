//! Wordings in the languages of the region. A wording in English within a Thai sentence would be the
//! first thing that everybody sees.
//!
//! They are few and plain, and no native speaker has read them.

use super::super::What;
use super::super::fold::Token;
use super::super::role::Group;
use super::super::sentence::one_of;

/// What the words around a name are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    Thai,
    Lao,
    Khmer,
    Burmese,
    Chinese,
    Vietnamese,
    /// Malay and Indonesian: the wordings are good in both.
    Malay,
    Filipino,
    Portuguese,
}

/// Languages without letters of their own, by words that are frequent in notes and in none of the
/// others.
const FREQUENT: [(Tongue, &str); 4] = [
    (
        Tongue::English,
        "the of and to in is that for on with said not was it be by this from are has asked noted",
    ),
    (
        Tongue::Malay,
        "yang dan di ini itu untuk dengan tidak dari dalam pada oleh akan sudah telah belum ada bahwa bahawa \
        lebih juga delegasi perwakilan menurut usulan cadangan setuju mencadangkan mengusulkan menyatakan meminta \
        minta bertanya mendukung menyokong diusulkan dicadangkan siapa terlalu daftar senarai",
    ),
    (
        Tongue::Filipino,
        "ng na sa ang mga ay hindi ayon sinabi iminungkahi sinuportahan panukala ito nila kay \
        delegasyon kinatawan",
    ),
    (
        Tongue::Portuguese,
        "que nao com uma os da em por foi um ao proposta propos pediu segundo disse apoiou proposto texto mais \
        delegacao muito pelo pela",
    ),
];

impl Tongue {
    /// What the text around a name is written in, by its letters and its words; English if nothing
    /// tells.
    pub(super) fn of<'t>(
        around: [Option<&str>; 2],
        words: impl Iterator<Item = &'t Token>,
    ) -> Self {
        let mut plain = 0;
        let mut own = [
            (Self::Thai, 0),
            (Self::Lao, 0),
            (Self::Khmer, 0),
            (Self::Burmese, 0),
            (Self::Chinese, 0),
            (Self::Vietnamese, 0),
        ];
        for letter in around.into_iter().flatten().flat_map(str::chars) {
            let at = match letter {
                '\u{e01}'..='\u{e4e}' => 0,
                '\u{e81}'..='\u{edf}' => 1,
                '\u{1780}'..='\u{17d3}' => 2,
                '\u{1000}'..='\u{109f}' => 3,
                '\u{4e00}'..='\u{9fff}' => 4,
                'Ă' | 'ă' | 'Đ' | 'đ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1ea0}'..='\u{1ef9}' => {
                    5
                }
                _ => {
                    plain += usize::from(letter.is_ascii_alphabetic());
                    continue;
                }
            };
            own[at].1 += 1;
        }
        // A fifth of a Vietnamese text's letters have such marks; one name's would be fewer.
        own[5].1 *= 12;
        let most = own.into_iter().max_by_key(|(_, letters)| *letters);
        if let Some((tongue, _)) = most.filter(|(_, letters)| *letters > plain) {
            return tongue;
        }
        let mut counts = FREQUENT.map(|(tongue, _)| (tongue, 0));
        for token in words {
            for (count, (_, frequent)) in counts.iter_mut().zip(&FREQUENT) {
                count.1 += usize::from(one_of(&token.word, frequent));
            }
        }
        let (mut tongue, mut most) = counts[0];
        for (other, count) in counts {
            if count > most {
                (tongue, most) = (other, count);
            }
        }
        tongue
    }

    /// "One country", which can follow "the delegation of" as well as stand alone. None in English.
    pub(super) fn words_for(self, group: &Group) -> Option<&'static str> {
        let [persons, agencies, states] = match self {
            Self::English => return None,
            Self::Thai => [
                ["ผู้เข้าร่วมคนหนึ่ง", "ผู้เข้าร่วมบางคน", "ผู้เข้าร่วมหลายคน"],
                ["หน่วยงานหนึ่ง", "บางหน่วยงาน", "หลายหน่วยงาน"],
                ["ประเทศหนึ่ง", "บางประเทศ", "หลายประเทศ"],
            ],
            Self::Lao => [
                ["ຜູ້ເຂົ້າຮ່ວມຄົນໜຶ່ງ", "ຜູ້ເຂົ້າຮ່ວມບາງຄົນ", "ຜູ້ເຂົ້າຮ່ວມຫຼາຍຄົນ"],
                ["ໜ່ວຍງານໜຶ່ງ", "ບາງໜ່ວຍງານ", "ຫຼາຍໜ່ວຍງານ"],
                ["ປະເທດໜຶ່ງ", "ບາງປະເທດ", "ຫຼາຍປະເທດ"],
            ],
            Self::Khmer => [
                ["អ្នកចូលរួមម្នាក់", "អ្នកចូលរួមមួយចំនួន", "អ្នកចូលរួមជាច្រើន"],
                ["ស្ថាប័នមួយ", "ស្ថាប័នមួយចំនួន", "ស្ថាប័នជាច្រើន"],
                ["ប្រទេសមួយ", "ប្រទេសមួយចំនួន", "ប្រទេសជាច្រើន"],
            ],
            Self::Burmese => [
                ["တက်ရောက်သူတစ်ဦး", "တက်ရောက်သူအချို့", "တက်ရောက်သူအများအပြား"],
                ["အဖွဲ့အစည်းတစ်ခု", "အဖွဲ့အစည်းအချို့", "အဖွဲ့အစည်းအများအပြား"],
                ["နိုင်ငံတစ်နိုင်ငံ", "နိုင်ငံအချို့", "နိုင်ငံအများအပြား"],
            ],
            Self::Chinese => [
                ["一位与会者", "一些与会者", "多位与会者"],
                ["一个机构", "一些机构", "多个机构"],
                ["一个国家", "一些国家", "多个国家"],
            ],
            Self::Vietnamese => [
                ["một đại biểu", "một số đại biểu", "nhiều đại biểu"],
                ["một cơ quan", "một số cơ quan", "nhiều cơ quan"],
                ["một nước", "một số nước", "nhiều nước"],
            ],
            Self::Malay => [
                ["seorang peserta", "beberapa peserta", "beberapa peserta"],
                ["satu badan", "beberapa badan", "beberapa badan"],
                ["satu negara", "beberapa negara", "beberapa negara"],
            ],
            Self::Filipino => [
                ["isang kalahok", "ilang kalahok", "ilang kalahok"],
                ["isang ahensiya", "ilang ahensiya", "ilang ahensiya"],
                ["isang bansa", "ilang bansa", "ilang bansa"],
            ],
            Self::Portuguese => [
                ["um participante", "alguns participantes", "vários participantes"],
                ["um organismo", "alguns organismos", "vários organismos"],
                ["um país", "alguns países", "vários países"],
            ],
        };
        let words = match group.what {
            What::Person => persons,
            What::Agency => agencies,
            _ => states,
        };
        Some(words[group.names.clamp(1, 3) - 1])
    }
}
