"""The chart card: the finding, the chart, what it counts, and the same numbers as a table and as a file."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import pandas as pd
import streamlit as st

from lib.exports.delimited import frame_csv
from lib.selection import STAGES
from lib.ui.asking import show_statement
from lib.ui.plain import plain
from lib.ui.plot import Click, Drawing, plot
from lib.ui.reading import now

CHART, TABLE = "Chart", "Table"
Rows: TypeAlias = pd.DataFrame | Callable[[], pd.DataFrame]
"""A table, or what makes it once somebody asks for it."""
_GROUPED = st.column_config.NumberColumn(format="localized")
"""Thousands apart, as the reader's own language writes them; the cells stay numbers."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The question behind a card: what a row of its answer is, in a sentence or two, and what writes the statement.

    That is called when a reader asks for it, and not before.
    """

    rows: str
    sql: Callable[[], str]


def chart_card(
    figure: Drawing,
    *,
    title: str,
    caption: str,
    alt: str,
    table: Rows,
    key: str,
    file_name: str,
    behind: Behind | None = None,
    height: int | None = None,
    leads_to: Callable[[], None] | None = None,
) -> Click | None:
    """Draw a chart under its finding, with its table twin and download beside the title; what was clicked, if anything.

    `table` is exactly what is shown as the table and downloaded: readable column names, one row per mark of the
    chart. Give what makes it (`partial(levels_table, data, …)`): most readers look at the chart only. Files are named
    `file_name`, then cycle and stage, then the mark of demonstration data. `alt` says in a sentence what the chart
    shows. `behind` is the question in SQL. `leads_to` draws the link to the page that says more, at the card's foot.
    """
    with st.container(border=True, key=f"card-{key}"):
        name = name_of_file(file_name)
        view = _heading(title, table, behind, key=key, file_name=name, views=[CHART, TABLE], selected=True)
        clicked = None
        if view == TABLE:
            _table(table, key)
        else:
            words = {"title": title, "caption": f"{caption} {_origin()}"}
            clicked = plot(figure, key=key, alt=alt, height=height, file_name=name, **words)
        st.caption(plain(caption))
        if leads_to:
            leads_to()
    return clicked


def table_card(
    table: pd.DataFrame,
    *,
    title: str,
    caption: str,
    key: str,
    file_name: str,
    behind: Behind | None = None,
    whole: Callable[[], pd.DataFrame] | None = None,
    selected: bool = True,
    leads_to: Callable[[], None] | None = None,
) -> None:
    """The same card for numbers that need no chart.

    `whole`: the download, where only a part of it is shown. `selected`: whether they are about the selection, which
    the file is then named after. `leads_to` and `behind`: as of a chart's card; no question where the numbers are not
    from the database.
    """
    name = name_of_file(file_name) if selected else _slug(file_name)
    with st.container(border=True, key=f"card-{key}"):
        _heading(title, whole or table, behind, key=key, file_name=name, views=[], selected=selected)
        _table(table, key)
        st.caption(plain(caption))
        if leads_to:
            leads_to()


def _heading(
    title: str, table: Rows, behind: Behind | None, *, key: str, file_name: str, views: list[str], selected: bool
) -> str | None:
    with st.container(horizontal=True, vertical_alignment="top", key=f"head-{key}"):
        st.subheader(plain(title), anchor=False, width="stretch")
        with st.container(horizontal=True, width="content", key=f"tools-{key}"):
            view = _view(views, key) if views else None
            if behind:
                _statement(behind, title, key, selected=selected)
            _download(table, key, file_name, title)
    return view


def _view(views: list[str], key: str) -> str:
    return st.segmented_control(
        "Show as",
        views,
        default=views[0],
        required=True,
        key=f"view-{key}",
        label_visibility="collapsed",
        persist_state="page",
    )


def _table(table: Rows, key: str) -> None:
    rows = _made(table)
    grouped = dict.fromkeys(rows.select_dtypes("number").columns, _GROUPED)
    st.dataframe(
        rows, hide_index=True, key=f"table-{key}", width="stretch", placeholder="", column_config=dict(grouped)
    )


def _download(table: Rows, key: str, name: str, title: str) -> None:
    st.download_button(
        "CSV",
        data=partial(_csv, table),
        file_name=f"{name}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        help=f"Download this table: {plain(title)}",
        key=f"download-{key}",
    )


def _statement(behind: Behind, title: str, key: str, *, selected: bool) -> None:
    """A button to the question behind the numbers; `selected`: are they about the selection?"""
    if st.button("SQL", icon=":material/terminal:", help="See the question behind these numbers", key=f"sql-{key}"):
        show_statement(title, behind.rows, now().sentence if selected else "", sql=behind.sql())


def _csv(table: Rows) -> bytes:
    return frame_csv(_made(table))


def _made(table: Rows) -> pd.DataFrame:
    return table() if callable(table) else table


def _origin() -> str:
    """What a saved picture says about its data, as nothing else on it does."""
    standard, about = now().standard, now().publication
    invented = " Demonstration data: all names and all answers are invented." if about.synthetic else ""
    return f"{standard.name}, {standard.version}; data of {about.built_at:%-d %B %Y}.{invented}"


def name_of_file(name: str) -> str:
    """The name of a file without its ending: what, which cycle, which stage, and whether it is invented."""
    reading = now()
    mark = "demonstration-data" if reading.publication.synthetic else ""
    parts = (name, reading.selection.cycle, STAGES[reading.selection.stage], mark)
    return "-".join(_slug(part) for part in parts if part)


def _slug(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", text).strip("-").lower()
