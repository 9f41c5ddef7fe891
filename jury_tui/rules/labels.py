"""Tables of a rulebook file, and the names in it that people read."""

# Without annotations as text: msgspec would evaluate each of them at every start.

import msgspec

from jury_tui.i18n import language


class Table(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    eq=True,
    forbid_unknown_fields=True,
):
    """A table of the file; the reader says of an unknown key which ones there are."""


class Bilingual(Table, frozen=True):
    """A name in both languages; quotes of texts stay French."""

    fr: str
    en: str

    def __str__(self) -> str:
        return self.fr if language() == "fr" else self.en


Label = str | Bilingual
"""What people read: one string for both languages, or ``{fr = …, en = …}``."""


def label(text: Label) -> str:
    """A label in the language in force."""
    return str(text)
