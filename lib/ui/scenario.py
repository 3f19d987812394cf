"""What a reader plans, on screen and in the URL: a box to tick for each criterion, an effort from 1 to 5.

The URL is read before a widget is drawn and written when it changes, as for other choices of a page (lib.ui.links).
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager

import streamlit as st

from lib.scenario import EFFORTS, Scenario, effort_text, ticks_text
from lib.ui.heard import say
from lib.ui.links import page_link

_TRAVELS = ("city", "peers", "many", "weigh", "pick", "effort", "ticks")
"""What a page about one city hands on to the next one."""


def planned(criteria: Sequence[str]) -> Scenario:
    """The scenario in the URL, of these criteria (ids in the standard's order)."""
    return Scenario.from_params({key: st.query_params.get(key) or "" for key in ("effort", "ticks")}, criteria)


def handed_on() -> dict[str, str]:
    """The choices in the URL that hold on every page about this city."""
    return {key: text for key in _TRAVELS if (text := st.query_params.get(key))}


def ways(pages: Mapping[str, str], here: str) -> None:
    """Links to the pages about one city (page → its name), which keep the city, its peers and the plan."""
    with st.container(horizontal=True, key="ways"):
        for page, name in pages.items():
            if page == here:
                st.html(f'<b aria-current="page">{name}</b>', width="content")
            else:
                page_link(page, name, **handed_on())


def effort_choice(criterion: str, scenario: Scenario, order: Sequence[str]) -> None:
    """The effort of a criterion, 1 to 5, or none chosen. `order`: ids in the standard's order."""
    chosen = dict(scenario.effort).get(criterion)
    _shown(_effort_of(criterion), None if chosen is None else str(chosen))
    st.segmented_control(
        f"Effort for {criterion}, 1 small to 5 large",
        EFFORTS,
        key=_effort_of(criterion),
        on_change=_weigh,
        args=(scenario, tuple(order)),
        label_visibility="collapsed",
    )


def boxed(criterion: str) -> AbstractContextManager[object]:
    """What belongs to one criterion, a line apart from the next."""
    return st.container(key=f"box-{criterion}", gap="xsmall")


def tick_box(criterion: str, label: str, scenario: Scenario, order: Sequence[str]) -> None:
    """A box to take a criterion as met; `label` is Markdown. `order`: ids in the standard's order."""
    _shown(_tick_of(criterion), criterion in scenario.ticks)
    st.checkbox(label, key=_tick_of(criterion), on_change=_tick, args=(scenario, tuple(order)))


def tick_button(label: str, ticks: Sequence[str], *, key: str) -> None:
    """A button that ticks exactly these criteria."""
    st.button(label, key=key, on_click=_tick_all, args=(tuple(ticks),))


def _effort_of(criterion: str) -> str:
    return f"_effort {criterion}"


def _tick_of(criterion: str) -> str:
    return f"_tick {criterion}"


def _shown(widget: str, value: object) -> None:
    """Let the widget show what the URL says; one that does is left alone, for the reader may have moved it on since."""
    if widget not in st.session_state or st.session_state[widget] != value:
        st.session_state[widget] = value


def _weigh(scenario: Scenario, order: Sequence[str]) -> None:
    """Every choice that is drawn as it stands, for several may have changed at once; the others as they were."""
    before = {id_: str(number) for id_, number in scenario.effort}
    now = {id_: st.session_state.get(_effort_of(id_), before.get(id_)) for id_ in order}
    say(effort=effort_text((id_, int(chosen)) for id_, chosen in now.items() if chosen) or None)


def _tick(scenario: Scenario, order: Sequence[str]) -> None:
    _tick_all([id_ for id_ in order if st.session_state.get(_tick_of(id_), id_ in scenario.ticks)])


def _tick_all(ticks: Sequence[str]) -> None:
    say(ticks=ticks_text(ticks) or None)
