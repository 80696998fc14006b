//! How the document looks: its fonts and pages. The styles, which a drafter can change in one place,
//! and the other fixed parts are files beside this one.

use super::super::script::Script;

/// The font of a script. Each comes with Windows; `fonts.xml` says what else will do.
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

/// What every part of the document itself begins with.
pub(super) const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// A page in landscape format: A4, as the matrix needs it.
pub(super) const LANDSCAPE: PageLook =
    PageLook { width: 16_838, height: 11_906, header: 5, footer: 6 };
/// A page in portrait format, for the text.
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
