"""What a report card is asked about, and what the queries found: the frames that its parts are made of."""

from dataclasses import dataclass

import pandas as pd

from lib.peers import Peers
from lib.selection import Choices, Selection
from lib.standard import Standard
from lib.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Asked:
    """One city, its peers and the selection, with what is known about them. `certified` is by cycle."""

    warehouse: Warehouse
    selection: Selection
    choices: Choices
    standard: Standard
    city: pd.Series
    peers: Peers
    told: str
    certified: dict[str, str]

    @property
    def indicative(self) -> bool:
        """Do levels come from the city's own answers only?"""
        return self.selection.stage == "self_reported"

    @property
    def versus(self) -> str:
        """The compared cycle, where the city was assessed in it; else empty."""
        return self.selection.versus or ""

    @property
    def ours(self) -> str:
        """What the page calls its city: "this city"."""
        return f"this {self.standard.noun}"
