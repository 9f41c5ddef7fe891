"""Commands on marks and grids: given, filled, read twice, settled."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, listed
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.acts import JURY, Entry
from jury_tui.session.commands.base import Command, moment, text
from jury_tui.session.commands.table import (
    component_of,
    judged,
    may_judge,
    open_component,
)
from jury_tui.session.session import File, Session


class Mark(Command, frozen=True, kw_only=True, tag_field="do", tag="mark"):
    """Give marks on a component, in hundredths of a point."""

    summary: ClassVar[str] = N_("marks on a component, in hundredths of a point")
    example: ClassVar[str] = (
        '{"do":"mark","component":"b","marks":{"m1":1225,"m2":1150}}'
    )

    component: str
    marks: dict[str, int]
    candidate: str = ""
    reader: int = 1

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One entry of marks, each on the component's scale."""
        file = judged(session, self.candidate)
        component = component_of(session, file, self.component)
        open_component(file, component)
        if not self.marks or self.reader not in (1, 2):
            raise RefusedError(N_("Give at least one mark, and reader 1 or 2."))
        marks = {
            JURY if ref == JURY else may_judge(session, file, ref): value
            for ref, value in self.marks.items()
        }
        for value in marks.values():
            judgement.check_mark(session, component, value)
        return (
            a.MarksGiven(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                component=component,
                marks=marks,
                reader=self.reader,
            ),
        )


class FillGrid(Command, frozen=True, kw_only=True, tag_field="do", tag="fill_grid"):
    """Fill an assessment grid: a level or a mark for each criterion."""

    summary: ClassVar[str] = N_("an assessment grid: a level or mark a criterion")
    example: ClassVar[str] = (
        '{"do":"fill_grid","component":"b","levels":{"b1":"acquired"}}'
    )

    component: str
    member: str = JURY
    levels: dict[str, str] = {}
    marks: dict[str, int] = {}
    candidate: str = ""
    reader: int = 1

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One grid, filled by a member or once for the jury."""
        file = judged(session, self.candidate)
        component = component_of(session, file, self.component)
        open_component(file, component)
        if self.reader not in (1, 2):
            raise RefusedError(N_("The reader is 1 or 2."))
        member = JURY if self.member == JURY else may_judge(session, file, self.member)
        judgement.check_grid(session, component, self.levels, self.marks)
        return (
            a.GridFilled(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                component=component,
                member=member,
                levels=self.levels,
                marks=self.marks,
                reader=self.reader,
            ),
        )


class SettleReadings(
    Command, frozen=True, kw_only=True, tag_field="do", tag="settle_readings"
):
    """Settle what two readers typed differently; both entries stay."""

    summary: ClassVar[str] = N_("settle what two readers typed differently")
    example: ClassVar[str] = (
        '{"do":"settle_readings","component":"b",'
        '"grids":{"jury":{"levels":{"b1":"acquired"}}}}'
    )

    component: str
    marks: dict[str, int] = {}
    grids: dict[str, Entry] = {}
    candidate: str = ""
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One settlement of entries that do differ, and of no other."""
        file = judged(session, self.candidate)
        component = component_of(session, file, self.component)
        open_component(file, component)
        known = judgement.differences(file, component)
        open_ = {(d.member, d.criterion) for d in known}
        told = {
            *((member, "") for member in self.marks),
            *((m, c) for m, e in self.grids.items() for c in (*e.levels, *e.marks)),
        }
        if not known:
            raise RefusedError(
                N_("The two entries of component {component} do not differ."),
                component=component,
            )
        if not told or not told <= open_:
            raise RefusedError(
                N_("The two entries differ on: {differences}. Settle those alone."),
                differences=listed(
                    judgement.difference_words(session, d) for d in known
                ),
            )
        for value in self.marks.values():
            judgement.check_mark(session, component, value)
        for entry in self.grids.values():
            if entry.levels:
                judgement.check_grid(session, component, entry.levels, {})
            if entry.marks:
                judgement.check_grid(session, component, {}, entry.marks)
        return (
            a.ReadingsSettled(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                component=component,
                marks=self.marks,
                grids=self.grids,
                reason=text(self.reason, _("The reason")),
            ),
        )


def refuse_unread(session: Session, file: File, component: str) -> None:
    """No vote while two readers differ, or a second reading is awaited."""
    if not (file.grids or file.marks):
        return  # nobody read anything
    differ = judgement.unsettled(file, component)
    if differ:
        raise RefusedError(
            N_(
                "The two entries differ: {differences}. Settle each difference, then "
                "vote."
            ),
            differences=listed(judgement.difference_words(session, d) for d in differ),
        )
    unread = judgement.unread(session, file, component)
    if unread:
        raise RefusedError(
            N_(
                "The rules ask for a second entry, awaited for: {names}. A second "
                "person types these grids again."
            ),
            names=listed(judgement.person(session, member) for member in unread),
        )


COMMANDS = (Mark, FillGrid, SettleReadings)
