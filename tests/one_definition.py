"""Fails when two files define a type of one name in one namespace.

Each file compiles; the linker keeps one of the two sets of constructors and destructors, and which one depends on what
was inlined. Types in unnamed namespaces and in other types are none of this.

    one_definition.py FOLDER
"""
import collections
import pathlib
import re
import sys

NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S)
TOKEN = re.compile(r"namespace\s*([\w:]*)\s*\{"
                   r"|(?:struct|class|union|enum(?:\s+class|\s+struct)?)\s+(?:\[\[\w+\]\]\s*)?((?:\w+::)*\w+)\s*(?:final\s*)?"
                   r"(?::[^;{}()]*)?\{"
                   r"|\{|\}")
FOLDERS = ("core", "config", "crawler", "extract", "diff", "storage", "pipeline", "report", "cli")


def types(text):
    """Qualified names of the types that a file defines in namespaces that have a name."""
    scopes = []  # names of namespaces; "" for one without a name; None for any other brace
    for token in TOKEN.finditer(NOISE.sub(" ", text)):
        whole = token.group(0)
        if whole.startswith("namespace"):
            scopes.append(token.group(1))
        elif token.group(2):
            if all(scopes):
                yield "::".join([*scopes, token.group(2)])
            scopes.append(None)
        elif whole == "{":
            scopes.append(None)
        elif scopes:
            scopes.pop()


def main():
    top = pathlib.Path(sys.argv[1])
    files = collections.defaultdict(list)
    for folder in FOLDERS:
        for file in sorted((top / folder).rglob("*.[ch]pp")):
            for name in types(file.read_text(encoding="utf-8")):
                files[name].append(str(file.relative_to(top)))
    if not files:
        sys.exit("%s: no type found" % top)
    twice = {name: where for name, where in files.items() if len(where) > 1}
    for name, where in sorted(twice.items()):
        print("%s is defined in %s" % (name, " and ".join(where)))
    sys.exit(1 if twice else 0)


if __name__ == "__main__":
    main()
