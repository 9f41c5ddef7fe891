"""How well drawn text is told from what is behind it, as WCAG 2 counts it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.color_triplet import ColorTriplet
from textual.pilot import Pilot

Colour = tuple[int, int, int]
LINES = " ─│▏▕▁▂▃▄▅▆▇█▎▊▔╭╮╰╯┌┐└┘├┤"
"""What draws edges, plots and scroll bars: no text."""


def _luminance(colour: Colour) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(v) for v in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Colour, other: Colour) -> float:
    """From 1, the same, to 21, black on white."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _rgb(colour: ColorTriplet) -> Colour:
    return colour.red, colour.green, colour.blue


def drawn(pilot: Pilot[None]) -> Iterator[tuple[str, float]]:
    """Each piece of text on the screen, and its contrast."""
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if not segment.text.strip(LINES) or style is None:
                continue
            assert style.color is not None
            assert style.bgcolor is not None
            front, back = style.color.get_truecolor(), style.bgcolor.get_truecolor()
            yield segment.text.strip(), ratio(_rgb(front), _rgb(back))
