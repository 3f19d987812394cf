"""With whom a city is compared: the choice of peers, shared by all pages about one city, and the peers with the why."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from lib.peers import DEFAULT, PICKED, Peers
from lib.queries.peers import followed, peers_told, pickable, rules_followed
from lib.queries.peers_known import Traits, read_traits
from lib.twins.names import distinct
from lib.ui.layout import remark
from lib.ui.peering import Offer, asked_peers, choose
from lib.ui.reading import Reading

CONFIDENTIAL = (
    "To keep answers confidential, peers count in whole groups of at least five, and only certified ones are named: "
    "whom you pick by hand is shown with their published level and counted with their group."
)


def choose_peers(reading: Reading, city: str) -> Peers:
    """Draw the choice of peers of `city`, say in words whom it finds, and return it."""
    traits, asked = read_traits(reading.warehouse), asked_peers()
    rules = rules_offered(reading, traits)
    chosen = _known(reading, city, followed(reading.warehouse, asked))
    quick = [rule for rule in (DEFAULT, "size" if "size" in rules else "ratio", traits.area or "") if rule in rules]
    weights = {trait.id: trait.name for trait in traits.all}
    choose(Offer(rules, quick, weights, partial(_names, reading, city)), chosen)
    note = f" {CONFIDENTIAL}" if reading.warehouse.limited else ""
    remark(f"{peers_told(reading.warehouse, reading.selection, city, chosen)}.{note}")
    return chosen


def _known(reading: Reading, city: str, peers: Peers) -> Peers:
    """Without whom this database does not know; where nobody is left, nobody was picked."""
    if peers.rule != PICKED:
        return peers
    there = set(pickable(reading.warehouse, reading.selection, city)["city_id"])
    picked = tuple(id_ for id_ in peers.picked if id_ in there)
    return replace(peers, rule=PICKED if picked else DEFAULT, picked=picked)


def _names(reading: Reading, city: str) -> dict[str, str]:
    return distinct(pickable(reading.warehouse, reading.selection, city))


def rules_offered(reading: Reading, traits: Traits) -> Mapping[str, str]:
    """Rule id → words, for what is known of cities here; the default first, groups last."""
    names = {id_: name.lower() for id_, name in traits.names.items()}
    one, many, versus = reading.standard.noun, reading.standard.noun_plural, reading.selection.versus
    number = traits.one(traits.size)
    size = {"size": f"Same {names['size']}, anywhere"} if number and number.band else {}
    ratio = {"ratio": f"Half to twice the {names['number']}"} if number else {}
    same = {id_: f"Same {names[id_]}" for id_ in traits.categories}
    area = {traits.area: f"Same {names['area']}, any size"} if traits.area and traits.size else {}
    levels = {"level": "Same level"} if reading.standard.levels else {}
    score = {"score": f"Nearest score in {versus}"} if versus else {}
    up = {"above": "All one level up"} if reading.standard.levels else {}
    whole = {"area": f"All of the same {names['area']}"} if traits.area else {}
    every = {
        DEFAULT: f"{many.capitalize()} of the same class",
        **(size | ratio),
        **(same | area),
        "similar": "Most alike in all that is known",
        **levels,
        "history": f"First time or returning, as this {one}",
        **score,
        "all": f"All {many} selected",
        **whole,
        **up,
    }
    return {rule: words for rule, words in every.items() if rule in rules_followed(reading.warehouse)}
