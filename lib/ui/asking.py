"""Words that a reader writes and then sends off: the box, what the address says of it, and what came back."""

from collections.abc import Iterable
from textwrap import wrap

import streamlit as st

from lib.access import may_open
from lib.ui.heard import say
from lib.ui.links import go
from lib.ui.reading import now

SQL, LONGEST_LINK = "sql", 6_000
"""The key of the query window, and how many characters of it an address holds."""
WIDE = 58
"""Characters in a line of a comment: as many as the box shows beside the tables."""


def show_statement(*told: str, sql: str) -> None:
    """Turn to the query window with this statement in its box, below a comment on what it is; nothing runs before the
    reader says so. Whoever has no query window is shown it where they are.
    """
    text = f"{_comment(told)}\n{sql}"
    if not may_open(now().warehouse.viewer, "query"):
        _shown(text)
        return
    put(SQL, text)
    go("query", **({SQL: text} if len(text) <= LONGEST_LINK else {}))


@st.dialog("The question behind these numbers", width="large")
def _shown(text: str) -> None:
    st.code(text, language="sql", wrap_lines=True)


def _comment(told: Iterable[str]) -> str:
    """Each part on lines of its own. What a cell or a name contains cannot end a comment."""
    lines = (line for part in told for line in wrap(f"{part.rstrip('.')}.", WIDE) if part)
    return "\n".join(f"-- {line}" for line in lines)


def put(key: str, text: str) -> None:
    """Write a text into the box, from a callback or from another page."""
    st.session_state[f"_{key}"] = text


def box(label: str, button: str, *, key: str, most: int) -> tuple[str, bool]:
    """The text in the box, and whether the reader has just sent it off. A new address puts its own text there."""
    widget, seen = f"_{key}", f"_{key}_seen"
    asked = (st.query_params.get(key) or "")[:most]
    if asked and asked != st.session_state.get(seen):
        put(key, asked)
    st.session_state[seen] = asked
    with st.form(f"form-{key}", border=False):
        text = st.text_area(label, key=widget, height=300, max_chars=most)
        sent = st.form_submit_button(
            button, type="primary", icon=":material/play_arrow:", on_click=_sent, args=(key,), key=f"send-{key}"
        )
    return text, sent


def keep(key: str, value: object) -> None:
    """Remember what came back, for the runs that follow on this page."""
    st.session_state[f"_{key}_kept"] = value


def kept(key: str) -> object:
    """What was remembered last; None where nothing was."""
    return st.session_state.get(f"_{key}_kept")


def _sent(key: str) -> None:
    text = st.session_state[f"_{key}"]
    say(**{key: text if 0 < len(text) <= LONGEST_LINK else None})
