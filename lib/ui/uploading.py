"""The reader's side of loading files: what they bring and say, what is being worked out for them, their decision.

What was worked out is remembered in the session for as long as the reader asks the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib.intake.child import IntakeRefused
from lib.intake.desk import ENDINGS, Told, Upload, confirm, discard
from lib.selection import STAGES
from lib.standard import Standard
from lib.ui.plain import plain

IN_THE_FILE = "The files say it"
MOST_FILES = 1000
_STATE, _ROUND, _DONE = "_intake", "_intake_round", "_intake_done"


@dataclass(frozen=True, slots=True)
class Brought:
    """The files, in the order of their names, and what the reader says about them."""

    uploads: tuple[Upload, ...]
    told: Told

    def key(self) -> tuple[str, ...]:
        """Equal where the same files are brought and the same is said."""
        return (*self.told.key(), *(upload.digest for upload in self.uploads))


def bring(standards: Mapping[str, Standard], current: str) -> Brought | None:
    """Draw the place for files and what is to be said about them; None as long as there is nothing to look at."""
    _say_done()
    round_ = st.session_state.setdefault(_ROUND, 0)
    limit = int(st.get_option("server.maxUploadSize"))
    files = st.file_uploader(
        f"Survey exports: CSV, XLSX or Parquet, up to {limit} MB together",
        type=list(ENDINGS),
        accept_multiple_files=True,
        key=f"_files-{round_}",
    )
    told = _said(standards, current, round_)
    if not files:
        return None
    if len(files) > MOST_FILES or sum(file.size for file in files) > limit * 2**20:
        refuse(f"These are too many files for one upload: at most {MOST_FILES:,}, and {limit} MB together.")
        return None
    return Brought(tuple(sorted(map(_upload, files), key=lambda upload: upload.name)), told)


def _said(standards: Mapping[str, Standard], current: str, round_: int) -> Told:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ids = list(standards)
        place = ids.index(current) if current in ids else 0
        standard = st.selectbox(
            "Standard", ids, index=place, format_func=lambda id_: _full_name(standards[id_]), key=f"_standard-{round_}"
        )
        cycle = st.text_input("Cycle", placeholder=IN_THE_FILE, max_chars=60, key=f"_cycle-{round_}")
        stages = {"": IN_THE_FILE, **STAGES}
        stage = st.selectbox("Answers are", list(stages), format_func=lambda id_: stages[id_], key=f"_stage-{round_}")
    with st.expander("A file of cities, or a mapping"):
        cities = st.file_uploader("The cities and their attributes", type=list(ENDINGS), key=f"_cities-{round_}")
        mapping = st.file_uploader("A mapping: which column is what (TOML)", type=["toml"], key=f"_mapping-{round_}")
    return Told(standard, cycle, stage, _upload(cities) if cities else None, _upload(mapping) if mapping else None)


def _full_name(standard: Standard) -> str:
    return f"{standard.name}, {standard.version}"


def _upload(file: UploadedFile) -> Upload:
    return Upload(file.name, file.getvalue())


def work_out(
    step: str, question: tuple[str, ...], work: Callable[[], dict[str, Any]], saying: str, *, again: bool = False
) -> dict[str, Any] | None:
    """What `work` gives, worked out once for a question; None where it was refused, and the reader is told why.

    `again`: the reason may pass, such as somebody else who is publishing, so the reader may try again.
    """
    known = st.session_state.setdefault(_STATE, {})
    if known.get(step, ((), None))[0] != question:
        with st.spinner(saying):
            known[step] = (question, _tried(work))
    found = known[step][1]
    if isinstance(found, IntakeRefused):
        refuse(str(found))
        if again:
            _offer_again(step)
        return None
    return found  # type: ignore[no-any-return]


def _offer_again(step: str) -> None:
    """A button that forgets what was worked out: before the next run, in which it may no longer stand."""
    st.button("Try again", icon=":material/refresh:", key=f"_again-{step}", on_click=_forget, args=(step,))


def _forget(step: str) -> None:
    st.session_state[_STATE].pop(step, None)


def _tried(work: Callable[[], dict[str, Any]]) -> dict[str, Any] | IntakeRefused:
    try:
        return work()
    except IntakeRefused as fault:
        return fault


def wanted(label: str, question: tuple[str, ...], key: str = "wanted") -> bool:
    """Whether the reader has asked for the next step of exactly this question; draws the button until they have.

    `key` tells one step of the page from another.
    """
    if st.session_state.get(f"_intake_{key}") != question:
        button = st.empty()
        if not button.button(label, type="primary" if key == "wanted" else "secondary", key=f"_{key}"):
            return False
        button.empty()
        st.session_state[f"_intake_{key}"] = question
    return True


def mapping_by_hand(toml: str, question: str) -> Upload | None:
    """Let the reader correct the proposed mapping; it counts once they say so."""
    with st.container(border=True, key="card-mapping"):
        text = st.text_area(
            "The mapping that would decide it. Correct it where it is wrong.", toml, height=260, key=f"_toml-{question}"
        )
        used = st.checkbox("I have read it: use this mapping", key=f"_use-{question}")
    return Upload("mapping.toml", text.encode()) if used else None


def decide(proposal: str, database: Path, label: str) -> None:
    """Publish or discard, as the reader decides; afterwards the page begins anew."""
    with st.container(horizontal=True):
        publishing = st.button(label, type="primary", icon=":material/publish:", key="_publish")
        discarding = st.button("Discard", icon=":material/delete:", key="_discard")
    try:
        if publishing:
            with st.spinner("Publishing"):
                version = confirm(proposal, database)
            begin_anew(f"Published. Every page now shows data version {version}.")
        elif discarding:
            discard(proposal, database)
            begin_anew("Discarded. Nothing has changed.")
    except IntakeRefused as fault:  # somebody else has published, or proposed: this difference is no longer true
        refuse(str(fault))
        _offer_again("propose")


def begin_anew(sentence: str) -> None:
    """Forget files and answers, and say what has become of them at the top of the next run."""
    st.session_state[_ROUND] += 1
    st.session_state[_STATE] = {}
    st.session_state.pop("_intake_wanted", None)
    st.session_state[_DONE] = sentence
    st.rerun()


def _say_done() -> None:
    if sentence := st.session_state.pop(_DONE, ""):
        st.success(plain(sentence), icon=":material/check_circle:")


def refuse(sentence: str) -> None:
    """One sentence that says what is wrong; nothing has changed."""
    st.error(plain(sentence), icon=":material/error:")


def warn(sentence: str) -> None:
    """One sentence that the reader must not miss before they decide."""
    st.warning(plain(sentence), icon=":material/warning:")


def remarks(sentences: Sequence[str]) -> None:
    """Things worth knowing, one a line."""
    sign = "- " if len(sentences) > 1 else ""
    if sentences:
        st.markdown("\n".join(f"{sign}{plain(sentence)}" for sentence in sentences))
