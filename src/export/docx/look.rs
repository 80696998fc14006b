//! How the document looks: styles that a drafter can change in one place, fonts, the other fixed
//! parts.

use super::super::script::Script;

/// The font of a script. Each comes with Windows; `font_table` says what else will do.
pub(super) fn font(script: Script) -> &'static str {
    match script {
        Script::Latin => "Calibri",
        Script::Thai | Script::Lao | Script::Khmer => "Leelawadee UI",
        Script::Burmese => "Myanmar Text",
        Script::Devanagari
        | Script::Bengali
        | Script::Tamil
        | Script::Sinhala
        | Script::Complex => "Nirmala UI",
        Script::Arabic | Script::Hebrew => "Arial",
        Script::Chinese => "Microsoft YaHei",
        Script::Japanese => "Yu Gothic",
        Script::Korean => "Malgun Gothic",
    }
}

/// Each font with what stands in for it elsewhere, its family and its pitch.
const FONTS: [(&str, &str, &str); 8] = [
    ("Calibri", "Carlito", "swiss"),
    ("Leelawadee UI", "Noto Sans Thai", "swiss"),
    ("Myanmar Text", "Noto Sans Myanmar", "swiss"),
    ("Nirmala UI", "Noto Sans Devanagari", "swiss"),
    ("Arial", "Liberation Sans", "swiss"),
    ("Microsoft YaHei", "Noto Sans CJK SC", "swiss"),
    ("Yu Gothic", "Noto Sans CJK JP", "swiss"),
    ("Malgun Gothic", "Noto Sans CJK KR", "swiss"),
];

/// What every part of the document's own begins with.
pub(super) const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Word 2013 and later lay out the page; an older mode is announced in the title bar.
pub(super) const SETTINGS: &str = "<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"567\"/>\
<w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>\
<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>\
</w:compat><w:themeFontLang w:val=\"en-GB\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/>\
<w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/>";

pub(super) const NUMBERING: &str = "<w:abstractNum w:abstractNumId=\"0\">\
<w:multiLevelType w:val=\"hybridMultilevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
<w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/>\
<w:pPr><w:ind w:left=\"357\" w:hanging=\"357\"/></w:pPr></w:lvl></w:abstractNum>\
<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";

/// A page that lies: A4, as the matrix needs it.
pub(super) const LANDSCAPE: PageLook =
    PageLook { width: 16_838, height: 11_906, header: 5, footer: 6 };
/// A page that stands, for the text.
pub(super) const PORTRAIT: PageLook =
    PageLook { width: 11_906, height: 16_838, header: 7, footer: 8 };

/// A page with its header and footer.
pub(super) struct PageLook {
    width: u32,
    height: u32,
    header: u8,
    footer: u8,
}

/// The margin left and right.
const MARGIN: u32 = 850;

impl PageLook {
    /// How wide a table may be.
    pub(super) const fn inside(&self) -> u32 {
        self.width - 2 * MARGIN
    }

    /// The properties of a section of such pages.
    pub(super) fn section(&self) -> String {
        let Self { width, height, header, footer } = self;
        let lies = if width > height { " w:orient=\"landscape\"" } else { "" };
        format!(
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId{header}\"/>\
             <w:footerReference w:type=\"default\" r:id=\"rId{footer}\"/>\
             <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{lies}/><w:pgMar w:top=\"1021\" \
             w:right=\"{MARGIN}\" w:bottom=\"907\" w:left=\"{MARGIN}\" w:header=\"454\" \
             w:footer=\"454\" w:gutter=\"0\"/></w:sectPr>"
        )
    }
}

pub(super) fn font_table() -> String {
    let font = |(name, instead, family): &(&str, &str, &str)| {
        format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{instead}\"/>\
             <w:family w:val=\"{family}\"/><w:pitch w:val=\"variable\"/></w:font>"
        )
    };
    FONTS.iter().map(font).collect()
}

/// All styles: the paragraphs', the characters', the tables'.
pub(super) fn styles() -> String {
    let mut styles = DEFAULTS.to_owned();
    for (id, name, next, paragraph, letters) in PARAGRAPHS {
        let normal = *id == "Normal";
        let default = if normal { " w:default=\"1\"" } else { "" };
        let based = if normal { "" } else { "<w:basedOn w:val=\"Normal\"/>" };
        let next =
            if next.is_empty() { String::new() } else { format!("<w:next w:val=\"{next}\"/>") };
        let paragraph = around("w:pPr", paragraph);
        let letters = around("w:rPr", letters);
        styles.push_str(&format!(
            "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             {based}{next}<w:qFormat/>{paragraph}{letters}</w:style>"
        ));
    }
    for (id, name, letters) in LETTERS {
        styles.push_str(&format!(
            "<w:style w:type=\"character\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"DefaultParagraphFont\"/><w:qFormat/>{}</w:style>",
            around("w:rPr", letters)
        ));
    }
    styles + TABLES
}

fn around(tag: &str, inner: &str) -> String {
    if inner.is_empty() { String::new() } else { format!("<{tag}>{inner}</{tag}>") }
}

const DEFAULTS: &str = "<w:docDefaults><w:rPrDefault><w:rPr>\
<w:rFonts w:ascii=\"Calibri\" w:eastAsia=\"Microsoft YaHei\" w:hAnsi=\"Calibri\" w:cs=\"Arial\"/>\
<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/>\
</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"259\" w:lineRule=\"auto\"/>\
</w:pPr></w:pPrDefault></w:docDefaults>\
<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
<w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>";

/// Id, name, what follows it, the paragraph, its letters.
const PARAGRAPHS: &[(&str, &str, &str, &str, &str)] = &[
    ("Normal", "Normal", "", "", ""),
    (
        "Title",
        "Title",
        "Normal",
        "<w:keepNext/><w:spacing w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:b/><w:bCs/><w:color w:val=\"1F3864\"/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/>",
    ),
    (
        "Subtitle",
        "Subtitle",
        "Normal",
        "<w:spacing w:after=\"200\"/>",
        "<w:color w:val=\"404040\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/>",
    ),
    (
        "Heading1",
        "heading 1",
        "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"320\" w:after=\"120\"/>\
         <w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:bCs/><w:color w:val=\"1F3864\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>",
    ),
    (
        "Heading2",
        "heading 2",
        "Normal",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"100\"/>\
         <w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:bCs/><w:color w:val=\"1F3864\"/><w:sz w:val=\"25\"/><w:szCs w:val=\"25\"/>",
    ),
    (
        "Draft",
        "Draft",
        "",
        "<w:keepNext/><w:pBdr><w:top w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"A4262C\"/>\
         <w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"A4262C\"/></w:pBdr>",
        "<w:b/><w:bCs/><w:color w:val=\"A4262C\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>",
    ),
    (
        "Listed",
        "Listed",
        "",
        "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"40\"/>\
         <w:ind w:left=\"357\" w:hanging=\"357\"/>",
        "",
    ),
    ("Contents", "Contents", "", "<w:spacing w:after=\"20\"/><w:ind w:left=\"357\"/>", ""),
    (
        "TableText",
        "Table Text",
        "",
        "<w:spacing w:before=\"20\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
    ),
    (
        "TableHead",
        "Table Head",
        "",
        "<w:keepNext/><w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:b/><w:bCs/><w:color w:val=\"1F3864\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
    ),
    (
        "Band",
        "Band",
        "",
        "<w:keepNext/><w:spacing w:before=\"40\" w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    ),
    (
        "TableNote",
        "Table Note",
        "",
        "<w:spacing w:before=\"20\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>",
    ),
    (
        "AfterTable",
        "After Table",
        "Normal",
        "<w:spacing w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>",
        "<w:sz w:val=\"8\"/><w:szCs w:val=\"8\"/>",
    ),
    (
        "TextHeading",
        "Text Heading",
        "TextParagraph",
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"120\"/>\
         <w:jc w:val=\"center\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"23\"/><w:szCs w:val=\"23\"/>",
    ),
    (
        "TextParagraph",
        "Text Paragraph",
        "",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"1020\"/></w:tabs><w:spacing w:after=\"100\"/>\
         <w:ind w:left=\"1020\" w:hanging=\"1020\"/>",
        "<w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>",
    ),
    (
        "TextParagraph2",
        "Text Paragraph 2",
        "",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"1700\"/></w:tabs><w:spacing w:after=\"100\"/>\
         <w:ind w:left=\"1700\" w:hanging=\"1020\"/>",
        "<w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>",
    ),
    (
        "TextParagraph3",
        "Text Paragraph 3",
        "",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"2380\"/></w:tabs><w:spacing w:after=\"100\"/>\
         <w:ind w:left=\"2380\" w:hanging=\"1020\"/>",
        "<w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>",
    ),
    (
        "TextSource",
        "Text Source",
        "TextParagraph",
        "<w:spacing w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:left=\"1020\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>",
    ),
    (
        "Header",
        "header",
        "",
        "<w:tabs><w:tab w:val=\"right\" w:pos=\"15138\"/></w:tabs><w:spacing w:after=\"0\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>",
    ),
    (
        "HeaderUpright",
        "Header Upright",
        "",
        "<w:tabs><w:tab w:val=\"right\" w:pos=\"10206\"/></w:tabs><w:spacing w:after=\"0\"/>",
        "<w:color w:val=\"595959\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>",
    ),
];

/// Id, name, the letters. A redline is never told by colour alone.
const LETTERS: &[(&str, &str, &str)] = &[
    ("Inserted", "Inserted", "<w:b/><w:bCs/><w:color w:val=\"1A5E34\"/><w:u w:val=\"single\"/>"),
    ("Deleted", "Deleted", "<w:strike/><w:color w:val=\"A4262C\"/>"),
    ("Reference", "Reference", "<w:b/><w:bCs/>"),
    ("Label", "Label", "<w:b/><w:bCs/><w:color w:val=\"1F3864\"/>"),
    ("Conflict", "Conflict", "<w:b/><w:bCs/><w:color w:val=\"A4262C\"/>"),
    ("Strong", "Strong", "<w:b/><w:bCs/>"),
    ("Hyperlink", "Hyperlink", "<w:color w:val=\"1F4E9E\"/><w:u w:val=\"single\"/>"),
];

const TABLES: &str = "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">\
<w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr>\
<w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>\
<w:left w:w=\"85\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
<w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
<w:style w:type=\"table\" w:styleId=\"Matrix\"><w:name w:val=\"Matrix\"/>\
<w:basedOn w:val=\"TableNormal\"/><w:qFormat/><w:tblPr><w:tblBorders>\
<w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"1F3864\"/>\
<w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8496B0\"/>\
<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"1F3864\"/>\
<w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8496B0\"/>\
<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8496B0\"/>\
<w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B4C0D0\"/>\
</w:tblBorders></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:tcPr>\
<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"C9D5E8\"/></w:tcPr></w:tblStylePr></w:style>\
<w:style w:type=\"table\" w:styleId=\"Facts\"><w:name w:val=\"Facts\"/>\
<w:basedOn w:val=\"TableNormal\"/><w:qFormat/><w:tblPr><w:tblBorders>\
<w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B4C0D0\"/>\
<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B4C0D0\"/>\
<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"DDE3EC\"/>\
</w:tblBorders></w:tblPr></w:style>";
