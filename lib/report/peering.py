"""Who the peers are. A card is printed and passed on, so it names only those that are certified, whoever makes it."""

import pandas as pd

from lib.report.asked import Asked
from lib.report.parts import Peering
from lib.words import number

NAMED = 5
"""So many certified peers, the nearest first, have room."""


def peering_part(asked: Asked, peers: pd.DataFrame) -> Peering:
    """`peers`: peer_list."""
    many = asked.standard.noun_plural
    return Peering(
        told=asked.told,
        why=f"Peers are {many} that {asked.ours} is fairly compared with; the page Standing names the rule, offers "
        "others and says of each peer why it is one.",
        ask=_ask(peers, many) if len(peers) and asked.standard.levels else "",
    )


def _ask(peers: pd.DataFrame, many: str) -> str:
    """The certified peers by name; that there are others."""
    certified = peers.dropna(subset="certified_level")
    shown, others = certified.head(NAMED), len(peers) - len(certified)
    if shown.empty:
        return f"None of the peers is certified, and only certified {many} are ever named."
    names = [f"{name} ({level})" for name, level in zip(shown["name"], shown["certified_level"], strict=True)]
    more = f" and {number(len(certified) - len(shown))} more" if len(certified) > len(shown) else ""
    left = " The others take part in confidence and are not named." if others else ""
    return f"Certified peers, who can be asked: {', '.join(names)}{more}.{left}"
