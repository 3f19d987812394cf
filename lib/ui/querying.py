"""The query window: examples, the box, the answer with its files, and the tables with what their columns mean."""

from dataclasses import dataclass
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from lib.exports.codebook import in_view
from lib.exports.formats import FORMATS
from lib.queries.about import codebook
from lib.ui.asking import LONGEST_LINK, SQL, box, keep, kept, put
from lib.ui.links import page_choice
from lib.ui.plain import plain
from lib.ui.reading import Reading
from lib.warehouse import Warehouse
from lib.window.examples import examples
from lib.window.running import SHOWN, TAKEN, Answer, answered
from lib.window.statement import LONGEST, Refused
from lib.window.taken import OFFERED, file_of
from lib.words import counted


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a statement came to on one version of the data: an answer, or a sentence why not."""

    sql: str
    version: str
    answer: Answer | None
    why: str = ""


def examples_card(reading: Reading) -> None:
    """A button for each example, which writes it into the box."""
    warehouse = reading.warehouse
    titled = examples(reading.selection, reading.choices, reading.standard, warehouse.minimum_n)
    with st.container(horizontal=True, vertical_alignment="center", key="examples"):
        for place, (title, sql) in enumerate(titled.items()):
            st.button(title, on_click=put, args=(SQL, sql), type="tertiary", key=f"example-{place}")


def statement_card(reading: Reading) -> None:
    """The box; what is in it runs when the reader says so."""
    text, sent = box("Statement", "Run", key=SQL, most=LONGEST)
    if sent:
        with st.spinner("Asking"):
            keep(SQL, _outcome(text, reading.warehouse))
        if len(text) > LONGEST_LINK:
            st.caption(f"A link holds {LONGEST_LINK:,} characters: keep this statement elsewhere.")


def answer_card(reading: Reading) -> None:
    """What the statement came to that was run last, on these data."""
    outcome = kept(SQL)
    if isinstance(outcome, Outcome) and outcome.version == reading.warehouse.version:
        _outcome_card(outcome, reading)


def tables_card(reading: Reading) -> None:
    """The tables of this reader's database, and the columns of one of them."""
    comments = in_view(codebook(reading.warehouse), reading.warehouse.viewer.role)
    names = {name: name for name in comments["table"].unique()}
    with st.container(border=True, key="card-tables"):
        st.subheader("Tables", anchor=False)
        table = page_choice("Table", names, key="table", default="response", named=False)
        st.caption(plain(_table_told(reading.warehouse, table)))
        with st.container(height=260, border=False, key="columns-of"):
            st.html(_columns(comments[comments["table"] == table]))


def _outcome(sql: str, warehouse: Warehouse) -> Outcome:
    try:
        return Outcome(sql, warehouse.version, answered(sql, warehouse))
    except Refused as refusal:
        return Outcome(sql, warehouse.version, None, str(refusal))


def _outcome_card(outcome: Outcome, reading: Reading) -> None:
    with st.container(border=True, key="card-answer"):
        if outcome.answer is None:
            st.markdown(f"**No answer.** {plain(outcome.why)}")
            return
        answer = outcome.answer
        st.subheader(plain(_told(answer)), anchor=False)
        st.dataframe(answer.rows, hide_index=True, placeholder="", key="answer")
        _files(outcome, reading)


def _files(outcome: Outcome, reading: Reading) -> None:
    about = reading.publication
    stem = f"query_{about.version}{'_demonstration-data' if about.synthetic else ''}"
    with st.container(horizontal=True):
        for form in OFFERED:
            st.download_button(
                FORMATS[form].label,
                data=partial(file_of, outcome.sql, reading.warehouse, form),
                file_name=f"{stem}.{FORMATS[form].ending}",
                on_click="ignore",
                icon=":material/download:",
                key=f"take-{form}",
            )
    st.caption(f"Files hold up to {TAKEN:,} rows, the statement, and a receipt that says on which data it ran.")


def _told(answer: Answer) -> str:
    if answer.more:
        return f"The first {SHOWN:,} rows; there are more"
    return counted(answer.rows.num_rows, "row")


def _table_told(warehouse: Warehouse, table: str) -> str:
    tables = warehouse.fetch(_TABLES).set_index("table")
    row = tables.loc[table]
    words = "" if pd.isna(row["comment"]) else f" {row['comment']}."
    return f"{counted(int(row['rows']), 'row')}.{words}"


def _columns(own: pd.DataFrame) -> str:
    """Name, type and meaning of each column. The values of a list are many, and an answer shows them."""
    kinds = own["type"].str.replace(r"^ENUM\(.*\)$", "text", regex=True).str.lower().replace("varchar", "text")
    rows = (
        f"<dt><code>{escape(name)}</code> <small>{escape(kind)}</small></dt><dd>{escape(meaning)}</dd>"
        for name, kind, meaning in zip(own["column"], kinds, own["comment"].fillna(""), strict=True)
    )
    return f'<dl class="columns-of">{"".join(rows)}</dl>'


_TABLES = """
select table_name as "table", estimated_size as rows, comment
from duckdb_tables()
where schema_name = 'main' and not internal and database_name = current_database()
union all
select view_name, null, comment
from duckdb_views()
where schema_name = 'main' and not internal and database_name = current_database()
"""
