//! How it is told who said something in the other languages of the region.
//!
//! Few words each, put together from what is common in records of meetings; no native speaker has
//! read them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold::fold;

/// "said", "proposed", "asked" in languages with spaces, folded: Malay and Indonesian, Filipino,
/// Portuguese, Tetum, Vietnamese.
pub(super) const VERBS: &str = "berkata menyatakan mencadangkan mengusulkan mendukung menyokong \
    melaporkan mencatat mencatatkan meminta menekankan menegaskan menyampaikan menambah menambahkan \
    menjelaskan menolak bersetuju setuju sepakat keberatan mengingatkan mengatakan mempertanyakan bertanya \
    menanyakan menyarankan menyoroti membantah memohon berpendapat mengimbau menghendaki lebih_suka \
    menggesa menganggap berharap membangkitkan mengulas menyambut membangkang memaklumkan \
    nagsabi sinabi iminungkahi nagmungkahi humiling sumuporta nagtanong tumutol sumang_ayon nagpahayag \
    disse propos propôs apoiou pediu afirmou perguntou sugeriu defendeu objetou recusou concordou discordou \
    explicou lembrou sublinhou declarou manifestou hatete husu dehan propoen suporta konkorda hakarak \
    noi neu de_nghi cho_biet ung_ho bay_to phat_bieu nhan_manh kien_nghi yeu_cau nghi biet rang dong_y \
    phan_doi hoi muon xin minta";

/// "delegation" and the like, which stand before the name.
pub(super) const DELEGATES: &str = "delegasi perwakilan wakil utusan pejabat delegado delegada \
    delegacao delegasaun representante kinatawan delegasyon doan dai_bieu dien";

/// What stands between a name and its verb: "not", "already", "would like".
pub(super) const BETWEEN: &str = "tidak belum tak juga telah sudah akan ingin mahu mau bisa dapat boleh \
    kurang masih pun sangat nao ja tambem quer la hakarak hindi";

/// Verbs that are acts as well, and of saying behind one of [`BETWEEN`]: "could not accept".
pub(super) const AFTER_THOSE: &str =
    "menerima terima menyetujui sependapat yakin pasti aceita concorda apoia simu";

/// What makes a source of the name right behind it: "according to", "proposed by", "position of".
const BEFORE: &str = "menurut|usul|usulan|saran|cadangan|pandangan|pendapat|posisi|pendirian|kenyataan|bantahan|\
    keberatan|pertanyaan|soalan|tanggapan|intervensi|menurut pendapat|menurut pandangan|atas nama|\
    bagi pihak|usulan dari|usulan daripada|cadangan daripada|pertanyaan dari|soalan daripada|\
    diusulkan oleh|disampaikan oleh|ditanyakan oleh|didukung oleh|disarankan oleh|ditolak oleh|\
    dicadangkan oleh|disokong oleh|dibangkitkan oleh|ditekankan oleh|dikemukakan oleh|dinyatakan oleh|\
    ayon sa|sinabi ng|iminungkahi ng|sinuportahan ng|tinanong ng|hiniling ng|tinutulan ng|tinanggihan ng|\
    idiniin ng|binigyang diin ng|ipinaliwanag ng|panukala ng|mungkahi ng|pahayag ng|komento ng|tanong ng|\
    posisyon ng|pananaw ng|sa ngalan ng|\
    segundo|segundo a|segundo o|conforme|de acordo com|de acordo com a|de acordo com o|em nome de|\
    em nome da|em nome do|proposta de|proposta da|proposta do|posicao de|posicao da|posicao do|\
    sugestao de|sugestao da|sugestao do|pedido de|pedido da|pedido do|intervencao de|intervencao da|\
    intervencao do|opiniao de|opiniao da|opiniao do|proposto por|proposto pela|proposto pelo|\
    proposta por|apoiado por|apoiada por|sugerido por|levantado por|levantada por|tuir|\
    proposta hosi|pergunta hosi|hanoin hosi|\
    theo|theo y kien cua|theo de xuat cua|de xuat cua|y kien cua|kien nghi cua|quan diem cua|\
    lap truong cua|phat bieu cua|cau hoi cua|thay mat|do de xuat cua";

/// "said" and "delegation" where words stand together without spaces.
const RUN_VERBS: &[&str] = &[
    "กล่าว",
    "เสนอ",
    "ระบุ",
    "แจ้ง",
    "สนับสนุน",
    "คัดค้าน",
    "ขอ",
    "เห็น",
    "รายงาน",
    "ชี้",
    "ย้ำ",
    "แสดง",
    "ตั้งข้อสังเกต",
    "ไม่เห็นด้วย",
    "表示",
    "说",
    "說",
    "指出",
    "提议",
    "提議",
    "建议",
    "建議",
    "支持",
    "认为",
    "認為",
    "强调",
    "強調",
    "反对",
    "反對",
    "要求",
    "报告",
    "提出",
    "询问",
    "述べ",
    "提案",
    "指摘",
    "主張",
    "賛成",
    "ກ່າວ",
    "ສະເໜີ",
    "ສະເຫນີ",
    "ລາຍງານ",
    "ສະໜັບສະໜູນ",
    "ເຫັນ",
    "ຂໍ",
    "ບອກ",
    "បានលើក",
    "បានស្នើ",
    "ស្នើ",
    "និយាយ",
    "គាំទ្រ",
    "ថ្លែង",
    "ជំទាស់",
    "បញ្ជាក់",
    "រាយការណ៍",
    "ပြော",
    "အဆိုပြု",
    "ထောက်ခံ",
    "တင်ပြ",
    "ကန့်ကွက်",
    "တောင်းဆို",
    "အကြံပြု",
    "ถาม",
    "ยืนยัน",
    "สอบถาม",
    "ต้องการ",
    "อธิบาย",
    "เรียกร้อง",
    "同意",
    "不同意",
    "希望",
    "问",
    "解释",
    "質問",
    "ຖາມ",
    "ຄັດຄ້ານ",
    "ອະທິບາຍ",
    "ຕ້ອງການ",
    "បានសួរ",
    "សួរ",
    "ស្នើសុំ",
    "យល់ឃើញ",
    "မေးမြန်း",
    "သဘောတူ",
    "ဆိုသည်",
    "လိုလား",
];
const RUN_DELEGATES: &[&str] = &[
    "ผู้แทน",
    "คณะผู้แทน",
    "代表",
    "代表团",
    "代表團",
    "ຜູ້ແທນ",
    "ຄະນະຜູ້ແທນ",
    "គណៈប្រតិភូ",
    "ប្រតិភូ",
    "តំណាង",
    "ကိုယ်စားလှယ်",
];

/// As [`BEFORE`], where words stand together.
const RUN_BEFORE: &[&str] = &[
    "ข้อเสนอของ",
    "ข้อเสนอจาก",
    "ความเห็นของ",
    "ข้อคิดเห็นของ",
    "ข้อสังเกตของ",
    "ข้อกังวลของ",
    "จุดยืนของ",
    "ท่าทีของ",
    "คำถามของ",
    "คำถามจาก",
    "มุมมองของ",
    "เสนอโดย",
    "ในนามของ",
    "ตามที่",
    "ຂໍ້ສະເໜີຂອງ",
    "ຄວາມເຫັນຂອງ",
    "ຄຳຖາມຂອງ",
    "ສະເໜີໂດຍ",
    "ในนาม",
    "សំណើរបស់",
    "ស្នើដោយ",
    "យោបល់របស់",
    "ជំហររបស់",
];

/// Titles before names in Thai, and what they begin that names nobody: "employer", "quality".
pub(super) const THAI_TITLES: &[(&str, &str)] = &[
    ("นางสาว", "ไทย"),
    ("นาย", "จ้าง หน้า ก ทหาร ตำรวจ ทุน ท่า ทะเบียน อำเภอ ทาส เรือ พล ประกัน สถานี ด่าน ช่าง ท้าย ตรวจ แพทย์"),
    ("นาง", "แบบ ฟ้า พยาบาล งาม บำเรอ เอก ร้าย โลม ใน สนม"),
    (
        "คุณ",
        "ภาพ ค่า สมบัติ ธรรม ลักษณะ ประโยชน์ ูปการ วุฒิ ต้อง จะ เป็น มี ได้ ไม่ ควร คิด เห็น ว่า อยู่ ทำ รู้ สามารถ และ \
        หรือ ก็ พูด เคย กำลัง ไป มา ขอ คือ ใน ที่ เอง ให้ ถูก หมอ ครู พ่อ แม่",
    ),
];

static VERBS_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| folded(RUN_VERBS));
static DELEGATES_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| folded(RUN_DELEGATES));
static BEFORE_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| folded(RUN_BEFORE));
static PHRASES: LazyLock<HashSet<&str>> = LazyLock::new(|| BEFORE.split('|').collect());

fn folded(words: &[&str]) -> Vec<String> {
    let fold = |word: &&str| fold(word).tokens.iter().map(|token| token.word.as_str()).collect();
    words.iter().map(fold).collect()
}

/// "delegation" and the like where words stand together, folded as texts are.
pub(super) fn run_delegates() -> &'static [String] {
    &DELEGATES_FOLDED
}

/// "proposal of" and the like where words stand together, folded as texts are.
pub(super) fn run_before() -> &'static [String] {
    &BEFORE_FOLDED
}

/// Where in a run somebody is first said to say something. "ขอ" is "asks", "ของ" is "of"; "ຂໍ" is
/// "asks", "ຂໍ້ມູນ" is "data".
pub(super) fn says_at(run: &str) -> Option<usize> {
    let other = |rest: &str| rest.starts_with("ของ") || rest.starts_with("ຂໍ້");
    let verbs = VERBS_FOLDED.iter();
    verbs
        .filter_map(|verb| {
            run.match_indices(verb.as_str()).map(|(at, _)| at).find(|at| !other(&run[*at..]))
        })
        .min()
}

/// Whether these folded words make a source of the name behind them.
pub(super) fn tells(phrase: &str) -> bool {
    PHRASES.contains(phrase)
}
