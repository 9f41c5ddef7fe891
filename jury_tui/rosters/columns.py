"""Which column of a list holds what: headers in French or English, and synonyms.

Case, accents, spaces and punctuation do not count in a header. The first word of
each line below is the header that a blank list carries in that language.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

import msgspec

from jury_tui.errors import RosterError
from jury_tui.i18n import N_, _, folded, language, listed
from jury_tui.rosters.tables import Line, Table
from jury_tui.rules.labels import Label

HEADER_LINES = 20
"""How far down the headers are looked for: lists often begin with a title."""


class Column(msgspec.Struct, frozen=True):
    """One column a list may have: the field it fills, and its headers."""

    field: str
    french: tuple[str, ...]
    english: tuple[str, ...]
    required: bool = False

    @property
    def header(self) -> str:
        """The header a blank list carries, in the language in force."""
        first = (self.french if language() == "fr" else self.english)[0]
        return first[:1].upper() + first[1:]


def _column(field: str, french: str, english: str, *, required: bool = False) -> Column:
    return Column(
        field, tuple(french.split(" / ")), tuple(english.split(" / ")), required
    )


_GENDER = _column(
    "gender",
    "sexe / genre / civilité / h f / f h / f m / m f",
    "gender / sex / title / civility",
)
_GIVEN = _column(
    "given_names",
    "prénom / prénoms / prénom usuel",
    "given names / given name / first name / first names / forename",
)
_EMPLOYER = _column(
    "employer",
    "employeur / entreprise / organisme / structure / établissement",
    "employer / company / organisation / organization",
)
_ID = _column("id", "identifiant / id / réf", "id / identifier / ref")

MEMBERS = (
    _column(
        "family_name",
        "nom / nom de famille / nom d'usage",
        "family name / name / last name / surname",
        required=True,
    ),
    _GIVEN,
    _GENDER,
    _column(
        "seats",
        "siège / sièges / qualité / collège / titre dans le jury / membre",
        "seat / seats / capacity / college",
        required=True,
    ),
    _column("function", "fonction / profession / poste", "function / job / position"),
    _EMPLOYER,
    _column("represents", "représente / représentant de", "represents / on behalf of"),
    _column(
        "substitutes",
        "suppléant de / supplée / remplace / suppléance de",
        "substitute for / substitutes / substitute of",
    ),
    _column(
        "act",
        "acte de nomination / arrêté / décision de nomination / acte",
        "appointing act / act / appointment",
    ),
    _column(
        "act_date",
        "date de l'acte / date de nomination / date de l'arrêté",
        "date of the act / act date / appointment date",
    ),
    _column(
        "act_authority",
        "autorité / autorité de nomination / signataire de l'acte / nommé par",
        "authority / act authority / appointed by",
    ),
    _column(
        "ties",
        "liens / liens avec les candidats / lien / incompatibilités",
        "ties / ties with candidates / tie",
    ),
    _ID,
)

CANDIDATES = (
    _column(
        "birth_name",
        "nom de naissance / nom / nom patronymique / nom de famille",
        "birth name / name / family name / last name / surname",
        required=True,
    ),
    _GIVEN,
    _column(
        "use_name",
        "nom d'usage / nom marital / nom usuel / nom d'épouse",
        "name in use / use name / married name",
    ),
    _GENDER,
    _column(
        "birth_date",
        "date de naissance / né le / née le / né e le / naissance",
        "birth date / date of birth / born on",
    ),
    _column(
        "birth_place",
        "lieu de naissance / commune de naissance / né à / née à",
        "birth place / place of birth / birthplace",
    ),
    _column(
        "file_number",
        "numéro de dossier / dossier / n° / n° dossier / n° de dossier / no dossier / "
        "numéro / numéro du dossier",
        "file number / file / file no / number",
    ),
    _column(
        "parcours_start",
        "début du parcours / début de parcours / date de début du parcours / parcours",
        "start of the parcours / parcours start / start / started on",
    ),
    _column(
        "admissible_on",
        "recevable le / recevabilité / date de recevabilité / faisabilité",
        "admissible on / admissibility / admissibility date / feasibility",
    ),
    _EMPLOYER,
    _column(
        "accompanists",
        "accompagnateurs / accompagnateur / accompagné par / accompagnement",
        "accompanists / accompanist / advisers / adviser / accompanied by",
    ),
    _column(
        "trainers",
        "formateurs / formateur / formé par",
        "trainers / trainer / trained by",
    ),
    _column(
        "discipline",
        "discipline / spécialité / domaine",
        "discipline / speciality / specialty / field",
    ),
    _column(
        "components",
        "composantes / composantes demandées / blocs / blocs demandés / unités",
        "components / components asked / blocks / units",
    ),
    _column(
        "acquired",
        "déjà acquis / composantes acquises / acquis / blocs acquis",
        "acquired / already acquired / acquired components",
    ),
    _column("time", "heure / heure de passage / horaire", "time / hour"),
    _ID,
)

_NOT_WORD = re.compile(r"[^a-z0-9°]+")


def key(header: str) -> str:
    """A header as compared: no accents, no case, no punctuation."""
    return " ".join(_NOT_WORD.sub(" ", folded(header).replace("’", "'")).split())


class Headers(msgspec.Struct, frozen=True, kw_only=True):
    """Where each field stands, and the columns nobody asked for.

    Attributes:
        line: The line of the headers.
        fields: Index and header of each field.
        attributes: Index and header of each attribute of the rulebook.
        unknown: Headers that say nothing to us, each with the one it may have meant.
        twice: Two headers that say the same thing.
    """

    line: int
    fields: dict[str, tuple[int, str]]
    attributes: dict[str, tuple[int, str]]
    unknown: tuple[tuple[str, str], ...] = ()
    twice: tuple[str, str] | None = None


def find(
    table: Table, columns: tuple[Column, ...], attributes: Mapping[str, Label]
) -> Headers:
    """The headers of a table: of its first lines, the one that names most columns.

    Args:
        table: The file.
        columns: Those of members, or of candidates.
        attributes: Attributes that the rulebook's clauses ask for, with labels.

    Raises:
        RosterError: none of the first lines names the required columns, or a column
            is there twice.
    """
    found = [_matched(line, columns, attributes) for line in table.lines[:HEADER_LINES]]
    best = max(found, key=lambda h: len(h.fields), default=None)
    if best is None or not best.fields:
        raise RosterError(
            N_(
                "{file} has no line of headers. Its first line should name the "
                "columns: {columns}."
            ),
            file=table.file,
            columns=listed(_("“{word}”").format(word=c.header) for c in columns[:6]),
        )
    missing = [c for c in columns if c.required and c.field not in best.fields]
    if missing:
        raise RosterError(
            N_(
                "{file}, line {line}: the column {column} is missing. Columns that say "
                "nothing to this program: {unknown}."
            ),
            file=table.file,
            line=best.line,
            column=listed(_("“{word}”").format(word=c.header) for c in missing),
            unknown=listed(
                _("“{word}”").format(word=header) for header, _meant in best.unknown
            )
            or "—",
        )
    if best.twice is not None:
        raise RosterError(
            N_(
                "{file}, line {line}: the columns “{first}” and “{second}” say the "
                "same thing: keep one."
            ),
            file=table.file,
            line=best.line,
            first=best.twice[0],
            second=best.twice[1],
        )
    return best


def _matched(
    line: Line, columns: tuple[Column, ...], attributes: Mapping[str, Label]
) -> Headers:
    headers = [
        (index, cell)
        for index, cell in enumerate(line.cells)
        if isinstance(cell, str) and key(cell)
    ]
    known = {key(h): c.field for c in columns for h in (*c.french, *c.english)}
    if {"nom de naissance", "birth name"} & {key(header) for _i, header in headers}:
        # beside a birth name, a bare “Nom” is the name in use
        known |= {word: "use_name" for word in ("nom", "name") if "use name" in known}
    named = {
        key(header): attribute
        for attribute, text in attributes.items()
        for header in (attribute, str(text))
    }
    fields: dict[str, tuple[int, str]] = {}
    extra: dict[str, tuple[int, str]] = {}
    unknown: list[tuple[str, str]] = []
    twice: tuple[str, str] | None = None
    for index, header in headers:
        word = key(header)
        place, name = (
            (fields, known[word]) if word in known else (extra, named.get(word, ""))
        )
        if not name:
            unknown.append((header, closest(word, (*known, *named))))
        elif name in place:
            twice = twice or (place[name][1], header)
        else:
            place[name] = (index, header)
    return Headers(
        line=line.number,
        fields=fields,
        attributes=extra,
        unknown=tuple(unknown),
        twice=twice,
    )


def closest(word: str, words: Iterable[str]) -> str:
    """The word that was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(word[:80], list(words), 1, 0.75)), "")
