"""Four themes: light, dark, high contrast and monochrome.

The names are what is remembered; :func:`theme_word` is what is shown.
"""

from __future__ import annotations

from textual.theme import Theme

from jury_tui.i18n import _

_DARK = Theme(
    name="jury-dark",
    primary="#7AA2D6",
    secondary="#AAB5C4",
    accent="#E0B060",
    foreground="#E4E6EA",
    background="#16191F",
    surface="#1C2027",
    panel="#262B34",
    success="#7CC48A",
    warning="#E3B341",
    error="#F07B72",
    dark=True,
)
_LIGHT = Theme(
    name="jury-light",
    primary="#1F4E8C",
    secondary="#414B5A",
    accent="#8A5A00",
    foreground="#1B1F24",
    background="#FBFAF7",
    surface="#F3F1EC",
    panel="#E6E3DB",
    success="#1B6E34",
    warning="#8A5A00",
    error="#B3261E",
    dark=False,
)
_CONTRAST = Theme(
    name="jury-contrast",
    primary="#FFFF00",
    secondary="#FFFFFF",
    accent="#00FFFF",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#202020",
    success="#40FF40",
    warning="#FFD000",
    error="#FF7070",
    dark=True,
)
_MONO = Theme(
    name="jury-mono",
    primary="#E8E8E8",
    secondary="#C6C6C6",
    accent="#FFFFFF",
    foreground="#E8E8E8",
    background="#101010",
    surface="#161616",
    panel="#2A2A2A",
    success="#E8E8E8",
    warning="#E8E8E8",
    error="#FFFFFF",
    dark=True,
)
THEMES = {theme.name: theme for theme in (_DARK, _LIGHT, _CONTRAST, _MONO)}
DEFAULT = _DARK.name


def theme_word(name: str) -> str:
    """A theme's name for people."""
    return {
        _DARK.name: _("dark"),
        _LIGHT.name: _("light"),
        _CONTRAST.name: _("high contrast"),
        _MONO.name: _("monochrome"),
    }.get(name, name)
