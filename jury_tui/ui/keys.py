"""Keys, one after the other: each has done all it does before the next is looked at.

Textual hands a key to the focused widget, and what the widget leaves goes up to the
application, through a queue at each level. Keys that come faster than that overtake
one another: of “B space C space”, typed while the screen was busy, both spaces once
acted on C. A vote must never go to another member than the one who was named.

Textual has no public seam for that, nor for looking up the bindings of one key: what
is used of its own is used here only, and ``tests/ui/test_painting.py`` compares both.
"""

# ruff: noqa: SLF001
from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual._callback import invoke
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import key_to_character
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.worker import WorkerState

from jury_tui.ui.painting import PaintedScreen

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.message import Message

PATIENCE = 1.0
"""Seconds after which a key that was lost on its way no longer holds up the others."""
_BEING_MADE = 0.005
"""Seconds after which a screen that was not there yet is looked at again."""
_ABOUT_TO = (WorkerState.PENDING, WorkerState.RUNNING)


def _chain(screen: Screen[Any]) -> list[DOMNode]:
    """Whose bindings count: from the focused widget up to the application."""
    focused = screen.focused
    if focused is None or focused.loading:
        return [screen, screen.app]
    return focused.ancestors_with_self


def _keep_for_themselves(node: DOMNode) -> bool:
    return type(node).check_consume_key is not DOMNode.check_consume_key


def shown_bindings(screen: Screen[Any]) -> list[tuple[DOMNode, Binding]]:
    """The bindings that act now and that a bar of keys shows.

    As ``Screen.active_bindings``, of which they are a part: that one copies every map
    of bindings, asks of each key whether somebody keeps it, and of each action whether
    it is possible, shown or not.
    """
    app = screen.app
    if app._keymap:
        return [
            (a.node, a.binding)
            for a in screen.active_bindings.values()
            if a.binding.show and a.enabled
        ]
    nodes = _chain(screen)
    maps = [node._bindings.key_to_bindings for node in nodes]
    wanted = {
        k for keys in maps for k, some in keys.items() if any(b.show for b in some)
    }
    chosen: dict[str, tuple[DOMNode, Binding, bool]] = {}
    keepers: list[DOMNode] = []
    for node, keys in zip(nodes, maps, strict=True):
        for key in keys:
            if key not in wanted or _kept(key, keepers):
                continue
            for binding in keys[key]:
                before = chosen.get(key)
                if before is not None and (before[1].priority or not binding.priority):
                    continue
                state = app._check_action_state(binding.action, node)
                if state is not False:
                    chosen[key] = (node, binding, bool(state))
        if node.is_modal:
            break
        if _keep_for_themselves(node):
            keepers.append(node)
    return [(n, b) for n, b, enabled in chosen.values() if b.show and enabled]


def idle_bindings(screen: Screen[Any]) -> list[Binding]:
    """The bindings of a screen itself that do nothing now."""
    return [
        binding
        for some in screen._bindings.key_to_bindings.values()
        for binding in some
        if binding.description
        and not binding.system
        and not screen.app._check_action_state(binding.action, screen)
    ]


def _kept(key: str, keepers: list[DOMNode]) -> bool:
    """Whether a widget nearer to the focus takes the key as a letter."""
    return any(k.check_consume_key(key, key_to_character(key)) for k in keepers)


def _handlers(node: DOMNode, key: events.Key) -> Iterator[Callable[..., Any]]:
    """What a node does with a key, class by class.

    As Textual's own, which goes through all the classes of both each time.
    """
    found = _found(type(node))
    if found is None:
        for _class, act in node._get_dispatch_methods("on_key", key):
            yield act
        return
    for function in found:
        if key._no_default_action:
            break
        yield function.__get__(node)


@lru_cache(256)
def _found(kind: type[DOMNode]) -> tuple[Any, ...] | None:
    """The methods of a class that get its keys; None when a decorator gives some.

    That of all widgets calls ``key_…`` methods: it is left out where there are none.
    """
    found: list[Any] = []
    for each in kind.__mro__:
        decorated = each.__dict__.get("_decorated_handlers") or {}
        if any(message in decorated for message in events.Key.__mro__):
            return None
        method = each.__dict__.get("_on_key") or each.__dict__.get("on_key")
        if method is not None and (method is not Widget._on_key or _named(kind)):
            found.append(method)
    return tuple(found)


def _named(kind: type[DOMNode]) -> bool:
    """Whether a class has methods named after keys."""
    return any(name.startswith(("key_", "_key_")) for name in dir(kind))


class _Call:
    """A call to come; without this number Textual works its signature out each time."""

    _param_count = 0

    def __init__(self, function: Callable[..., Any], *arguments: object) -> None:
        self.function = function
        self.arguments = arguments

    def __call__(self) -> Any:
        return self.function(*self.arguments)


def _later(at: DOMNode, function: Callable[..., Any], *arguments: object) -> bool:
    """As ``call_later``, behind all that waits there."""
    return at.post_message(events.Callback(callback=_Call(function, *arguments)))


def prompt(kind: type[Driver]) -> type[Driver]:
    """A driver that hands over what is typed at once."""

    # Which class it is depends on the system: mypy asks for one known beforehand.
    class Prompt(kind):  # type: ignore[misc, valid-type]
        """Textual makes a task of each key, that another one may wait for."""

        def send_message(self, message: Message) -> None:
            self._loop.call_soon_threadsafe(self._app.post_message, message)

    return Prompt


class KeysInOrder(App[None]):
    """An application that looks at one key at a time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys_waiting: deque[events.Key] = deque()
        self._key_passing: events.Key | None = None
        self._key_since = 0.0
        self._not_awaited: Screen[Any] | None = None

    async def on_event(self, event: events.Event) -> None:
        """A key that comes in waits for those before it."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        if not self.screen_stack:
            return  # typed after the one that ended the program
        if self._key_passing is not None and self._late():
            self._key_passing = None
        self._keys_waiting.append(event)
        if self._key_passing is None:
            await self._pass_next()
        elif len(self._keys_waiting) == 1:
            self.set_timer(PATIENCE, self._unblock)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Do what a key is bound to.

        As Textual's own, which copies the bindings of the whole screen, twice a key.
        """
        if self._keymap:
            return await super()._check_bindings(key, priority)
        ways: list[tuple[DOMNode, list[Binding]]] = []
        keepers: list[DOMNode] = []
        for node in _chain(self.screen):
            if not _kept(key, keepers):
                ways.append((node, node._bindings.key_to_bindings.get(key, [])))
            if node.is_modal and not priority:
                break
            if _keep_for_themselves(node):
                keepers.append(node)
        refused: list[Binding] = []
        for node, bindings in reversed(ways) if priority else ways:
            for binding in bindings:
                if binding.priority != priority:
                    continue
                if await self.run_action(binding.action, node):
                    return True
                if node is self.screen:
                    refused.append(binding)
        if refused:
            self.impossible(refused)
        return False

    def settle(self) -> bool:
        """Wait for what a key began and no screen may show before; to be overridden.

        Returns:
            Whether what the screens would show is so.
        """
        return True

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Nothing reaches the terminal that is not so."""
        if self.settle():
            super()._display(screen, renderable)

    def get_driver_class(self) -> type[Driver]:
        """The system's own, from whose thread keys come in with less ado."""
        return prompt(super().get_driver_class())

    def impossible(self, bindings: Sequence[Binding]) -> None:
        """A key of the screen that does nothing now; to be overridden."""

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
        if not self.screen.is_mounted and self.screen is not self._not_awaited:
            # It was typed for a screen that is only being made.
            self._await_screen()
            return
        key = self._key_passing = self._keys_waiting.popleft()
        self._key_since = time.monotonic()
        target: DOMNode = self.focused or self.screen
        await self._carry(key)
        # Twice: the way of the key itself, then that of what it set off (an answer
        # that was entered, a line that was chosen).
        self._behind(target, lambda: self._behind(target, partial(self._acted, key)))

    def _await_screen(self, since: float = 0.0) -> None:
        """Look again whether the screen is there, for a while."""
        screen, now = self.screen, time.monotonic()
        since = since or now
        if screen.is_mounted or now - since > PATIENCE:
            self._not_awaited = screen
            self.call_next(self._pass_next)
        else:
            self.set_timer(_BEING_MADE, partial(self._await_screen, since))

    async def _carry(self, key: events.Key) -> None:
        """From the focused widget up to the bindings, in one go, then paint.

        As Textual does through a queue at each level; so it is done here too where
        something waits in one of them, which then comes first.
        """
        screen = self.screen
        *way, _app = _chain(screen)
        if screen.maximized or any(
            n.message_queue_size or not n.is_running for n in way
        ):
            await super().on_event(key)
            return
        self.app_focus = True
        if not await self._check_bindings(key.key, priority=True):
            key._set_forwarded()
            for node in (*way, self):
                if _found(type(node)) == ():
                    continue
                key._no_default_action = False
                with node._context():
                    for act in _handlers(node, key):
                        await invoke(act, key)
                if key._stop_propagation:
                    break
        waits = any(n.message_queue_size for n in way if n is not screen)
        if isinstance(screen, PaintedScreen) and not waits:
            screen.paint()
        self.settle()

    def _behind(self, at: DOMNode, then: Callable[[], Awaitable[None] | None]) -> None:
        """Up from a widget, behind all that waits there, to the application."""

        def climb(at: DOMNode) -> None:
            above = at.parent
            if above is None or above is self or not _later(above, climb, above):
                _later(self, then)

        if not _later(at, climb, at):
            _later(self, then)

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
