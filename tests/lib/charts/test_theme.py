"""The palette keeps its promises: readable, told apart, the same in the settings."""

import tomllib
from itertools import chain
from pathlib import Path

import pytest

from lib import theme
from lib.theme import DARK, LIGHT, Palette

TEXT = 4.5  # WCAG 2.2 AA, normal text
CONFIG = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs(palette: Palette) -> list[tuple[str, str]]:
    """Every text colour with every ground that it stands on."""
    texts = [palette.ink, palette.muted, palette.primary, palette.up, palette.down, *palette.groups]
    on_page = [(text, ground) for text in texts for ground in (palette.background, palette.surface)]
    tints, deeps = palette.maturity[: -theme.DEEP], palette.maturity[-theme.DEEP :]
    named = ["met", "partly_met", "not_met", "blocked", "not_assessed", "no_level"]
    return [
        *on_page,
        *((palette.on_tint, tint) for tint in tints),
        *((palette.on_deep, deep) for deep in deeps),
        *zip(palette.on_levels, palette.levels, strict=True),
        *((getattr(palette, f"on_{name}"), getattr(palette, name)) for name in named),
    ]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_is_readable_on_its_ground(palette: Palette) -> None:
    weak = [(text, ground) for text, ground in pairs(palette) if contrast(text, ground) < TEXT]
    assert weak == []


def test_the_contrast_formula_is_the_published_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_light_colour_has_one_twin() -> None:
    light = theme.colours(LIGHT)
    assert len(set(light)) == len(light)
    assert theme.twins()[LIGHT.maturity[0]] == DARK.maturity[0]
    assert list(theme.twins()) == list(light)


@pytest.mark.parametrize(("palette", "rises"), [(LIGHT, False), (DARK, True)], ids=["light", "dark"])
def test_maturity_moves_steadily_away_from_the_page(palette: Palette, rises: bool) -> None:
    steps = [luminance(colour) for colour in palette.maturity]
    assert steps == sorted(steps, reverse=not rises)
    distances = [contrast(colour, palette.background) for colour in palette.maturity]
    assert distances == sorted(distances)


def test_the_scale_has_equal_flat_steps_from_nothing_to_all() -> None:
    scale = theme.maturity_scale()
    assert scale[0] == (0, LIGHT.maturity[0])
    assert scale[-1] == (1, LIGHT.maturity[-1])
    assert [colour for _, colour in scale] == list(chain.from_iterable((c, c) for c in LIGHT.maturity))


def test_levels_have_their_own_colours_and_none_is_neutral() -> None:
    assert theme.level_colour(0) == (LIGHT.no_level, LIGHT.on_no_level)
    assert theme.level_colour(2) == (LIGHT.levels[1], LIGHT.on_levels[1])
    assert theme.level_colour(99)[0] == LIGHT.levels[-1]


@pytest.mark.parametrize(("section", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_settings_have_the_same_colours(section: str, palette: Palette) -> None:
    assert CONFIG["theme"][section] == {
        "primaryColor": palette.primary,
        "backgroundColor": palette.background,
        "secondaryBackgroundColor": palette.surface,
        "textColor": palette.ink,
        "linkColor": palette.primary,
        "borderColor": palette.grid,
    }


def test_the_settings_call_nobody_and_show_no_traceback() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["browser"]["serverAddress"]
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert "http" not in str(CONFIG["theme"])
