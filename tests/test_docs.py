"""What the documents say is true: commands, links, the two single lines, sentences."""

from __future__ import annotations

import argparse
import gettext
import re
import shlex
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from jury_tui.cli.commands import build
from jury_tui.i18n import catalogue
from jury_tui.locale.__main__ import ARGPARSE, MO, compiled, faults, merged, said_in

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def _between(name: str) -> str:
    found = re.search(
        rf"<!-- {name} -->\s*```\n(.*?)```\s*<!-- /{name} -->", README, re.S
    )
    assert found is not None
    return found.group(1).strip()


def _commands() -> dict[str, argparse.ArgumentParser]:
    for action in build()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def test_readme_lists_every_command_and_no_other() -> None:
    listed = set(re.findall(r"^jury-tui ([a-z]+)", _between("commands"), re.M))

    assert set(_commands()) == listed


def test_readme_options_exist() -> None:
    for line in _between("commands").splitlines():
        words = re.split(r"\s{2,}", line)[0].split()
        parser = _commands().get(words[1], build()) if len(words) > 1 else build()
        for option in re.findall(r"--[a-z-]+", line):
            assert option in parser.format_help(), line


@pytest.mark.parametrize("name", ["run", "tests"])
def test_the_single_lines_are_single_and_locked(name: str) -> None:
    line = _between(name)

    assert "\n" not in line
    assert "--require-hashes" in line
    for word in shlex.split(line):
        if word.endswith(".txt"):
            assert (ROOT / word).is_file()


def test_ci_runs_the_readme_line() -> None:
    assert "<!-- tests -->" in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)\)", document.read_text("utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target


LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"]


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")

    assert "://" not in text
    assert "--index-url" not in text
    for package in re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", text, re.M | re.S):
        assert "--hash=sha256:" in package, package[:60]


def _pins(lock: str) -> dict[str, Version]:
    """Package to version, whatever the platform or Python."""
    text = (ROOT / lock).read_text("utf-8")
    return {
        canonicalize_name(name): Version(version)
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.M)
    }


def test_locks_are_in_step_with_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = list(map(Requirement, project["project"]["dependencies"]))
    extras = chain(*project["project"]["optional-dependencies"].values())
    groups = project["dependency-groups"]
    develop = [*wanted, *map(Requirement, chain(extras, groups["dev"]))]
    rivals = list(map(Requirement, groups["bench"]))

    for some, lock in zip((wanted, develop, rivals), LOCKS, strict=True):
        pins = _pins(lock)
        for need in some:
            assert pins[canonicalize_name(need.name)] in need.specifier, need
    assert _pins("requirements.txt").items() <= _pins("requirements-dev.txt").items()
    for need in (*develop, *rivals):
        bounds = {one.operator for one in need.specifier}
        assert {">=", "<"} == bounds, f"{need} is not bounded on both sides"


def test_the_catalogue_says_what_gettext_says() -> None:
    """Ours decodes a sentence when it is asked; the standard one decodes them all."""
    with MO.open("rb") as file:
        whole = gettext.GNUTranslations(file)
    ours = catalogue("fr")

    for message in merged():
        if isinstance(message.id, str):
            if message.id:
                assert whole.gettext(message.id) == ours.gettext(message.id)
            continue
        one, many = message.id
        for number in (0, 1, 2, 21):
            wanted = whole.ngettext(one, many, number)
            assert wanted == ours.ngettext(one, many, number)
    assert "nobody said" == ours.gettext("nobody said")
    assert "many" == ours.ngettext("one", "many", 2)


def test_every_sentence_has_its_french() -> None:
    whole = merged()

    assert [] == faults(whole)
    assert compiled(whole) == MO.read_bytes()
    assert compiled(merged(ARGPARSE)) == ARGPARSE.read_bytes()


def test_sentences_within_f_strings_are_found() -> None:
    """Babel saw none of them before Python 3.12: they stayed English, unnoticed."""
    source = """x = f"{n} {_('Not sitting')} {ngettext('one', 'many', n)}"
y = N_("Two " "parts")"""
    assert said_in(source) == {"Not sitting", ("one", "many"), "Two parts"}


def test_a_line_never_breaks_before_a_french_sign() -> None:
    whole = merged()
    message = whole.get("Not sitting: {names}.")
    assert message is not None
    message.string = "Ne siègent pas : {names}."
    assert faults(whole) == ["a space that breaks: 'Ne siègent pas : {names}.'"]
