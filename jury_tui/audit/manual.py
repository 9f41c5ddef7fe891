"""The pages of an archive that say how to verify it without this program.

Both languages stand in every archive, whatever the language of whoever made it.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from jury_tui.i18n import N_, catalogue
from jury_tui.register import headcode
from jury_tui.register.reading import Reading

_SECTIONS = (
    (
        N_("What this is"),
        N_(
            "The whole record of the jury session {session}, as it was kept: "
            "{count} acts, each chained to the one before. Code of the last act: "
            "{code}"
        ),
    ),
    (
        N_("1. Every file is the one that was archived"),
        "sha256sum --check SHA256SUMS",
    ),
    (
        N_("2. The record is whole and in order"),
        N_(
            "register/acts.jsonl holds one line an act: 64 hexadecimal digits, a "
            "space, the act in canonical JSON (RFC 8785). The digits are the SHA-256 "
            "of the digits of the line before, followed by the JSON. Before the first "
            "line stands the SHA-256 of “jury-tui/1” followed by the session’s name. "
            "This program of a few lines checks it and prints the last digits:"
        ),
    ),
    (
        N_("3. The record is the one of the minutes"),
        N_(
            "The minutes print a code made of the digits of the last act before them, "
            "and signers signed it. anchors.json holds what was remembered of the "
            "record outside of it: after so many acts, such digits."
        ),
    ),
    (
        N_("4. The minutes are those that were signed"),
        (
            "openssl cms -verify -binary -inform DER -in FILE.xlsx.p7s "
            "-content FILE.xlsx -CAfile AUTHORITY.pem -out /dev/null"
        ),
    ),
    (
        N_("5. The rules were followed"),
        N_(
            "rulebooks/ holds the texts the session was judged by, as the record "
            "holds them. jury-tui audit ARCHIVE.zip derives every result again."
        ),
    ),
    (N_("Files"), "{files}"),
)
_PROGRAM = """\
python3 - <<'END'
import hashlib, json
head = None
for line in open("register/acts.jsonl", "rb"):
    digits, body = line[:64].decode(), line[65:-1]
    if head is None:
        first = json.loads(body)
        first = first[0] if isinstance(first, list) else first
        name = ("jury-tui/1" + first["session"]).encode()
        head = hashlib.sha256(name).hexdigest()
    head = hashlib.sha256(head.encode() + body).hexdigest()
    assert head == digits, "altered: " + line[:80].decode()
print(head)
END
"""
_COMMANDS = (1, 4)
_TITLE = N_("How to verify this archive")


def pages(reading: Reading, files: Sequence[str]) -> dict[str, bytes]:
    """The pages by name: plain text and HTML, in both languages."""
    head = reading.heads[-1] if reading.heads else ""
    facts = {
        "session": reading.session_id,
        "count": reading.count,
        "code": headcode.code(head) if head else "–",
        "files": ", ".join(files),
    }
    made: dict[str, bytes] = {}
    for language, stem in (("fr", "VERIFIER"), ("en", "VERIFY")):
        spoken = catalogue(language)
        title = spoken.gettext(_TITLE)
        parts = [
            (spoken.gettext(heading), spoken.gettext(said).format(**facts))
            for heading, said in _SECTIONS
        ]
        made[f"{stem}.txt"] = _text(title, parts).encode()
        made[f"{stem}.html"] = _html(language, title, parts).encode()
    return made


def _text(title: str, parts: Sequence[tuple[str, str]]) -> str:
    lines = [title, "=" * len(title), ""]
    for number, (heading, said) in enumerate(parts):
        lines += [heading, "-" * len(heading), said, ""]
        if number == 2:
            lines += [_PROGRAM]
    return "\n".join(lines)


def _html(language: str, title: str, parts: Sequence[tuple[str, str]]) -> str:
    body = []
    for number, (heading, said) in enumerate(parts):
        tag = "pre" if number in _COMMANDS else "p"
        body.append(f"<h2>{html.escape(heading)}</h2>")
        body.append(f"<{tag}>{html.escape(said)}</{tag}>")
        if number == 2:
            body.append(f"<pre>{html.escape(_PROGRAM)}</pre>")
    return (
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)}</title>\n"
        "<style>body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto}"
        "pre{background:#eef;padding:1em;overflow:auto}</style>\n"
        f"<h1>{html.escape(title)}</h1>\n" + "\n".join(body) + "\n</html>\n"
    )
