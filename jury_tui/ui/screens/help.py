"""Help: what this screen is for, its keys, the signs; any screen, the focused thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

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

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

# The framework's own words, so that they are translated too.
FRAMEWORK = (
    N_("Focus Next"),
    N_("Focus Previous"),
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
    N_("Move cursor right or accept the completion suggestion"),
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
ALWAYS = N_(
    "Arrows move, [Enter] opens, [Esc] goes back, [Space] ticks. A small letter acts, "
    "a CAPITAL goes to a name. [z] takes the last act back: nothing is erased, the "
    "correction is written too. Everything that is said to be saved is on the disk."
)
SIGNS = N_(
    "✓ yes · ✗ no · ! to be justified · ? undecidable · = tied · ■ acquired before · "
    "… awaited · ⊘ recused · @ remote · ✎ signed in · ★ chairs"
)


OF_LINES = N_(
    "A list: arrows, page up and down, [Home] and [End] move; a CAPITAL goes to a "
    "name, several letters to a longer one; a click goes to a line, a double click is "
    "[Enter]."
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


class HelpScreen(JuryScreen):
    """What F1 shows."""

    name_ = N_("Help")
    AUTO_FOCUS = "Reading"
    helps: ClassVar[Mapping[str, str]] = {
        "page": N_(
            "This help: arrows, page up and down, [Home] and [End] scroll it; [Esc] "
            "goes back to where you were."
        ),
    }

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self.about = about
        self.focus_said = about_focus(about)
        known = about.active_bindings.values()
        self.known: list[ActiveBinding] = sorted(
            known,
            key=lambda active: (
                active.node is not about,
                active.binding.description in FRAMEWORK,
                not active.binding.show,
            ),
        )

    def way(self) -> tuple[str, ...]:
        """Where it was asked for, then the help."""
        about = self.about
        before = about.way() if isinstance(about, JuryScreen) else ()
        return (*before, _(self.name_))

    def body(self) -> Iterable[Widget]:
        """One page that scrolls."""
        yield Reading(self._page(), id="page", classes="reading", focus=True)

    def _page(self) -> Content:
        parts: list[tuple[str, str]] = []
        about = self.about
        if isinstance(about, ShowsKeys) and about.help:
            parts += [
                (f"{_(about.name_)}\n", "bold"),
                *keyed_text(f"{about.helped()}\n\n"),
            ]
        if self.focus_said:
            parts += [
                (_("Here, where the cursor is") + "\n", "bold"),
                *keyed_text(f"{self.focus_said}\n\n"),
            ]
        parts += [
            (_("Everywhere") + "\n", "bold"),
            *keyed_text(f"{_(ALWAYS)}\n\n"),
        ]
        parts.append((_("Keys of this screen, now") + "\n", "bold"))
        seen = set()
        for active in self.known:
            binding = active.binding
            label = _(binding.description)
            if not label or (binding.key, label) in seen or binding.system:
                continue
            if binding.key.startswith("super+"):
                continue  # no key of the keyboards this is used with
            seen.add((binding.key, label))
            key = self.app.get_key_display(binding)
            mark = "" if active.enabled else _(" (not now)")
            parts += [(f"  {key:<12} ", TONES["key"]), (f"{label}{mark}\n", "")]
        parts += [
            ("\n" + _("Signs") + "\n", "bold"),
            (_(SIGNS), ""),
        ]
        return Content.assemble(*parts)
