"""Invented certificates of social partners, whose texts count voices or proxies."""

from __future__ import annotations

from pathlib import Path

from tests.support import corpus
from tests.support.sittings import START

_COMMON = """
code = "{code}"
title = "Certificat paritaire (inventé)"
kind = "certification"
family = "titles"
fictitious = true

[[components]]
id = "a"
label = "Unité"

[[routes]]
id = "vae"
label = "VAE"
jury = "jury"

[[juries]]
id = "jury"
label = "Jury paritaire"
"""
_MAJORITY = """
[[majority]]
type = "absolute"
base = "{base}"
tie = "not_carried"
source = "Accord inventé"
"""


class Joint(corpus.Other):
    """A session before such a certificate, of one component."""

    def __init__(self, folder: Path, code: str, jury: str, base: str) -> None:
        """Write the rulebook, and draft.

        Args:
            folder: Where the rulebook is written.
            code: The certificate's.
            jury: What its text says of the jury, and its clauses.
            base: Of whom an absolute majority is asked.
        """
        rulebook = folder / f"{code.lower()}.toml"
        text = _COMMON.format(code=code) + jury + _MAJORITY.format(base=base)
        rulebook.write_text(text, "utf-8")
        super().__init__(str(rulebook), START)
