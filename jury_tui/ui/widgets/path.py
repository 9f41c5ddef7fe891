"""Asks for a file: what is typed is completed from what the folders hold."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from jury_tui.i18n import N_, _, folded
from jury_tui.ui.widgets.ask import Field, Panel
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.page import Page
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import plain

MOST_SHOWN = 200
_MOST_LOOKED_AT = 5000
UP = ".."
"""The key of the line that goes to the folder above."""
ROOM = 6
"""Lines of the list below the field."""


def matches(typed: str, suffixes: Sequence[str], base: Path) -> list[Path]:
    """Folders, then files of these kinds, that begin as what is typed.

    Args:
        typed: A path that may be cut anywhere; ``~`` is the home.
        suffixes: In lower case, with their dot.
        base: The folder that a path without any begins at.
    """
    head, tail = os.path.split(typed)
    start, hidden = folded(tail), tail.startswith(".")
    found = []
    try:
        for number, path in enumerate(whole(head, base).iterdir()):
            if number >= _MOST_LOOKED_AT:
                break
            name = path.name
            if not folded(name).startswith(start) or name.startswith(".") > hidden:
                continue
            if path.is_dir() or path.suffix.lower() in suffixes:
                found.append(path)
    except (OSError, ValueError):
        return []
    found.sort(key=lambda path: (not path.is_dir(), folded(path.name)))
    return found[:MOST_SHOWN]


def above(typed: str, base: Path) -> str | None:
    """The folder above the one that is typed, as it would be typed.

    Returns:
        None where there is none: at the root, or where no folder is named.
    """
    head, _tail = os.path.split(typed)
    try:
        folder = whole(head, base).resolve()
        if folder.parent == folder or not folder.is_dir():
            return None
    except (OSError, ValueError, RuntimeError):
        return None
    up = str(folder.parent)
    return up if up.endswith(os.sep) else up + os.sep


def whole(typed: str, base: Path) -> Path:
    """The path that is meant: from the root, from the home, or from ``base``."""
    try:
        return base / Path(typed).expanduser()
    except RuntimeError:  # "~nobody" names no home
        return base / typed


def completed(typed: str, found: Path) -> str:
    """What is typed, up to the end of a name; a folder is open for what follows."""
    _head, tail = os.path.split(typed)
    said = typed[: len(typed) - len(tail)] + found.name
    return said + os.sep if found.is_dir() else said


def is_file(path: Path) -> bool:
    """Whether a file is named in full."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


class AskPath(Panel):
    """Type a few letters; Tab completes, arrows choose, Enter takes."""

    help = N_(
        "A file: type the beginning of its name, [Tab] completes it, arrows choose, "
        "[Enter] takes it, or opens the folder; [Esc] gives up."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", N_("Complete"), show=True),
        Binding("up", "move(-1)", "", show=False),
        Binding("down", "move(1)", "", show=False),
    ]

    def __init__(self, question: str, suffixes: Sequence[str], base: Path) -> None:
        """Ask; the answer is a whole path, which need not exist.

        Args:
            question: What is asked.
            suffixes: Kinds of files, with their dot.
            base: The folder to begin at.
        """
        super().__init__(question)
        self.suffixes = suffixes
        self.base = base
        self.found: list[Path] = []
        self.up: str | None = None

    def compose(self) -> ComposeResult:
        """The question, the field, what answers to it."""
        yield Page(Content(self.question), classes="panel--question")
        yield Field(placeholder=_("(in {folder})").format(folder=plain(str(self.base))))
        yield Lines(
            Column("", 20, grow=True),
            head=False,
            empty=_("No name begins like this."),
        )

    def on_mount(self) -> None:
        """Type at once."""
        lines = self.query_one(Lines)
        lines.can_focus = False
        lines.styles.height = ROOM
        self.query_one(Field).focus()
        self._look()

    def _look(self) -> None:
        typed = self.query_one(Field).text
        self.found = matches(typed, self.suffixes, self.base)
        rows = [
            Row(str(n), (Cell(f" {p.name}{os.sep if p.is_dir() else ''}"),), p.name)
            for n, p in enumerate(self.found)
        ]
        # nothing typed of a name yet: the way up too, where Enter does not go by itself
        self.up = None if os.path.split(typed)[1] else above(typed, self.base)
        if self.up is not None:
            words = _("the folder above")
            rows.insert(0, Row(UP, (Cell(f" ..{os.sep}   {words}", "soft"),), ".."))
        lines = self.query_one(Lines)
        lines.show_rows(rows)
        lines.go(len(rows) - len(self.found) if self.found else 0)

    def _put(self, text: str) -> None:
        field = self.query_one(Field)
        field.value = text
        field.cursor_position = len(text)

    def _complete(self, key: str) -> None:
        if key == UP:
            self._put(self.up or "")
        else:
            self._put(completed(self.query_one(Field).text, self.found[int(key)]))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look again at each letter."""
        event.stop()
        self._look()

    def action_move(self, step: int) -> None:
        """Up and down, while typing."""
        self.query_one(Lines).action_move(step)

    def action_complete(self) -> None:
        """The name under the cursor."""
        key = self.query_one(Lines).key
        if key:
            self._complete(key)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Moving here is nobody else's business."""
        event.stop()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """A double click takes, or opens the folder."""
        event.stop()
        self._take(event.key)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes what is typed if it is a file, else what is under the cursor."""
        event.stop()
        typed = self.query_one(Field).text
        meant = whole(typed, self.base)
        key = self.query_one(Lines).key
        if typed and (not key or is_file(meant)):
            self.settle(str(meant))
        elif key:
            self._take(key)

    def _take(self, key: str) -> None:
        if key == UP or self.found[int(key)].is_dir():
            self._complete(key)
        else:
            self.settle(str(self.found[int(key)]))
