"""A session on the desk: what the screens and commands rely on."""

from __future__ import annotations

import datetime as dt
import errno
import json
import shutil
from pathlib import Path

import pytest

from jury_tui.errors import BrokenChainError, RefusedError, RegisterError
from jury_tui.register import anchors
from jury_tui.register.chain import Anchor
from jury_tui.register.drafting import draft
from jury_tui.register.record import Record
from jury_tui.register.waiting import Behind
from jury_tui.session.commands import parse
from jury_tui.session.commands.base import Command
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


def _import(number: int) -> list[Command]:
    card = {"id": "", "birth_name": "Nom", "given_names": "É" * 200}
    line = json.dumps({"do": "register_candidate", "candidate": card})
    return [parse(line)] * number


def test_an_import_cut_by_the_disk_is_the_same_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first lines were on the disk and unknown here: the next act was numbered
    wrong, and the register could not be opened any more.
    """
    with _drafted(tmp_path) as record:
        append, calls = record.register.append, []

        def failing(acts: list[dict[str, object]]) -> object:
            calls.append(len(acts))
            if len(calls) == 2:
                raise RegisterError("no room left at all")
            return append(acts)

        monkeypatch.setattr(record.register, "append", failing)
        with pytest.raises(RegisterError, match="no room left"):
            record.do(*_import(900), now=NOW)

        assert record.register.count == len(record.acts) == record.session.count
        monkeypatch.undo()
        _do(record, "order_agenda", order=[*reversed(record.session.order)])
        _do(record, "undo")
    with Record.open(record.path, write=False) as again:
        assert record.session == again.session


def test_an_act_that_no_line_can_hold_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _drafted(tmp_path) as record:
        before = record.register.path.read_bytes()
        monkeypatch.setattr("jury_tui.register.chain.MAX_LINE", 700)
        monkeypatch.setattr("jury_tui.register.record._STROKE", 350)
        long = json.dumps(
            {
                "do": "register_candidate",
                "candidate": {"id": "", "birth_name": "N", "trainers": ["T" * 300] * 3},
            }
        )
        with pytest.raises(RegisterError, match="à enregistrer d’un coup"):
            record.do(*_import(1), *[parse(long)] * 5, now=NOW)

        assert before == record.register.path.read_bytes()
        assert record.register.count == len(record.acts) == record.session.count


def test_a_register_put_in_the_place_of_the_one_followed_is_named(
    tmp_path: Path,
) -> None:
    """Its later acts were once added to the session of the other one."""
    with _drafted(tmp_path) as record:
        _do(record, "register_candidate", candidate={"id": "", "birth_name": "Leroy"})
        second = Record.open(record.path)
    shutil.rmtree(record.path)
    with draft(
        tmp_path,
        certification="RNCP5411",
        route="vae",
        date=START.date(),
        now=START,
        name=record.path.name,
    ) as other:
        for name in ("Autre", "Encore", "Enfin", "Plus"):
            _do(other, "register_candidate", candidate={"id": "", "birth_name": name})
        before = second.session
        with pytest.raises(BrokenChainError):
            second.follow()

        assert before is second.session


def test_replay_at_any_act(tmp_path: Path) -> None:
    with _opened(tmp_path) as record:
        assert record.at(0).count == 0
        assert record.session == record.at(len(record.acts))
        assert record.at(5).count == 5


class TestAnchors:
    """A chain does not see its own end being cut; the folder's ledger does."""

    def test_the_last_of_each_session(self, tmp_path: Path) -> None:
        for n in range(12):
            anchors.remember(tmp_path, f"s{n % 3}", Anchor(n + 1, f"{n:064x}"))
        known = anchors.remembered(tmp_path)

        for name in ("s0", "s1", "s2"):
            assert known[name][-1] == anchors.last(tmp_path, name)
        assert None is anchors.last(tmp_path, "s")

    @pytest.mark.parametrize("piece", [70, 200, 300, 1000])
    def test_lines_cut_by_a_piece(
        self, tmp_path: Path, piece: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(anchors, "_PIECE", piece)
        for n in range(12):
            anchors.remember(tmp_path, f"s{n % 3}", Anchor(n + 1, f"{n:064x}"))

        assert Anchor(10, f"{9:064x}") == anchors.last(tmp_path, "s0")
        assert Anchor(12, f"{11:064x}") == anchors.last(tmp_path, "s2")

    def test_a_torn_end_of_the_ledger_does_not_shut_the_sessions(
        self, tmp_path: Path
    ) -> None:
        record = _opened(tmp_path)
        record.close()
        ledger = tmp_path / anchors.FILE
        whole = ledger.read_bytes()
        ledger.write_bytes(whole + whole[: len(whole) // 2].splitlines()[-1][:150])
        with Record.open(record.path) as again:
            assert record.session == again.session

    def test_a_renamed_folder_opens(self, tmp_path: Path) -> None:
        record = _opened(tmp_path)
        record.close()
        renamed = record.path.rename(tmp_path / "jury de juin")
        with Record.open(renamed) as again:
            assert record.session == again.session


def test_what_was_begun_is_taken_back_when_the_disk_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = _opened(tmp_path)
    before, acts = record.session, list(record.acts)
    data = record.register.path.read_bytes()
    incident = parse('{"do":"record_incident","text":"Alarme."}')
    with monkeypatch.context() as patch:
        patch.setattr(Behind, "wait", _fails)
        record.begin(incident, now=NOW)
        assert record.begun
        assert record.session.incidents
        with pytest.raises(RegisterError, match="panne"):
            record.settle()

    assert before is record.session
    assert acts == record.acts
    assert not record.begun
    assert not record.writable
    record.close()
    assert data == record.register.path.read_bytes()


def test_what_was_begun_is_kept_by_closing(tmp_path: Path) -> None:
    record = _opened(tmp_path)
    record.begin(parse('{"do":"record_incident","text":"Alarme."}'), now=NOW)
    record.close()
    with Record.open(record.path) as again:
        assert record.session == again.session
        assert "Alarme." == again.session.incidents[-1].text


def _fails(_self: Behind) -> None:
    raise OSError(errno.EIO, "panne")
