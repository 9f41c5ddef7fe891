"""What lies beside the registers: derived, remembered, noted, preferred."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from jury_tui.audit import ledger
from jury_tui.audit.checkpoint import (
    Level,
    load,
    make_checkpoint,
    save,
    signature,
    since,
)
from jury_tui.audit.folder import audit_folder
from jury_tui.errors import JuryError
from jury_tui.minutes.publishing import GIVEN, given
from jury_tui.register import anchors, evidence, holder
from jury_tui.register.catalogue import Catalogue
from jury_tui.register.chain import Anchor
from jury_tui.register.disk import DISK
from jury_tui.register.latest import FOLDER
from jury_tui.register.register import Register
from jury_tui.session.session import Session
from jury_tui.ui import settings
from jury_tui.ui.reasons import BANK_FILE, bank
from tests.fuzz.mutations import (
    Acts,
    Library,
    Step,
    answered,
    chained,
    mutated,
    spelled,
)
from tests.fuzz.registers import seeds
from tests.support.forging import NOW
from tests.support.signers import authority, signer


def _folder(folder: Path) -> Path:
    """A folder of a few short sessions."""
    sessions = folder / "sessions"
    for number in range(4):
        acts = seeds().acts[0][: 3 + number]
        with Register.create(sessions, {**acts[0], "session": f"s-{number}"}) as one:
            one.append(acts[1:])
            anchors.remember(sessions, f"s-{number}", one.anchor)
    return sessions


def catalogue(folder: Path) -> Step:
    """The list of sessions and the index of names."""
    sessions = _folder(folder)
    with Register.create(sessions, seeds().acts[0][0]) as whole:
        whole.append(seeds().acts[0][1:])
    fresh = Catalogue.open(sessions)
    fresh.refresh()
    kept = {path: path.read_bytes() for path in (sessions / FOLDER).iterdir()}

    def step(chance: random.Random) -> bool:
        for path, data in kept.items():
            path.write_bytes(data)
        path = chance.choice([path for path in kept if kept[path]])
        path.write_bytes(mutated(kept[path], chance))
        found = Catalogue.open(sessions)
        trusted = len(found) > 0
        for text in ("a", "dupont", "", "\x01", "é ü"):
            found.search(text)
            found.entries(text=text)
        found.entries(sort=chance.choice(("date", "at", "count", "number")))
        found.used_numbers("x", 2008)
        found.refresh()
        assert len(found) == 5
        return trusted

    return step


def ledger_of_anchors(folder: Path) -> Step:
    """What the folder remembers: read, asked for one session, added to."""
    sessions = _folder(folder)
    path = sessions / anchors.FILE
    good = path.read_bytes()
    acts: Acts = [{"type": "AnchorsStarted", "session": "anchors", "format": 1}]
    acts += [
        {"type": "Anchored", "session": f"s-{n % 4}", "count": n, "head": f"{n:064x}"}
        for n in range(1, 9)
    ]
    library = Library(acts)

    def step(chance: random.Random) -> bool:
        if chance.random() < 0.5:
            path.write_bytes(mutated(good, chance))
        else:
            bent = library.rearranged(acts, chance)
            path.write_bytes(chained(map(spelled, bent), "anchors"))
        trusted = True
        for asked in (
            lambda: anchors.remembered(sessions),
            lambda: anchors.last(sessions, "s-1"),
            lambda: anchors.last(sessions, "nobody"),
            lambda: anchors.remember(sessions, "s-1", Anchor(9, "9" * 64)),
        ):
            try:
                asked()
            except JuryError as error:
                trusted = answered(error)
        for torn in sessions.glob(f"{anchors.FILE}.torn-*"):
            torn.unlink()
        return trusted

    return step


def audited(folder: Path) -> Step:
    """The ledger of reports, from which an audit that was stopped goes on."""
    sessions = _folder(folder)
    audit_folder(sessions, now=NOW)
    path = sessions / FOLDER / ledger.FILE
    good = path.read_bytes()

    def step(chance: random.Random) -> bool:
        path.write_bytes(mutated(good, chance))
        report = audit_folder(sessions, now=NOW, resume=True)
        assert len(report.reports) == 4
        assert report.to_json()
        return report.reused > 0

    return step


def checkpoint(folder: Path) -> Step:
    """A checkpoint and its companion."""
    sessions = _folder(folder)
    path = folder / "checkpoint.json"
    save(make_checkpoint(sessions, now=NOW), path, signer=signer(0, "p256"))
    beside = path.with_name(path.name + ".p7s")
    good, companion = path.read_bytes(), beside.read_bytes()
    roots = (authority().certificate,)

    def step(chance: random.Random) -> bool:
        spoilt = chance.random() < 0.5
        path.write_bytes(mutated(good, chance) if spoilt else good)
        beside.write_bytes(companion if spoilt else mutated(companion, chance))
        try:
            kept = load(path)
            since(kept, sessions, chance.choice((Level.DATES, Level.BYTES)), now=NOW)
            report = signature(path, roots=roots)
        except JuryError as error:
            return answered(error)
        return bool(report)

    return step


def notes(folder: Path) -> Step:
    """Who holds a register, torn ends, preferences, reasons, numbers given."""
    path = folder / "acts.jsonl"
    path.write_bytes(b"")
    note, torn = holder.note_path(path), folder / "acts.jsonl.torn-1"
    kept = folder / "settings.json"
    holder.write(path, holder.myself(NOW), DISK)
    settings.write(kept, settings.Settings(last="2008-06-10-test"))
    seed = {
        note: note.read_bytes(),
        kept: kept.read_bytes(),
        torn: seeds().files[0][:400],
        folder / BANK_FILE: "Une raison.\nDéjà écrite.\n".encode(),
        folder / GIVEN: b"PV-2008-1\nPV-2008-2",
    }
    records = Register.create(folder / "s", seeds().acts[0][0])

    def step(chance: random.Random) -> bool:
        for place, data in seed.items():
            if place.is_dir():
                shutil.rmtree(place)
            place.unlink(missing_ok=True)
            place.write_bytes(mutated(data, chance))
        said = str(holder.busy(path, DISK))
        assert said.replace("\u00a0", " ").isprintable()  # as French sets hours
        assert isinstance(settings.read(kept), settings.Settings)
        bank(Session(), folder, "a", "reasons")
        given(folder)
        evidence.untold(path, records.records, DISK)
        return holder.read(path, DISK).pid > 0

    return step
