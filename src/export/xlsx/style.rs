//! How cells look. Each [`CellLook`] is a line of the style sheet, in the same order.

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellLook {
    /// As spreadsheets show it by default.
    Plain = 0,
    /// The heading of a column.
    Head = 1,
    /// The heading of a column that drafters fill in.
    FillHead = 2,
    /// A cell of a table.
    Cell = 3,
    /// A cell that is text whatever is typed: a reference, a label.
    Label = 4,
    /// A cell that drafters fill in; it is text whatever is typed, so that `3-5` is not a date.
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
    /// The warning that it is a draft.
    Warning = 11,
}

/// The style sheet. The font is Calibri or, if that is missing, Carlito; scripts that it lacks
/// are shown by the spreadsheet's own fallback.
pub(super) fn style_sheet() -> String {
    include_str!("styles.xml").lines().collect()
}
