"""A data package whose every text tries something, made from the real one by its schema; and texts that must be
refused.

`attacked` keeps keys, dates, vocabularies and patterns, so that the check lets it pass: what it holds must then be
shown as text
everywhere. Whatever runs sets `window.struck` or asks `evil.invalid` for something.
"""

import csv
import json
import shutil
from itertools import count, cycle
from pathlib import Path

from atlas.tables.schema import DATA, read_package

STRUCK, EVIL = "struck", "evil.invalid"
# All within 60 characters, the shortest limit of a field that holds any of them.
ATTACKS = (
    "<script>window.struck=1</script>",
    "<img src=x onerror=window.struck=1>",
    '"><svg onload=window.struck=1>',
    "'><iframe srcdoc='<script>parent.struck=1</script>'>",
    '" onfocus=window.struck=1 autofocus x="',
    "</style></title></textarea><script>struck=1</script>",
    "]]></text></summary><script>struck=1</script>",
    "[click](javascript:window.struck=1)",
    "![i](http://evil.invalid/a.png)",
    "[a]: http://evil.invalid <http://evil.invalid>",
    "**bold** _it_ ~~no~~ `code` | cell | # head",
    r"$\frac{1}{2}$ $$\href{javascript:struck=1}{x}$$",
    ":smile: :material/home: :red[stop] :streamlit:",
    '=HYPERLINK("http://evil.invalid/?x","x")',
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "%0d%0aSet-Cookie:a=b",
    "{{7*7}} ${7*7} #{7*7} <%=7*7%> {%x%}",
    "{0} {name} {missing!r} %s %(x)s",
    '<!--#exec cmd="id"--> <!ENTITY x SYSTEM "file:///etc">&x;',
    "&lt;b&gt; &amp; &#60;i&#62;",
    "%{x}<extra></extra><br><a href='http://evil.invalid'>x</a>",
    "javascript:window.struck=1",
    "data:text/html,<script>struck=1</script>",
    r"a\nEND:VEVENT\nBEGIN:VALARM;x,y\\",
    '","next cell";=1+1',
    "../../../etc/passwd",
    "null None NaN true 1e999",
    (
        "\u05e0\u05d9\u05e1 \u0639\u0631\u0628\u064a Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d \U0001f469\U0001f3fd"
        " \u6f22\u5b57"
    ),
)
LONG = "<b>" + "A" * 99_990 + "</b>"
# Where one text of 100 kB stands: shown on pages, in receipts and in files.
LONG_AT = {"instruments": "title_native", "responses": "note", "powers": "note", "sources": "publisher"}
# Text by type, yet the name of something else.
NAMES = {"map_id", "evidence_id", "data_id", "first_value", "second_value", "settled_value", "coder"}
WEB_ADDRESS = "https://example.org/{number}?q=javascript:struck=1//&r='onfocus=struck=1;//"

# Texts that the check refuses: what it is, file, column, the bytes that stand in line 2 of it, a part of the message.
REFUSED = (
    ("NUL", "cases.csv", "description", b"a\x00b", "control characters"),
    ("escape", "authorities.csv", "name", b"a\x1b[31mb", "control characters"),
    ("surrogate", "cases.csv", "description", b"a\xed\xa0\x80b", "UTF-8"),
    ("half a character", "sources.csv", "title", b"a\xc3(", "UTF-8"),
    ("right-to-left override", "responses.csv", "title", "safe\u202etxt".encode(), "invisible character U+202E"),
    ("zero-width space", "vocabulary.csv", "label", "a\u200bb".encode(), "invisible character U+200B"),
    ("byte-order mark", "instruments.csv", "summary", "a\ufeffb".encode(), "invisible character U+FEFF"),
    ("line break", "search_log.csv", "question", b'"a\r\nb"', "invisible character"),
    ("script as link", "sources.csv", "url", b"javascript:alert(1)", "like ^https?"),
    ("data as link", "authorities.csv", "url", b"data:text/html;base64,PHNjcmlwdD4=", "like ^https?"),
    ("bracket in a link", "sources.csv", "url", b"https://example.org/<script>", "like ^https?"),
    ("long title", "responses.csv", "title", b"A" * 100_000, "characters at most 90"),
    ("space at the end", "powers.csv", "note", b"a ", "no space at the start or the end"),
    ("unknown term", "responses.csv", "action", b"<b>", "one of"),
)


def texts_of(table) -> list[str]:
    """Fields of a table that hold free text or an address on the web."""
    descriptor = table.descriptor["schema"]
    keys = {*table.key, *(name for key in descriptor.get("foreignKeys", ()) for name in key["fields"])} | NAMES
    return [
        name
        for name, field in table.fields.items()
        if field["type"] == "string"
        and name not in keys
        and "enum" not in field.get("constraints", {})
        and ("pattern" not in field.get("constraints", {}) or name == "url")
    ]


def attacked(folder: Path) -> Path:
    """Writes the package that is valid and hostile; returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    package, attacks, number = read_package(DATA), cycle(ATTACKS), count(1)
    for table in package.tables.values():
        with (DATA / table.file).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for index, row in enumerate(rows):
            for name in texts_of(table):
                if name == "url":
                    row[name] = WEB_ADDRESS.format(number=next(number))
                elif row[name]:
                    row[name] = next(attacks)
                    if name == "publisher":
                        # Sources of one publisher are not two independent ones.
                        row[name] += f" {next(number)}"
            if index == 0 and table.name in LONG_AT:
                row[LONG_AT[table.name]] = LONG
        with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table.fields), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    descriptor = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["title"], resource["description"] = next(attacks), next(attacks)
        for field in resource["schema"]["fields"]:
            field["description"] = next(attacks)
    descriptor["title"], descriptor["description"] = next(attacks), next(attacks)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def spoiled(folder: Path, file: str, column: str, text: bytes) -> Path:
    """A copy of the real data with one cell of line 2 replaced by these bytes."""
    shutil.copytree(
        DATA, folder, ignore=shutil.ignore_patterns("releases", "geo", "built", "texts"), dirs_exist_ok=True
    )
    path = folder / file
    raw = path.read_bytes().split(b"\n")
    header = next(csv.reader([raw[0].decode("utf-8-sig").strip()]))
    cells = next(csv.reader([raw[1].decode("utf-8")]))
    mark = "spoiled-cell"
    cells[header.index(column)] = mark
    line = ",".join('"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\n') else cell for cell in cells)
    raw[1] = line.encode("utf-8").replace(mark.encode(), text)
    path.write_bytes(b"\n".join(raw))
    return folder
