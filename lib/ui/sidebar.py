"""The three global choices, in words and always in the same place: which cycle, which cities, compared with what.

Every widget is bound to the URL: its key is the public parameter and its options are the public, readable values.
Streamlit leaves a widget's default out of the URL and drops values it does not offer.
"""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Literal

import streamlit as st

from lib.selection import NO_COMPARISON, PARTICIPATION, SEGMENT, STAGES, Choices, Selection
from lib.ui import segments
from lib.ui.assets import ICON_URL
from lib.ui.comparing import elsewhere
from lib.ui.heard import ask_back, carry
from lib.ui.index_page import TITLE
from lib.ui.reading import Reading

BEFORE = "Cycle before"
"""The default comparison, whatever the cycle: no cycle's label, so that Selection reads it as its default."""

_ANSWERS = "Self-reported answers are the city's own; validated answers were checked against documents."
_OPEN = 3
"""This many attributes stay in sight; the rest is folded away until the reader uses one of them."""


def choose(choices: Choices, *, limited: bool = False) -> Selection:
    """Draw the choices in the sidebar and return what they ask for, checked against `choices`.

    Where the viewer's database is `limited` to their own cities there are none to choose from.
    """
    with st.sidebar:
        segment = "" if limited else segments.in_url()
        top = st.container()
        standard = _standard(choices)
        with top:
            _brand(choices.standard(standard).name)
        asked = _cycle(choices, standard)
        asked |= _comparison(choices, standard, str(asked["cycle"]), str(asked["stage"]))
        asked |= {} if limited else _cities(choices, standard)
        ask_back()
    return Selection.from_params({"standard": standard, "segment": segment, **asked}, choices)


def bound(choices: Choices) -> list[str]:
    """The keys of all widgets here that are bound to the URL."""
    return ["standard", SEGMENT, "cycle", "stage", "versus", *_filters(choices)]


def reset(choices: Choices, standard: str) -> None:
    """Put every choice but the standard back to its default. A callback."""
    default = Selection.from_params({"standard": standard}, choices)
    none: dict[str, list[str]] = {key: [] for key in _filters(choices)}
    carry(cycle=default.cycle, stage=STAGES[default.stage], versus=BEFORE, **none)


def restate(reading: Reading) -> None:
    """Say the choices in one sentence with their counts, above every page, with the way back to the defaults."""
    selection, choices = reading.selection, reading.choices
    other = elsewhere(reading)
    sentence = replace(selection, versus=other).describe(choices, reading.cities) if other else reading.sentence
    count, _, rest = escape(sentence).partition(" in the ")
    part = f" of {reading.cities_total:,}" if selection.filtered else ""
    with st.container(horizontal=True, vertical_alignment="center", key="selection"):
        st.html(f'<p role="status"><b>{count}{part}</b> in the {rest}</p>', width="stretch")
        if not reading.warehouse.limited:
            segments.save_selected(reading)
        if selection.to_params(choices).keys() - {"standard", "segment"}:
            back = (choices, selection.standard)
            st.button("Reset", icon=":material/restart_alt:", type="tertiary", on_click=reset, args=back, key="_reset")
    if not reading.warehouse.limited:
        with st.sidebar:
            segments.chooser(reading)
        segments.strip(reading)


def _filters(choices: Choices) -> list[str]:
    return [*(attribute.id for attribute in choices.attributes), "level", "participation"]


def _brand(standard: str) -> None:
    icon = f'<img src="{ICON_URL}" alt="">'
    st.html(f'<div class="brand">{icon}<div><b>{escape(TITLE)}</b><small>{escape(standard)}</small></div></div>')


def _standard(choices: Choices) -> str:
    ids = [standard.id for standard in choices.standards]
    if len(ids) == 1:
        return ids[0]
    _heading("Which standard")
    return _one("Standard", ids, "standard")


def _cycle(choices: Choices, standard: str) -> dict[str, str | list[str]]:
    _heading("Which cycle")
    cycle = _one("Cycle", choices.cycles(standard)[::-1], "cycle", named=False)
    return {"cycle": cycle, "stage": _stage([STAGES[stage] for stage in choices.stages(standard, cycle)])}


def _stage(stages: Sequence[str]) -> str:
    """The stage. Drawn only where there is a choice: the default must not change under a widget that the URL knows."""
    if len(stages) == 1:
        st.caption(f"{stages[0]} answers only.", help=_ANSWERS)
        return stages[0]
    return st.radio("Answers", stages, key="stage", bind="query-params", horizontal=True, help=_ANSWERS) or ""


def _cities(choices: Choices, standard: str) -> dict[str, str | list[str]]:
    """One choice of many per category attribute found in the database, then the level and the participation."""
    _heading(f"Which {choices.standard(standard).noun_plural}")
    filters = [(attribute.id, attribute.name, attribute.values) for attribute in choices.attributes]
    asked = {key: _many(name, values, key) for key, name, values in filters[:_OPEN]}
    participation = ("participation", "Participation", tuple(PARTICIPATION.values()))
    more = [*filters[_OPEN:], ("level", "Level", choices.levels(standard)), participation]
    with st.expander("More filters", key="_more", expanded=any(key in st.query_params for key, _, _ in more)):
        asked |= {key: _many(name, values, key) for key, name, values in more if values}
    return dict(asked)


def _comparison(choices: Choices, standard: str, cycle: str, stage: str) -> dict[str, str | list[str]]:
    _heading("Compared with")
    ids = {label: id_ for id_, label in STAGES.items()}
    earlier = choices.comparable(standard, cycle, ids.get(stage, ""))
    return {"versus": _one("Cycle to compare with", [BEFORE, *earlier[::-1], NO_COMPARISON], "versus", named=False)}


def _heading(text: str) -> None:
    st.html(f'<h2 class="choice">{text}</h2>')


def _one(label: str, options: Sequence[str], key: str, *, named: bool = True) -> str:
    shown: Literal["visible", "collapsed"] = "visible" if named else "collapsed"
    return st.selectbox(label, options, key=key, bind="query-params", label_visibility=shown) or ""


def _many(label: str, options: Sequence[str], key: str) -> list[str]:
    return st.multiselect(label, options, key=key, bind="query-params", placeholder="All")
