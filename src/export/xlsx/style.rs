//! How cells look. Each [`Look`] is a line of the style sheet, in the same order.

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellLook {
    /// As a spreadsheet has it.
    Plain = 0,
    /// The heading of a column.
    Head = 1,
    /// The heading of a column that drafters fill in.
    FillHead = 2,
    /// A cell of a table.
    Cell = 3,
    /// A cell that is a text whatever is typed: a reference, a label.
    Label = 4,
    /// A cell that drafters fill in; a text whatever is typed, so that `3-5` is no date.
    Fill = 5,
    /// A number in a table, as text.
    Count = 6,
    /// A number that is a gap.
    Gap = 7,
    /// The title of the meeting.
    Title = 8,
    /// What a line of the front page is about.
    Term = 9,
    /// A line of the front page.
    Words = 10,
    /// That it is a draft.
    Warning = 11,
}

/// The style sheet. Calibri, and where that is not there its double Carlito; scripts that it has not
/// are shown by the spreadsheet's own fallback.
pub(super) fn style_sheet() -> String {
    include_str!("styles.xml").lines().collect()
}
