"""Keys, one after the other: each has done all it does before the next is looked at.

Textual hands a key to the focused widget, and what the widget leaves goes up to the
application, through a queue at each level. Keys that come faster than that overtake
one another: of “B space C space”, typed while the screen was busy, both spaces once
acted on C. A vote must never go to another member than the one who was named.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.worker import WorkerState

PATIENCE = 1.0
"""Seconds after which a key that was lost on its way no longer holds up the others."""
_ABOUT_TO = (WorkerState.PENDING, WorkerState.RUNNING)


class KeysInOrder(App[None]):
    """An application that looks at one key at a time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys_waiting: deque[events.Key] = deque()
        self._key_passing: events.Key | None = None
        self._key_since = 0.0

    async def on_event(self, event: events.Event) -> None:
        """A key that comes in waits for those before it."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        if self._key_passing is not None and self._late():
            self._key_passing = None
        self._keys_waiting.append(event)
        if self._key_passing is None:
            await self._pass_next()
        elif len(self._keys_waiting) == 1:
            self.set_timer(PATIENCE, self._unblock)

    def _late(self) -> bool:
        return time.monotonic() - self._key_since > PATIENCE

    async def _unblock(self) -> None:
        if self._late():
            self._key_passing = None
            await self._pass_next()

    async def _pass_next(self) -> None:
        """Let the next key through, and follow it."""
        if self._key_passing is not None or not self._keys_waiting:
            return
        key = self._key_passing = self._keys_waiting.popleft()
        self._key_since = time.monotonic()
        target: DOMNode = self.focused or self.screen
        await super().on_event(key)
        # Twice: the way of the key itself, then that of what it set off (an answer
        # that was entered, a line that was chosen).
        self._behind(target, lambda: self._behind(target, partial(self._acted, key)))

    def _behind(self, at: DOMNode, then: Callable[[], Awaitable[None] | None]) -> None:
        """Up from a widget, behind all that waits there, to the application."""

        def climb(at: DOMNode) -> None:
            above = at.parent
            if above is None or above is self or not above.call_later(climb, above):
                self.call_later(then)

        if not at.call_later(climb, at):
            self.call_later(then)

    async def _acted(self, key: events.Key) -> None:
        """The key has acted; a question it raises comes before the next key."""
        if key is not self._key_passing:
            return  # it was given up for lost
        if self._about_to_ask() and not self._late():
            self.call_after_refresh(self._acted, key)
            return
        self._key_passing = None
        await self._pass_next()

    def _about_to_ask(self) -> bool:
        """Whether a question is coming, or its answer is not carried out yet."""
        asking = any(w.group == "asking" and w.state in _ABOUT_TO for w in self.workers)
        if not asking or isinstance(self.screen, ModalScreen):
            return False
        panel = getattr(self.screen, "asking", None)
        return panel is None or panel.answer.done() or not panel.has_focus_within
