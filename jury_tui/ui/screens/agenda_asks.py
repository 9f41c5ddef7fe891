"""What the list of candidates asks: a reason, a place in the order, a tie, a name."""

from __future__ import annotations

from textual import work

from jury_tui.i18n import N_, _, folded, ngettext
from jury_tui.register.sought import meant
from jury_tui.rules.people import Candidate, TieKind
from jury_tui.session import judgement
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.candidates import (
    Call,
    MarkAbsent,
    Postpone,
    ReopenDecision,
    Restore,
)
from jury_tui.session.commands.preparing import (
    DeclareTie,
    OrderAgenda,
    RegisterCandidate,
    WithdrawCandidate,
)
from jury_tui.session.commands.sitting import Close
from jury_tui.session.session import File, Session
from jury_tui.ui.screens.justifying import to_justify
from jury_tui.ui.screens.lettering import Lettering, can_write
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.rows import Cell, Row
from jury_tui.ui.words import plain


class AgendaAsks(Lettering):
    """What is done to the candidate under the cursor.

    Attributes:
        lines: The list.
        sought: What was searched last.
    """

    lines: Lines
    sought = ""

    def _file(self) -> File | None:
        session = self.jury.session
        if session is None or not self.is_mounted:
            return None
        return session.files.get(self.lines.key)

    def _do(self, command: Command, said: str) -> None:
        self.jury.commit(command, said=said)

    def _show_file(self, candidate: str) -> None:
        from jury_tui.ui.screens.candidate import CandidateScreen

        self.app.push_screen(CandidateScreen(candidate))

    @work(group="asking", exclusive=True)
    async def action_absent(self) -> None:
        """The candidate did not come; why, if somebody knows."""
        file = self._file()
        if file is None:
            return
        why = self.jury.why_not(MarkAbsent(candidate=file.candidate.id))
        if why:
            self.jury.refused(why)
            return
        name = plain(file.candidate.name)
        reason = await self.ask(
            _("{name} did not come. The reason, if it is known:").format(name=name)
        )
        if reason is not None:
            self._do(
                MarkAbsent(candidate=file.candidate.id, reason=reason),
                _("{name} is absent").format(name=name),
            )

    @work(group="asking", exclusive=True)
    async def action_postpone(self) -> None:
        """Put off to another session, for a reason."""
        file = self._file()
        if file is None:
            return
        reason = await self.ask(
            _("{name} is put off. For what reason?").format(
                name=plain(file.candidate.name)
            )
        )
        if reason is not None:
            self._do(
                Postpone(candidate=file.candidate.id, reason=reason),
                _("{name} is put off").format(name=plain(file.candidate.name)),
            )

    def action_restore(self) -> None:
        """An absent or postponed candidate comes back."""
        file = self._file()
        if file is not None:
            self._do(
                Restore(candidate=file.candidate.id),
                _("{name} is back on the agenda").format(
                    name=plain(file.candidate.name)
                ),
            )

    @work(group="asking", exclusive=True)
    async def action_reopen(self) -> None:
        """Take a decision again, with the reason."""
        file = self._file()
        if file is None:
            return
        reason = await self.ask(
            _("The decision on {name} is taken again. For what reason?").format(
                name=plain(file.candidate.name)
            )
        )
        if reason is not None and self.jury.commit(
            ReopenDecision(candidate=file.candidate.id, reason=reason),
            said=_("decision taken again"),
        ):
            self._show_file(file.candidate.id)

    def action_shift(self, step: int) -> None:
        """Earlier or later in the order of business."""
        session, key = self.jury.session, self.lines.key
        if session is None or key not in session.order:
            return
        order = list(session.order)
        at = order.index(key)
        to = at + step
        if not 0 <= to < len(order):
            name = plain(session.files[key].candidate.name)
            said = _("{name} is first.") if step < 0 else _("{name} is last.")
            self.jury.tell(said.format(name=name))
            return
        order[at], order[to] = order[to], order[at]
        self._do(OrderAgenda(order=tuple(order)), _("order changed"))

    @work(group="asking", exclusive=True)
    async def action_place(self) -> None:
        """To any place in the order of business: one act, however far."""
        session, file = self.jury.session, self._file()
        if session is None or file is None:
            return
        key, last = file.candidate.id, len(session.order)
        name = plain(file.candidate.name)
        asked = _("Which place in the order for {name}? (1 to {last})")
        typed = await self.ask(asked.format(name=name, last=last))
        if not typed:
            return
        if not typed.isdecimal() or not 1 <= int(typed) <= last:
            words = _("A place is a number from 1 to {last}: “{typed}” is none.")
            self.jury.refused(words.format(last=last, typed=plain(typed)))
            return
        order = [one for one in session.order if one != key]
        order.insert(int(typed) - 1, key)
        said = _("{name}: place {number}").format(name=name, number=int(typed))
        self._do(OrderAgenda(order=tuple(order)), said)

    @work(group="asking", exclusive=True)
    async def action_close(self) -> None:
        """End the sitting: asked once."""
        session = self.jury.session
        if session is None:
            return
        why = self.jury.why_not(Close())
        if why:
            self.jury.refused(why)
            return
        counts: dict[str, int] = {}
        for file in session.agenda:
            word = judgement.status_word(file)
            counts[word] = counts.get(word, 0) + 1
        lines = [f"{number}  {word}" for word, number in counts.items()]
        if open_ := to_justify(session):
            said = ngettext(
                "{number} point is still to be justified for the minutes: [j], then "
                "[u]; or after closing.",
                "{number} points are still to be justified for the minutes: [j], then "
                "[u]; or after closing.",
                len(open_),
            )
            lines.append(said.format(number=len(open_)))
        lines.append(_("After closing, nothing is judged any more."))
        from jury_tui.ui.screens.confirm import confirmed

        question = _("Close the session?")
        if await confirmed(
            self, question, lines, yes=N_("Yes, close it")
        ) and self.jury.commit(Close(), said=_("session closed")):
            self.action_go("minutes")

    def action_withdraw(self) -> None:
        """Take off the agenda."""
        file = self._file()
        if file is not None:
            self._do(
                WithdrawCandidate(candidate=file.candidate.id),
                _("{name} taken off").format(name=plain(file.candidate.name)),
            )

    @work(group="asking", exclusive=True)
    async def action_tie(self) -> None:
        """Declare a tie: the recusal follows when the candidate is called."""
        session, file = self.jury.session, self._file()
        if session is None or file is None:
            return
        rows = [
            Row(m.id, (Cell(plain(m.name)),), m.name) for m in session.members.values()
        ]
        asked = {
            s.member: s.tie.kind
            for s in judgement.suggested(session, file.candidate.id)
        }
        member = await self.pick(
            _("Who has a tie with {name}? ([Esc]: nobody)").format(
                name=plain(file.candidate.name)
            ),
            rows,
            at=next(iter(asked), ""),
        )
        if not member:
            return
        kinds = [
            Row(k.value, (Cell(judgement.tie_word(k)),), judgement.tie_word(k))
            for k in TieKind
        ]
        kind = await self.pick(_("Which tie?"), kinds, at=asked.get(member, ""))
        if not kind:
            return
        reason = await self.ask(_("In a few words (may be left empty):"))
        if reason is not None:
            self._do(
                DeclareTie(
                    member=member,
                    candidate=file.candidate.id,
                    kind=TieKind(kind),
                    reason=reason,
                ),
                _("tie taken down"),
            )

    @work(group="asking", exclusive=True)
    async def action_search(self) -> None:
        """To a candidate by a name, a file number or an outcome; then the next."""
        words = await self.ask(
            _("Search a name, a file number, an outcome:"), self.sought
        )
        session = self.jury.session
        if not words or session is None:
            return
        found = [f.candidate.id for f in session.agenda if _answers(f, words)]
        if not found:
            said = _("Nobody answers to “{words}”.")
            self.jury.tell(said.format(words=plain(words)))
            return
        places = [self.lines.index_of(key) for key in found]
        after = self.lines.cursor if words == self.sought else -1
        place = next((n for n, at in enumerate(places) if at > after), 0)
        self.sought = words
        self.lines.go(places[place])
        if len(found) > 1:
            said = _("“{words}”: {number} of {all}. [/], [Enter]: the next one.")
            self.jury.tell(
                said.format(words=plain(words), number=place + 1, all=len(found))
            )

    # --- why a key does nothing now ------------------------------------------

    def guards(self, session: Session) -> dict[str, Command]:
        """Each key's command, as it would be for the candidate under the cursor."""
        about = self.lines.key
        somebody = RegisterCandidate(candidate=Candidate(id="", birth_name="?"))
        return {
            "call": Call(candidate=about),
            "close": Close(),
            "absent": MarkAbsent(candidate=about),
            "postpone": Postpone(candidate=about, reason="?"),
            "restore": Restore(candidate=about),
            "reopen": ReopenDecision(candidate=about, reason="?"),
            "shift": OrderAgenda(order=session.order),
            "place": OrderAgenda(order=session.order),
            "add": somebody,
            "amend": somebody,
            "read_file": somebody,
            "withdraw": WithdrawCandidate(candidate=about),
        }

    def why_impossible(self, action: str) -> str:
        """What is not written has no guard: nobody to look at, nobody to come."""
        why, session = super().why_impossible(action), self.jury.session
        name = action.partition("(")[0]
        if why or session is None or self.possible(name):
            return why
        if not session.files:
            return _("No candidate yet: [l], then [a] or [f].")
        if name == "letters" and not can_write(session):
            return _("Letters cite the minutes: once they are closed and numbered.")
        return {
            "add": _("Candidates are added before the opening."),
            "read_file": _("A file can be read until the jury is convened."),
            "call": _("Nobody is left to be called."),
            "next": _("Nobody is left to be called."),
            "close": _("A candidate has no outcome yet: [n] goes there."),
            "shift": _("There is one candidate only."),
            "place": _("There is one candidate only."),
            "letters": _("A letter needs an outcome."),
            "amend": _("The session is closed: minutes are rectified instead."),
            "tie": _("The session is closed: no tie is declared any more."),
        }.get(name, "")


def _answers(file: File, words: str) -> bool:
    """Whether a candidate's names, number or outcome hold every word."""
    candidate, decision = file.candidate, file.decision
    said = folded(f"{candidate.name} {candidate.birth_name} {candidate.file_number}")
    outcome = file.status.value if decision is None else decision.outcome
    return all(w in said or outcome in meant(w) for w in folded(words).split())
