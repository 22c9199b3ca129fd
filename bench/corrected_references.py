#!/usr/bin/env python3
"""The Princeton row with the references' own mistakes put right, each on the evidence of the page.

    corrected_references.py WAYDIFF [--explain NAME] [--keep FOLDER] [--shared FOLDER]

The nine references of `../shared/corpus/princeton` are what another extractor made of the pages, flaws included (its
README lists most of them). CORRECTIONS below names what is wrong, what of the page's HTML proves it, and the edit, by
short pieces of text: in the HTML what proves it, which must stand there, in the reference what is edited, which must
stand there once. Else it is an error, so that no correction outlives its reason. The corpus is copied, corrected, and
scored by `../shared/bench/extract_score.py` beside the original; what is to be reached is read from that folder's
README, and what we claim from docs/extraction.md.

Exit status 1 when a corrected figure misses what is to be reached or claimed, 2 when a correction does not apply, 77
when the corpus is not here.
"""
import argparse
import collections
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Rotten(Exception):
    """A correction that does not fit the corpus any more."""


def place_of(text, piece, where):
    found = text.count(piece)
    if found != 1:
        raise Rotten("%s: %r stands there %d times, not once" % (where, piece, found))
    return text.index(piece)


# Each edit takes the reference's text and where it is, and gives the new text.

def drop(first, behind=None):
    """From the line that begins with `first` to the one that begins with `behind`, which stays; else to the end."""
    def edit(text, where):
        start = place_of(text, "\n" + first, where) + 1
        return text[:start] + (text[place_of(text, "\n" + behind, where) + 1:] if behind else "")
    return edit


def insert(block, before):
    """A block of its own before the line that begins with `before`."""
    def edit(text, where):
        at = place_of(text, "\n" + before, where) + 1
        return text[:at] + block + "\n\n" + text[at:]
    return edit


def part(first, second):
    """A new paragraph where `second` follows `first`, with blanks or marks of an empty line between them."""
    def edit(text, where):
        found = list(re.finditer(re.escape(first) + r"\s+" + re.escape(second), text))
        if len(found) != 1:
            raise Rotten("%s: %r, then %r stand there %d times, not once" % (where, first, second, len(found)))
        start, end = found[0].span()
        return text[:start + len(first)] + "\n\n" + text[end - len(second):]
    return edit


def replace(old, new):
    def edit(text, where):
        at = place_of(text, old, where)
        return text[:at] + new + text[at + len(old):]
    return edit


Correction = collections.namedtuple("Correction", "page wrong proof edit")
Address = collections.namedtuple("Address", "page wrong proof evidence url")

CORRECTIONS = [
    Correction("boogiejack.com", "the side column behind the dotted line, the menu below and the copyright line",
               ['border-right: 1px dotted #948E76;"> \n\n\n<h1>', '<td width="318" class="smalltext"',
                '</td><td width="318" class="smalltext" style="padding-left: 17px; border-left: 1px dotted #948E76;">'
                '\n\n<h3>Other Site Info Pages</h3>', '<td colspan="2" class="footer">'],
               drop("| \n\n### Other Site Info Pages")),
    Correction("digifree.blogspot.com", "the date under the title is missing", ["<h2>October 9, 2007</h2>"],
               insert("## October 9, 2007", before="The [Google Privacy Policy]")),
    Correction("forecasts.org", "the tag line under the logo, above the site's menu, is no part of the policy",
               ['<p class="tagline" style="font-size: 18px; text-align: center; margin: 0%;">Accurate.'],
               drop("Accurate.", behind="## The Financial Forecast Center's Privacy Policy")),
    Correction("gardenerschoice.com", "the date and the title above the text are missing",
               ["<p><br>Effective December 22, 2006<br><br><strong>GardenersChoice.com - Privacy Policy</strong></p>"],
               insert("Effective December 22, 2006\n\n**GardenersChoice.com - Privacy Policy**",
                      before="This is the privacy statement of")),
    Correction("gardenerschoice.com", "a heading runs into its text, and its bold is torn over two lines",
               ["<strong>Information Collection and Use <br></strong><br>Gardeners' Choice will"],
               replace("**Information Collection and Use  \n**  \n", "**Information Collection and Use**\n\n")),
    Correction("gardenerschoice.com", "another heading of that kind",
               ["<strong>Notification of Changes <br></strong><br>If we decide"],
               replace("**Notification of Changes  \n**  \n", "**Notification of Changes**\n\n")),
    Correction("gardenerschoice.com", "an address is torn out of its sentence",
               ['hold on you by sending an email to </font><a href="mailto:customerservice'],
               replace("by sending an email to \n\n[", "by sending an email to [")),
    Correction("kinderart.com", "the heading above the text is missing",
               ['<h3><a href="http://www.kinderart.com">KinderArt</a>  Privacy Policy</h3>'],
               insert("### [KinderArt](http://www.kinderart.com) Privacy Policy", before="KinderArt is deeply")),
    Correction("landoflinks.com", "a stray cell of the layout",
               ['<td align="left" valign="top" width="2%" class="links"> \n      &nbsp;'],
               drop("  | \n", behind="LandofLinks.com has created")),
]
for heading, text in (("Information Automatically Logged", "We use your IP address"),
                      ("Advertisers", "We use a variety of"),
                      ("External Links", "This site contains links"),
                      ("Contacting LandofLinks.com", "If you have any questions")):
    CORRECTIONS.append(Correction("landoflinks.com", "a heading runs into its text: an empty line parts them",
                                  ["<b>%s</b><br><br>" % heading], part("**%s**" % heading, text)))
for text, heading in (("ad companies, and we do not have access to this information.", "**External Links**"),
                      ("the content of such Web sites.", "**Contacting LandofLinks.com**")):
    CORRECTIONS.append(Correction("landoflinks.com", "a heading runs into the text above it",
                                  ["<b>%s</b><br><br>" % heading.strip("*")], part(text, heading)))
for heading, text in (("PRIVACY POLICY", "Your privacy is important to us"),
                      ("I. INFORMATION WE COLLECT", "During your visit to the Site"),
                      ("II. HOW IS SUCH INFORMATION USED?", "## Personally identifiable information"),
                      ("III. ACCESS TO PII", "We do not collect PII.\n\nWe employ"),
                      ("IV. SECURITY", "We employ commercially reasonable"),
                      ("V. CHOICE AND OPT-OUT", "## Non-personally identifiable information\n\nOur advertising"),
                      ("VI. CHILDREN'S PRIVACY AND SPAM", "We are very sensitive"),
                      ("VII. CHANGES TO THIS PRIVACY POLICY", "We may find it necessary")):
    CORRECTIONS.append(Correction("euro-chiamami.com", "a heading of the highest rank is missing",
                                  ["<h1>%s</h1>" % heading], insert("# " + heading, before=text)))

# Where the reference is right and the address that goes with the page is not.
ADDRESSES = [
    Address("bikeforums.net", "the archive led on to another address: that of this page in the site's own menu",
            ['<a class="active" href="privacy-highlights.html">', '<a href="privacy-faq.html">FAQ page</a>'],
            # The archive's own addresses keep the form in which they were asked for ("http%3A//") unless it led on.
            ["id_/http%3A//www.internetbrands.com/ib/privacy/travel",
             "id_/http://www.internetbrands.com/privacy/privacy-faq.html"],
            "http://www.internetbrands.com/privacy/privacy-highlights.html"),
]

# What the page does not prove either way.
LEFT_ALONE = [
    ("catex.io", "its headings are <div>s like its paragraphs; the class names alone tell them apart, and the style "
                 "sheet is not in the page. They are paragraphs in the reference and in our output"),
]


def file_of(folder, page, ending):
    names = [n for n in os.listdir(folder) if n.startswith(page + ".") and n.endswith(ending)]
    if len(names) != 1:
        raise Rotten("%s: %d files %s.*%s, not one" % (folder, len(names), page, ending))
    return os.path.join(folder, names[0])


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def correct(folder):
    """Puts the references of a copy of the corpus right."""
    for correction in CORRECTIONS:
        page, reference = (file_of(folder, correction.page, ending) for ending in (".html", ".md"))
        html = read(page)
        for piece in correction.proof:
            if piece not in html:
                raise Rotten("%s: %r does not stand there" % (page, piece))
        text = correction.edit(read(reference), reference)
        with open(reference, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    urls = {}
    for address in ADDRESSES:
        page, reference = (file_of(folder, address.page, ending) for ending in (".html", ".md"))
        for path, pieces in ((page, address.proof), (reference, address.evidence)):
            for piece in pieces:
                if piece not in read(path):
                    raise Rotten("%s: %r does not stand there" % (path, piece))
        urls[os.path.basename(page)[:-len(".html")]] = address.url
    with open(os.path.join(folder, "corpus.json"), "w", encoding="utf-8") as file:
        json.dump({"urls": urls}, file)


def goals(readme):
    """{column: (sign, figure)} of the row "reach" below the Princeton pages' table."""
    table = readme[readme.index("| 9 Princeton pages |"):]
    names = [cell.strip() for cell in table.split("\n", 1)[0].strip("|").split("|")]
    row = next(line for line in table.split("\n") if line.startswith("| **reach**"))
    cells = [cell.strip(" *") for cell in row.strip("|").split("|")]
    found = {}
    for name, cell in zip(names, cells):
        match = re.fullmatch(r"([≥≤]) ([0-9.]+)", cell)
        if match:
            found[name] = (match.group(1), float(match.group(2)))
    return found


def claims(page):
    """{row: {column: figure}} of the table in docs/extraction.md, for the rows that this program makes."""
    lines = page[page.index("| pages | P |"):].split("\n")
    names = [cell.strip() for cell in lines[0].strip("|").split("|")]
    rows = {}
    for line in lines[2:]:
        if not line.startswith("|"):
            return rows
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        rows[cells[0]] = {name: float(cell) for name, cell in zip(names[1:], cells[1:]) if cell != "-"}


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("waydiff")
    cli.add_argument("--explain", metavar="NAME", help="what differs from the corrected reference of this page")
    cli.add_argument("--keep", metavar="FOLDER", help="keep the corrected corpus there, a new folder")
    cli.add_argument("--shared", default=os.environ.get("WAYDIFF_SHARED_DIR", os.path.join(TOP, "..", "shared")))
    options = cli.parse_args()
    corpus = os.path.join(options.shared, "corpus", "princeton")
    scorer = os.path.join(options.shared, "bench", "extract_score.py")
    if not os.path.isdir(corpus) or not os.path.exists(scorer):
        print("corrected_references: no %s here" % corpus)
        return 77
    command = shlex.quote(os.path.abspath(options.waydiff)) + " extract --format markdown --url {url} {html}"

    def score(folder):
        words = [sys.executable, scorer, "--json", "--cmd", command, folder]
        return json.loads(subprocess.run(words, check=True, capture_output=True).stdout)

    with tempfile.TemporaryDirectory(prefix="references-") as temporary:
        folder = options.keep or os.path.join(temporary, "princeton")
        shutil.copytree(corpus, folder)
        for name in [""] + os.listdir(folder):
            os.chmod(os.path.join(folder, name), 0o755 if not name else 0o644)
        try:
            correct(folder)
        except Rotten as problem:
            print("corrected_references: " + str(problem), file=sys.stderr)
            return 2
        if options.explain:
            subprocess.run([sys.executable, scorer, "--cmd", command, "--explain", options.explain, folder], check=True)
        before, after = score(corpus), score(folder)

    with open(os.path.join(options.shared, "bench", "README.md"), encoding="utf-8") as file:
        wanted = goals(file.read())
    columns = after["columns"]

    def shown(scores):
        return " ".join("%6s" % ("-" if scores[c] is None else "%.1f" % (scores[c] if c == "leak" else 100 * scores[c]))
                        for c in columns)

    print("%d corrections of references, %d of a page's address" % (len(CORRECTIONS), len(ADDRESSES)))
    for correction in CORRECTIONS + ADDRESSES:
        print("  %-22s %s" % (correction.page, correction.wrong))
    print("%-24s %s" % ("", " ".join("%6s" % c for c in columns)))
    for page in after["corpora"][0]["pairs"]:
        print("%-24s %s" % (page["name"].rsplit(".", 1)[0], shown(page["scores"])))
    print("%-24s %s" % ("references as they are", shown(before["overall"]["mean"])))
    print("%-24s %s" % ("corrected", shown(after["overall"]["mean"])))
    print("%-24s %s" % ("to reach", " ".join("%6s" % ("%s%g" % wanted[c] if c in wanted else "") for c in columns)))
    for page, why in LEFT_ALONE:
        print("left alone: %s: %s" % (page, why))

    def misses(scores, row, figures):
        """Where a row stays below figures of one decimal."""
        short = []
        for column, (sign, figure) in figures.items():
            value = scores[column]
            if value is None:
                continue
            value = round(value if column == "leak" else 100 * value, 1)
            if value > figure if sign == "≤" else value < figure:
                short.append("%s, %s: %g, not %s %g" % (row, column, value, sign, figure))
        return short

    with open(os.path.join(TOP, "docs", "extraction.md"), encoding="utf-8") as file:
        said = claims(file.read())
    missed = misses(after["overall"]["mean"], "to reach", wanted)
    for row, scores in (("9 Princeton", before), ("9 Princeton, references corrected", after)):
        claimed = {c: ("≤" if c == "leak" else "≥", figure) for c, figure in said[row].items()}
        missed += misses(scores["overall"]["mean"], "docs/extraction.md, " + row, claimed)
    for line in missed:
        print("missed: " + line)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
