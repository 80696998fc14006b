"""Writes the rows of a matrix.csv as a workbook with openpyxl, as benches/files.rs does with ours, and
prints seconds, size and the highest resident memory."""

import csv
import io
import resource
import sys
import time

import openpyxl
from openpyxl.styles import Alignment

with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    rows = list(csv.reader(file))

start = time.perf_counter()
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Matrix"
wrapped = Alignment(wrap_text=True, vertical="top")
for row in rows:
    sheet.append(row)
for line in sheet.iter_rows():
    for cell in line:
        cell.alignment = wrapped
sheet.freeze_panes = "B2"
sheet.auto_filter.ref = sheet.dimensions
out = io.BytesIO()
book.save(out)
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
print(f"openpyxl {openpyxl.__version__}: {took:.2f} s, {len(out.getvalue()) / 1e6:.1f} MB, peak {peak} MiB")
