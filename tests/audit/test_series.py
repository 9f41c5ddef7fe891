"""Numbers without gaps per certifier and year, none given twice."""

from __future__ import annotations

from jury_tui.audit.report import Report
from jury_tui.audit.series import numbers
from jury_tui.i18n import set_language


def found(*given: str, rectifying: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    set_language("fr")
    reports = [
        Report(path=f"s{n}", session=f"s{n}", number=number, rectifying=rectifying)
        for n, number in enumerate(given)
    ]
    return [(f.severity.value, f.text) for f in numbers(reports)]


class TestASeries:
    """“minutes number without gaps per certifier and year”."""

    def test_whole_says_nothing(self) -> None:
        assert found("A-2008-1", "A-2008-2", "A-2009-1", "B-2008-1", "", "37/b") == []

    def test_a_rectification_takes_its_rank(self) -> None:
        assert found("A-2008-1", rectifying=("A-2008-2",)) == []

    def test_gaps_are_named(self) -> None:
        ((severity, text),) = found("PV-2008-7", "PV-2008-5")
        assert severity == "warning"
        assert "PV-2008-1, PV-2008-2, PV-2008-3, PV-2008-4, PV-2008-6 (5" in text

    def test_a_far_rank_makes_no_long_list(self) -> None:
        ((_severity, text),) = found("PV-2008-999999999")
        assert "PV-2008-20…" in text
        assert len(text) < 600

    def test_twins_are_named(self) -> None:
        ((severity, text),) = found("PV-2008-1", "PV-2008-1")
        assert severity == "breach"
        assert "PV-2008-1" in text
        assert "s0, s1" in text
