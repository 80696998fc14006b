#!/usr/bin/env python3
"""Opens what rapporteur wrote with other people's programs: check.py FOLDER.

For each file in the folder the check of its ending is run; one that needs a package which is not there
says so and is left out."""

import pathlib
import sys


def xlsx(path):
    """The comment matrix, with openpyxl."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    names = book.sheetnames
    expected = ["Read me", "Matrix", "Lineage", "Set aside", "Coverage", "Unanchored", "Legend and audit", "rapporteur"]
    assert names == expected, names
    assert book.active.title == "Matrix"
    assert book["rapporteur"].sheet_state == "hidden"
    assert book["rapporteur"]["A1"].value == "format"
    assert book.properties.creator == "rapporteur" and book.properties.created.year == 1980
    sheet = book["Matrix"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:2] == ["Ref.", "Paragraph"] and heads[-1] == "Id" and len(heads) == 14, heads
    assert sheet.freeze_panes == "B2", sheet.freeze_panes
    assert sheet.auto_filter.ref == sheet.dimensions, (sheet.auto_filter.ref, sheet.dimensions)
    assert sheet.column_dimensions["N"].hidden and not sheet.column_dimensions["A"].hidden
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows in ("1:1", "$1:$1"), sheet.print_title_rows
    assert "&P" in sheet.oddFooter.right.text
    assert not sheet.protection.sheet
    (offer,) = sheet.data_validations.dataValidation
    assert "accepted with modification" in offer.formula1 and str(offer.sqref).startswith("K2:K")
    rows = sheet.max_row - 1
    assert rows > 0
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.value is None or cell.data_type in ("s", "inlineStr"), cell
    return f"{rows} rows"


def form(path, heads):
    import openpyxl

    book = openpyxl.load_workbook(path)
    (sheet,) = book.worksheets
    assert [cell.value for cell in sheet[1]] == heads
    assert not sheet.merged_cells.ranges
    return f"{sheet.max_row - 1} rows"


def iso(path):
    """The form of ISO and IEC: these headings and no others."""
    return form(path, [
        "MB/NC", "Line number", "Clause/Subclause", "Paragraph/Figure/Table", "Type of comment", "Comments",
        "Proposed change", "Observations of the secretariat",
    ])


def ocs(path):
    """The reconciliation report."""
    return form(path, ["Para", "Text", "T", "Comment", "S", "Author comment"])


def docx(path):
    """The Word file, with python-docx."""
    import docx_check

    return f"{docx_check.check(path)} rows"


# By ending, the longest first.
CHECKS = {".iso.xlsx": iso, ".ocs.xlsx": ocs, ".xlsx": xlsx, ".docx": docx}


def main(folder):
    failed = 0
    for path in sorted(pathlib.Path(folder).iterdir()):
        check = next((check for ending, check in CHECKS.items() if path.name.endswith(ending)), None)
        if check is None:
            continue
        try:
            print(f"{path.name}: {check(path)}")
        except ImportError as missing:
            print(f"{path.name}: left out, {missing.name} is not installed")
        except AssertionError as wrong:
            failed += 1
            print(f"{path.name}: WRONG: {wrong!r}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
