"""Registers of the example certificate with grids, for the screens."""

from __future__ import annotations

from pathlib import Path

from jury_tui.register.record import Record
from jury_tui.session.commands.candidates import Call, Deliberate
from jury_tui.ui.app import JuryApp
from tests.support import screens
from tests.support.grids import DAY
from tests.support.large import RULEBOOK
from tests.support.screens import drafted, sitting


def large_rulebook(folder: Path) -> str:
    """Thirteen voters; the first component has ten criteria with long names."""
    criteria = "".join(
        f"""
[[components.criteria]]
id = "k{n}"
label = {{ fr = "Analyse les besoins de l’usager {n}", en = "Analyses needs {n}" }}
weight = {n}
eliminatory = {str(n == 10).lower()}
"""
        for n in range(1, 11)
    )
    text = RULEBOOK.read_text("utf-8")
    first, rest = text.split('[[components]]\nid = "C02"')
    path = folder / "treize-et-dix.toml"
    path.write_text(f'{first}{criteria}\n[[components]]\nid = "C02"{rest}', "utf-8")
    return str(path)


def graded(folder: Path, rulebook: str = "CQP-GRILLE") -> Record:
    """Eight members with hostile names deliberate on the first candidate."""
    begun = DAY.date().replace(month=1)
    record = drafted(folder, 2, certification=rulebook, now=DAY, begun=begun)
    sitting(record, now=DAY)
    record.do(Call(candidate="c1"), Deliberate(), now=DAY)
    return record


def app_at(stage: str, folder: Path) -> JuryApp:
    """The application on a session of that stage, or on a folder of two."""
    if stage == "folder":
        for make in (screens.closed, screens.opened):
            make(folder).close()
        return screens.app(folder)
    record = graded(folder) if stage == "graded" else getattr(screens, stage)(folder)
    record.close()
    return screens.app(folder, record.path)
