"""The candidate on the table: who is judged now, on what, by whom."""

from __future__ import annotations

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, listed
from jury_tui.session import judgement
from jury_tui.session.commands.base import file_of, member_id, require_phase
from jury_tui.session.session import File, Phase, Session, Status


def component_of(session: Session, file: File, ref: str) -> str:
    """The component meant, which the jury must decide on, or why it need not."""
    component = ref.strip()
    if component in judgement.asked(session, file):
        return component
    known = judgement.components(session)
    if component not in known and component.lower() in known:
        component = component.lower()
    if component not in known:
        raise RefusedError(
            N_("There is no component “{component}”. Components: {known}."),
            component=ref[:40],
            known=listed(known),
        )
    for acquired in file.candidate.acquired:
        if acquired.component == component:
            raise RefusedError(
                N_(
                    "Component {component} is already acquired ({where}): "
                    "the jury does not vote on it again."
                ),
                component=component,
                where=judgement.acquired_where(acquired),
            )
    if component not in judgement.asked(session, file):
        raise RefusedError(
            N_("{name} does not ask for component {component}."),
            name=file.candidate.name,
            component=component,
        )
    return component


def judged(session: Session, ref: str, *statuses: Status) -> File:
    """The candidate on the table, or why this is not the moment to judge."""
    require_phase(session, Phase.OPEN)
    file = file_of(session, ref)
    if file.settled:
        raise RefusedError(
            N_("{name} already has an outcome: {outcome}."),
            name=file.candidate.name,
            outcome=judgement.status_word(file),
        )
    if file.candidate.id != session.table:
        raise RefusedError(
            N_("{name} is not on the table: call this candidate first."),
            name=file.candidate.name,
        )
    if statuses and file.status not in statuses:
        raise RefusedError(
            N_("The jury does not deliberate on {name} yet: begin the deliberation."),
            name=file.candidate.name,
        )
    return file


def may_judge(session: Session, file: File, ref: str) -> str:
    """A member who votes on this candidate, or the refusal that says why not."""
    member = member_id(session, ref)
    name = session.members[member].name
    if member in judgement.sitting_voters(session, file):
        return member
    if not judgement.is_voting(session, member):
        raise RefusedError(
            N_("{name} is an invitee and has no vote: invitees enter no count."),
            name=name,
        )
    if member in file.recused:
        raise RefusedError(
            N_("{name} is recused for {candidate} and takes no part in the vote."),
            name=name,
            candidate=file.candidate.name,
        )
    if not session.is_present(member):
        raise RefusedError(N_("{name} is not there and cannot vote."), name=name)
    raise RefusedError(
        N_("{name} did not attend the whole hearing of {candidate} and cannot vote."),
        name=name,
        candidate=file.candidate.name,
    )


def may_vote(session: Session, file: File, ref: str) -> str:
    """A member who votes on this candidate, there or by proxy, or why not."""
    member = member_id(session, ref)
    if member in judgement.represented(session, file):
        return member
    return may_judge(session, file, member)


def open_component(file: File, component: str) -> None:
    """Refuse once the vote is counted: what it rests on stays."""
    if file.ballot(component) is not None:
        raise RefusedError(
            N_("The vote on component {component} is counted: re-open it first."),
            component=component,
        )
