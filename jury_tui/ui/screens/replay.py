"""A past session replayed from its register, altered ones up to where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _
from jury_tui.register.doubt import held
from jury_tui.register.reading import read
from jury_tui.register.records import FILE
from jury_tui.session.acts import AnyAct, from_body
from jury_tui.ui.acting import act_words
from jury_tui.ui.light import TONES
from jury_tui.ui.replaying import Past
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.screens.sliding import OF_ACTS, SLIDING, Sliding
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.page import Page
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.widgets.slider import Slider
from jury_tui.ui.words import BAD, SOFT, WARN, plain, session_name


class ReplayScreen(Sliding, JuryScreen):
    """The acts of a past session, to be read; nothing is opened to be written."""

    name_ = N_("Replay")
    help = N_(
        "This session as its register tells it, act by act; beside it, the room and "
        "the counts after the act under the cursor: → stands before what this act "
        "changed. Arrows go one act on, [Page Down] to the next candidate, [Home] and "
        "[End] to both ends; the slider can be drawn with the mouse. [b] goes to the "
        "next act that the audit blames: it bears an exclamation mark. An altered "
        "register is shown up to the act in doubt. [o] opens the session itself; [Esc] "
        "goes back."
    )
    helps = {"acts": OF_ACTS}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "blamed", N_("Blamed act"), show=True),
        *SLIDING,
        Binding("o", "open", N_("Open"), show=True),
    ]

    def __init__(
        self,
        path: Path,
        *,
        act: int | None = None,
        blamed: Mapping[int, str] | None = None,
    ) -> None:
        """Replay a session.

        Args:
            path: Its folder.
            act: The act to begin at, from 1; the last one, when left out.
            blamed: Acts that an audit blames, and why.
        """
        super().__init__()
        self.path = path
        self.act = act
        self.blamed = dict(blamed or {})
        self.past = Past(())

    def body(self) -> Iterable[Widget]:
        """The slider, the acts, the room, and what was found."""
        yield Slider(id="slider")
        with Horizontal(id="split"):
            yield Lines(
                Column(_("Act"), 5, right=True),
                Column(_("Time"), 8),
                Column(_("What happened"), 20, grow=True),
                empty=_("Being read…"),
                id="acts",
            )
            yield Reading(id="replay")
        yield Page(id="why")

    def way(self) -> tuple[str, ...]:
        """Which session, unless it is the one on the desk."""
        known = self.jury.session is not None
        said = session_name(self.past.session) or self.path.name
        return (_(self.name_),) if known else (said, _(self.name_))

    def aside(self) -> tuple[Cell, ...]:
        """That nothing can be changed here."""
        return (Cell(_("read only") + " ", WARN),)

    def on_mount(self) -> None:
        """Read the register beside the screen."""
        self._read()

    @work(thread=True, exclusive=True, group="shelf")
    def _read(self) -> None:
        past = past_of(self.path)
        rows = rows_of(past, self.blamed)
        self.app.call_from_thread(self._show, past, rows)

    def _show(self, past: Past, rows: list[Row]) -> None:
        if not self.is_mounted:
            return
        self.past = past
        self.retitle()
        if past.fault and self.jury.notice.kind == "refused":
            self.jury.hush()  # why it could not be opened: said here, in full
        acts = self.query_one("#acts", Lines)
        acts.empty = past.fault
        acts.show_rows(rows, keep=str(min(self.act or len(rows), len(rows))))
        acts.refresh()
        self._replay()
        # Only once the list is as long as its rows can it be scrolled so far.
        self.call_after_refresh(acts.go, acts.cursor)

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """The room as it stood."""
        self._replay()

    def slid_acts(self) -> Sequence[AnyAct]:
        """The acts that can be followed."""
        return self.past.acts

    def _replay(self) -> None:
        rows = self.query_one("#acts", Lines).rows
        if not rows:
            self.query_one("#replay", Reading).show(Content(self.past.fault))
            return
        total = len(rows)
        count = self.query_one("#acts", Lines).cursor + 1
        acts = self.past.acts
        in_doubt = count > len(acts)
        self.show_room(
            None if in_doubt else acts[count - 1],
            self.past.at(count if in_doubt else count - 1),
            self.past.at(count),
        )
        self.query_one("#slider", Slider).at(count, total, self.blamed, self.past.held)
        self._why(count, in_doubt=in_doubt)

    def _why(self, count: int, *, in_doubt: bool) -> None:
        """What was found at this act, or why nothing can be followed from here on."""
        said = self.blamed.get(count, "")
        if in_doubt:
            # What the register itself says is about the act that stands there; what
            # is remembered elsewhere, about one that is gone.
            last = _("The room is shown as it stood before.") if self.past.acts else ""
            parts = (self.past.fault or said, self.past.told, last)
            said = " ".join(part for part in parts if part)
        tone = TONES[BAD if in_doubt else WARN]
        sign = "✗" if in_doubt else "!"
        content = Content.assemble((f"{sign} {plain(said)}", tone)) if said else None
        self.query_one("#why", Page).show(content or Content(""))

    def possible(self, action: str) -> bool:
        """Going to a blamed act needs one."""
        return bool(self.blamed) if action == "blamed" else True

    def why_impossible(self, action: str) -> str:
        """No audit came before, or it blames nothing."""
        blamed = action == "blamed"
        return _("No act is blamed: [v], in the list, audits.") if blamed else ""

    def action_blamed(self) -> None:
        """To the next act that the audit blames, and round again."""
        acts = self.query_one("#acts", Lines)
        here = acts.cursor + 1
        places = sorted(self.blamed)
        to = next((n for n in places if n > here), places[0])
        if to == here:
            self.jury.tell(_("This is the only act that is blamed."))
        acts.go(to - 1)

    def action_open(self) -> None:
        """Open the session itself; one that is refused is still replayed here."""
        app, known = self.jury, self.jury.record
        if known is not None and known.path == self.path:  # it was audited from there
            app.to_room()
            return
        record = app.read_session(self.path)
        if record is None:
            return
        while len(app.screen_stack) > 1:
            app.pop_screen()
        app.show_record(record)


def past_of(path: Path) -> Past:
    """What a register tells, up to the first act in doubt; raises nothing."""
    acts: list[AnyAct] = []
    told, torn, there = "", False, 0
    try:
        reading = read(path / FILE)
        torn = reading.torn is not None
        fault = "" if reading.fault is None else str(reading.fault)
        for number, body in enumerate(reading.bodies, 1):
            acts.append(from_body(body, number))
        if reading.fault is not None:
            from jury_tui.audit.audited import bytes_of
            from jury_tui.audit.doubted import known_of

            there = held(bytes_of(path / FILE))
            known = known_of(reading, acts)
            if known is not None:
                fault, told = known
    except JuryError as error:
        fault = str(error)
    return Past(acts, fault, told, torn=torn, held=there)


def rows_of(past: Past, blamed: Collection[int] = ()) -> list[Row]:
    """A line an act; those blamed bear a sign, the one in doubt ends the list."""
    undone = set(past.session.undone)
    rows = []
    for number, act in enumerate(past.acts, 1):
        words = act_words(act, past.session)
        if number in undone:
            words = _("(undone) {words}").format(words=words)
        tone = SOFT if number in undone else ""
        if number in blamed:
            words, tone = f"! {words}", WARN
        rows.append(
            Row(
                str(number),
                (
                    Cell(str(number), SOFT),
                    Cell(f"{act.at:%H:%M:%S}", SOFT),
                    Cell(words, tone),
                ),
            )
        )
    number = len(past.acts) + 1
    if past.fault or any(n >= number for n in blamed):
        # Without a fault, an act that is blamed is one that was remembered and is gone.
        doubted = past.fault or past.torn
        words = "✗ " + (_("in doubt from here on") if doubted else _("cut off"))
        rows.append(
            Row(str(number), (Cell(str(number), BAD), Cell(""), Cell(words, BAD)))
        )
    return rows
