"""Other people's verifiers: POI, LibreOffice, xmlsec1. Absent: the test skips."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from xml.sax.saxutils import unescape

import pytest

from jury_tui.signing import archive

ROOT = Path(__file__).parents[2]
VERIFIERS = ROOT.parent / "shared" / "verifiers"
_POI_JARS = Path("/usr/share/java")

Verdicts = dict[str, list[str]]


def need_poi() -> None:
    if not (VERIFIERS / "verify-poi.sh").exists():
        pytest.skip("no ../shared/verifiers")
    if not shutil.which("javac") or not (_POI_JARS / "poi-ooxml.jar").exists():
        pytest.skip("Debian's libapache-poi-java or a JDK is missing")


def need_libreoffice() -> None:
    if not (VERIFIERS / "verify-libreoffice.py").exists():
        pytest.skip("no ../shared/verifiers")
    if not shutil.which("soffice") or not shutil.which("certutil"):
        pytest.skip("Debian's libreoffice-calc or libnss3-tools is missing")


def need_xmlsec1() -> None:
    need_program("xmlsec1")


def need_program(name: str) -> None:
    if not shutil.which(name):
        pytest.skip(f"Debian's {name} is missing")


def poi(files: list[Path], ca: Path, *, complete: bool = False) -> Verdicts:
    """VALID, INVALID, UNSIGNED or ERROR for each signature, by file name."""
    need_poi()
    command = ["sh", str(VERIFIERS / "verify-poi.sh"), "--ca", str(ca)]
    return _asked([*command, *(["--require-complete"] if complete else [])], files)


def libreoffice(files: list[Path], ca: Path) -> Verdicts:
    """The same of LibreOffice."""
    need_libreoffice()
    script = str(VERIFIERS / "verify-libreoffice.py")
    return _asked(["/usr/bin/python3", script, "--ca", str(ca)], files)


def _asked(command: list[str], files: list[Path]) -> Verdicts:
    done = subprocess.run(
        [*command, *map(str, files)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    verdicts: Verdicts = defaultdict(list)
    for line in done.stdout.splitlines():
        fields = line.split("\t")
        if fields[2] != "UNCOVERED":
            untrusted = len(fields) > 3 and not fields[3].startswith("trust=yes")
            bad = fields[2] == "VALID" and untrusted
            verdicts[Path(fields[0]).name].append("UNTRUSTED" if bad else fields[2])
    assert verdicts, done.stderr
    return verdicts


def xmlsec1(data: bytes, folder: Path, ca: Path) -> list[str]:
    """VALID or INVALID for each signature part, judged by the manifest's count."""
    need_xmlsec1()
    entries = {name: entry.data for name, entry in archive.read(data).items()}
    folder.mkdir(parents=True, exist_ok=True)
    verdicts = []
    for name in sorted(
        n for n in entries if re.fullmatch(r"_xmlsignatures/sig\d+.xml", n)
    ):
        text = entries[name].decode()
        maps = []
        for number, uri in enumerate(re.findall(r'<Reference URI="(/[^"]*)"', text)):
            part = uri[1:].split("?")[0]
            file = folder / f"{name.replace('/', '-')}-{number}"
            if part in entries:
                file.write_bytes(entries[part])
            maps += [f"--url-map:{unescape(uri)}", str(file)]
        target = folder / name.replace("/", "-")
        target.write_bytes(entries[name])
        done = subprocess.run(
            [
                "xmlsec1",
                "--verify",
                *("--id-attr:Id", "Object", "--id-attr:Id", "SignedProperties"),
                *("--trusted-pem", str(ca)),
                *maps,
                str(target),
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        said = done.stdout + done.stderr
        count = re.search(r"Manifests References \(ok/all\): (\d+)/(\d+)", said)
        good = done.returncode == 0 and count is not None and count[1] == count[2]
        verdicts.append("VALID" if good and count and count[2] != "0" else "INVALID")
    return verdicts
