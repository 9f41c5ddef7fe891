"""Figures in words: one sentence each on the terminal, one row each in the page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.verdicts import Figure, met, noisy, value

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
three times in a row on a steady floor.

```
pip install --group bench      # the rivals; without them their figures are skipped
python -m tests.benchmarks     # the quick set, under two minutes
python -m tests.benchmarks --full --table
```

"""


def write(path: Path, figures: Iterable[Figure], *, full: bool) -> None:
    """Write the page."""
    figures = list(figures)
    kept = "all sizes" if full else "the quick set"
    rows = [
        "| figure | against | goal | measured | n | growth exponent | machine |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_row(f) for f in figures if "skipped" not in f),
    ]
    skipped = [
        f"- Not measured: {f['name']} ({f['skipped']})."
        for f in figures
        if "skipped" in f
    ]
    text = _HEAD + f"Measured: {kept}.\n\n" + "\n".join(rows) + "\n"
    if skipped:
        text += "\n" + "\n".join(skipped) + "\n"
    path.write_text(text, "utf-8")


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
        what + note,
        against or "–",
        _goal(figure) or "–",
        _measured(figure) + _verdict(figure),
        f"{figure.get('n', 0):,}",
        str(figure.get("exponent", "–")),
        str(figure.get("machine", "")),
    )
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"


def _verdict(figure: Figure) -> str:
    if noisy(figure):
        return ", noisy"
    if figure.get("goal") is None:
        return ""
    return "" if met(figure) else ", **not met**"


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
