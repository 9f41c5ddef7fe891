"""Compile the rulebooks that ship (for developers): ``python -m jury_tui.rules``.

The TOML files are read as anybody's and written as JSON, one a line, each with the
digest of its file (see ``shipped``). A test fails as long as that is stale.
"""

from __future__ import annotations

import tomllib

import msgspec

from jury_tui.rules import reader, shipped


def compiled() -> bytes:
    """What the compiled file should hold.

    Raises:
        RulebookError: one of the files has a fault.
    """
    lines = []
    for name in sorted(shipped.files()):
        text = shipped.text(name)
        kind = reader.read(text, name).kind.value
        held = reader.typeset(tomllib.loads(text))
        book = msgspec.json.encode({"kind": kind, **held})
        made = shipped.Compiled(sha256=shipped.digest(text), book=msgspec.Raw(book))
        lines.append(msgspec.json.encode(name) + b":" + msgspec.json.encode(made))
    return b"{\n" + b",\n".join(lines) + b"\n}\n"


if __name__ == "__main__":
    shipped.COMPILED.write_bytes(compiled())
