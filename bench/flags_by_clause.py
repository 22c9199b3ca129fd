#!/usr/bin/env python3
"""Whether flags stand on the clause that holds the changed words, and nowhere else.

`../shared/bench/diff_score.py` counts a change of negation, modality or number as flagged when one reported change
covers four fifths of what it takes for a sentence. A clause (DESIGN.md, section 4) can be less than that: a member of
an enumeration, an item behind a typed bullet, what follows a bold opening or a colon, a row of a table. This reads the
same edits of the same seeds, made by that program, and asks of each: does a reported change whose operations delete
and insert the edit's words, with the same words around them, carry the flag? And of each of these three flags that is
reported: did an edit change such a word at that place? Told apart are
  whole  an edit added or removed a sentence that for the differ is part of a clause, or that it took for a rewording
  torn   an edit put a sentence into a clause, or took one away beside it, where the scorer ends a sentence and the
         differ does not, as behind "Art. 6 para."; so the clause lost or won such a word
  wrong  no edit changed such a word there

    flags_by_clause.py WAYDIFF [--seeds 1-8] [--docs 40] [--corpus FOLDER] [--scorer FILE] [--show]

Exit status 1 when a flag is missing by both readings, or wrong. Python 3.9 or later, standard library only.
"""
import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CONTEXT = 3  # words on either side that must agree, as far as both texts reach

# What a change of each flag is made of. Kept apart from the program's lists: this is the other opinion.
FAMILY = {
    "negation": re.compile(r"not|no|nor|never|neither|none|nothing|nobody|without|cannot|\w+n't"),
    "modality": re.compile(r"(?:may|might|will|wo|would|shall|should|must|can|ca|could|ought)(?:n?'t|not)?|"
                           r"\w+'(?:ll|d)"),
    "number": re.compile(r"\d.*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
                         r"fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion"),
}


def load(scorer):
    spec = importlib.util.spec_from_file_location("diff_score", scorer)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Side:
    """The words of one text, and which of them are shown as changed."""

    def __init__(self, words=(), changed=()):
        self.words, self.changed = list(words), list(changed)

    def put(self, words, changed):
        self.words += words
        self.changed += [changed] * len(words)


def sides_of_change(change, words):
    old, new = Side(), Side()
    for op, text in change.get("ops") or []:
        if op != "+":
            old.put(words(text), op == "-")
        if op != "-":
            new.put(words(text), op == "+")
    return old, new


def agree(a, b):
    """Two contexts, nearest word first, as far as both reach."""
    return all(x == y for x, y in zip(a[:CONTEXT], b[:CONTEXT]))


def stands_in(side, words, start, end):
    """Words start to end of an edited text stand in this side, shown as changed, with the same words around them."""
    core = words[start:end]
    before, after = words[:start][::-1], words[end:]
    for at in range(len(side.words) - len(core) + 1):
        stop = at + len(core)
        if side.words[at:stop] != core or not all(side.changed[at:stop]):
            continue
        here_before, here_after = side.words[:at][::-1], side.words[stop:]
        if not core and not (before[:1] == here_before[:1] or after[:1] == here_after[:1]):
            continue
        if agree(here_before, before) and agree(here_after, after):
            return True
    return False


def cores(scorer, edit):
    """(old words, start, end, new words, start, end) of each difference of an edit."""
    old, new = scorer.words(edit["old"]), scorer.words(edit["new"])
    matcher = scorer.difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [(old, i, j, new, k, l) for op, i, j, k, l in matcher.get_opcodes() if op != "equal"]


def shows(sides, core):
    old, i, j, new, k, l = core
    return stands_in(sides[0], old, i, j) and stands_in(sides[1], new, k, l)


def touches(sides, core, flag):
    """A word of the flag's family that this difference deletes or inserts is shown as changed in these sides."""
    for side, (words, start, end) in zip(sides, (core[:3], core[3:])):
        for at in range(start, end):
            if FAMILY[flag].fullmatch(words[at]) and stands_in(side, words, at, at + 1):
                return True
    return False


def shows_any(sides, flag):
    """Some word of the flag's family is shown as changed."""
    return any(changed and FAMILY[flag].fullmatch(word) for s in sides for word, changed in zip(s.words, s.changed))


def found(needle, words):
    """Where a run of words begins in a document."""
    return [at for at in range(len(words) - len(needle) + 1) if words[at:at + len(needle)] == needle] if needle else []


def torn(sides, documents, edits, words):
    """A sentence was put into this clause, or taken out of it, or moved beside it: what is shown as changed stands on
    the other side of that sentence."""
    for document, key in zip(documents, ("old", "new")):
        sentences = [words(e[key]) for e in edits if e["kind"] in ("added", "removed", "moved") and words(e[key])]
        for side in sides:
            for at in found(side.words, document):
                end = at + len(side.words)
                before, after = document[max(at - CONTEXT, 0):at], document[end:end + CONTEXT]
                for sentence in sentences:
                    if after == sentence[:CONTEXT] or before == sentence[-CONTEXT:]:
                        return True
                    if any(at <= inside < end for inside in found(sentence, document)):
                        return True
    return False


class Count:
    def __init__(self):
        self.edits = self.flagged = self.by_scorer = self.reported = self.whole = self.torn = 0
        self.missing, self.wrong = [], []


def look_at(scorer, name, edits, changes, documents, count):
    reported = [(c, sides_of_change(c, scorer.words)) for c in changes if c.get("ops")]
    for edit in edits:
        if not edit["flag"]:
            continue
        count.edits += 1
        differences = cores(scorer, edit)
        if any(edit["flag"] in c["flags"] and any(shows(sides, core) for core in differences) for c, sides in reported):
            count.flagged += 1
        else:
            count.missing.append("%s: %s\n    old: %s\n    new: %s" % (name, edit["flag"], edit["old"], edit["new"]))
    for change, sides in reported:
        for flag in sorted(set(change["flags"]) & set(FAMILY)):
            count.reported += 1
            by = [e["kind"] for e in edits if any(touches(sides, core, flag) for core in cores(scorer, e))]
            if not by and shows_any(sides, flag) and torn(sides, documents, edits, scorer.words):
                count.torn += 1
            elif not by:
                count.wrong.append("%s: %s (%s)\n    old: %s\n    new: %s" % (
                    name, flag, change["kind"], change["old"]["text"], change["new"]["text"]))
            elif not set(by) - {"added", "removed"}:
                count.whole += 1


def main():
    shared = os.path.join(os.environ.get("WAYDIFF_SHARED_DIR", os.path.join(TOP, "..", "shared")))
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("waydiff")
    cli.add_argument("--seeds", default="1-8", help="FIRST-LAST")
    cli.add_argument("--docs", type=int, default=40, help="documents at the most")
    cli.add_argument("--corpus", default=os.path.join(shared, "corpus", "versions"))
    cli.add_argument("--scorer", default=os.path.join(shared, "bench", "diff_score.py"))
    cli.add_argument("--show", action="store_true", help="what is missing or wrong")
    options = cli.parse_args()
    for needed in (options.scorer, options.corpus, options.waydiff):
        if not os.path.exists(needed):
            sys.exit("flags_by_clause: %s is not here" % needed)
    scorer = load(options.scorer)
    first, _, last = options.seeds.partition("-")
    total = Count()
    line = "%5s %6s %12s %12s %9s %6s %6s %6s"
    print(line % ("seed", "edits", "by sentence", "by clause", "reported", "whole", "torn", "wrong"))
    for seed in range(int(first), int(last or first) + 1):
        count = Count()
        with tempfile.TemporaryDirectory(prefix="flags-") as folder:
            common = [sys.executable, options.scorer, options.corpus, "--seed", str(seed), "--docs", str(options.docs)]
            subprocess.run(common + ["--emit", folder], check=True, stdout=subprocess.DEVNULL)
            for name in sorted(n[:-len(".truth.json")] for n in os.listdir(folder) if n.endswith(".truth.json")):
                with open(os.path.join(folder, name + ".truth.json"), encoding="utf-8") as file:
                    edits = json.load(file)
                documents = []
                for side in ("old", "new"):
                    with open(os.path.join(folder, "%s.%s.md" % (name, side)), encoding="utf-8") as file:
                        documents.append(scorer.words(file.read()))
                pair = [os.path.join(folder, name + ending) for ending in (".old.md", ".new.md")]
                differ = [options.waydiff, "diff", "--format", "json", "--"]
                run = subprocess.run(differ + pair, capture_output=True, check=True)
                changes = json.loads(run.stdout)["changes"]
                look_at(scorer, "seed %d, %s" % (seed, name), edits, changes, documents, count)
            command = "'%s' diff --format json {old} {new}" % options.waydiff
            run = subprocess.run(common + ["--json", "--cmd", command], check=True, capture_output=True)
            said = json.loads(run.stdout)
            count.by_scorer = round((said["flags"] or 0) * count.edits)
        print(line % (seed, count.edits, count.by_scorer, count.flagged, count.reported, count.whole, count.torn,
                      len(count.wrong)))
        for key in ("edits", "flagged", "by_scorer", "reported", "whole", "torn"):
            setattr(total, key, getattr(total, key) + getattr(count, key))
        total.missing += count.missing
        total.wrong += count.wrong
    print(line % ("all", total.edits, total.by_scorer, total.flagged, total.reported, total.whole, total.torn,
                  len(total.wrong)))
    print("flagged %.4f by sentence, %.4f by clause; precision %.4f" % (
        total.by_scorer / max(total.edits, 1), total.flagged / max(total.edits, 1),
        1 - len(total.wrong) / max(total.reported, 1)))
    if options.show:
        for line in total.missing:
            print("missing: " + line)
        for line in total.wrong:
            print("wrong: " + line)
    return 1 if total.missing or total.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
