"""One palette, its dark twin, and one Plotly template. `.streamlit/config.toml` repeats these values; a test compares.

Figures are drawn with LIGHT. In the browser the chart component replaces each LIGHT colour by the DARK colour of
the same name, so one figure serves both themes. That needs every LIGHT colour to be a different string, which a
test checks together with the contrast of every pair of text and ground that occurs.
"""

from dataclasses import astuple, dataclass
from functools import cache
from itertools import chain
from typing import Any

FONT = '"Source Sans", "Source Sans 3", system-ui, sans-serif'
SMALL, NORMAL = 12, 14  # pixels
TITLE_STANDOFF = 8  # pixels between an axis and its title


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by meaning, as #rrggbb.

    `maturity` runs from the lowest to the highest share, in one hue; its last `deep` colours carry `on_deep` text,
    the others `on_tint`. `levels` are ascending and mean levels only; `on_levels` is the text on each of them.
    """

    background: str
    surface: str
    ink: str
    muted: str
    faint: str
    grid: str
    primary: str
    maturity: tuple[str, ...]
    on_tint: str
    on_deep: str
    no_level: str
    on_no_level: str
    levels: tuple[str, ...]
    on_levels: tuple[str, ...]
    up: str
    down: str
    met: str
    on_met: str
    partly_met: str
    on_partly_met: str
    not_met: str
    on_not_met: str
    blocked: str
    on_blocked: str
    not_assessed: str
    on_not_assessed: str
    hatch: str
    groups: tuple[str, ...]
    band: str


LIGHT = Palette(
    background="#fdfdfb",
    surface="#f3f5f2",
    ink="#1c2628",
    muted="#55636a",
    faint="#97a3a6",
    grid="#e3e7e4",
    primary="#0b6b63",
    maturity=("#e5f2ef", "#bbdfd9", "#8ac7be", "#20776e", "#0d514b"),
    on_tint="#12302d",
    on_deep="#fefefe",
    no_level="#e0e4e2",
    on_no_level="#3c484b",
    levels=("#b1bbc0", "#dcab2f", "#566b88", "#2f3d63", "#7a4f7d"),
    on_levels=("#20282b", "#2c2206", "#fffffe", "#fffefe", "#fefffe"),
    up="#0f766d",
    down="#a94e07",
    met="#227f76",
    on_met="#fefeff",
    partly_met="#93cbc3",
    on_partly_met="#14322f",
    not_met="#f0ebe2",
    on_not_met="#6f614a",
    blocked="#e4ddee",
    on_blocked="#5d4a7a",
    not_assessed="#eff1f0",
    on_not_assessed="#5c686b",
    hatch="#cbd2d1",
    groups=("#0e6f67", "#5456a0", "#9a4a78", "#3f7391"),
    band="#cfe6e2",
)

DARK = Palette(
    background="#111819",
    surface="#1a2325",
    ink="#e6edec",
    muted="#a5b3b6",
    faint="#6b7a7e",
    grid="#2a3537",
    primary="#5cc7bb",
    maturity=("#1a2b2b", "#1f4341", "#25605b", "#55aea4", "#98e0d6"),
    on_tint="#e0f1ee",
    on_deep="#06201e",
    no_level="#333f41",
    on_no_level="#c9d3d4",
    levels=("#b9c4c9", "#e3b63f", "#92a9cc", "#6f86c4", "#c79bca"),
    on_levels=("#1b2225", "#241b04", "#0f1829", "#0b1220", "#1f0e20"),
    up="#62d0c3",
    down="#f3aa62",
    met="#4fa89e",
    on_met="#051d1b",
    partly_met="#27645e",
    on_partly_met="#e2f3f0",
    not_met="#2b2925",
    on_not_met="#b8ab94",
    blocked="#352e41",
    on_blocked="#c5b4df",
    not_assessed="#1d2628",
    on_not_assessed="#97a5a8",
    hatch="#3d494c",
    groups=("#66d1c4", "#a9abf0", "#e39cc4", "#8cc3e2"),
    band="#1e4441",
)

DEEP = 2  # how many of the highest maturity steps are deep


def colours(palette: Palette) -> tuple[str, ...]:
    """Every colour of a palette, in the order of its fields."""
    fields = (value if isinstance(value, tuple) else (value,) for value in astuple(palette))
    return tuple(chain.from_iterable(fields))


def twins() -> dict[str, str]:
    """The DARK colour that takes the place of each LIGHT colour."""
    return dict(zip(colours(LIGHT), colours(DARK), strict=True))


def level_colour(position: int) -> tuple[str, str]:
    """Ground and text of the level at `position` (1 = lowest; 0 = no level)."""
    if position == 0:
        return LIGHT.no_level, LIGHT.on_no_level
    place = min(position, len(LIGHT.levels)) - 1
    return LIGHT.levels[place], LIGHT.on_levels[place]


def maturity_scale() -> list[tuple[float, str]]:
    """Plotly colour scale of equal flat steps from share 0 to share 1."""
    steps = len(LIGHT.maturity)
    return [(edge / steps, colour) for place, colour in enumerate(LIGHT.maturity) for edge in (place, place + 1)]


@cache
def template() -> dict[str, Any]:
    """The one look of every figure: no frame, quiet grid, text in ink."""
    axis = {
        "gridcolor": LIGHT.grid,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"color": LIGHT.muted, "size": SMALL},
        "title": {"font": {"color": LIGHT.muted, "size": SMALL}},
        "fixedrange": True,
        "ticklabeloverflow": "allow",
        "separatethousands": True,
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": NORMAL, "color": LIGHT.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": list(LIGHT.groups),
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "bgcolor": LIGHT.background,
                "bordercolor": LIGHT.faint,
                "font": {"family": FONT, "size": 13, "color": LIGHT.ink},
                "align": "left",
                "namelength": -1,
            },
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 1,
                "yanchor": "bottom",
                "font": {"color": LIGHT.muted, "size": SMALL},
                "itemclick": False,
                "itemdoubleclick": False,
            },
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 4},
            "dragmode": False,
            "hovermode": "closest",
            "bargap": 0.35,
        }
    }
