"""What every screen has: the frame, the keys, and ways to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from jury_tui.i18n import N_, _
from jury_tui.ui.painting import PaintedScreen
from jury_tui.ui.widgets.bars import Bar, KeyBar, ShowsKeys
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.page import Page
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import SOFT, session_name

if TYPE_CHECKING:
    from jury_tui.ui.app import JuryApp
    from jury_tui.ui.widgets.ask import Panel


class JuryScreen(PaintedScreen[None], ShowsKeys[None]):
    """A screen of the program: a title line, what it shows, a message, the keys.

    Of an event, Textual calls what each class of a screen has for it, the nearest
    first: one that calls its base class's has it all done twice.
    """

    asking: Panel | None = None
    _dressed = False
    AUTO_FOCUS = "Lines"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (100, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "app.help", N_("Help"), show=True, key_display="F1"),
        Binding("question_mark", "app.help", N_("Help"), show=False),
        Binding("escape", "back", N_("Back"), show=True),
        Binding("enter", "choose_line", N_("Open"), show=False),
    ]

    @cached_property
    def jury(self) -> JuryApp:
        """The application, by its own type; Textual looks it up at each question."""
        return cast("JuryApp", self.app)

    # --- the frame -----------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The frame around :meth:`body`."""
        self._measure()
        self.title_bar = Bar(id="title")
        self.message = Page(id="message")
        yield self.title_bar
        yield from self.body()
        yield self.message
        yield KeyBar(id="keys")

    def body(self) -> Iterable[Widget]:
        """What this screen shows between title and message."""
        return ()

    @property
    def cells(self) -> Size:
        """The cells there are: those of the terminal until the screen is laid out."""
        return self.size or self.app.size

    def _measure(self) -> None:
        """Bear the classes of the terminal's size before there are widgets.

        Textual gives them at the first resize, and then styles every widget again.
        """
        for length, points in zip(
            self.app.size,
            (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS),
            strict=True,
        ):
            self.add_class(max(p for p in points if p[0] <= length)[1])

    @on(events.ScreenResume)
    def _dress(self, event: events.ScreenResume) -> None:
        """What has just been mounted is styled: not once more when it first shows."""
        event.refresh_styles = event.refresh_styles and self._dressed
        self._dressed = True

    def on_mount(self) -> None:
        """Follow what the application says."""
        self.watch(self.app, "notice", self._noticed)
        self.retitle()

    def on_screen_resume(self) -> None:
        """Come back to the front."""
        self.retitle()
        self._noticed()
        self.refresh_bindings()

    def crumbs(self) -> tuple[Cell, ...]:
        """Where one is: the list of sessions, the session, its room, what is in it."""
        session = self.jury.session
        here = self.way()
        if session is not None:
            here = (session_name(session), *here)
        *before, last = (f" {_('Sessions')}", *here)
        return (*(Cell(f"{each} › ", SOFT) for each in before), Cell(last, "strong"))

    def way(self) -> tuple[str, ...]:
        """What of the way is this screen's own, from the session on."""
        return (_(self.name_),)

    def aside(self) -> tuple[Cell, ...]:
        """What stands at the right of the title."""
        return ()

    def retitle(self) -> None:
        """Write the title line anew."""
        self.title_bar.say(self.crumbs(), self.aside())

    def _noticed(self) -> None:
        # a screen beneath must not be touched: Textual repaints the top one whole
        if not self.is_mounted or self.app.screen is not self:
            return
        notice = self.jury.notice
        message = self.message
        message.show(Content(f" {notice.text}" if notice.text else ""))
        message.set_class(notice.kind == "refused", "-refused")
        message.set_class(notice.kind == "saved", "-saved")

    # --- keys ----------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a question is asked, nothing else acts; then :meth:`possible`."""
        if action == "back":
            return True
        return self.asking is None and self.possible(action)

    def possible(self, action: str) -> bool:
        """Whether an action means something now; others are not in the footer."""
        return bool(action)

    def why_impossible(self, action: str) -> str:
        """Why a key of this screen does nothing now; empty if there is no more to say.

        Args:
            action: What it is bound to, as it is written there.
        """
        del action
        return ""

    def action_back(self) -> None:
        """To the screen before."""
        self.app.pop_screen()

    def action_choose_line(self) -> None:
        """Choose the line under the cursor."""
        focused = self.focused
        if isinstance(focused, Lines):
            focused.action_choose()
        else:
            self.jury.tell(_("There is nothing to choose here."))

    def action_copy_text(self) -> None:
        """Copy what the mouse selected, and say so."""
        super().action_copy_text()
        self.jury.tell(_("Copied."))

    def copyable(self) -> str:
        """What Ctrl+Y copies: the line under the cursor."""
        focused = self.focused
        return focused.line if isinstance(focused, Lines | Reading) else ""

    # --- asking --------------------------------------------------------------

    async def ask(self, question: str, value: str = "", hint: str = "") -> str | None:
        """Ask for a line of text at the foot of the screen.

        Returns:
            What was typed, perhaps empty; None when given up.
        """
        from jury_tui.ui.widgets.ask import AskText

        return await self._answer(AskText(question, value, hint))

    async def ask_again(
        self, question: str, value: str, known: Sequence[str]
    ) -> str | None:
        """Ask for a line of text; those already written are offered beneath.

        Returns:
            What was typed, perhaps empty; None when given up.
        """
        from jury_tui.ui.widgets.ask import AskAgain

        return await self._answer(AskAgain(question, value, known))

    async def ask_path(
        self, question: str, suffixes: Sequence[str], base: Path
    ) -> str | None:
        """Ask for a file, completed as one types, beginning at a folder.

        Returns:
            Its path, which need not exist; None when given up.
        """
        from jury_tui.ui.widgets.path import AskPath

        return await self._answer(AskPath(question, suffixes, base))

    async def ask_secret(self, question: str) -> str | None:
        """Ask for a password; it is neither shown nor kept."""
        from jury_tui.ui.widgets.ask import AskText

        return await self._answer(AskText(question, secret=True))

    async def pick(
        self,
        question: str,
        rows: Sequence[Row],
        *columns: Column,
        empty: str = "",
        at: str = "",
    ) -> str | None:
        """Ask to pick one row.

        Args:
            question: What is asked.
            rows: What there is to pick.
            columns: How they stand.
            empty: What is said where there are none.
            at: The key that the cursor is on to begin with; else the first.

        Returns:
            Its key; None when given up.
        """
        from jury_tui.ui.widgets.ask import AskChoice

        return await self._answer(
            AskChoice(question, rows, *columns, empty=empty, at=at)
        )

    async def tick(
        self,
        question: str,
        rows: Sequence[Row],
        ticked: Iterable[str],
        *,
        before: bool = False,
    ) -> tuple[str, ...] | None:
        """Ask to tick some rows.

        Args:
            question: What is asked.
            rows: What may be ticked.
            ticked: The keys that are ticked to begin with.
            before: Whether they are what was answered the last time.

        Returns:
            The keys that were ticked; None when given up.
        """
        from jury_tui.ui.widgets.ask import AskSeveral

        panel = AskSeveral(question, rows, ticked, before=before)
        answered = await self._answer(panel)
        return None if answered is None else panel.ticked

    async def _answer(self, panel: Panel) -> str | None:
        was = self.focused
        self.jury.style_further()
        self.asking = panel
        self.add_class("-asking")
        await self.mount(panel, before="#message")
        self.refresh_bindings()
        try:
            return await panel.answer
        finally:
            if panel.is_attached:
                await panel.remove()
            self.asking = None
            self.remove_class("-asking")
            if was is not None and was.is_attached:
                self.set_focus(was)
            self.refresh_bindings()
