"""Several of a page's own options at once, in the URL as one text with commas: `?columns=city_id,DM1`."""

from collections.abc import Mapping, Sequence

import streamlit as st

from lib.ui.heard import say


def page_many(
    label: str,
    options: Mapping[str, str],
    *,
    key: str,
    chosen: Sequence[str],
    placeholder: str,
    most: int | None = None,
) -> tuple[str, ...]:
    """Some of `options` (id → shown text); `chosen` are those that the URL asks for. None of them is the default.

    `most` can be chosen at once; further ones are left out.
    """
    widget = f"_{key}"
    known = [option for option in chosen if option in options][:most]
    if st.session_state.get(widget) != known:
        st.session_state[widget] = known
    st.multiselect(
        label,
        list(options),
        key=widget,
        format_func=lambda option: options.get(option, option),
        on_change=_write,
        args=(key, widget),
        placeholder=placeholder,
        max_selections=most,
    )
    return tuple(known)


def _write(key: str, widget: str) -> None:
    """Bring the URL up to date with a widget that has changed."""
    say(**{key: ",".join(st.session_state[widget]) or None})
