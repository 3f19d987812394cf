"""Segments on the page: kept in the URL, made of the cities selected or picked by hand, compared above every page.

The URL holds them in one parameter, behind a text field that nobody sees: only a bound widget survives the change to
another page.
"""

from html import escape

import streamlit as st

from lib import segments_file
from lib.queries.cities import city_names
from lib.queries.segments import segment_figures, shared_cities
from lib.segments import LONGEST_NAME, LONGEST_URL, MOST, Segment, clean_name, distinct, to_url
from lib.selection import SEGMENT, Choices
from lib.twins.segments import segments_note, segments_table
from lib.ui.heard import carry
from lib.ui.plain import plain
from lib.ui.reading import Reading
from lib.viewer import may_upload
from lib.words import listed, number

_PICKED, _SELECTED = "picked", "selected"


def in_url() -> str:
    """The segments as the URL has them."""
    with st.container(key="segments-in-url"):
        return st.text_input("Segments", key=SEGMENT, bind="query-params", label_visibility="collapsed") or ""


def chooser(reading: Reading) -> None:
    """In the sidebar: the segments compared, each with the way out of it, and the ways to have another."""
    selection, many = reading.selection, reading.standard.noun_plural
    st.html(f'<h2 class="choice">Segments of {escape(many)}</h2>')
    for place, segment in enumerate(selection.segments):
        with st.container(horizontal=True, vertical_alignment="center", key=f"segment-{place}"):
            st.markdown(plain(segment.name), help=plain(segment.words), width="stretch")
            left = [other for other in selection.segments if other != segment]
            st.button(
                "Take out",
                key=f"_out_{place}",
                type="tertiary",
                icon=":material/close:",
                help=f"No longer compare “{plain(segment.name)}”",
                on_click=_compare,
                args=(left,),
            )
    if len(selection.segments) < MOST:
        _saved(reading)
        if st.button("New segment", icon=":material/add:", key="_new_segment", help=f"Up to {MOST}, side by side"):
            _dialog(reading)


def strip(reading: Reading) -> None:
    """Above every page: each segment with its number of cities, and where they stand."""
    segments = reading.selection.segments
    if not segments:
        return
    standard, asked = reading.standard, (reading.warehouse, reading.selection)
    table = segments_table(
        segment_figures(*asked), standard, indicative=reading.indicative, versus=reading.selection.versus
    )
    note = segments_note(
        cities=reading.cities,
        shared=shared_cities(*asked),
        filtered=reading.selection.filtered,
        standard=standard,
    )
    head = "".join(f"<th scope=col>{escape(name)}</th>" for name in table)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.itertuples(index=False))
    st.html(
        f'<div class="segments"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f"<p>{escape(note)}</p></div>"
    )


def _cell(value: object) -> str:
    return f"<td>{escape(number(value) if isinstance(value, int) else str(value)).replace(' %', '&nbsp;%')}</td>"


def save_selected(reading: Reading) -> None:
    """The button that makes the selected cities a segment; nothing where all are selected, or four segments there."""
    if (
        reading.selection.filtered
        and len(reading.selection.segments) < MOST
        and st.button("Save as segment", icon=":material/bookmark_add:", type="tertiary", key="_save_segment")
    ):
        _dialog(reading)


@st.dialog("New segment")
def _dialog(reading: Reading) -> None:
    selection, many = reading.selection, reading.standard.noun_plural
    words = selection.as_segment("").words
    ways = {_SELECTED: f"The {many} selected: {words}"} if selection.filtered else {}
    ways |= {_PICKED: f"{many.capitalize()} picked by hand"}
    way = st.radio("Which", list(ways), format_func=ways.__getitem__, label_visibility="collapsed")
    cities: list[str] = []
    if way == _PICKED:
        names = dict(city_names(reading.warehouse, selection.standard).itertuples(index=False))
        cities = st.multiselect(many.capitalize(), list(names), format_func=names.__getitem__)
    name = clean_name(st.text_input("Name", max_chars=LONGEST_NAME, placeholder="A name for the column"))
    keep = segments_file.may_write() and st.checkbox("Keep it in the programme’s file of segments too")
    segment = Segment(name, cities=tuple(cities)) if way == _PICKED else selection.as_segment(name)
    compared = (*selection.segments, segment)
    fault = _fault(segment, compared)
    st.caption(fault or "The filters are cleared, so that segments can be compared side by side.")
    if st.button("Save", type="primary", disabled=bool(fault)) and (not keep or _kept(segment)):
        carry(**{SEGMENT: to_url(compared), **_no_filters(reading.choices)})
        st.rerun()
    if selection.segments:
        text = segments_file.to_toml(selection.segments)
        st.download_button("Download those compared", text, "segments.toml", on_click="ignore", type="tertiary")
    if may_upload():
        _brought(reading)


def _brought(reading: Reading) -> None:
    """Segments from somebody's own file, in place of those compared."""
    file = st.file_uploader("Or compare those of a file (segments.toml)", type="toml")
    if file is None:
        return
    vocabulary = reading.choices.vocabulary(reading.selection.standard)
    kept = segments_file.usable(file.getvalue().decode("utf-8", errors="replace"), vocabulary)
    for fault in kept.faults:
        st.error(plain(fault))
    segments = distinct(kept.segments)
    fits = 0 < len(to_url(segments)) <= LONGEST_URL
    if fits and st.button(f"Compare {plain(listed([segment.name for segment in segments], MOST))}"):
        carry(**{SEGMENT: to_url(segments), **_no_filters(reading.choices)})
        st.rerun()


def _kept(segment: Segment) -> bool:
    try:
        segments_file.add(segment)
    except segments_file.SegmentsRefused as fault:
        st.error(plain(str(fault)))
        return False
    return True


def _fault(segment: Segment, compared: tuple[Segment, ...]) -> str:
    if not segment.conditions and not segment.cities:
        return "Choose at least one."
    if not segment.name:
        return "Give it a name."
    if len(distinct(compared)) < len(compared):
        return "There is a segment with this name already."
    return "These are too many to fit into a link." if len(to_url(compared)) > LONGEST_URL else ""


def _no_filters(choices: Choices) -> dict[str, str | list[str]]:
    return {key: [] for key in (*(attribute.id for attribute in choices.attributes), "level", "participation")}


def _saved(reading: Reading) -> None:
    """The segments of the programme's file that this database can answer for, to compare with one click."""
    compared = {segment.name.casefold() for segment in reading.selection.segments}
    kept = segments_file.read(reading.choices.vocabulary(reading.selection.standard))
    offered = {segment.name: segment for segment in kept.segments if segment.name.casefold() not in compared}
    for fault in kept.faults:
        st.caption(plain(fault))
    if offered:
        st.selectbox(
            "Saved segments",
            list(offered),
            index=None,
            placeholder="Compare a saved one",
            key="_saved_segment",
            label_visibility="collapsed",
            on_change=_add,
            args=(reading.selection.segments, offered),
        )


def _add(compared: tuple[Segment, ...], offered: dict[str, Segment]) -> None:
    if name := st.session_state.pop("_saved_segment", None):
        _compare([*compared, offered[name]])


def _compare(segments: list[Segment]) -> None:
    """A callback."""
    carry(segment=to_url(segments))
