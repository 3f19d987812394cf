"""The reader's side of correcting what was set aside: choose a file, have it marked, take it away."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from lib.ui.uploading import wanted, work_out
from lib.words import counted

HOW = (
    "The workbook is the file as it came, with each place coloured and a note that says what was expected. "
    "Correct it, save it, and bring it under [Load answers](#load-answers): it takes the place of the file that it was "
    "made from, and what you have corrected is counted."
)


def offer_marked(files: Mapping[int, str], version: str, make: Callable[[int | None], dict[str, Any]]) -> None:
    """Draw the choice of a file (`files`: its number → its name) and make the workbook when the reader asks for it.

    `make` gives `name` and `content`; None asks it for all files. `version`: of the data, which the workbook is about.
    """
    with st.container(border=True, key="card-marked"):
        st.subheader("Correct it in a spreadsheet", anchor=False)
        st.markdown(HOW)
        source = _chosen(files)
        question = (version, str(source))
        if wanted("Make the workbook", question, key="marked"):
            made = work_out("marked", question, partial(make, source), "Marking the places")
            if made:
                _hand_over(made["name"], made["content"])


def _chosen(files: Mapping[int, str]) -> int | None:
    """The number of a file; None is all of them."""
    if len(files) == 1:
        return next(iter(files))
    every = {0: f"All {counted(len(files), 'file')}, in a zip", **files}
    return st.selectbox("Which file", list(every), format_func=every.__getitem__, key="_marked-source") or None


def _hand_over(name: str, content: bytes) -> None:
    st.download_button(
        f"Download {name}",
        content,
        file_name=name,
        on_click="ignore",
        icon=":material/download:",
        type="primary",
        key="_marked-file",
    )
