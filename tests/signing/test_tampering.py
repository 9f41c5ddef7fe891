"""Whatever is done to a signed workbook shows."""

from __future__ import annotations

import pytest

from jury_tui.signing.report import Answer, Report
from jury_tui.signing.verification import verify
from tests.support import tampering, workbooks
from tests.support.signers import authority
from tests.support.tampering import CORPUS, HARMLESS, Tampering, signed


def judged(data: bytes) -> Report:
    roots = [authority().certificate]
    return verify(data, roots=roots, now=workbooks.MOMENT)


def codes(report: Report) -> set[str]:
    judgements = [
        reason
        for s in report.signatures
        for reason in (*s.intact.reasons, *s.complete.reasons)
    ]
    return {remark.code for remark in (*report.findings, *judgements)}


def sample(count: int) -> bytes:
    return signed(*["p256"] * count)


class TestTampering:
    """ "It refuses every manipulation of the tampering table (injected comments,
    wrapping, duplicate entries and Ids, content-type changes, signature copied from
    another file…)." (issue 5)
    """

    @pytest.mark.parametrize("case", CORPUS, ids=[case.name for case in CORPUS])
    def test_refused_and_named(self, case: Tampering) -> None:
        data = sample(case.signers)
        assert judged(data).accepted
        report = judged(case.change(data))
        assert not report.accepted
        assert case.code in codes(report)

    @pytest.mark.parametrize("case", CORPUS, ids=[case.name for case in CORPUS])
    def test_refused_with_whole_relationships_too(self, case: Tampering) -> None:
        data = signed(*["p256"] * case.signers, whole=True)
        assert judged(data).accepted
        assert not judged(case.change(data)).accepted

    @pytest.mark.parametrize("name", HARMLESS)
    def test_harmless_change_is_not_refused(self, name: str) -> None:
        report = judged(HARMLESS[name](sample(1)))
        assert report.accepted
        assert report.trusted == Answer.YES

    def test_unprotected_properties_are_said(self) -> None:
        report = judged(tampering.core_properties_changed(sample(1)))
        assert report.unprotected == ("docProps/app.xml", "docProps/core.xml")


class TestOneSignerOfSeveral:
    """A signature stays its signer's own: one broken does not break the others."""

    def test_the_second_broken_alone(self) -> None:
        change = tampering.edited(
            tampering.SIG2, "ClaimedRole>membre", "ClaimedRole>chef"
        )
        report = judged(change(sample(2)))
        assert [s.intact.answer for s in report.signatures] == [Answer.YES, Answer.NO]
        assert report.intact == Answer.NO

    def test_removing_the_last_of_two_is_not_seen_without_the_register(self) -> None:
        """Nothing in a file can tell what is no longer in it; the register can."""
        one, two = judged(sample(1)), judged(sample(2))
        assert (len(one.signatures), len(two.signatures)) == (1, 2)
        assert one.accepted
