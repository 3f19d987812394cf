"""What the server has said to the browser, and whether the browser had heard it when it asked again.

A reader can be quicker than the answer. The browser then asks with the address and the widgets as they were before
the answer came, and taken at its word it would undo the choice before. So everything said has a number, which goes to
the browser after it, in a field that nobody sees, and comes back with the next question. While an older number comes
back, what was said since holds, and all is said again: what comes late may have covered a newer address.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import streamlit as st

_FIELD, _MEMORY = "_heard", "_said"
_DIGITS = 9


@dataclass(slots=True)
class _Said:
    """What was said in a session, each with its number, which grows.

    `choices`: the page's own, by key of the address; None is the default. `values`: of the widgets bound to the
    address, by key: those that it may still have, and the one it shall have.
    """

    number: int = 0
    page: str = ""
    choices: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    values: dict[str, tuple[int, list[object], object]] = field(default_factory=dict)


def say(**choices: str | None) -> None:
    """Bring the page's own choices into the address; None takes one out of it.

    For callbacks, or before `st.rerun`: it is done at the beginning of the run that follows.
    """
    said = _said()
    said.number += 1
    said.choices |= {key: (said.number, value) for key, value in choices.items()}


def carry(**values: object) -> None:
    """Set widgets bound to the address, with all that belongs to the selection; when, as for `say`."""
    said, heard = _said(), _heard()
    said.number += 1
    for key, value in values.items():
        number, earlier, last = said.values.get(key, (0, [], None))
        known = [*earlier, last] if number > heard else []
        said.values[key] = (said.number, [*known, st.session_state.get(key)], value)


def settle(page: str, bound: Iterable[str]) -> None:
    """At the beginning of a run of `page`: what the browser had not heard holds, in the address and in the widgets.

    `bound` are the keys of all widgets bound to the address: only a value set before its widget is drawn reaches it.
    """
    said, heard = _said(), _heard()
    if said.page != page:
        said.page, said.choices = page, {}
    if heard >= said.number:
        return
    for key in bound:
        number, earlier, value = said.values.get(key, (0, [], None))
        given = st.session_state.get(key)
        if number > heard and given in (None, *earlier):
            st.session_state[key] = value
        elif given is not None:
            st.session_state[key] = given
    for key, (number, choice) in said.choices.items():
        if number > heard and st.query_params.get(key) != choice:
            _write(key, choice)


def ask_back() -> None:
    """Draw the field, after the widgets bound to the address; a browser that is behind hears the whole of it again."""
    said = _said()
    if _heard() < said.number:
        said.number += 1
        st.query_params.update({})
    st.session_state[_FIELD] = str(said.number)
    with st.container(key="heard"):
        st.text_input("Heard", key=_FIELD, label_visibility="collapsed")


def _said() -> _Said:
    said: _Said = st.session_state.setdefault(_MEMORY, _Said())
    return said


def _heard() -> int:
    """The number of the last thing that the browser had heard when it asked; its word is a stranger's."""
    told = st.session_state.get(_FIELD, "0")
    return int(told) if told.isdecimal() and len(told) <= _DIGITS else 0


def _write(key: str, choice: str | None) -> None:
    if choice is None:
        st.query_params.pop(key)
    else:
        st.query_params[key] = choice
