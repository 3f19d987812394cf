"""The report card as one accessible HTML page: no script, nothing from elsewhere, light or dark."""

from dataclasses import fields
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from lib import theme
from lib.report.parts import Card
from lib.report.pdf import NAME, title_of

_ROOM = Path(__file__).parent
_EDGE = 6
"""Free space on either side of a strip, in its own units: a mark at the end is seen whole."""


def html_bytes(card: Card) -> bytes:
    """The card as a file that any browser opens, UTF-8. The same card gives the same bytes."""
    page = _template().render(card=card, title=title_of(card), kind=NAME, style=_style())
    return page.encode("utf-8")


@cache
def _template() -> Template:
    """Every value is escaped; a name that the card does not have is a fault, not an empty place."""
    room = Environment(loader=FileSystemLoader(_ROOM), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    room.globals |= {"at": _at, "across": _across, "paint": _paint, "percent": _share}
    return room.get_template("card.html")


def _at(share: float, most: float) -> str:
    """Where a share lies on a strip, of whose width `most` is drawn on."""
    return f"{_EDGE + share * most:.1f}"


def _across(low: float, high: float, most: float) -> str:
    """The width between two shares; a middle half of nothing but equals is still seen."""
    return f"{max((high - low) * most, 2):.1f}"


def _share(share: float) -> str:
    return f"{share * 100:.3f}%"


def _paint(colour: str) -> str:
    """A colour of the light palette by a name that the style knows in light and dark."""
    return f"var(--{_names()[colour]})"


@cache
def _names() -> dict[str, str]:
    """Each colour of the light palette → its name in the style."""
    return {getattr(theme.LIGHT, name): name for name in _single()} | {
        colour: f"{name}-{place}"
        for name in ("levels", "on_levels")
        for place, colour in enumerate(getattr(theme.LIGHT, name))
    }


def _single() -> list[str]:
    return [field.name for field in fields(theme.Palette) if isinstance(getattr(theme.LIGHT, field.name), str)]


@cache
def _style() -> Markup:
    """Our own words only: nothing of a card is ever in it. Paper is light whatever the screen is."""
    light, dark = _declared(theme.LIGHT), _declared(theme.DARK)
    darker = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    sheet = (_ROOM / "card.css").read_text(encoding="utf-8").rstrip()
    return Markup(f":root {{ color-scheme: light dark; {light} }}\n{darker}\n{sheet}")  # noqa: S704


def _declared(palette: theme.Palette) -> str:
    """Each colour of a palette under the name that it has in the light one."""
    pairs = zip(theme.colours(theme.LIGHT), theme.colours(palette), strict=True)
    return " ".join(f"--{_names()[light]}: {colour};" for light, colour in pairs if light in _names())
