#!/usr/bin/env python3
"""How steadily consecutive captures of real pages extract: ../shared/corpus/history through `waydiff extract` and `diff`.

    stability.py WAYDIFF [HISTORY_FOLDER]

Of each page's neighbouring captures: how many have the same words in the same order (Unicode NFKC, letters and digits, case
evened out), and how many of those come out as the same clauses. The rest is listed with the clauses that differ: a
difference of punctuation is the page's, any other is noise of the extraction.
"""
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from pathlib import Path

WORD = re.compile(r"[^\W_]+")
SAME_CLAUSE = {"link", "markup", "typography", "case", "numbering"}


def payload(folder, capture):
    with open(folder / capture["warc"], "rb") as file:
        file.seek(capture["offset"])
        record = zlib.decompressobj(31).decompress(file.read(capture["length"]))
    head, rest = record.split(b"\r\n\r\n", 1)
    length = int(re.search(rb"content-length: *(\d+)", head, re.I).group(1))
    return rest[:length].split(b"\r\n\r\n", 1)[1]


def words(markdown):
    # The first line is the page's title, which is no clause.
    text = "\n".join(line for line in markdown.split("\n") if not line.startswith("# "))
    text = re.sub(r"\]\([^)\s]*\)", "]", text)
    return [word.casefold() for word in WORD.findall(unicodedata.normalize("NFKC", text))]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    waydiff = sys.argv[1]
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).resolve().parents[2] / "shared/corpus/history")
    if not (folder / "manifest.json").exists():
        print(f"{folder}: no manifest.json there; name the folder of the histories", file=sys.stderr)
        sys.exit(2)
    manifest = json.loads((folder / "manifest.json").read_text())
    documents = manifest if isinstance(manifest, list) else manifest["documents"]
    pairs = same_words = same_clauses = 0
    noise = []
    with tempfile.TemporaryDirectory() as temporary:
        for document in documents:
            before = None
            for capture in document["captures"]:
                if capture["record"] != "response":
                    continue
                name = Path(temporary) / ("%s-%s-%s" % (document["service"], document["terms_type"],
                                                        capture["timestamp"])).replace(" ", "_").replace("/", "_")
                body = name.with_suffix(".pdf" if "pdf" in capture["mime"] else ".html")
                body.write_bytes(payload(folder, capture))
                text = name.with_suffix(".md")
                done = subprocess.run([waydiff, "extract", "--format", "markdown", "--url", document["url"], str(body)],
                                      capture_output=True, text=True)
                text.write_text(done.stdout)
                if before is not None:
                    pairs += 1
                    if words(before.read_text()) == words(done.stdout):
                        same_words += 1
                        out = subprocess.run([waydiff, "diff", "--format", "json", str(before), str(text)],
                                             capture_output=True, text=True).stdout
                        changes = [c for c in json.loads(out)["changes"]
                                   if c["significance"] != "editorial" or c["reason"] not in SAME_CLAUSE]
                        same_clauses += not changes
                        if changes:
                            noise.append((before.stem, text.stem, changes))
                before = text
    print(f"{pairs} neighbouring captures, {same_words} with the same words, of these {same_clauses} with the same clauses")
    for old, new, changes in noise:
        print(f"  {old} -> {new}")
        for change in changes[:5]:
            print(f"    {change['kind']}, {change['reason']}")
            for side, sign in (("old", "-"), ("new", "+")):
                if change.get(side):
                    print(f"      {sign} {change[side]['text'][:160]}")


main()
