"""What a verification says: plain data, ready for a screen or for JSON."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec


class Answer(StrEnum):
    """Yes, no, or: it cannot be said with what was given."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Remark(msgspec.Struct, frozen=True):
    """A sentence for people, and a stable word for programs."""

    code: str
    text: str


class Judgement(msgspec.Struct, frozen=True):
    """One answer and why."""

    answer: Answer
    reasons: tuple[Remark, ...] = ()


class TimeProof(msgspec.Struct, frozen=True, kw_only=True):
    """An RFC 3161 timestamp found beside a signature.

    Attributes:
        time: What the authority says, if it could be read.
        authority: The authority's name.
        intact: Whether the token is whole and dates this very signature.
        trusted: Whether the authority is vouched for.
    """

    time: dt.datetime | None
    authority: str
    intact: Judgement
    trusted: Judgement

    @property
    def proved(self) -> bool:
        """Whether the time is proved."""
        return self.intact.answer == self.trusted.answer == Answer.YES


class SignatureVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """One signature judged: three separate answers.

    Attributes:
        intact: What was signed is unchanged, and this certificate's key signed it.
        complete: Nothing stands beside what was signed.
        trusted: Who signed is vouched for by one of the given authorities.
        part: The part that holds the signature.
        signer, issuer: Names in the certificate.
        fingerprint: SHA-256 of the certificate, hexadecimal.
        role, place: As the signer declares them.
        claimed_time: As the signer declares it.
        algorithm: ``ECDSA/SHA-256``; ``weak`` names what is out of date in it.
        quirks: Known peculiarities of the program that signed.
    """

    part: str
    intact: Judgement
    complete: Judgement
    trusted: Judgement
    signer: str = ""
    issuer: str = ""
    fingerprint: str = ""
    role: str = ""
    place: str = ""
    claimed_time: dt.datetime | None = None
    time_proof: TimeProof | None = None
    algorithm: str = ""
    weak: tuple[str, ...] = ()
    quirks: tuple[Remark, ...] = ()

    @property
    def proved_time(self) -> dt.datetime | None:
        """The time, when a trusted timestamp proves it."""
        proof = self.time_proof
        return proof.time if proof is not None and proof.proved else None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a verification found.

    Attributes:
        readable: False when the file is no package that can be judged.
        signatures: In the order in which the package lists them.
        findings: What is wrong with the package itself; any one refuses it.
        unprotected: Parts that no signature protects, by the format's design.
    """

    readable: bool = True
    signatures: tuple[SignatureVerdict, ...] = ()
    findings: tuple[Remark, ...] = ()
    unprotected: tuple[str, ...] = ()

    @property
    def signed(self) -> bool:
        """Whether there is any signature."""
        return bool(self.signatures)

    @property
    def intact(self) -> Answer:
        """The worst of all: what was signed is unchanged."""
        return self._worst([s.intact for s in self.signatures])

    @property
    def complete(self) -> Answer:
        """The worst of all: nothing was added beside what was signed."""
        return self._worst([s.complete for s in self.signatures])

    @property
    def trusted(self) -> Answer:
        """The worst of all: every signer is vouched for."""
        return self._worst([s.trusted for s in self.signatures])

    @property
    def accepted(self) -> bool:
        """Whether the workbook is as its signers left it (trust is another matter)."""
        broken_proof = any(
            s.time_proof is not None and s.time_proof.intact.answer is Answer.NO
            for s in self.signatures
        )
        good = self.intact is Answer.YES and self.complete is Answer.YES
        return good and not broken_proof

    def _worst(self, judgements: list[Judgement]) -> Answer:
        answers = {judgement.answer for judgement in judgements}
        if self.findings or Answer.NO in answers:
            return Answer.NO
        return Answer.YES if answers == {Answer.YES} else Answer.UNKNOWN

    def to_json(self) -> bytes:
        """The report as indented JSON, with its summary first."""
        summary = {
            "signed": self.signed,
            "accepted": self.accepted,
            "intact": self.intact,
            "complete": self.complete,
            "trusted": self.trusted,
        }
        whole = summary | msgspec.to_builtins(self)
        return msgspec.json.format(msgspec.json.encode(whole), indent=2)


def yes(*reasons: Remark) -> Judgement:
    """A positive answer."""
    return Judgement(Answer.YES, reasons)


def no(*reasons: Remark) -> Judgement:
    """A negative answer."""
    return Judgement(Answer.NO, reasons)


def unknown(*reasons: Remark) -> Judgement:
    """No answer."""
    return Judgement(Answer.UNKNOWN, reasons)
