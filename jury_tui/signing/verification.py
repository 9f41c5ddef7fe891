"""The strict verifier: is each signature intact, complete, trusted?

Office programs check less: they take an added comment, a wrapped manifest or a
changed content type. This one refuses whatever it does not understand. It never
raises on a file: whatever the bytes are, the answer is a report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from jury_tui.errors import JuryError, SignatureError
from jury_tui.i18n import _
from jury_tui.signing import coverage, trust
from jury_tui.signing import package as opc
from jury_tui.signing.archive import PackageError
from jury_tui.signing.certificates import common_name
from jury_tui.signing.package import Package
from jury_tui.signing.report import (
    Answer,
    Judgement,
    Remark,
    Report,
    SignatureVerdict,
    TimeProof,
    no,
    unknown,
    yes,
)
from jury_tui.signing.signed_xml import SignedContent, read_signature
from jury_tui.signing.timestamp import read_token
from jury_tui.signing.xmldsig import ORIGIN_TYPE, SIGNATURE_TYPE

MAX_SIGNATURES = 64


def verify(
    data: bytes,
    *,
    roots: Sequence[x509.Certificate] = (),
    crls: Sequence[x509.CertificateRevocationList] = (),
    now: dt.datetime | None = None,
) -> Report:
    """Judge every signature of a workbook (or any other OPC package).

    Args:
        data: The file.
        roots: Authorities that the reader trusts; none: trust stays unknown.
        crls: Lists of revoked certificates to take into account.
        now: The moment to judge certificates by, aware. Without it they are
            judged by the time each signer claims, or a timestamp proves.

    Returns:
        The report; never an exception for what the bytes hold.
    """
    try:
        return verify_package(Package.read(data), roots=roots, crls=crls, now=now)
    except PackageError as error:
        return Report(readable=False, findings=(_remark(error),))


def _remark(error: JuryError) -> Remark:
    return Remark(getattr(error, "code", "error"), str(error))


def verify_package(
    package: Package,
    *,
    roots: Sequence[x509.Certificate] = (),
    crls: Sequence[x509.CertificateRevocationList] = (),
    now: dt.datetime | None = None,
) -> Report:
    """Judge a package already read; as ``verify``.

    Raises:
        PackageError: relationships or content types cannot be read.
    """
    for name in package.rels_parts:  # all well-formed, or nothing is believed
        package.relationships(opc.source_of(name))
    origin, parts, findings = _located(package)
    free = coverage.exempt(package, origin, parts)
    verdicts = []
    covered = []
    for part in parts:
        verdict, found = _verdict(package, part, free, roots, crls, now)
        verdicts.append(verdict)
        covered += found
    return Report(
        signatures=tuple(verdicts),
        findings=tuple(findings),
        unprotected=tuple(coverage.unprotected(package, free, covered)),
    )


def _located(package: Package) -> tuple[str | None, list[str], list[Remark]]:
    """The origin part, the signature parts, and what is wrong with them."""
    findings: list[Remark] = []
    origins = [link for link in package.relationships("") if link.type == opc.ORIGIN]
    origin, parts = None, []
    if len(origins) > 1:
        text = _("The file names several places for its signatures.")
        findings.append(Remark("origins", text))
    elif origins:
        origin = origins[0].part
        if (
            origins[0].external
            or not package.has(origin)
            or package.content_type(origin) != ORIGIN_TYPE
            or package.data(origin)
        ):
            text = _("The place of the signatures is missing or altered.")
            findings.append(Remark("origin", text))
            origin = None
    if origin is not None:
        links = [
            link for link in package.relationships(origin) if link.type == opc.SIGNATURE
        ]
        parts = [link.part for link in links]
        good = not any(link.external for link in links) and all(
            package.has(part) and package.content_type(part) == SIGNATURE_TYPE
            for part in parts
        )
        if not good or len(set(parts)) != len(parts) or len(parts) > MAX_SIGNATURES:
            text = _("A signature that the file announces is missing or altered.")
            findings.append(Remark("signature-missing", text))
            parts = []
        elif not parts:
            text = _("The file announces signatures and holds none: removed.")
            findings.append(Remark("origin-empty", text))
    hidden = [
        name
        for name in package.parts
        if package.content_type(name) == SIGNATURE_TYPE and name not in parts
    ]
    if hidden:
        text = _("The file holds a signature that it does not announce: detached.")
        findings.append(Remark("signature-hidden", text))
    return origin, parts, findings


def _verdict(
    package: Package,
    part: str,
    free: coverage.Exempt,
    roots: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    now: dt.datetime | None,
) -> tuple[SignatureVerdict, list[coverage.Covered]]:
    not_judged = unknown(
        Remark("not-judged", _("Not judged, since the signature is not intact."))
    )
    try:
        content = read_signature(package.data(part), part)
    except PackageError as error:
        return SignatureVerdict(
            part=part,
            intact=no(_remark(error)),
            complete=not_judged,
            trusted=not_judged,
        ), []
    proof = _time_proof(content, roots, crls, now)
    trusted = _trusted(content, proof, roots, crls, now)
    try:
        covered = coverage.check_lines(package, content.lines)
    except PackageError as error:
        verdict = _described(part, content, proof, ())
        return _judged(verdict, no(_remark(error)), not_judged, trusted), []
    added = coverage.additions(package, covered, free)
    complete = no(*added) if added else yes()
    verdict = _described(part, content, proof, covered.quirks)
    return _judged(verdict, yes(), complete, trusted), [covered]


def _judged(
    described: dict[str, object],
    intact: Judgement,
    complete: Judgement,
    trusted: Judgement,
) -> SignatureVerdict:
    return SignatureVerdict(
        intact=intact,
        complete=complete,
        trusted=trusted,
        **described,  # type: ignore[arg-type]
    )


def _described(
    part: str,
    content: SignedContent,
    proof: TimeProof | None,
    quirks: tuple[Remark, ...],
) -> dict[str, object]:
    quirks = (*content.quirks, *quirks)
    if not content.bound:
        text = _("The signature does not name its certificate (no XAdES properties).")
        quirks = (*quirks, Remark("unbound", text))
    return {
        "part": part,
        "signer": common_name(content.signer.subject),
        "issuer": common_name(content.signer.issuer),
        "fingerprint": content.signer.fingerprint(hashes.SHA256()).hex(),
        "role": content.role,
        "place": content.place,
        "claimed_time": content.time,
        "time_proof": proof,
        "algorithm": content.algorithm,
        "weak": content.weak,
        "quirks": quirks,
    }


def _trusted(
    content: SignedContent,
    proof: TimeProof | None,
    roots: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    now: dt.datetime | None,
) -> Judgement:
    """The chain, at the time that is proved; else now; else as claimed."""
    proved = proof.time if proof is not None and proof.proved else None
    others = [c for c in content.certificates if c != content.signer]
    judgement = trust.judge(
        [content.signer, *others],
        roots=roots,
        crls=crls,
        at=proved or now or content.time,
    )
    expired = any(reason.code == "expired" for reason in judgement.reasons)
    if expired and proved is None and now is not None:
        text = _("No timestamp proves that it was signed before.")
        hint = Remark("time-unproved", text)
        return Judgement(Answer.NO, (*judgement.reasons, hint))
    return judgement


def _time_proof(
    content: SignedContent,
    roots: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    now: dt.datetime | None,
) -> TimeProof | None:
    """The timestamp beside a signature; of several, the first that is proved."""
    proofs = [_proof(token, content, roots, crls, now) for token in content.stamps]
    return next((p for p in proofs if p.proved), proofs[0] if proofs else None)


def _proof(
    token: bytes | None,
    content: SignedContent,
    roots: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    now: dt.datetime | None,
) -> TimeProof:
    try:
        found = read_token(token or b"", content.value)
    except SignatureError as error:
        wrong = Remark("timestamp", str(error))
        return TimeProof(time=None, authority="", intact=no(wrong), trusted=unknown())
    certificates = found.signature.certificates
    return TimeProof(
        time=found.time,
        authority=common_name(certificates[0].subject),
        intact=yes(),
        trusted=trust.judge(
            certificates, roots=roots, crls=crls, at=now or found.time, for_time=True
        ),
    )
