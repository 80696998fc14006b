"""What a Word file of rapporteur must be for python-docx, a reader that is not ours."""

import zipfile

import docx
from docx.oxml.ns import qn

COLUMNS = [
    "Ref.",
    "Comment",
    "Proposed wording",
    "Reason",
    "Groups",
    "Disposition",
    "Drafters' response",
]


def check(path):
    """Opens the file; raises AssertionError on what is wrong.

    Answers how many rows the comment matrix has.
    """
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None, "a part is damaged"
    document = docx.Document(path)
    properties = document.core_properties
    assert properties.author == "rapporteur", properties.author
    assert not properties.last_modified_by and properties.modified is None
    matrices = [table for table in document.tables if heads(table) == COLUMNS]
    rows = 0
    for table in matrices:
        first = table._tbl.tr_lst[0]
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None, "no repeated heads"
        for row in table._tbl.tr_lst[1:]:
            cells = row.tc_lst
            if len(cells) == 1:
                assert cells[0].grid_span == len(COLUMNS)
                continue
            assert len(cells) == len(COLUMNS), len(cells)
            reference = "".join(text.text or "" for text in cells[0].iter(qn("w:t")))
            assert reference[:2] in ("P-", "S-"), reference
            assert len(list(row.iter(qn("w:dropDownList")))) == 1, reference
            assert not list(row.iter(qn("w:ins"), qn("w:del"))), "a tracked change in the matrix"
            rows += 1
    for change in document.element.body.iter(qn("w:ins"), qn("w:del")):
        assert change.get(qn("w:author")).startswith("P-") and change.get(qn("w:date")) is None
    assert len(document.sections) in (1, 3)
    return rows


def heads(table):
    return ["".join(t.text or "" for t in tc.iter(qn("w:t"))) for tc in table._tbl.tr_lst[0].tc_lst]
