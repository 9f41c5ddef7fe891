"""Whatever the bytes are: a roster, or one sentence. Nothing raw, nothing unsaid."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jury_tui.errors import RosterError
from jury_tui.rosters import Roster
from jury_tui.rules.people import Candidate, Member
from tests.support.lengths import LONG

HEADERS = (
    "Nom", "Prénom", "Sexe", "Siège", "Suppléant de", "Date de l'acte", "Liens", "Id",
    "Nom de naissance", "Date de naissance", "Dossier", "Déjà acquis", "Heure",
    "Composantes", "qualified_professional", "Inconnue", "",
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        ["", "Durand", "président", "conseiller_vae|president", "F", "31/12/1999", "m1",
         "a:2006-05-12:Paris", "x:employeur:y", "9h30", "oui", "=1+1", '"', ";", "\n"]
    ),
    st.text(max_size=12),
)  # fmt: skip
TABLES = st.lists(st.lists(CELLS, max_size=6), max_size=6)
MARKS = st.sampled_from(";,\t|")
EVERY = settings(
    max_examples=2000 if LONG else 150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def judged(
    read: Callable[[bytes], Roster[Member] | Roster[Candidate]], data: bytes
) -> None:
    """Reads it, and speaks of everything that was found."""
    try:
        roster = read(data)
    except RosterError as error:
        said = [str(error)]
    else:
        said = [str(fault) for fault in (*roster.faults, *roster.notes)]
        assert len({person.id for person in roster.people}) == len(roster.rows)
        assert not {f.line for f in roster.faults} & {row.line for row in roster.rows}
    assert all(said)


class TestAnything:
    """Duplicate persons, hostile cells, empty rows, NUL bytes → sentences."""

    @EVERY
    @given(
        headers=st.lists(st.sampled_from(HEADERS), max_size=8), table=TABLES, mark=MARKS
    )
    def test_written_as_a_table(
        self,
        members: Callable[[bytes], Roster[Member]],
        candidates: Callable[[bytes], Roster[Candidate]],
        headers: list[str],
        table: list[list[str]],
        mark: str,
    ) -> None:
        rows = ["Nom", "Siège", *headers], *table
        data = "\n".join(mark.join(row) for row in rows).encode("utf-8", "replace")

        judged(members, data)
        judged(candidates, data)

    @EVERY
    @given(data=st.binary(max_size=200), start=st.sampled_from([b"", b"PK\x03\x04",
           b"\xff\xfe", b"\xd0\xcf\x11\xe0", "Nom;Siège\n".encode()]))  # fmt: skip
    def test_written_at_random(
        self,
        members: Callable[[bytes], Roster[Member]],
        data: bytes,
        start: bytes,
    ) -> None:
        judged(members, start + data)
