"""The few rules of style that Streamlit's theme has no setting for, in the colours of the one palette."""

from functools import cache
from pathlib import Path

from lib.theme import DARK, LIGHT

_RULES = Path(__file__).parent / "frame.css"
_COLOURS = ("background", "surface", "ink", "muted", "faint", "grid", "primary", "up", "down")


@cache
def style() -> str:
    """A style element: the palette as variables that follow light and dark, then the rules of frame.css."""
    pairs = ((name, getattr(LIGHT, name), getattr(DARK, name)) for name in _COLOURS)
    colours = "".join(f"--{name}: light-dark({light}, {dark});" for name, light, dark in pairs)
    return f"<style>[data-testid=stApp] {{{colours}}}\n{_RULES.read_text(encoding='utf-8')}</style>"
