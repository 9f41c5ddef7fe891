"""An altered register: what the lines after the one in doubt still say of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jury_tui.audit.doubted import known_of
from jury_tui.i18n import set_language
from jury_tui.register import chain
from jury_tui.register.doubt import Doubt, doubt
from jury_tui.register.reading import Reading, read
from jury_tui.session.acts import from_body
from tests.support import screens


@pytest.fixture
def written(tmp_path: Path) -> list[bytes]:
    """The lines of a closed session."""
    record = screens.closed(tmp_path / "sessions")
    record.close()
    return (record.path / "acts.jsonl").read_bytes().split(b"\n")[:-1]


def reread(tmp_path: Path, lines: list[bytes]) -> Reading:
    path = tmp_path / "acts.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    reading = read(path)
    assert reading.fault is not None
    return reading


def told(reading: Reading) -> str:
    acts = [from_body(body, n) for n, body in enumerate(reading.bodies, 1)]
    known = known_of(reading, acts)
    return "" if known is None else f"{known.what} {known.told}"


def known(reading: Reading) -> Doubt:
    found = doubt(reading)
    assert found is not None
    return found


class TestWhatWasAltered:
    """« The audit never says WHAT was altered: say what can be known. »"""

    AT = 6

    def test_a_text_that_was_changed(
        self, tmp_path: Path, written: list[bytes]
    ) -> None:
        body = written[self.AT][65:].replace(b"2008-06-10T", b"2008-06-11T")
        assert body != written[self.AT][65:]
        written[self.AT] = written[self.AT][:65] + body
        reading = reread(tmp_path, written)
        found = known(reading)
        assert not found.whole
        assert not found.more
        after = b"\n".join(written[self.AT + 1 :])
        assert found.after == len(after.split(b'"type"')) - 1
        assert [x.at.day for x in found.acts] == [11] * len(found.acts)
        said = told(reading)
        assert f"Le dernier acte sûr est l’acte {reading.count} : " in said.replace(
            "\u00a0", " "
        )
        assert "11/06/2008" in said
        assert f"{found.after} actes qui suivent" in said
        # what was changed is the finding itself, and not a line beneath it
        assert re.match("(L’acte|Les actes) .*(dit maintenant|tels qu’ils sont)", said)

    def test_a_hash_that_was_changed(
        self, tmp_path: Path, written: list[bytes]
    ) -> None:
        written[self.AT] = b"0" * 64 + written[self.AT][64:]
        reading = reread(tmp_path, written)
        assert known(reading).whole
        assert "seule l’empreinte" in told(reading)

    def test_the_last_one(self, tmp_path: Path, written: list[bytes]) -> None:
        """Nothing comes after it; and it reads as a line, so no power cut did it."""
        written[-1] = written[-1].replace(b"2008-06-10T", b"2008-06-11T")
        reading = reread(tmp_path, written)
        found = known(reading)
        assert (found.after, found.whole) == (0, False)
        assert "on ne peut dire" in told(reading)

    def test_a_second_one_further_on(
        self, tmp_path: Path, written: list[bytes]
    ) -> None:
        for at in (self.AT, self.AT + 2):
            written[at] = written[at].replace(b"2008-06-10T", b"2008-06-11T")
        reading = reread(tmp_path, written)
        assert known(reading).more
        assert "Plus loin" in told(reading)

    def test_no_act_any_more(self, tmp_path: Path, written: list[bytes]) -> None:
        written[self.AT] = written[self.AT][:65] + b'{"type":"Unheard"}'
        reading = reread(tmp_path, written)
        assert known(reading).acts == ()
        set_language("en")
        assert "cannot be read as an act" in told(reading)

    def test_well_sealed_and_yet_misspelled(
        self, tmp_path: Path, written: list[bytes]
    ) -> None:
        head = written[self.AT - 1][:64].decode()
        body = written[self.AT][65:].replace(b'":"', b'": "', 1)
        written[self.AT] = chain.link(head, body).encode() + b" " + body
        reading = reread(tmp_path, written)
        assert doubt(reading) is None
        assert told(reading) == ""
