"""What published minutes are made of: typed data, before any rendering.

A document is pages (a sheet of the workbook each), pages are sections, sections are
blocks: a paragraph, labelled fields, a table of typed cells, signature boxes. All
texts are already in the language of the document.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

Cell = str | int | dt.date | dt.time
"""A typed value: text is text, a date is a date. The empty string is an empty cell."""


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    DATE = "date"
    TIME = "time"
    BOX = "box"  # left empty, and tall: somebody signs there


class Style(StrEnum):
    """How a paragraph is said."""

    BODY = "body"
    STRONG = "strong"
    NOTE = "note"


class Tone(StrEnum):
    """How a row is said."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"


class Column(msgspec.Struct, frozen=True):
    """A column of a table; ``width`` is its share of the table's width."""

    title: str
    width: int
    kind: Kind = Kind.TEXT


class Row(msgspec.Struct, frozen=True):
    """A row: one cell a column."""

    cells: tuple[Cell, ...]
    tone: Tone = Tone.PLAIN


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph."""

    text: str
    style: Style = Style.BODY


class Fields(msgspec.Struct, frozen=True):
    """Labels and values."""

    pairs: tuple[tuple[str, Cell], ...]


class Table(msgspec.Struct, frozen=True):
    """A table with its header."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Box(msgspec.Struct, frozen=True):
    """A place to sign: who, and in what capacity."""

    name: str
    capacity: str


class Boxes(msgspec.Struct, frozen=True):
    """Signature boxes."""

    boxes: tuple[Box, ...]


Block = Paragraph | Fields | Table | Boxes


class Section(msgspec.Struct, frozen=True):
    """A titled part of a page; an untitled one opens the page."""

    title: str
    blocks: tuple[Block, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet of the workbook, a part of the document.

    Attributes:
        key: A stable word for programs.
        name: The sheet's name, 31 characters at most.
        title: What is printed above it.
    """

    key: str
    name: str
    title: str
    sections: tuple[Section, ...]
    landscape: bool = False


class Blocker(msgspec.Struct, frozen=True, kw_only=True):
    """A mandatory mention that is still empty.

    Attributes:
        key: A stable word for programs (``sign_in``).
        sentence: What is missing, and what to do.
        fatal: Whether the minutes cannot be published without it.
        member, candidate: Ids of who is concerned, if one person is.
    """

    key: str
    sentence: str
    fatal: bool = True
    member: str = ""
    candidate: str = ""


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """A document ready to be rendered: the minutes, an extract or a letter.

    Attributes:
        language: ``fr`` or ``en``: the renderings add no word of their own.
        kind: ``minutes``, ``rectifying``, ``extract`` or ``letter``.
        subject: The certification and its code, for headers.
        number: The minutes number; empty while there is none.
        created: The register's last act before it: the document's own date, so
            that the same register gives the same bytes.
        head, count, code: The register's head, acts and short code.
        page_line: ``Page {page} of {pages}``, in the document's language.
        blockers: What is still missing; fatal ones forbid publishing.
    """

    language: str
    kind: str
    title: str
    subject: str
    number: str
    number_line: str
    created: dt.datetime
    head: str
    count: int
    code: str
    code_line: str
    page_line: str
    pages: tuple[Page, ...]
    blockers: tuple[Blocker, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing forbids publishing."""
        return not any(b.fatal for b in self.blockers)

    def page(self, key: str) -> Page:
        """The page of that key.

        Raises:
            LookupError: the document has no such page.
        """
        for page in self.pages:
            if page.key == key:
                return page
        raise LookupError(key)
