"""The rows of benches/documents.rs with python-docx and with Python's own csv and json.

python3 -m pip install python-docx
python3 benches/documents.py
"""

import csv
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = (
    "members should share early warning data across borders and agree on joint drills before the "
    "monsoon with local councils in every coastal province under"
).split()
COLUMNS = ["Ref.", "Comment", "Proposed wording", "Reason", "Groups", "Disposition", "Response"]
CSV = (
    "Ref Topic Group Kind Paragraph Point Under Convergence Session Round Tags Status Alternatives "
    "Outcome Statement Reason Words Read-back Hands Proposed Decision Response Id"
).split()


def points(count):
    rng = random.Random(1)
    for number in range(count):
        text = f"Point {number:06} says that"
        length = rng.randrange(165, 195)
        while len(text) < length:
            text += " " + rng.choice(WORDS)
        yield number, text


def write_docx(path, count):
    import docx

    document = docx.Document()
    rows = list(points(count))
    table = document.add_table(rows=len(rows) + 1, cols=len(COLUMNS))
    # `table.cell` looks through all cells every time; this is the quick way.
    for cell, head in zip(table.rows[0].cells, COLUMNS):
        cell.text = head
    for row, (number, text) in zip(list(table.rows)[1:], rows):
        values = [f"P-{number:06}", text, "", "", "1 of 4: Group 1", "open", ""]
        for cell, value in zip(row.cells, values):
            cell.text = value
    document.save(path)


def record(number, text):
    return {
        "id": f"{number:012}",
        "ref": f"P-{number:06}",
        "topic": f"topic-{number % 4}",
        "group": f"group-{number % 4 + 1}",
        "kind": "recommendation",
        "text": text,
        "status": "standing",
        "outcome": "open",
    }


def write_csv(path, records):
    with open(path, "w", newline="", encoding="utf-8-sig") as out:
        rows = csv.writer(out, lineterminator="\r\n")
        rows.writerow(CSV)
        for one in records:
            rows.writerow(
                [one["ref"], one["topic"], one["group"], one["kind"], "", one["text"]]
                + [""] * 5
                + [one["status"], "", one["outcome"]]
                + [""] * 8
                + [one["id"]]
            )


def write_json(path, records):
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"points": records}, out, ensure_ascii=False, indent=2)


def measure(what, count):
    times = []
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder) / "file"
        records = [record(*point) for point in points(count)] if what != "docx" else None
        for _ in range(1 if what == "docx" else 5):
            begun = time.perf_counter()
            match what:
                case "docx":
                    write_docx(path, count)
                case "csv":
                    write_csv(path, records)
                case "json":
                    write_json(path, records)
            times.append(time.perf_counter() - begun)
        size = path.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    median = statistics.median(times)
    print(f"{what:>9} {count:>7}  {median:7.3f} s  the process {peak:6.1f} MiB at most, file {size:5.1f} MB")


def main():
    if len(sys.argv) == 3:
        measure(sys.argv[1], int(sys.argv[2]))
        return
    for what, count in (("docx", 10_000), ("csv", 100_000), ("json", 100_000)):
        subprocess.run([sys.executable, __file__, what, str(count)], check=True)


if __name__ == "__main__":
    main()
