"""Figures in words: one sentence each on the terminal, one row each in the page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.verdicts import Figure, known, met, noisy, value

_HEAD = """# Benchmarks

<!-- Written by `python -m tests.benchmarks --full --table`: change the scripts in
tests/benchmarks/, not this page. -->

Milliseconds belong to a machine, so every speed is given as a ratio to something
measured beside it in the same run: the bare work that nobody can do without (its
*floor*), or what people would use instead. The two take turns in random order, and
the medians are compared. A floor whose 95th percentile is more than three times its
median means that the machine was busy with something else: the figure is then marked
noisy. The growth exponent is the slope between sizes a decade apart, both axes in
logarithms: 0 does not grow, 1 grows in proportion. Latencies and first paints are taken
from outside, through a pseudo-terminal of 120 × 40 cells: from the key (or the start
of the process) to the byte that completes the line awaited. Rivals never run inside
the program: their packages are in the `bench` dependency group. Times without a ratio
are reported and never fail a run; a ratio does when it is beyond 1.5 times its goal
three times in a row on a steady floor. Goals that are known to be missed are in
`tests/benchmarks/shortfalls.toml` with the reason, which stands under each table here;
for these the run fails beyond 1.5 times the shortfall recorded.

```
.venv/bin/pip install --require-hashes -r requirements-bench.txt    # the rivals
.venv/bin/python -m tests.benchmarks                  # the quick set: two minutes
.venv/bin/python -m tests.benchmarks --full --table   # every size, and this page
```

✓ the goal is met · ✗ not met · ≈ noisy, the machine was busy · – reported, no goal.

"""
_SECTIONS = {
    "latency": "One vote, from the key to the line painted again",
    "startup first_paints": "First paint",
    "startup": "Start of a command",
    "append": "Append",
    "open": "Open a register, or a session",
    "audit": "Audit",
    "search": "Search and list",
    "rules": "Rules",
    "workbook": "Minutes, written as a workbook",
    "sign": "Sign and verify",
}
"""Headings, by script or by script and part, in the page's order."""


def write(path: Path, figures: Iterable[Figure], *, full: bool) -> None:
    """Write the page."""
    figures = list(figures)
    machines = dict.fromkeys(str(f["machine"]) for f in figures if "machine" in f)
    kept = "all sizes" if full else "the quick set"
    text = _HEAD + f"Measured: {kept}, on {'; '.join(machines)}.\n"
    for key, title in _SECTIONS.items():
        some = [f for f in figures if _section(f) == key]
        if some:
            text += f"\n## {title}\n\n{_table(some)}"
    path.write_text(text, "utf-8")


def _section(figure: Figure) -> str:
    own = f"{figure['script']} {figure.get('part', '')}"
    return own if own in _SECTIONS else str(figure["script"])


def _table(figures: list[Figure]) -> str:
    """The figures of one section, and why some are not met."""
    rows = [_row(f) for f in figures if "skipped" not in f]
    head = [
        "| | figure | against | goal | measured | n | growth |",
        "| --- | --- | --- | --- | --- | ---: | ---: |",
    ]
    told = [
        f"- Not measured: {f['name']} ({f['skipped']})."
        for f in figures
        if "skipped" in f
    ]
    told += [
        f"- ✗ {' over '.join(name.split(' / ', 1))}: {_why(name)}"
        for name in dict.fromkeys(
            str(f["name"]) for f in figures if _sign(f) in ("✗", "≈") and not met(f)
        )
    ]
    text = "\n".join([*head, *rows]) + "\n" if rows else ""
    return text + ("\n" + "\n".join(told) + "\n" if told else "")


def _why(name: str) -> str:
    row = known().get(name)
    return row.why if row else "no reason is recorded in shortfalls.toml."


def sentence(figure: Figure) -> str:
    """One figure on one line."""
    if "skipped" in figure:
        return f"[skip] {figure['name']}: {figure['skipped']}"
    sign = "noisy" if noisy(figure) else "ok" if met(figure) else "MISS"
    if figure.get("goal") is None:
        sign = "·"
    goal = _goal(figure)
    grows = f", exponent {figure['exponent']}" if "exponent" in figure else ""
    aim = f" (goal {goal})" if goal else ""
    n = f", n = {figure['n']:,}" if figure.get("n") else ""
    return f"[{sign:>5}] {figure['name']}{n}: {_measured(figure)}{aim}{grows}"


def _row(figure: Figure) -> str:
    what, _slash, against = str(figure["name"]).partition(" / ")
    note = f" ({figure['note']})" if figure.get("note") else ""
    cells = (
        _sign(figure),
        what + note,
        against or "–",
        _goal(figure) or "–",
        _measured(figure) + _WORDS[_sign(figure)],
        f"{figure.get('n', 0):,}",
        str(figure.get("exponent", "–")),
    )
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"


_WORDS = {"✓": "", "–": "", "✗": ", **not met**", "≈": ", noisy"}


def _sign(figure: Figure) -> str:
    if figure.get("goal") is None:
        return "–"
    if noisy(figure):
        return "≈"
    return "✓" if met(figure) else "✗"


def _goal(figure: Figure) -> str:
    goal = figure.get("goal")
    if goal is None:
        return ""
    return f"{figure.get('sense', '≤')} {_number(float(goal))}{_unit(figure)}"


def _measured(figure: Figure) -> str:
    found = value(figure)
    if found is None:
        return "–"
    text = f"{_number(found)}{_unit(figure)}"
    if "ratio" in figure:
        return (
            f"{text} ({_seconds(figure['p50'])} over {_seconds(figure['floor_p50'])})"
        )
    return text


def _unit(figure: Figure) -> str:
    unit = str(figure.get("unit", "×"))
    return {"×": " ×", "": "", "exponent": ""}.get(unit, f" {unit}")


def _number(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def _seconds(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.2g} µs"
