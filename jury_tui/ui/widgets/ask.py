"""Questions asked in passing, at the foot of the screen: a text, or one of a few.

Nothing is modal: what is above stays in view, Escape gives up.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input

from jury_tui.i18n import N_, _
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.page import Page
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import plain

if TYPE_CHECKING:
    from jury_tui.ui.app import JuryApp

OPEN, TICKED = "☐", "☑"
"""Boxes of a list; brackets would look like a key."""


class Field(Input, inherit_bindings=False):
    """One line of typing; composed letters arrive as one letter (NFC).

    Keys that scroll, which it would inherit too, have nothing to scroll here.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(b for b in Binding.make_bindings(Input.BINDINGS) if b.key != "enter"),
        Binding("enter", "submit", N_("Confirm"), show=True),
    ]

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        selected: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        """A field.

        Args:
            value: What stands in it at first.
            placeholder: What an empty one says.
            selected: Whether the first letter typed takes the place of it all: where
                a value is proposed, not where somebody wrote one.
            id: Textual's.
            classes: Textual's.
        """
        super().__init__(
            value,
            placeholder=placeholder,
            id=id,
            classes=classes,
            compact=True,
            select_on_focus=selected,
        )
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """What is shown, typed or pasted drives no terminal."""
        return plain(value)

    def on_blur(self) -> None:
        """What it holds is read from its beginning, once one is elsewhere."""
        self.scroll_to(0, animate=False)

    def on_focus(self) -> None:
        """Where one types is in view."""
        self.call_after_refresh(self._to_cursor)

    def on_input_changed(self) -> None:
        """So it is once a long text was pasted: its room is known a refresh later."""
        self.call_after_refresh(self._to_cursor)

    def _to_cursor(self) -> None:
        if self.has_focus:
            at = cell_len(self.value[: self.cursor_position])
            self.scroll_to_region(Region(at, 0, 1, 1), force=True, animate=False)

    def render_line(self, y: int) -> Strip:
        """As Textual does, with a sign where what it holds goes on to either side."""
        strip = super().render_line(y)
        room, start = self.content_size.width, self.scroll_offset.x
        length = cell_len(self.value or self.placeholder)
        if y or room < 3 or (not start and length <= room):
            return strip
        cursor = cell_len(self.value[: self.cursor_position]) - start
        for at, cut in ((0, start > 0), (room - 1, length > start + room)):
            if cut and not (self.has_focus and cursor == at):
                style = next((s.style for s in strip.crop(at, at + 1)), None)
                sign = Strip([Segment("…", style)], 1)
                strip = Strip.join([strip.crop(0, at), sign, strip.crop(at + 1)])
        return strip

    @property
    def text(self) -> str:
        """What was typed, in the one spelling a register holds."""
        return unicodedata.normalize("NFC", self.value).strip()


class Panel(Vertical):
    """What asks: a question, then a way to answer.

    ``answer`` is done once the person has answered; None when given up.

    Attributes:
        help: What F1 says of it, a msgid.
    """

    help: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", N_("Give up"), show=True),
    ]

    def __init__(self, question: str) -> None:
        super().__init__(classes="panel")
        self.question = question
        self.answer: asyncio.Future[str | None] = (
            asyncio.get_running_loop().create_future()
        )

    def settle(self, value: str | None) -> None:
        """Answer, once."""
        if not self.answer.done():
            self.answer.set_result(value)

    def action_give_up(self) -> None:
        """No answer."""
        self.settle(None)

    def on_unmount(self) -> None:
        """The screen was left: no answer."""
        self.settle(None)


class AskText(Panel):
    """Asks for a line of text."""

    proposes = True
    help = N_(
        "A question: type the answer, [Enter] confirms it; [Esc] gives up, and nothing "
        "changes."
    )

    def __init__(
        self, question: str, value: str = "", hint: str = "", *, secret: bool = False
    ) -> None:
        super().__init__(question)
        self.value = value
        self.hint = hint
        self.secret = secret

    def compose(self) -> ComposeResult:
        """The question, the field."""
        yield Page(Content(self.question), classes="panel--question")
        field = Field(self.value, placeholder=self.hint, selected=self.proposes)
        field.password = self.secret
        yield field

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Field).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter answers."""
        event.stop()
        self.settle(self.query_one(Field).text)


class Picking(Panel):
    """A panel with lines: one that is cut stands whole beneath, once one is on it."""

    def tell_whole(self, lines: Lines) -> None:
        """The line under the cursor, if the list had to cut it."""
        if self.answer.done() or not lines.is_attached:
            return  # it was answered before it was laid out: it is on its way out
        page = lines.screen.query_one("#picked", Page)
        text = lines.rows[lines.cursor].cells[0].text.strip() if lines.rows else ""
        room = lines.size.width - 2  # below nothing before it is laid out
        page.display = lines.has_focus and 0 <= room < cell_len(text)
        page.show(Content(plain(text)))

    def on_resize(self) -> None:
        """There is a width now, or another."""
        self.call_after_refresh(self.tell_whole, self.query_one(Lines))

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Moving here is nobody else's business."""
        event.stop()
        self.tell_whole(event.lines)


class Offered(Lines):
    """Lines that wait beneath a field: no cursor while one types, Enter takes none."""

    def _strip(self, row: Row, width: int, over: str) -> Strip:
        return super()._strip(row, width, "" if over == "cursor-away" else over)


class AskAgain(Picking, AskText):
    """Asks for a line of text; those already written wait beneath.

    What is typed is always the answer. A text beneath is taken only by going to it,
    and then it stands in the field, to be changed or confirmed.
    """

    proposes = False
    help = N_(
        "A question: type the answer, [Enter] confirms it. [↓] goes to the texts "
        "already written: [Enter] takes one into the field, to be changed or "
        "confirmed. [Esc] gives up, and nothing changes."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", N_("Texts already written"), show=True),
        Binding("up", "step(-1)", "", show=False),
        Binding("enter", "take", N_("Take"), show=True),
    ]

    def __init__(self, question: str, value: str, known: Sequence[str]) -> None:
        super().__init__(question, value)
        self.known = tuple(known)

    def compose(self) -> ComposeResult:
        """The question, the field, the texts."""
        yield from super().compose()
        yield Offered(Column("", 20, grow=True), head=False)
        yield Page(id="picked")

    def on_mount(self) -> None:
        """The texts beneath the field."""
        lines = self.query_one(Offered)
        lines.styles.height = min(6, len(self.known))
        lines.show_rows(
            [Row(str(n), (Cell(f" {plain(t)}"),)) for n, t in enumerate(self.known)]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is offered where nothing was written."""
        del parameters
        return bool(self.known) if action == "step" else True

    def action_step(self, step: int) -> None:
        """Down among the texts, and up again to what is typed."""
        field, lines = self.query_one(Field), self.query_one(Offered)
        if field.has_focus:
            if step > 0:
                lines.focus()
                self.call_after_refresh(self.tell_whole, lines)
        elif lines.cursor + step < 0:
            field.focus()
            self.call_after_refresh(self.tell_whole, lines)
        else:
            lines.action_move(step)

    def _type(self, text: str) -> None:
        """Into the field, at the end."""
        field = self.query_one(Field)
        field.focus()
        field.value = text
        field.cursor_position = len(text)

    def on_key(self, event: Key) -> None:
        """Whoever types among the texts writes one: no letter is lost."""
        if self.query_one(Offered).has_focus and event.is_printable and event.character:
            event.stop()
            self._type(self.query_one(Field).value + event.character)

    def action_take(self) -> None:
        """Enter on a text takes it into the field; where there is none, back to it."""
        cursor = self.query_one(Offered).cursor
        if cursor < len(self.known):
            self._type(self.known[cursor])
        else:
            self.query_one(Field).focus()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """A double click takes it too."""
        event.stop()
        self.action_take()


def _back(cell: Cell) -> Cell:
    """A cell with room for the cursor's sign before it."""
    short = f" {cell.short}" if cell.short else ""
    return cell._replace(text=f" {cell.text}", short=short)


class AskChoice(Picking):
    """Asks to pick one of a few lines; first letters go to one.

    Attributes:
        small_letters: Whether small letters go to a line, too.
    """

    small_letters = True

    help = N_(
        "A choice: arrows or first letters go to a line, [Enter] or a double click "
        "takes it; [Esc] gives up, and nothing changes."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Confirm"), show=True),
    ]

    def __init__(
        self,
        question: str,
        rows: Sequence[Row],
        *columns: Column,
        empty: str = "",
        at: str = "",
    ) -> None:
        super().__init__(question)
        self.at = at
        # room for the cursor's sign
        self.rows = tuple(
            row._replace(cells=(_back(first), *others))
            for row in rows
            for first, *others in (row.cells,)
        )
        self.columns = columns or (Column("", 20, grow=True),)
        self.empty = empty

    def compose(self) -> ComposeResult:
        """The question, the lines."""
        yield Page(Content(self.question), classes="panel--question")
        yield Lines(
            *self.columns,
            head=False,
            small_letters=self.small_letters,
            empty=self.empty,
        )
        yield Page(id="picked")

    def on_mount(self) -> None:
        """Pick at once."""
        lines = self.query_one(Lines)
        longest = max((cell_len(r.cells[0].text) for r in self.rows), default=0)
        width, height = self.app.size
        most = 9 if longest <= width - 4 else 6  # what is cut stands whole beneath
        most = max(most, height // 3)
        lines.styles.height = max(1, min(most, len(self.rows)))
        lines.show_rows(self.rows, keep=self.at or None)
        lines.focus()

    def action_choose(self) -> None:
        """Enter answers, with an empty key too: "something else" has none."""
        lines = self.query_one(Lines)
        if lines.rows:
            self.settle(lines.key)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """A double click answers too."""
        event.stop()
        self.settle(event.key)


class AskSeveral(AskChoice):
    """Asks to tick some of a few lines, or none.

    A small letter is a command of the screen, for which it is too early: it does not
    go to a name behind the back of whoever types it.

    Attributes:
        ticked: The keys that are ticked, at first and as it goes.
        before: Whether they were ticked so the last time, and not here: the keys that
            ticked them all do it again, and do not take them off.
    """

    small_letters = False

    help = N_(
        "A choice of several: [Space] or a click on the box ticks a line, [*] all or "
        "none, [Enter] confirms; [Esc] gives up, and nothing changes."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", N_("Tick"), show=True),
        Binding("asterisk", "all", N_("All or none"), show=True, key_display="*"),
    ]

    def __init__(
        self,
        question: str,
        rows: Sequence[Row],
        ticked: Iterable[str],
        *,
        before: bool = False,
    ) -> None:
        super().__init__(
            question, rows, Column("", 3, pressed=True), Column("", 20, grow=True)
        )
        self.named = tuple(rows)
        self.ticked = tuple(ticked)
        self.before = bool(before and self.ticked)
        self._mark()

    def _mark(self) -> None:
        self.rows = tuple(
            row._replace(
                cells=(
                    Cell(f" {TICKED if row.key in self.ticked else OPEN}"),
                    *row.cells,
                )
            )
            for row in self.named
        )

    def _tick(self, keys: Iterable[str]) -> None:
        """Tick these and no others, in the order of the lines."""
        wanted = set(keys)
        self.ticked = tuple(row.key for row in self.named if row.key in wanted)
        self._mark()
        self.query_one(Lines).show_rows(self.rows)

    def action_tick(self) -> None:
        """Tick the line under the cursor, or no longer."""
        self._tick({self.query_one(Lines).key} ^ set(self.ticked))

    def action_all(self) -> None:
        """All, unless they are all ticked already."""
        every = [row.key for row in self.named]
        off = len(self.ticked) == len(every) and not self.before
        self.before = False
        self._tick([] if off else every)

    def on_key(self, event: Key) -> None:
        """A small letter does nothing yet, and it is said."""
        if event.character is not None and event.character.islower():
            event.stop()
            said = _("First [Enter] confirms this list, or [Esc] gives it up.")
            cast("JuryApp", self.app).tell(said)

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A click on the box is Space."""
        event.stop()
        self.action_tick()
