"""The short code of a head: what the minutes print and a person reads aloud.

130 of the hash's 256 bits, as 26 characters of Crockford's base 32 (no I, L, O or
U), by fours: ``7ZK2-…``. Finding another register with the same code takes some
2**130 tries; making two registers that share one, 2**65.
"""

from __future__ import annotations

import hmac
import re

from jury_tui.errors import RegisterError
from jury_tui.i18n import N_

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
_HEAD = re.compile(r"[0-9a-f]{64}", re.ASCII)
# What ears and eyes confuse, and what people put between groups.
_HEARD = str.maketrans("OIL", "011", " -.–—\u2010\u2011\u00a0\u202f\t\n")


def code(head: str) -> str:
    """The short code of a head.

    Args:
        head: 64 hexadecimal characters, lower case.

    Raises:
        RegisterError: anything else.
    """
    if not _HEAD.fullmatch(head):
        raise RegisterError(N_("“{head}” is not a hash."), head=head[:80])
    bits = int(head, 16) >> (256 - 5 * LENGTH)
    letters = "".join(
        ALPHABET[bits >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5)
    )
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def parse_code(text: str) -> str:
    """A code as somebody typed it, in the form ``code`` gives.

    Case, spaces and hyphens do not matter; O is 0, I and L are 1.

    Raises:
        RegisterError: it cannot be a code.
    """
    letters = text.upper().translate(_HEARD)
    if len(letters) != LENGTH or set(letters) - set(ALPHABET):
        raise RegisterError(
            N_(
                "“{text}” is not a register’s code: {length} letters and digits, as "
                "printed in the minutes."
            ),
            text=text[:80],
            length=LENGTH,
        )
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def same_code(head: str, text: str) -> bool:
    """Whether a code that somebody typed is this head's.

    Raises:
        RegisterError: the text cannot be a code.
    """
    return hmac.compare_digest(code(head), parse_code(text))
