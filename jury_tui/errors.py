"""The one family of errors: a sentence that says what is wrong, then what to do.

An error carries a message *template* (an English msgid, marked with ``N_``) and
its values, so that the sentence is written in the language of whoever reads it.
"""

from __future__ import annotations

from jury_tui.i18n import _


class JuryError(Exception):
    """The base of the family; never raised directly.

    Args:
        message: A msgid with ``{named}`` places.
        values: What fills the places. Plain text from people is safe here.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return _(self.message).format(**self.values)


class RefusedError(JuryError):
    """A command that the state of the session or its rules forbid.

    Attributes:
        findings: The findings that explain the refusal, if it comes from rules.
    """

    def __init__(
        self, message: str, /, *, findings: tuple[object, ...] = (), **values: object
    ) -> None:
        super().__init__(message, **values)
        self.findings = findings


class RulebookError(JuryError):
    """A rulebook that cannot be read: says the file, the key, what was expected."""


class RosterError(JuryError):
    """A list of members or candidates that cannot be read."""


class RegisterError(JuryError):
    """The register cannot be opened, read or written."""


class UnreadableRegisterError(RegisterError):
    """The bytes are not a register, or hold an act this version does not know."""


class BrokenChainError(RegisterError):
    """The register was altered; ``act`` is the number of the first act in doubt."""

    def __init__(self, message: str, /, *, act: int, **values: object) -> None:
        super().__init__(message, act=act, **values)
        self.act = act


class BusyRegisterError(RegisterError):
    """Another program is writing this register.

    Attributes:
        along: What is said instead to whoever reads along, a msgid; same places.
    """

    def __init__(self, message: str, /, *, along: str = "", **values: object) -> None:
        super().__init__(message, **values)
        self.along = along

    def to_reader(self) -> RegisterError:
        """The sentence for whoever reads along: there is nothing left to open."""
        return RegisterError(self.along or self.message, **self.values)


class ExportError(JuryError):
    """The minutes cannot be written."""


class SignatureError(JuryError):
    """A key, a certificate or a signature that cannot be used."""
