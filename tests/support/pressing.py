"""Every key of a screen pressed: what it does is seen, or it says why it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from textual.binding import Binding
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets.input import Selection

from jury_tui.i18n import _, language
from jury_tui.ui.app import JuryApp
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.widgets.ask import Field
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from tests.support.cases import Case, at, calm, name
from tests.support.lengths import LONG
from tests.support.screens import lines, press
from tests.support.tongues import strange

QUIT = "ctrl+q"
BACK = {
    "up": "down",
    "down": "up",
    "left": "right",
    "right": "left",
    "pageup": "pagedown",
    "pagedown": "pageup",
    "home": "end",
    "end": "home",
}
"""What goes the other way: at one end of a list, only one of the two moves."""
Known = set[tuple[object, ...]]


class Pressed(NamedTuple):
    """What a key did.

    Attributes:
        key: Which.
        done: The actions that were carried out, as they are bound.
        changed: Whether anything changed but the message.
        said: What the message line says.
        kind: ``saved``, ``refused`` or plain.
    """

    key: str
    done: tuple[str, ...]
    changed: bool
    said: str
    kind: str


class Seen(NamedTuple):
    """All that a key may change."""

    screens: tuple[int, ...]
    picture: list[Strip]
    acts: int
    focused: object
    typed: tuple[str, Selection] | None
    clipboard: str
    outside: tuple[object, ...]


def look(pilot: Pilot[Any]) -> Seen:
    """The application as it is; the message line is kept empty meanwhile."""
    app = jury(pilot)
    return Seen(
        tuple(map(id, app.screen_stack)),
        app.screen._compositor.render_strips(),
        0 if app.record is None else len(app.record.acts),
        app.focused,
        _typed(app.focused),
        app.clipboard,
        (app.theme, language(), app._exit),
    )


def _typed(focused: object) -> tuple[str, Selection] | None:
    return (focused.value, focused.selection) if isinstance(focused, Field) else None


def jury(pilot: Pilot[Any]) -> JuryApp:
    """The application."""
    assert isinstance(pilot.app, JuryApp)
    return pilot.app


def bound(app: JuryApp) -> dict[str, list[tuple[DOMNode, Binding]]]:
    """Each key, with what it is bound to, nearest to the focus first.

    A modal screen leaves those beneath it out, but for what comes before all else.
    """
    chain = app.screen._modal_binding_chain
    found: dict[str, list[tuple[DOMNode, Binding]]] = {}
    for node, bindings in chain:
        for key, binding in bindings:
            if not key.startswith("super+"):  # on no keyboard this is used with
                found.setdefault(key, []).append((node, binding))
    return found


def to_press(app: JuryApp, known: Known, acted: set[tuple[str, str]]) -> list[str]:
    """The keys to press here.

    Of the screen's own, all that do nothing now, since each says why; those that may
    act, until they did, and once a phase of the session (in every case, the long way).
    Keys that many screens
    share are pressed once where they act and once where they do not.
    """
    keys = []
    asking = isinstance(app.screen, JuryScreen) and app.screen.asking is not None
    for key, ways in bound(app).items():
        if asking and len(key) == 1:
            continue  # a letter is an answer
        fresh = False
        for node, binding in ways:
            enabled = app._check_action_state(binding.action, node)
            shared = asking or _shared(node, binding)
            phase = app.session.phase if app.session and not shared else None
            # a widget's are its own; those of the application are so everywhere
            near = () if node is app else (type(node), asking)
            state = (key, binding.action, enabled, phase, *near)
            often = LONG or not enabled or (key, binding.action) not in acted
            fresh |= state not in known or (not shared and often)
            known.add(state)
        if fresh and key != QUIT:
            keys.append(key)
    return keys


def common(binding: Binding) -> bool:
    """Whether a binding is one that many screens share."""
    every = (Screen, JuryScreen, SessionScreen)
    many = [b for cls in every for b in Binding.make_bindings(cls.__dict__["BINDINGS"])]
    return binding in many


def _shared(node: DOMNode, binding: Binding) -> bool:
    return not isinstance(node, Screen) or common(binding)


async def pressed(pilot: Pilot[Any], key: str) -> Pressed:
    """Press one key and look."""
    app = jury(pilot)
    done: list[str] = []
    run = app.run_action

    async def noted(action: Any, node: Any = None, **more: Any) -> bool:
        carried = await run(action, node, **more)
        if carried and isinstance(action, str):
            done.append(action)
        return carried

    before = look(pilot)
    with patch.object(app, "run_action", noted):
        await press(pilot, key)
        if name(app.screen) == "WhatIfScreen":
            await calm(pilot)
    said, kind = app.notice
    app.hush()
    await pilot.pause()
    return Pressed(key, tuple(done), look(pilot) != before, said, kind)


async def tried(pilot: Pilot[Any], key: str) -> Pressed:
    """Press a key where it can act: away from an end, on something that is selected."""
    app = jury(pilot)
    focused = app.focused
    near = bound(app).get(key, [])
    edits = bool(near) and isinstance(near[0][0], Field) and key != "enter"
    if edits and isinstance(focused, Field):
        app.copy_to_clipboard("zz")
        focused.value = "ab cd ef"
        focused.selection = Selection(4, 5)
        await pilot.pause()
    result = await pressed(pilot, key)
    if not result.changed and not result.said and key in BACK:
        await pressed(pilot, BACK[key])
        result = await pressed(pilot, key)
    return result


def nowhere(app: JuryApp, key: str) -> bool:
    """Whether a key that moves has nowhere to go, as anybody sees."""
    focused = app.focused
    offered = [found for found in app.screen.query(Lines) if found.empty]
    if isinstance(focused, Field) and any(not found.rows for found in offered):
        return key in (*BACK, "tab")  # the list beneath says that it is empty
    if key == "ctrl+c" and app.screen.is_modal:
        return True  # it copies what is selected, and nothing is
    if key in ("tab", "shift+tab"):
        return len(app.screen.focus_chain) < 2
    if isinstance(focused, Lines) and focused.small_letters and len(key) == 1:
        return True  # a letter goes to a name, and none begins so
    if key not in BACK:
        return False
    if isinstance(focused, Lines):
        return len(focused.rows) < 2
    if isinstance(focused, Reading):
        return focused.max_scroll_y == 0
    below = app.screen.query(Lines)
    return isinstance(focused, Field) and all(len(found.rows) < 2 for found in below)


async def returned(pilot: Pilot[Any], base: Seen) -> bool:
    """Go back to where the key was pressed; whether all is as it was."""
    app = jury(pilot)
    if app.theme != base.outside[0]:
        app.theme = str(base.outside[0])
        await pilot.pause()
    same = app.focused is base.focused
    if isinstance(app.focused, Field) and same and base.typed is not None:
        app.focused.value, app.focused.selection = base.typed
        await pilot.pause()
    for _time in range(4):
        seen = look(pilot)
        if seen._replace(clipboard=base.clipboard) == base:
            return True
        asking = isinstance(app.screen, JuryScreen) and app.screen.asking is not None
        deeper = len(seen.screens) > len(base.screens)
        if seen.acts != base.acts or not (asking or deeper):
            return False
        await press(pilot, "escape")
        app.hush()
        await calm(pilot)
    return False


async def press_all(
    case: Case, under: Path, tongue: str, known: Known, acted: set[tuple[str, str]]
) -> list[str]:
    """Press each key of a case, as it is when one comes there.

    Where a key leaves all as it was once it is given up, the next one is pressed;
    else everything is made anew.

    Args:
        case: Where.
        under: An empty folder.
        tongue: In which one is said what is said.
        known: Keys that many screens share, in the states in which they were pressed.
        acted: Keys and actions that did something: added to.

    Returns:
        What is wrong.
    """
    wrong: list[str] = []
    keys: list[str] | None = None
    times = 0
    while keys is None or keys:
        times += 1
        async with at(case, under / str(times), tongue) as pilot:
            app = jury(pilot)
            app.hush()
            await pilot.pause()
            keys = to_press(app, known, acted) if keys is None else keys
            base, shown = look(pilot), set(lines(pilot))
            while keys:
                key = keys.pop(0)
                result = await tried(pilot, key)
                if result.changed or (result.said and result.kind != "refused"):
                    acted |= {(key, action) for action in result.done}
                    acted.add((key, ""))
                wrong += _judged(app, case, result)
                # a key may change the language; a question above cuts words beneath
                if language() == tongue and not app.screen.is_modal:
                    new = [line for line in lines(pilot) if line not in shown]
                    said = "\n".join([result.said, *new])
                    if found := strange(said, tongue, under):
                        wrong.append(f"{case}: {key} says {sorted(found)}")
                if not keys or not await returned(pilot, base):
                    break
            if not keys:
                acted |= await _left(pilot)
    return wrong


async def _left(pilot: Pilot[Any]) -> set[tuple[str, str]]:
    """Ctrl+Q, from wherever one is."""
    app = jury(pilot)
    await pilot.press(QUIT)
    await pilot.pause()
    assert app._exit
    return {(QUIT, "quit"), (QUIT, "app.quit")}


def _judged(app: JuryApp, case: Case, result: Pressed) -> list[str]:
    if result.changed or nowhere(app, result.key):
        return []
    what = f"{case}: {result.key} {', '.join(result.done)}"
    if not result.said:
        return [f"{what} does nothing, and says nothing"]
    bindings = [binding for _node, binding in bound(app).get(result.key, [])]
    labels = {_label(binding) for binding in bindings}
    if result.said in labels:
        return [f"{what} does not say why: {result.said}"]
    return []


def _label(binding: Binding) -> str:
    return _("{label}: not now.").format(label=_(binding.description))
