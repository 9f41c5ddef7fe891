"""The application: what is open, what is shown, and the one place that writes."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import msgspec
from textual import work
from textual.app import SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen

from jury_tui.errors import JuryError
from jury_tui.i18n import LANGUAGES, N_, _, language, listed, set_language
from jury_tui.ui import settings
from jury_tui.ui.rooms import Rooms
from jury_tui.ui.themes import THEMES, theme_word
from jury_tui.ui.words import key_word

if TYPE_CHECKING:
    from jury_tui.register.record import Record
    from jury_tui.session.acts import AnyAct
    from jury_tui.session.commands.base import Command
    from jury_tui.session.session import Session
    from jury_tui.ui import grids
    from jury_tui.ui.screens.base import JuryScreen
    from jury_tui.ui.voting import Typed

FOLLOW_SECONDS = 1.0
"""How often a second window looks whether the first one wrote something."""


class Notice(NamedTuple):
    """What the message line says: ``saved``, ``refused`` or plain."""

    text: str = ""
    kind: str = ""


def system_clock() -> dt.datetime:
    """Now, in the machine's own time zone."""
    return dt.datetime.now().astimezone()


def _terminal_is_there() -> bool:
    """Whether somebody can still type; a terminal that was closed is none."""
    try:
        return sys.__stdin__ is not None and sys.__stdin__.isatty()
    except (OSError, ValueError):
        return False


class JuryApp(Rooms):
    """The terminal interface on a folder of sessions.

    Args:
        sessions: The folder of sessions.
        exports: The folder of minutes.
        open_path: A session to open at once.
        clock: What time it is; for tests.
        preferences: Where theme and last session are remembered; None: nowhere.
        painted: Called once the first screen is there.
    """

    CSS_PATH = "jury.tcss"
    ENABLE_COMMAND_PALETTE = True
    TITLE = "jury-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", N_("Quit"), show=False, priority=True),
        Binding("ctrl+p", "command_palette", N_("Commands"), show=False, priority=True),
        Binding("ctrl+y", "copy", N_("Copy the line"), show=False),
        Binding("ctrl+t", "next_theme", N_("Other colours"), show=False),
        Binding("ctrl+l", "next_language", N_("Français / English"), show=False),
    ]

    session: reactive[Session | None] = reactive(
        None, always_update=True, repaint=False
    )
    notice: reactive[Notice] = reactive(Notice(), always_update=True, repaint=False)

    def __init__(
        self,
        sessions: Path,
        exports: Path,
        *,
        open_path: Path | None = None,
        clock: Callable[[], dt.datetime] = system_clock,
        preferences: Path | None = None,
        painted: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self.sessions = sessions
        self.exports = exports
        self.open_path = open_path
        self.clock = clock
        self.preferences = preferences
        self.painted = painted
        self.record: Record | None = None
        self.typed: dict[str, dict[str, Typed]] = {}
        self.wrote: tuple[AnyAct, ...] = ()
        self._otherwise: Callable[[], None] | None = None
        self.sheets: dict[tuple[str, str, int], grids.Typed] = {}
        self.by_member = False
        self._noticed_with = 0.0
        self._idle: Notice | None = None
        self.kept = settings.read(preferences)
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = self.kept.theme

    # --- what is open --------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        """What was asked for: a session, or the list of them."""
        record = None if self.open_path is None else self.read_session(self.open_path)
        if record is not None:
            return self._on_the_desk(record)
        from jury_tui.ui.screens.sessions import SessionsScreen

        return SessionsScreen()

    def on_mount(self) -> None:
        """Follow other windows."""
        self.set_interval(FOLLOW_SECONDS, self._follow)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """The first screen is there: what is due has time now."""
        self.style_further()
        self.painted()
        if self.record is not None:
            self._load_ahead()

    @work(thread=True, group="ahead")
    def _load_ahead(self) -> None:
        from jury_tui.ui.screens.session import load_ahead

        load_ahead()

    def open_session(self, path: Path) -> bool:
        """Open a session and go to where its secretary left it.

        A session that another window writes is opened to be read, and followed.
        """
        self.close_session()
        record = self.read_session(path)
        if record is None:
            return False
        self.show_record(record)
        return True

    def read_session(self, path: Path) -> Record | None:
        """A session, not shown yet; None when refused: the reason is said."""
        from jury_tui.register.record import Record

        try:
            return Record.open(path, now=self.clock())
        except JuryError as error:
            self.refused(error)
            return None

    def show_record(self, record: Record) -> None:
        """Take a record on the desk."""
        self.close_session()
        self.enter(self._on_the_desk(record))

    def _on_the_desk(self, record: Record) -> Screen[None]:
        """Have a session open; the screen on which it begins."""
        from jury_tui.ui.screens.session import first_screen

        self.record = record
        self.session = record.session
        said = " ".join(str(n) for n in record.notices)
        self.notice = Notice(said, "refused" if record.busy else "")
        self._remember(last=str(record.path))
        return first_screen(record.session)

    def close_session(self) -> None:
        """Let go of the session on the desk."""
        if self.record is not None:
            self.settle()
            self.record.close()
        self.record = None
        self.session = None
        self.notice = Notice()
        self.typed.clear()
        self.sheets.clear()

    def on_unmount(self) -> None:
        """Nothing is held once the program ends."""
        if self.record is not None:
            self.settle()
            self.record.close()

    def _follow(self) -> None:
        if not self.is_headless and not _terminal_is_there():
            # A lost line, and nobody sent a signal: a ghost would hold the session.
            self.exit()
            return
        record = self.record
        if record is None or record.writable:
            return
        try:
            if record.follow():
                self.session = record.session
        except JuryError as error:
            self.refused(error)

    # --- the one place that writes -------------------------------------------

    def commit(
        self,
        *commands: Command,
        said: str = "",
        otherwise: Callable[[], None] | None = None,
    ) -> tuple[AnyAct, ...] | None:
        """Carry commands out; durable when this returns.

        Args:
            commands: What to do, all or none.
            said: What was done, in words, put before the time it was saved.
            otherwise: Puts right what the caller makes of it. With it the acts are
                durable only before the screen shows anything; if the disk fails until
                then they are taken back, and this is called.

        Returns:
            The acts written; None when refused: the reason is on the message line.
        """
        record = self.record
        if record is None:
            return None
        carry_out = record.do if otherwise is None else record.begin
        try:
            acts = carry_out(*commands, now=self.clock())
        except JuryError as error:
            self.refused(error)
            return None
        self._otherwise = otherwise
        saved = _("saved at {time}").format(
            time=f"{(acts[-1].at if acts else self.clock()):%H:%M:%S}"
        )
        said = f"{said[:1].upper()}{said[1:]} · {saved}" if said else saved
        self.notice = Notice(said, "saved")
        self.wrote = acts
        self.session = record.session
        return acts

    def settle(self) -> bool:
        """Wait for the disk, if something was begun: no screen shows it before.

        Returns:
            Whether all that the screens know of is recorded.
        """
        record = self.record
        if record is None or not record.begun:
            return True
        try:
            record.settle()
        except JuryError as error:
            # Behind what is being painted, and is not sent.
            self.call_later(self._unrecorded, error, self._otherwise)
            return False
        return True

    def _unrecorded(
        self, error: JuryError, otherwise: Callable[[], None] | None
    ) -> None:
        """What the screens were about to show did not reach the disk."""
        if self.record is not None:
            self.wrote = ()
            self.session = self.record.session
        if otherwise is not None:
            otherwise()
        self.refused(error)
        self.screen.refresh(layout=True)  # whole: what was not sent is not known

    def refused(self, error: JuryError | str) -> None:
        """Say calmly why something was not done."""
        self.notice = Notice(str(error), "refused")

    def tell(self, text: str) -> None:
        """Say something that is neither saved nor refused."""
        self.notice = Notice(text)

    def hush(self) -> None:
        """What was said is no longer so."""
        self.notice = Notice()

    def impossible(self, bindings: Sequence[Binding]) -> None:
        """A key of the screen does nothing now: say why, in one line."""
        from jury_tui.ui.screens.base import JuryScreen

        screen = self.screen
        if not isinstance(screen, JuryScreen):
            return
        if screen.asking is not None:
            self.refused(
                _("A question is asked below: answer it, or [Esc] gives it up.")
            )
            return
        self.refused(self.why_idle(bindings, screen))
        self._idle = self.notice

    def why_idle(
        self, bindings: Sequence[Binding], screen: JuryScreen | None = None
    ) -> str:
        """Why keys of a screen do nothing now, in one line.

        Args:
            bindings: The keys.
            screen: Whose they are; the one that has them, when left out.
        """
        from jury_tui.ui.screens.base import JuryScreen

        if screen is None:
            stack = reversed(self.screen_stack)
            screen = next((s for s in stack if isinstance(s, JuryScreen)), None)
        said = [screen.why_impossible(b.action) for b in bindings if screen is not None]
        why = next((s for s in said if s), "")
        if not why:
            labels = listed(dict.fromkeys(_(b.description) for b in bindings))
            why = _("{label}: not now.").format(label=labels)
        return why

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Why an earlier key did nothing is no longer said once another one comes."""
        if priority and self._idle is not None:
            idle, self._idle = self._idle, None
            if self.notice is idle:
                self.hush()
        return await super()._check_bindings(key, priority)

    def why_not(self, command: Command) -> str:
        """Why a command would be refused now; empty if it would be done."""
        session = self.session
        if session is None:
            return _("no session is open")
        try:
            command.acts(session, self.clock())
        except JuryError as error:
            return str(error)
        return ""

    # --- what was said goes away with what it was about -----------------------

    def watch_notice(self) -> None:
        """Remember with which key it was said."""
        self._noticed_with = self._key_since

    def _turn(self) -> None:
        """Another screen comes: what was said with an earlier key is not about it."""
        self.style_further()
        if self.notice.text and self._noticed_with != self._key_since:
            self.notice = Notice()

    def push_screen(self, *args: Any, **kwargs: Any) -> Any:
        """Show a screen above, without the message of the one beneath."""
        self._turn()
        return super().push_screen(*args, **kwargs)

    def pop_screen(self) -> AwaitComplete:
        """Leave a screen, and its message with it."""
        self._turn()
        return super().pop_screen()

    def switch_screen(self, screen: Screen[Any] | str) -> AwaitComplete:
        """Change screens, without the message of the one that goes."""
        self._turn()
        return super().switch_screen(screen)

    # --- language, colours, help ---------------------------------------------

    def refresh_css(self, animate: bool = True) -> None:
        """As Textual does; before the first screen, which has all parsed, once."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def action_next_theme(self) -> None:
        """Light, dark, high contrast, monochrome, in turn."""
        names = list(THEMES)
        self.set_theme(names[(names.index(self.theme) + 1) % len(names)])

    def set_theme(self, name: str) -> None:
        """Use a theme and remember it."""
        self.theme = name
        self._remember(theme=name)
        self.tell(_("Colours: {name}.").format(name=theme_word(name)))

    def action_next_language(self) -> None:
        """The other language, at once, on every screen."""
        names = list(LANGUAGES)
        set_language(names[(names.index(language()) + 1) % len(names)])
        self.refresh_language()

    def refresh_language(self) -> None:
        """Draw everything anew in the language in force."""
        from jury_tui.ui.screens.session import first_screen

        session = self.session
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.call_later(self._again, session and first_screen(session))

    async def _again(self, room: Screen[None] | None) -> None:
        from jury_tui.ui.screens.sessions import SessionsScreen

        first = self.screen_stack[0]
        if isinstance(first, SessionsScreen):
            await first.translate()
        if room is not None:
            self.enter(room)

    def remember_folder(self, folder: Path) -> None:
        """Files are looked for there first, from now on."""
        self._remember(files=str(folder.resolve()))

    def _remember(self, **changes: str) -> None:
        self.kept = msgspec.structs.replace(self.kept, **changes)
        settings.write(self.preferences, self.kept)

    def action_help(self) -> None:
        """What this screen and the focused thing are for."""
        from jury_tui.ui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()  # the key that shows it hides it
        else:
            self.push_screen(HelpScreen(self.screen))

    def action_command_palette(self) -> None:
        """All that can be done here; and of the rest, why not."""
        from jury_tui.ui.screens.palette import PaletteScreen

        if isinstance(self.screen, PaletteScreen):
            self.pop_screen()
        else:
            self.push_screen(PaletteScreen(self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Ours only: colours, language, copy, help, quit."""
        for name in THEMES:
            yield SystemCommand(
                _("Colours: {name}").format(name=theme_word(name)),
                "",
                lambda name=name: self.set_theme(name),
            )
        yield SystemCommand(
            _("Français / English"), "Ctrl+L", self.action_next_language
        )
        yield SystemCommand(_("Copy the line"), "Ctrl+Y", self.action_copy)
        yield SystemCommand(_("Help"), "F1", self.action_help)
        yield SystemCommand(_("Quit"), "Ctrl+Q", self.exit)

    def action_copy(self) -> None:
        """Copy the line under the cursor."""
        from jury_tui.ui.screens.base import JuryScreen

        screen = self.screen
        text = screen.get_selected_text() or (
            screen.copyable() if isinstance(screen, JuryScreen) else ""
        )
        if text:
            self.copy_to_clipboard(text)
            self.tell(_("Copied."))
        else:
            self.tell(_("There is nothing to copy here."))

    def action_help_quit(self) -> None:
        """Ctrl+C where nothing is selected: say what copies, and what quits."""
        self.tell(
            _(
                "Nothing is selected: [Ctrl+Y] copies the line. [Ctrl+Q] quits; all "
                "that was said to be saved is saved."
            )
        )

    def get_key_display(self, binding: Binding) -> str:
        """Keys as a French keyboard names them."""
        return binding.key_display or key_word(binding.key)
