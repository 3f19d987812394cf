"""The export page: what to take away, the files, the first rows and what each column means."""

from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from lib.exports.formats import FORMATS, Format, whole
from lib.exports.gather import ORIGIN, file_stem, gather, preview
from lib.exports.request import RATES, Request, groupings, offered, shapes
from lib.exports.table import Export
from lib.ui.links import page_choice
from lib.ui.many import page_many
from lib.ui.plain import plain
from lib.ui.reading import Reading
from lib.viewer import PUBLIC, RESEARCHER
from lib.words import counted, number

_SHAPES = (
    "Long: one row per answer or score, with its criterion or area in a column. "
    "Wide: one row per assessment, with a column for each criterion or area."
)
_FORMATS = "Every file holds the same rows, what each column means, and a receipt that says where they come from."
_GROUPS = (
    "One row per criterion and group. Groups of too few are left empty, with what they would follow from. Outside the "
    "programme, groups are of everybody in the cycle: with filters there are none."
)
_SHORT = 60
"""Characters of a column's meaning beside its name."""


def ask(reading: Reading) -> tuple[Request, Export, Format]:
    """Draw the choices; what they ask for, gathered, and the format."""
    with st.container(horizontal=True, key="what"):
        table = page_choice("Table", offered(reading.standard, reading.warehouse.viewer.role), key="table")
        shape = page_choice("Shape", shapes(table), key="shape", help_text=_SHAPES)
        by = _grouping(table, reading)
        names = {id_: format_.label for id_, format_ in FORMATS.items()}
        format_ = FORMATS[page_choice("Format", names, key="format", help_text=_FORMATS)]
    request = Request(table, shape, by=by)
    export = _gathered(request, reading)
    columns = _columns(export)
    if columns:
        request = replace(request, columns=columns)
        export = _gathered(request, reading)
    return request, export, format_


def tell(export: Export, reading: Reading) -> None:
    """The selection as a sentence, with how much it is."""
    facts = dict(export.receipt.facts)
    columns = counted(len(export.schema), "column")
    st.markdown(f"**{facts['rows']} rows, {columns}.** {plain(facts['selection'])}.")


def download(request: Request, export: Export, format_: Format, reading: Reading) -> None:
    """One button; the file is made when it is pressed."""
    about = reading.publication
    stem = file_stem(request, reading.selection, about.version, synthetic=about.synthetic)
    rows = int(dict(export.receipt.facts)["rows"].replace(",", ""))
    too_many = format_.most is not None and rows > format_.most
    st.download_button(
        f"Download as {format_.label}",
        data=partial(whole, format_, export),
        file_name=f"{stem}.{format_.ending}",
        mime=format_.media_type,
        on_click="ignore",
        type="primary",
        icon=":material/download:",
        disabled=too_many,
        key="download",
    )
    st.caption(f"{format_.about[:1].upper()}{format_.about[1:]}.")
    if too_many:
        st.caption(f"{format_.label} holds {number(format_.most or 0)} rows: choose another format, or select fewer.")


def show(export: Export) -> None:
    """The first rows, what each column means, and the receipt."""
    first, rows = preview(export), dict(export.receipt.facts)["rows"]
    part = f"The first {counted(first.num_rows, 'row')} of {rows}; the file holds all of them."
    st.caption(part if f"{first.num_rows:,}" != rows else f"All {counted(first.num_rows, 'row')}.")
    numbers = [name for name, word in zip(first.column_names, export.codebook["type"], strict=True) if "number" in word]
    shown = dict.fromkeys(numbers, st.column_config.NumberColumn(format="localized"))
    st.dataframe(first, hide_index=True, placeholder="", key="preview", column_config=dict(shown))
    st.header("Codebook", anchor=False)
    st.table(export.codebook)
    with st.expander("Receipt: what each file says about itself"):
        st.table(dict(export.receipt.lines()))


def repeat(export: Export, reading: Reading) -> None:
    """The address that gives the same rows to a program, one line that asks for it, and what a stranger gets."""
    st.header("The same in a notebook", anchor=False)
    st.code(f'import pandas as pd\n\nrows = pd.read_csv("{export.link}")', language="python", wrap_lines=True)
    if reading.warehouse.viewer.role not in (RESEARCHER, PUBLIC):
        st.caption(
            "Programs that ask without signing in are given the research view: keys instead of names, bands instead of "
            "numbers, only what many share. A file from this page may hold more."
        )


def _grouping(table: str, reading: Reading) -> str:
    """By what the rates are wanted; nothing where there are no groups to be had."""
    groups = groupings(reading.selection, reading.choices, reading.warehouse.viewer.role) if table == RATES else {}
    return page_choice("Rates of", {"": "All together", **groups}, key="by", help_text=_GROUPS) if groups else ""


def _gathered(request: Request, reading: Reading) -> Export:
    given: dict[str, Any] = {name: getattr(reading, name) for name in _READ}
    parts = urlsplit(st.context.url or "")
    return gather(request, origin=f"{parts.scheme}://{parts.netloc}" if parts.netloc else ORIGIN, **given)


_READ = ("warehouse", "selection", "choices", "standard", "cities")


def _columns(export: Export) -> tuple[str, ...]:
    asked = tuple(st.query_params.get("columns", "").split(","))
    meanings = zip(export.codebook["column"], export.codebook["description"], strict=True)
    options = {name: f"{name}: {_short(meaning)}" for name, meaning in meanings}
    label = f"Columns (none chosen: all {len(options)})"
    return page_many(label, options, key="columns", chosen=asked, placeholder="All columns")


def _short(meaning: str) -> str:
    return meaning if len(meaning) <= _SHORT else f"{meaning[: _SHORT - 1].rstrip()}…"
