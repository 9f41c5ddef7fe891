"""Compile the French catalogue, and say what is missing (for developers; needs Babel).

``python -m jury_tui.locale`` merges ``fr/*.po`` into ``fr/LC_MESSAGES/jury_tui.mo``,
all but the sentences of argparse, which looks them up by itself in ``argparse.mo``;
``--check`` writes nothing, and fails when the compiled file is stale, a sentence
has no French, is said nowhere any more, lost a place such as ``{name}``, or has an
ordinary space where French has one that does not break.
"""

from __future__ import annotations

import ast
import datetime as dt
import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).parent
PACKAGE = HERE.parent
MO = HERE / "fr" / "LC_MESSAGES" / "jury_tui.mo"
ARGPARSE = MO.with_name("argparse.mo")
_PLACE = re.compile(r"\{[^{}]*\}")
_KEY = re.compile(r"\[([a-z*↑↓←→])\]")
"""A key of one sign, as sentences name it (:mod:`jury_tui.ui.keyed`)."""
_BREAKS = re.compile(r"« |\S [;:!?»](?![\w=-])")
"""A space at which a line must not break, and would."""


def used() -> set[str | tuple[str, ...]]:
    """Every msgid in the package's source; a pair for singular and plural."""
    found: set[str | tuple[str, ...]] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        found |= said_in(path.read_text(encoding="utf-8"))
    return found


def said_in(source: str) -> set[str | tuple[str, ...]]:
    """The msgids of a module, wherever they stand.

    Babel reads tokens, of which an f-string is a single one before Python 3.12: a
    sentence within ``f"{_('…')}"`` had no French, and nothing said so.
    """
    found: set[str | tuple[str, ...]] = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        words = [text for text in texts if isinstance(text, str)]
        if node.func.id in ("_", "N_") and words:
            found.add(words[0])
        elif node.func.id == "ngettext" and len(words) == 2:
            found.add((words[0], words[1]))
    return found


def merged(mo: Path = MO) -> Catalog:
    """The French of the ``fr/*.po`` that go into a compiled file, sorted by msgid.

    Raises:
        ValueError: two files translate one sentence differently.
    """
    # One date for ever: the same sentences give the same bytes on any day.
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    whole = Catalog(locale="fr", fuzzy=False, creation_date=day, revision_date=day)
    whole.header_comment = ""
    whole.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", "nplurals=2; plural=(n > 1);"),
    ]
    for path in sorted((HERE / "fr").glob("*.po")):
        if (path.stem == ARGPARSE.stem) != (mo == ARGPARSE):
            continue
        with path.open("rb") as file:
            for message in read_po(file, locale="fr"):
                if not message.id:
                    continue
                known = whole.get(message.id)
                if known is not None and known.string != message.string:
                    wrong = f"{path.name}: {message.id!r} has two translations"
                    raise ValueError(wrong)
                whole.add(message.id, message.string)
    return whole


def compiled(catalogue: Catalog) -> bytes:
    """The .mo bytes of a catalogue: the same for the same sentences."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def faults(catalogue: Catalog) -> list[str]:
    """What is missing or wrong in the French, one line each."""
    found = []
    said = used()
    singular = {ids[0] if isinstance(ids, tuple) else ids for ids in said}
    for kept in catalogue:
        first = kept.id if isinstance(kept.id, str) else kept.id[0]
        if first and first not in singular:
            found.append(f"said nowhere any more: {first!r}")
    for message_id in sorted(said, key=str):
        message = catalogue.get(
            message_id[0] if isinstance(message_id, tuple) else message_id
        )
        ids = message_id if isinstance(message_id, tuple) else (message_id,)
        string = () if message is None else message.string
        strings = [str(s) for s in (string if isinstance(string, tuple) else (string,))]
        if not strings or not all(strings):
            found.append(f"no French: {ids[0]!r}")
            continue
        wanted = set(_PLACE.findall(ids[-1]))
        for text in strings:
            if set(_PLACE.findall(text)) - wanted or (
                len(ids) == 1 and set(_PLACE.findall(text)) != wanted
            ):
                found.append(f"places differ: {ids[0]!r} / {text!r}")
            if sorted(_KEY.findall(text)) != sorted(_KEY.findall(ids[-1])):
                found.append(f"other keys: {ids[0]!r} / {text!r}")
            if _BREAKS.search(text):
                found.append(f"a space that breaks: {text!r}")
    return found


def main(arguments: list[str]) -> int:
    """Compile, or check with ``--check``; 1 when something is missing."""
    catalogue = merged()
    wrong = faults(catalogue)
    for mo in (MO, ARGPARSE):
        data = compiled(merged(mo))
        if "--check" not in arguments:
            mo.parent.mkdir(parents=True, exist_ok=True)
            mo.write_bytes(data)
        elif not mo.exists() or mo.read_bytes() != data:
            wrong.append(f"{mo.name} is stale: run python -m jury_tui.locale")
    print("\n".join(wrong) or f"{len(catalogue)} sentences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
