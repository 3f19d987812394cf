"""Peers in a URL: what is written is read back, what is foreign means the default."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.peers import FEWEST, GROUPS, HEAVIEST, MOST, PICKED, RULES, Peers

IDS = st.text(st.characters(exclude_characters="~", codec="utf-8"), min_size=1, max_size=12)
PEERS = st.builds(
    Peers,
    rule=st.sampled_from([*RULES, *GROUPS, "country"]),
    many=st.integers(0, 40),
    weights=st.lists(st.tuples(IDS, st.integers(0, HEAVIEST)), max_size=4).map(tuple),
    picked=st.lists(IDS, max_size=30).map(tuple),
)


@given(PEERS)
def test_what_is_written_is_read_back(peers: Peers) -> None:
    assert Peers.from_params(peers.to_params()) == peers


@given(PEERS)
def test_it_is_within_bounds_whatever_is_asked(peers: Peers) -> None:
    assert FEWEST <= peers.many <= MOST
    assert len(peers.picked) <= MOST
    assert all(0 <= weight <= HEAVIEST for _, weight in peers.weights)


def test_the_default_leaves_the_url_alone() -> None:
    assert Peers().to_params() == {}


@pytest.mark.parametrize("text", ["", "-1", "1e9", "²", "99999999", "<b>", "~", ".", "a.9", "🧭" * 5000])
def test_a_strangers_hand_means_the_default(text: str) -> None:
    read = Peers.from_params({"many": text, "weigh": text, "pick": text if text != "~" else ""})
    assert read.many in (Peers().many, MOST)
    assert read.weights == ()
    assert Peers.from_params({"peers": ["size", "x"]}).rule == "size"


def test_names_alone_mean_picked_by_hand() -> None:
    assert Peers.from_params({"pick": "lima~cusco"}) == Peers(PICKED, picked=("cusco", "lima"))


def test_a_rule_in_words() -> None:
    names = {"size": "Population band", "number": "Population", "area": "Region", "government": "Form of government"}
    assert Peers("size").describe(names) == "same population band, anywhere"
    assert Peers("government").describe(names) == "same form of government"
    assert Peers("area").describe(names) == "everybody of the same region"
