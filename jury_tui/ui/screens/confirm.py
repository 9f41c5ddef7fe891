"""The only modal screen: what cannot be undone is asked once, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen

from jury_tui.i18n import N_
from jury_tui.ui.widgets.bars import KeyBar, ShowsKeys
from jury_tui.ui.widgets.page import Page


class ConfirmScreen(ModalScreen[bool], ShowsKeys[bool]):
    """A question, and what will be written; Enter says yes in the question's verb."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", N_("No, go back"), show=True),
    ]

    def __init__(self, question: str, lines: Sequence[str], yes: str) -> None:
        """A question.

        Args:
            question: What is asked.
            lines: What will be written.
            yes: What Enter does: the verb of the question again, a msgid.
        """
        super().__init__()
        enter = Binding("enter", "answer(True)", yes, show=True)
        self._bindings = BindingsMap.merge([BindingsMap([enter]), self._bindings])
        self.question = question
        self.written = tuple(lines)

    def compose(self) -> ComposeResult:
        """The question, the words, the two keys."""
        with Vertical(id="confirm"):
            yield Page(Content(self.question), id="confirm-question")
            yield Page(Content("\n".join(self.written)), id="confirm-lines")
            yield KeyBar(id="keys")

    def action_answer(self, answer: bool) -> None:
        """Yes or no."""
        self.dismiss(answer)


async def confirmed(
    screen: Screen[None], question: str, lines: Sequence[str], *, yes: str
) -> bool:
    """Ask once, from a worker.

    Args:
        screen: Where it is asked.
        question: What is asked.
        lines: What will be written.
        yes: What Enter does: the verb of the question again, a msgid.

    Returns:
        Whether the person said yes.
    """
    answer = await screen.app.push_screen_wait(ConfirmScreen(question, lines, yes))
    return bool(answer)
