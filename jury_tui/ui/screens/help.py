"""Help: what this screen is for, its keys, the signs; any screen, the focused thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from jury_tui.i18n import N_, _
from jury_tui.ui.keyed import keyed_text
from jury_tui.ui.light import TONES
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.ask import Field, Panel
from jury_tui.ui.widgets.bars import ShowsKeys
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import fitted
from jury_tui.ui.widgets.wrapping import APART, beside
from jury_tui.ui.words import one_key

WIDE = 100
"""Columns from which the keys stand beside the text."""
ROOM = 16
"""Cells that keys take, before what they do."""
HERE, AT_CURSOR, EVERYWHERE = "here", "cursor", "everywhere"
COMMON = ("app.help", "back")
"""What each screen binds anew, and is the same everywhere."""

# The framework's own words, so that they are translated too.
FRAMEWORK = (
    N_("Copy selected text"),
    N_("Scroll Up"),
    N_("Scroll Down"),
    N_("Scroll Home"),
    N_("Scroll End"),
    N_("Page Up"),
    N_("Page Down"),
    N_("Move cursor left"),
    N_("Move cursor left and select"),
    N_("Move cursor left a word"),
    N_("Move cursor left a word and select"),
    N_("Move cursor right and select"),
    N_("Move cursor right a word"),
    N_("Move cursor right a word and select"),
    N_("Delete character left"),
    N_("Select all"),
    N_("Go to start"),
    N_("Go to end"),
    N_("Select line start"),
    N_("Select line end"),
    N_("Delete character right"),
    N_("Submit"),
    N_("Delete left to start of word"),
    N_("Delete all to the left"),
    N_("Delete right to start of word"),
    N_("Delete all to the right"),
    N_("Cut selected text"),
    N_("Paste text from the clipboard"),
)
OURS = {
    "Focus Next": N_("Next part of the screen"),
    "Focus Previous": N_("Part of the screen before"),
    "Move cursor right or accept the completion suggestion": N_("Move cursor right"),
}
"""What the framework says as its own makers would."""
ALWAYS = N_(
    "Arrows move, [Enter] opens, [Esc] goes back, [Space] ticks. A small letter is a "
    "command; the first letter of a name, as a capital, goes to that name. [z] takes "
    "the last act back: nothing is erased, the correction is written too. Whatever "
    "is said to be saved is on the disk."
)
SIGNS = N_(
    "✓ yes · ✗ no · ! to be justified · ? undecidable · = tied · ■ acquired before · "
    "… awaited · ⊘ recused · @ remote · ✎ signed in · ★ chairs"
)


OF_LINES = N_(
    "A list: arrows, page up and down, [Home] and [End] move; the first letters of a "
    "name, as capitals, go to it; a click goes to a line, a double click is [Enter]."
)
OF_READING = N_("A text: arrows, page up and down, [Home] and [End] scroll it.")
OF_COPYING = N_(
    "The mouse selects, here and everywhere: [Ctrl+C] copies what is selected. "
    "[Ctrl+Y] copies without the mouse: the line under the cursor, or the whole text."
)
OF_FIELD = N_("A field: type, then [Enter] goes on. What is wrong is said at once.")


def about_focus(screen: Screen[object]) -> str:
    """What has the focus, in a sentence or two; empty when nothing has."""
    focused = screen.focused
    if focused is None:
        return ""
    copying = "" if isinstance(focused, Field) else f"\n{_(OF_COPYING)}"
    asking = next((w for w in focused.ancestors if isinstance(w, Panel)), None)
    if asking is not None:
        return _(asking.help) + copying
    if isinstance(screen, ShowsKeys):
        known = screen.helps.get(focused.id or "")
        if known:
            return _(known) + copying
    for kind, said in (
        (Lines, OF_LINES),
        (Reading, OF_READING),
        (Field, OF_FIELD),
    ):
        if isinstance(focused, kind):
            return _(said) + copying
    return ""


class Keyed(NamedTuple):
    """Keys that do one thing, where they act, and whether they do now."""

    keys: list[str]
    label: str
    place: str
    enabled: bool


class HelpScreen(JuryScreen):
    """What F1 shows: in one column, or with the keys beside where there is room."""

    name_ = N_("Help")
    AUTO_FOCUS = "Reading"
    helps: ClassVar[Mapping[str, str]] = {
        "page": N_(
            "This help: arrows, page up and down, [Home] and [End] scroll it; [Esc] "
            "goes back to where you were."
        ),
        "beside-keys": N_("The keys, scrolled alike; [Tab] goes back to the text."),
    }

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self.about = about
        self.focus_said = about_focus(about)
        self.known = self._keyed(about)

    def _keyed(self, about: Screen[object]) -> list[Keyed]:
        """Each thing that a key does, once; those of this screen first."""
        found: dict[tuple[str, str, bool], Keyed] = {}
        known = about.active_bindings.values()
        for active in sorted(known, key=lambda active: not active.binding.show):
            binding = active.binding
            if not binding.description or binding.system:
                continue
            if binding.key.startswith("super+"):
                continue  # no key of the keyboards this is used with
            place = HERE if active.node is about else AT_CURSOR
            framework = binding.description in (*FRAMEWORK, *OURS) and place == HERE
            if framework or active.node is self.app or binding.action in COMMON:
                place = EVERYWHERE
            key, label = one_key(binding)
            label = _(OURS.get(binding.description, label))
            row = Keyed([], label, place, active.enabled)
            row = found.setdefault((label, place, active.enabled), row)
            if key not in row.keys:
                row.keys.append(key)
        return sorted(found.values(), key=lambda row: not row.enabled)

    def way(self) -> tuple[str, ...]:
        """Where it was asked for, then the help."""
        about = self.about
        before = about.way() if isinstance(about, JuryScreen) else ()
        return (*before, _(self.name_))

    def body(self) -> Iterable[Widget]:
        """A text; beside it, the keys."""
        with Horizontal(id="help"):
            yield Reading(id="page", classes="reading", focus=True)
            yield Reading(id="beside-keys", classes="reading", focus=True)

    def on_mount(self) -> None:
        """Lay out for this size."""
        self._lay_out()

    def on_resize(self) -> None:
        """One column, or two."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        apart = self.size.width >= WIDE
        page = self.query_one("#page", Reading)
        side = self.query_one("#beside-keys", Reading)
        first, keys = self._first(), self._keys(side.width if apart else 0)
        always, signs = _told(_("Everywhere"), _(ALWAYS)), _signs(page.width)
        parts = (first, always, signs) if apart else (first, always, keys, signs)
        page.show(Content("\n\n").join(parts))
        side.show(keys if apart else Content(""))
        if side.display != apart:
            side.display = apart
            self.call_after_refresh(self._lay_out)  # it has a width only then
        if not apart and side.has_focus:
            page.focus()

    def _first(self) -> Content:
        """What the screen is for, then what has the focus."""
        about, parts = self.about, []
        if isinstance(about, ShowsKeys) and about.help:
            parts.append(_told(_(about.name_), about.helped()))
        if self.focus_said:
            parts.append(_told(_("Here, where the cursor is"), self.focus_said))
        return Content("\n\n").join(parts)

    def _keys(self, width: int) -> Content:
        """The keys, in groups; those of the screen first, or beside the others."""
        groups = []
        for place, heading in (
            (HERE, _("Keys of this screen, now")),
            (AT_CURSOR, _("Keys where the cursor is")),
            (EVERYWHERE, _("Keys everywhere")),
        ):
            rows = [row for row in self.known if row.place == place]
            if not rows:
                continue
            parts = [(heading, "bold")]
            for row in rows:
                mark = "" if row.enabled else _(" (not now)")
                for keys in _joined(row.keys):
                    room = max(0, ROOM - cell_len(keys))
                    parts.append((f"\n  {keys}{' ' * room} ", TONES["key"]))
                    parts.append((f"{row.label}{mark}", ""))
            groups.append(Content.assemble(*parts))
        first, rest = groups[0], Content("\n\n").join(groups[1:])
        left, right = (max(map(cell_len, c.plain.split("\n"))) for c in (first, rest))
        if left + APART + right > width:
            return Content("\n\n").join(groups)
        return beside(first, rest, left, right).rstrip()


def _joined(keys: list[str]) -> list[str]:
    """Keys that do the same, on one line where they fit."""
    joined = " ".join(keys)
    return [joined] if cell_len(joined) <= ROOM else keys


def _signs(width: int) -> Content:
    """The signs, in as many columns as there is room for."""
    signs = re.split(r"\s·\s", _(SIGNS))
    column = max(map(cell_len, signs)) + 3
    across = max(1, width // column)
    rows = (signs[at : at + across] for at in range(0, len(signs), across))
    lines = ("".join(fitted(sign, column) for sign in row) for row in rows)
    said = "\n".join(line.rstrip() for line in lines)
    return Content.assemble((f"{_('Signs')}\n", "bold"), said)


def _told(heading: str, text: str) -> Content:
    return Content.assemble((f"{heading}\n", "bold"), *keyed_text(text))
