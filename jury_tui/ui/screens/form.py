"""A form: labelled fields, what is wrong said as one types, Ctrl+S saves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Input

from jury_tui.errors import RosterError
from jury_tui.i18n import N_, _, language
from jury_tui.ui.light import TONES
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.ask import Field
from jury_tui.ui.widgets.page import Page
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.words import SOFT


class Item(NamedTuple):
    """A field: its key, its label, its value, and a hint.

    Attributes:
        proposed: Whether nobody wrote the value: the first letter takes its place.
    """

    key: str
    label: str
    value: str = ""
    hint: str = ""
    proposed: bool = False


class FormField(Field):
    """A field of a form: Enter goes on to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("Next field"), show=True),
    ]


class LastField(FormField):
    """The last one: Enter saves the form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("Save"), show=True),
    ]


class Fields(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The fields: going to one brings it into view, no key scrolls them."""


class FormScreen(JuryScreen):
    """Fields one below the other; Enter goes to the next, the last one keeps."""

    AUTO_FOCUS = "Field"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("Save"), show=True, priority=True),
        Binding("down", "step(1)", N_("Next field"), show=False),
        Binding("up", "step(-1)", N_("Field before"), show=False),
    ]

    begun: Sequence[str] = ()
    warned: Sequence[str] = ()
    then: Callable[[], None] | None = None
    """What comes once the form was saved and left."""

    first = ""
    """The field where the cursor begins; empty: the first one."""

    def items(self) -> Iterable[Item]:
        """The fields."""
        return ()

    def side(self) -> Content:
        """What stands beside the form as one types; empty: nothing."""
        return Content("")

    def fault(self) -> str:
        """What is wrong with what was typed; empty if it can be kept."""
        return ""

    def remark(self) -> str:
        """What can hardly be true of what was typed, and is kept all the same."""
        return ""

    def save(self) -> bool:
        """Keep what was typed; whether the form is done."""
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        """The form, and its side."""
        with Horizontal(id="form-split"):
            with Fields(classes="form"):
                yield from self.above()
                items = tuple(self.items())
                for item in items:
                    with Horizontal(classes="form--row"):
                        yield Page(Content(item.label), classes="form--label")
                        field = FormField if item is not items[-1] else LastField
                        yield field(
                            item.value,
                            placeholder=bracketed(item.hint),
                            selected=item.proposed,
                            id=f"field-{item.key}",
                        )
                with Vertical(classes="form--beneath"):
                    yield Page(id="fault")
                    yield Page(id="field-help")
            yield Reading(id="form-side")

    def above(self) -> Iterable[Widget]:
        """What stands above the fields."""
        return ()

    def on_mount(self) -> None:
        """What is missing of an empty form is said once something is typed."""
        self.begun = self._values()
        self._typed()
        for field in self.query(f"#field-{self.first}") if self.first else ():
            field.focus(scroll_visible=False)
            self.call_after_refresh(field.scroll_visible, animate=False)

    def _values(self) -> list[str]:
        return [field.text for field in self.query(Field)]

    def action_back(self) -> None:
        """Back; what was typed is not given up by a single key."""
        values = self._values()
        if values != self.begun and values != self.warned:
            self.warned = values
            self.jury.tell(
                _("Nothing is saved yet: [Ctrl+S] saves, [Esc] again gives it up.")
            )
            return
        super().action_back()

    def value(self, key: str) -> str:
        """What was typed in a field."""
        return self.query_one(f"#field-{key}", Field).text

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Judge as one types; what was refused is perhaps mended."""
        if self.jury.notice.kind == "refused":
            self.jury.hush()
        self._typed()

    def _typed(self) -> None:
        fault = self.fault() if self._values() != self.begun else ""
        page = self.query_one("#fault", Page)
        remark = "" if fault else self.remark()
        page.display = bool(fault or remark)
        page.show(Content(f"! {remark}" if remark else fault))
        self._explain()
        side = self.side()
        beside = self.query_one("#form-side", Reading)
        beside.set_class(not side.plain, "-empty")
        beside.show(side)

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        """Another field."""
        self._explain()

    def _explain(self) -> None:
        """What the field is for; and the whole of what it holds, if that is cut."""
        field = self.focused
        if not isinstance(field, Field):
            return
        said = _(self.helps.get(field.id or "", ""))
        cut = cell_len(field.value) >= field.content_size.width > 0
        parts = [(field.value, "")] if cut else []
        if said:
            parts.append(("\n" * cut + said, TONES[SOFT]))
        self.query_one("#field-help", Page).show(Content.assemble(*parts))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: the next field; from the last one, keep."""
        fields = list(self.query(Field))
        here = next((n for n, f in enumerate(fields) if f is event.input), 0)
        if here == len(fields) - 1:
            self.action_save()
        else:
            fields[here + 1].focus()

    def action_step(self, step: int) -> None:
        """Up and down go from field to field."""
        if step > 0:
            self.focus_next(Field)
        else:
            self.focus_previous(Field)

    def action_save(self) -> None:
        """Keep it, and leave the form."""
        fault = self.fault()
        if fault:
            self.jury.refused(fault)
        elif self.save():
            self.app.pop_screen()
            if self.then is not None:
                self.then()


def bracketed(hint: str) -> str:
    """A hint that no colour is needed to tell from a value; a key has its brackets."""
    return f"({hint})" if hint and not hint.startswith("[") else hint


def date_hint() -> str:
    """How a date is typed."""
    return _("DD/MM/YYYY") if language() == "fr" else "YYYY-MM-DD"


def example(text: str) -> str:
    """What could be typed, where nothing is: never taken for what was."""
    return _("e.g. {text}").format(text=text)


def written(day: dt.date | None) -> str:
    """A date as the form shows it."""
    if day is None:
        return ""
    return f"{day:%d/%m/%Y}" if language() == "fr" else day.isoformat()


def read_date(text: str) -> dt.date | None:
    """A date as typed: ``10/06/2008`` or ``2008-06-10``; None when empty.

    Raises:
        ValueError: it is not written as a date.
        RosterError: it is, and the calendar has no such day.
    """
    text = text.strip()
    if not text:
        return None
    for sign in ("/", ".", " "):
        parts = text.split(sign)
        if len(parts) == 3:
            day, month, year = (int(p) for p in parts)
            try:
                return dt.date(year, month, day)
            except ValueError:
                raise RosterError(
                    N_("{date} does not exist: check the day and the month."),
                    date=text,
                ) from None
    return dt.date.fromisoformat(text)
