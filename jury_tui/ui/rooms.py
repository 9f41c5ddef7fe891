"""Which screens lie above one another: the list of sessions, a room, what it opens."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.screen import Screen

from jury_tui.ui.keys import KeysInOrder


class Rooms(KeysInOrder):
    """An application of a list of sessions, and of the rooms of one of them.

    A session that is opened at once has no list beneath its rooms: it is made when one
    goes back to it.
    """

    FURTHER_CSS: ClassVar[Path] = Path(__file__).with_name("further.tcss")
    """The styles of what opens above the first screen."""

    @property
    def _beneath_rooms(self) -> int:
        """How many screens lie there: the list, once one came to it."""
        from jury_tui.ui.screens.session import SessionScreen

        return 0 if isinstance(self.screen_stack[0], SessionScreen) else 1

    @property
    def in_a_room(self) -> bool:
        """Whether nothing is shown above a room of the session."""
        return len(self.screen_stack) <= self._beneath_rooms + 1

    def to_room(self) -> None:
        """Leave what is shown above the room of the session."""
        while not self.in_a_room:
            self.pop_screen()

    def enter(self, room: Screen[None]) -> None:
        """Show a room in place of another one, or above the list of sessions."""
        self.to_room()
        if len(self.screen_stack) > self._beneath_rooms:
            self.switch_screen(room)
        else:
            self.push_screen(room)

    def to_list(self) -> None:
        """Show the list of sessions in place of a room: made now, if not before."""
        self.to_room()
        if self._beneath_rooms:
            self.pop_screen()
        else:
            from jury_tui.ui.screens.sessions import SessionsScreen

            self.switch_screen(SessionsScreen())

    def style_further(self) -> None:
        """Have all the styles: those of the first screen are a third of them."""
        if not self.stylesheet.has_source(str(self.FURTHER_CSS)):
            self.stylesheet.read(self.FURTHER_CSS)
            self.stylesheet.parse()  # what was parsed before is not parsed again
