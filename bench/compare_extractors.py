#!/usr/bin/env python3
"""waydiff's extraction beside other extractors and gumbo's bare parse, on the same pages, in one run.

    compare_extractors.py BENCH WAYDIFF NODE_FOLDER [PAGES]

BENCH is the program extract_bench, WAYDIFF the command, NODE_FOLDER holds node_modules with @mozilla/readability, jsdom
and turndown ("" leaves them out), PAGES a folder of .html files. Everything is measured five times, turn by turn, so that
what else the machine does falls on all alike. Printed are medians of CPU milliseconds a page in one process on one core,
and how many times faster waydiff's whole extraction is. scripts/bench installs what is missing and calls this.
"""
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 5
HERE = Path(__file__).resolve().parent


def html2text_reader():
    """readability-lxml's main content as Markdown: no wrapped lines, no images."""
    import html2text
    import logging
    from readability import Document
    logging.disable(logging.CRITICAL)

    def read(page):
        converter = html2text.HTML2Text()
        converter.body_width = 0
        converter.ignore_images = True
        return converter.handle(Document(page).summary())

    return read


def python_round(read, pages):
    start = time.process_time()
    for page in pages:
        read(page)
    return (time.process_time() - start) * 1000 / len(pages)


def bench_round(bench, folder, count):
    """CPU milliseconds a page of gumbo's parse and of the whole extraction."""
    out = subprocess.run([bench, "--benchmark_format=json", "--benchmark_min_time=0.3",
                          "--benchmark_filter=^(gumbo/own_parse|extract|extract_to_markdown)$", folder],
                         check=True, capture_output=True, text=True).stdout
    runs = json.loads(out[out.index("{"):])["benchmarks"]
    return {run["name"]: run["cpu_time"] / count for run in runs}


def node_round(modules, folder, count):
    env = dict(os.environ, NODE_PATH=str(Path(modules) / "node_modules"))
    out = subprocess.run(["node", str(HERE / "readability_turndown.cjs"), folder], check=True, capture_output=True,
                         text=True, env=env).stdout
    return float(out) / count


def process_round(waydiff, files):
    """Wall and CPU milliseconds of `waydiff extract` as a process, mean over the pages; its peak of memory in KB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    for file in files:
        subprocess.run([waydiff, "extract", str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall * 1000 / len(files), cpu * 1000 / len(files)


def memory(waydiff, pages, megabytes, folder):
    """Kilobytes that `waydiff extract` takes at most on a page of so many megabytes, made of the bodies of PAGES."""
    bodies, size = [], 0
    while size < megabytes * 1_000_000:
        text = pages[len(bodies) % len(pages)]
        bodies.append(text[max(text.find("<body"), 0):])
        size += len(bodies[-1].encode())
    file = Path(folder) / f"page-{megabytes}MB.html"
    file.write_text("<html>" + "".join(bodies), encoding="utf-8")
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, "
            "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    peak = subprocess.run([sys.executable, "-c", code, waydiff, "extract", str(file)], check=True, capture_output=True,
                          text=True).stdout
    written = file.stat().st_size
    file.unlink()
    return int(peak), written // 1000


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    bench, waydiff, modules = sys.argv[1:4]
    folder = sys.argv[4] if len(sys.argv) > 4 else str(HERE.parent.parent / "shared/corpus/ota")
    files = sorted(Path(folder).glob("*.html"))
    if not files:
        print(f"{folder}: no .html pages there; name a folder of pages", file=sys.stderr)
        sys.exit(2)
    pages = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    read = html2text_reader()
    rows = {}

    def note(name, value):
        rows.setdefault(name, []).append(value)

    for _ in range(ROUNDS):
        for name, value in bench_round(bench, folder, len(files)).items():
            note(name, value)
        note("readability-lxml + html2text", python_round(read, pages))
        if modules:
            note("Readability.js + Turndown", node_round(modules, folder, len(files)))
        wall, cpu = process_round(waydiff, files)
        note("waydiff extract, a process (wall)", wall)
        note("waydiff extract, a process (CPU)", cpu)

    medians = {name: statistics.median(values) for name, values in rows.items()}
    own = medians["extract"]
    print(f"{len(files)} pages of {folder}, {ROUNDS} rounds, medians")
    for name, value in medians.items():
        print(f"  {name:36} {value:9.2f} ms a page   {value / own:6.2f} of extract's time")
    for megabytes in (1, 10):
        peak, size = memory(waydiff, pages, megabytes, os.environ.get("TMPDIR", "/tmp"))
        print(f"  memory of a page of {size:6} KB: {peak} KB at most, program included")


main()
