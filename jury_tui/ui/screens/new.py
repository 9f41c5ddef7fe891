"""A new session: the certification, the route, then when and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, short_date
from jury_tui.register.drafting import draft
from jury_tui.rosters import cells
from jury_tui.rules.labels import label
from jury_tui.rules.model import Kind, Route, Rulebook
from jury_tui.rules.rulebook import library
from jury_tui.ui.field_helps import OF_MEETING, by_field
from jury_tui.ui.light import TONES
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.screens.form import (
    FormScreen,
    Item,
    date_hint,
    example,
    read_date,
    written,
)
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import SOFT, WARN


class NewScreen(JuryScreen):
    """Step 1: which certification, by which route. One list; nothing is kept yet."""

    name_ = N_("New session")
    help = N_(
        "Choose the certification and the access route: the arrows, or the first "
        "letters of a code; then [Enter]. "
        "The route decides which jury is called and which law applies. Nothing is "
        "written before the last step."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "routes": N_(
            "One certification and one access route per line; below, the jury they "
            "call for and the law that applies. Type the first letters of a code to "
            "go to it; [Enter] goes on."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Choose"), show=True),
    ]

    def body(self) -> Iterable[Widget]:
        """Routes by certification, what they mean below."""
        yield Bar(id="step")
        yield Lines(
            Column(" " + _("Code"), 18, narrow=14),
            Column(_("Certification"), 34, grow=True, most=80),
            Column(_("Route"), 18, grow=True, most=50),
            Column(_("Jury"), 30, grow=True, least=170, most=44),
            small_letters=True,
            empty=_("No certification is installed."),
            id="routes",
        )
        yield Reading(id="detail")

    def on_mount(self) -> None:
        """List the routes."""
        asked = _("Step 1 of 2: certification and route")
        hint = _("type a code to go to it")
        bar = self.query_one("#step", Bar)
        bar.say((Cell(f" {asked}", "key"),), (Cell(f"{hint} ", SOFT),))
        try:
            self.books = {
                code: book
                for code, book in library().items()
                if book.kind is Kind.CERTIFICATION
            }
        except JuryError as error:
            self.books = {}
            self.jury.refused(error)
        rows = []
        # registered certifications first, then the rest, the examples last
        known = sorted(
            self.books.items(),
            key=lambda pair: (pair[1].fictitious, not pair[0].startswith("RNCP")),
        )
        for code, book in known:
            for route in book.routes:
                if not route.jury:
                    continue
                open_ = "" if route.accessible else _(" (closed)")
                example = _(" (example)") if book.fictitious else ""
                only = route.vae and sum(r.vae for r in book.routes) == 1
                cells = (
                    Cell(f" {code}", "strong"),
                    Cell(label(book.title) + example),
                    Cell(label(route.label) + open_, SOFT, _("VAE") if only else ""),
                    Cell(jury_of(book, route), SOFT),
                )
                rows.append(Row(f"{code}\n{route.id}", cells, code))
        self.query_one("#routes", Lines).show_rows(rows)
        self._explain()

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """Explain what is under the cursor."""
        self._explain()

    def _explain(self) -> None:
        code, _nl, route = self.query_one("#routes", Lines).key.partition("\n")
        book = self.books.get(code)
        today = self.jury.clock().date()
        said = Content("") if book is None else about(book, route, today)
        self.query_one("#detail", Reading).show(said)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """To step 2."""
        code, _nl, route = event.key.partition("\n")
        self.app.push_screen(NewForm(self.books[code], route))

    def action_choose(self) -> None:
        """To step 2."""
        self.query_one("#routes", Lines).action_choose()


def jury_of(book: Rulebook, route: Route) -> str:
    """Which jury a route calls."""
    jury = next((j for j in book.juries if j.id == route.jury), None)
    return label(jury.label) if jury else ""


def about(book: Rulebook, route: str, today: dt.date) -> Content:
    """What a certification is, by one of its routes, in a few lines."""
    registration = book.registration
    by = next(r for r in book.routes if r.id == route)
    parts = [(f"{label(book.title)}\n", "bold")]
    said = _("{fact}: {value}").format(fact=_("Route"), value=label(by.label))
    parts.append((f"{said}\n{jury_of(book, by)}\n", ""))
    if book.certifier:
        parts.append((f"{book.certifier}\n", TONES[SOFT]))
    if registration.until is not None:
        over = registration.until < today
        said = (
            _("Registered until {date}: that day is past.")
            if over
            else _("Registered until {date}.")
        ).format(date=short_date(registration.until))
        tone = TONES[WARN if over else SOFT]
        parts.append((f"{'!' if over else '·'} {said}\n", tone))
    if registration.text:
        parts.append((f"{registration.text}\n", TONES[SOFT]))
    return Content.assemble(*parts)


class NewForm(FormScreen):
    """Step 2: when, where, who keeps the minutes; then the register is made."""

    name_ = N_("New session")
    help = N_(
        "When and where the jury meets. [Ctrl+S] creates the session: members and "
        "candidates come next, from a file or typed."
    )
    helps = by_field(OF_MEETING)

    def __init__(self, book: Rulebook, route: str) -> None:
        super().__init__()
        self.book = book
        self.route = route

    def body(self) -> Iterable[Widget]:
        """The step, then the form."""
        yield Bar(id="step")
        yield from super().body()

    def on_mount(self) -> None:
        """Say which step it is."""
        said = _("Step 2 of 2: when and where?")
        self.query_one("#step", Bar).say((Cell(f" {said}", "key"),))

    def items(self) -> Iterable[Item]:
        """Date, time, place, secretary."""
        return (
            Item("date", _("Date"), written(self.jury.clock().date()), date_hint()),
            Item("time", _("Time"), "", example("09:00")),
            Item("place", _("Place")),
            Item("secretary", _("Secretary"), "", _("given and family names")),
        )

    def fault(self) -> str:
        """A date is needed; the rest may come later."""
        try:
            day = read_date(self.value("date"))
            cells.clock(self.value("time"))
        except JuryError as error:
            return str(error)
        except ValueError:
            day = None
        if day is None:
            return _("Write the date as {hint}.").format(hint=date_hint())
        return ""

    def side(self) -> Content:
        """What was chosen, and what the date entails."""
        day = self._date() or self.jury.clock().date()
        until = self.book.registration.until
        if until is None or day <= until:
            return about(self.book, self.route, day)
        late = _(
            "The registration ended on {date}. It may still be right for parcours "
            "begun before (L6113-9). The justification is asked before the minutes are "
            "exported; [j], then [u], writes it sooner."
        ).format(date=short_date(until))
        chosen = about(self.book, self.route, until)
        return Content.assemble((f"! {late}\n\n", TONES[WARN]), chosen)

    def _date(self) -> dt.date | None:
        try:
            return read_date(self.value("date"))
        except (ValueError, JuryError):
            return None

    def save(self) -> bool:
        """Make the register, and go on with it."""
        day = self._date()
        if day is None:
            return False
        try:
            record = draft(
                self.jury.sessions,
                certification=self.book.code,
                route=self.route,
                date=day,
                now=self.jury.clock(),
                place=self.value("place"),
                time=cells.clock(self.value("time")),
                secretary=self.value("secretary"),
            )
        except JuryError as error:
            self.jury.refused(error)
            return False
        app = self.jury
        while len(app.screen_stack) > 1:
            app.pop_screen()
        app.show_record(record)
        app.tell(_("The session is created: {path}").format(path=record.path))
        return False
