//! The parts of a workbook: its sheets, which are written row by row, and what connects them.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::super::ooxml::{APP, CORE, Controls, Habits, OFFICE, Package};
use super::{Margins, style::style_sheet};
use crate::feedback::Feedback;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

const HABITS: Habits = Habits {
    declaration: r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    permissions: 0o600,
    dated: true,
};

/// A workbook that is being written.
pub(super) struct Workbook<'w> {
    package: Package<'w>,
    sheets: Vec<NamedSheet>,
    /// How many sheets were begun.
    pub(super) begun: usize,
    /// What is printed above and below each page.
    pub(super) margins: Margins,
}

/// A sheet by its name, and how its table is printed and filtered.
pub(super) struct NamedSheet {
    pub(super) name: &'static str,
    pub(super) hidden: bool,
    /// The table's cells, `$A$1:$N$9`, once they are known.
    pub(super) table: Option<String>,
}

impl<'w> Workbook<'w> {
    /// Begins a workbook with these sheets, of which the second is shown first.
    pub(super) fn begin(
        out: &'w mut dyn Write,
        feedback: &Feedback,
        sheets: Vec<NamedSheet>,
    ) -> io::Result<Self> {
        let paths: Vec<String> =
            (1..=sheets.len()).map(|nth| format!("worksheets/sheet{nth}.xml")).collect();
        let whole: Vec<String> = paths.iter().map(|path| format!("xl/{path}")).collect();
        let mut parts = vec![
            ("xl/workbook.xml", "officedocument.spreadsheetml.sheet.main"),
            ("xl/styles.xml", "officedocument.spreadsheetml.styles"),
            CORE,
            APP,
        ];
        parts.extend(whole.iter().map(|path| (&**path, "officedocument.spreadsheetml.worksheet")));
        let mut package = Package::begin(out, HABITS, &parts)?;
        package.core(&feedback.meeting.title, Controls::Spelt)?;
        package.app()?;
        package.part("xl/styles.xml", &style_sheet())?;
        let mut relations: Vec<_> = paths.iter().map(|path| ("worksheet", &**path)).collect();
        relations.push(("styles", "styles.xml"));
        package.relations("xl/_rels/workbook.xml.rels", &relations)?;
        Ok(Self { package, sheets, begun: 0, margins: Margins::of(feedback) })
    }

    /// Begins the part of the next sheet; what is written next is its content.
    pub(super) fn sheet(&mut self, head: &str) -> io::Result<()> {
        self.begun += 1;
        self.package.start(&format!("xl/worksheets/sheet{}.xml", self.begun))?;
        self.put(&format!(r#"<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships">{head}"#))
    }

    /// Writes into the sheet that was last begun.
    pub(super) fn put(&mut self, text: &str) -> io::Result<()> {
        self.package.put(text)
    }

    /// Says where a sheet's table turned out to be.
    pub(super) fn has_table(&mut self, nth: usize, cells: String) {
        if let Some(sheet) = self.sheets.get_mut(nth) {
            sheet.table = Some(cells);
        }
    }

    /// The sheet that is shown first.
    pub(super) fn first(&self) -> usize {
        usize::from(self.sheets.get(1).is_some_and(|sheet| !sheet.hidden))
    }

    /// Writes what can only be known now, and ends the file.
    pub(super) fn end(mut self) -> io::Result<()> {
        let book = self.parts();
        self.package.part("xl/workbook.xml", &book)?;
        self.package.end()
    }

    fn parts(&self) -> String {
        let mut book = format!(
            r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><bookViews><workbookView xWindow="240" yWindow="15" windowWidth="28800" windowHeight="15000" activeTab="{}"/></bookViews><sheets>"#,
            self.first()
        );
        for (nth, sheet) in self.sheets.iter().enumerate() {
            let state = if sheet.hidden { r#" state="hidden""# } else { "" };
            let nth = nth + 1;
            let _ = write!(
                book,
                r#"<sheet name="{}" sheetId="{nth}"{state} r:id="rId{nth}"/>"#,
                sheet.name
            );
        }
        book.push_str("</sheets>");
        let tables: Vec<(usize, &str, &String)> = self
            .sheets
            .iter()
            .enumerate()
            .filter_map(|(nth, sheet)| Some((nth, sheet.name, sheet.table.as_ref()?)))
            .collect();
        if !tables.is_empty() {
            book.push_str("<definedNames>");
            // Sorted by name, as spreadsheets write them.
            for (nth, name, cells) in &tables {
                let _ = write!(
                    book,
                    r#"<definedName name="_xlnm._FilterDatabase" localSheetId="{nth}" hidden="1">'{name}'!{cells}</definedName>"#
                );
            }
            for (nth, name, _) in &tables {
                let _ = write!(
                    book,
                    r#"<definedName name="_xlnm.Print_Titles" localSheetId="{nth}">'{name}'!$1:$1</definedName>"#
                );
            }
            book.push_str("</definedNames>");
        }
        book + "</workbook>"
    }
}
