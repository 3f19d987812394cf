"""The reader's choice of peers: one line on the page, what is finer folded away. It lives in the URL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from lib.peers import DEFAULT, FEWEST, HEAVIEST, KEYS, MOST, PICKED, PLAIN, Peers
from lib.ui.heard import say
from lib.ui.plain import plain

_QUICK, _RULE, _MANY, _PICK = "_peers_quick", "_peers", "_many", "_pick"
_WEIGHTS = {0: "Off", 1: "1", 2: "2", 3: "3"}


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen: rules (id → words, the default first), those one click away, what weighs in the distance
    (attribute id → name), and who can be picked (id → name; asked for only once the reader looks)."""

    rules: Mapping[str, str]
    quick: Sequence[str]
    weights: Mapping[str, str]
    names: Callable[[], Mapping[str, str]]


def asked_peers() -> Peers:
    """The peers that the URL asks for."""
    return Peers.from_params({key: st.query_params.get_all(key) for key in KEYS})


def choose(offer: Offer, chosen: Peers) -> None:
    """Draw the rules one click away and, folded, everything else. `chosen` is what the page goes by."""
    with st.container(horizontal=True, vertical_alignment="center", key="peers"):
        _set(_QUICK, chosen.rule if chosen.rule in offer.quick else None)
        st.pills(
            "Peers",
            list(offer.quick),
            format_func=offer.rules.__getitem__,
            key=_QUICK,
            on_change=_by_rule,
            args=(chosen, _QUICK),
            label_visibility="collapsed",
            wrap=True,
        )
        more = st.popover("Other peers", icon=":material/tune:", type="tertiary", key="_peers_more", on_change="rerun")
        if more.open:
            with more:
                _finer(offer, chosen)


def _finer(offer: Offer, chosen: Peers) -> None:
    rules = dict(offer.rules) | ({PICKED: "Picked by hand"} if chosen.rule == PICKED else {})
    _set(_RULE, chosen.rule)
    st.selectbox(
        "Peers are", list(rules), format_func=rules.__getitem__, key=_RULE, on_change=_by_rule, args=(chosen, _RULE)
    )
    if st.session_state.get(_MANY) != chosen.many:  # a slider may have been moved on since
        _set(_MANY, chosen.many)
    st.slider(
        "How many at most",
        FEWEST,
        MOST,
        key=_MANY,
        on_change=_how_many,
        args=(chosen,),
        disabled=chosen.group or chosen.rule == PICKED,
    )
    if offer.weights:
        st.markdown("**What makes them alike** · weight of each")
    for id_, name in offer.weights.items():
        _weight(id_, name, chosen)
    names = offer.names()
    _set(_PICK, [id_ for id_ in chosen.picked if id_ in names])
    st.multiselect(
        "Or pick them by hand",
        list(names),
        format_func=names.__getitem__,
        key=_PICK,
        max_selections=MOST,
        placeholder="Names",
        on_change=_by_hand,
        args=(chosen,),
    )


def _weight(id_: str, name: str, chosen: Peers) -> None:
    widget = f"_weigh {id_}"
    _set(widget, chosen.weight(id_))
    st.segmented_control(
        plain(name),
        range(HEAVIEST + 1),
        format_func=_WEIGHTS.__getitem__,
        key=widget,
        on_change=_weigh,
        args=(chosen, id_, widget),
        width="stretch",
    )


def _set(widget: str, value: object) -> None:
    """In every run: a reader who clicks before the page is whole would see the widget's own default from then on."""
    st.session_state[widget] = value


def _by_rule(chosen: Peers, widget: str) -> None:
    _write(replace(chosen, rule=st.session_state[widget] or chosen.rule, picked=()))


def _how_many(chosen: Peers) -> None:
    _write(replace(chosen, many=st.session_state[_MANY]))


def _weigh(chosen: Peers, id_: str, widget: str) -> None:
    weight = st.session_state[widget]
    weights = dict(chosen.weights) | {id_: PLAIN if weight is None else weight}
    _write(replace(chosen, weights=tuple(weights.items())))


def _by_hand(chosen: Peers) -> None:
    picked = tuple(st.session_state[_PICK])
    _write(replace(chosen, rule=PICKED if picked else DEFAULT, picked=picked))


def _write(peers: Peers) -> None:
    say(page=None, **{key: peers.to_params().get(key) for key in KEYS})
