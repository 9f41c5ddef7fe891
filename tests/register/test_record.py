"""A session on the desk: what the screens and commands rely on."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from jury_tui.errors import BrokenChainError, RefusedError, RegisterError
from jury_tui.register.record import Record, draft
from jury_tui.session.commands import parse
from tests.support.sittings import HOUSE, MEMBERS, START

NOW = START + dt.timedelta(hours=8)


def _drafted(sessions: Path) -> Record:
    return draft(
        sessions,
        certification="RNCP5411",
        route="vae",
        date=START.date(),
        place="Paris",
        house=HOUSE,
        now=START,
    )


def _do(record: Record, name: str, **fields: object) -> None:
    record.do(parse(json.dumps({"do": name, **fields})), now=NOW)


def _opened(sessions: Path) -> Record:
    record = _drafted(sessions)
    for ref, family, given, gender, seat in MEMBERS:
        member = {
            "id": ref,
            "family_name": family,
            "given_names": given,
            "gender": gender,
            "seats": [seat],
            "act": "A",
            "act_date": "2008-03-03",
        }
        _do(record, "appoint", member=member)
    _do(record, "register_candidate", candidate={"id": "", "birth_name": "Leroy"})
    _do(record, "convene")
    for ref, *_rest in MEMBERS:
        _do(record, "arrive", member=ref)
    _do(record, "open")
    return record


def test_reopening_gives_the_same_session(tmp_path: Path) -> None:
    with _opened(tmp_path) as record:
        session = record.session
    with Record.open(record.path) as again:
        assert session == again.session
        assert record.code == again.code


def test_a_refused_command_writes_nothing(tmp_path: Path) -> None:
    with _opened(tmp_path) as record:
        before = record.register.path.read_bytes()
        with pytest.raises(RefusedError):
            record.do(
                parse('{"do":"record_incident","text":"Alarme."}'),
                parse('{"do":"close"}'),
                now=NOW,
            )

        assert before == record.register.path.read_bytes()


def test_a_second_window_reads_along(tmp_path: Path) -> None:
    with _opened(tmp_path) as record, Record.open(record.path) as second:
        assert not second.writable
        assert second.busy is not None
        with pytest.raises(RegisterError):
            _do(second, "record_incident", text="Non.")
        _do(record, "record_incident", text="Oui.")

        assert second.follow()
        assert not second.follow()
        assert record.session == second.session


def test_an_older_copy_put_back_is_named(tmp_path: Path) -> None:
    """A chain does not see its own end being cut: the folder's anchors do."""
    record = _drafted(tmp_path)
    path = record.register.path
    record.close()
    shutil.rmtree(tmp_path / path.parent.name)
    record = _opened(tmp_path)
    record.close()
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-3]))
    with pytest.raises(BrokenChainError) as broken:
        Record.open(path)

    assert len(record.acts) - 2 == broken.value.act


def test_two_sessions_of_one_day_have_two_names(tmp_path: Path) -> None:
    with _drafted(tmp_path) as first, _drafted(tmp_path) as second:
        assert first.path != second.path


def test_a_long_import_is_one_command(tmp_path: Path) -> None:
    """More than one line of the register can hold."""
    with _drafted(tmp_path) as record:
        commands = [
            parse(
                json.dumps(
                    {
                        "do": "register_candidate",
                        "candidate": {
                            "id": "",
                            "birth_name": f"Nom{n}",
                            "given_names": "É" * 200,
                        },
                    }
                )
            )
            for n in range(900)
        ]
        record.do(*commands, now=NOW)

        assert len(record.session.files) == 900
    with Record.open(record.path, write=False) as again:
        assert record.session == again.session


def test_replay_at_any_act(tmp_path: Path) -> None:
    with _opened(tmp_path) as record:
        assert record.at(0).count == 0
        assert record.session == record.at(len(record.acts))
        assert record.at(5).count == 5
