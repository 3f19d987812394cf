"""Report cards of the demo cohort and of small ones."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lib.access import open_for
from lib.brief.settling import settled_text
from lib.peers import Peers
from lib.queries.choices import read_choices
from lib.report.contents import gather
from lib.report.parts import Card
from lib.selection import Selection
from lib.standard import load_standards
from lib.viewer import CITY, PROGRAMME, Viewer
from lib.warehouse import open_current

MakeCard = Callable[..., Card]
CRITERIA = [criterion.id for criterion in load_standards()["wwc-2022"].criteria]


@pytest.fixture
def card() -> MakeCard:
    """A function: database, city (and URL parameters) → its card, as the programme or (`as_city`) the city sees it."""

    def make(
        database: Path, city: str, among: Peers | None = None, *, as_city: bool = False, **params: str | list[str]
    ) -> Card:
        viewer = Viewer(CITY, (city,)) if as_city else Viewer(PROGRAMME)
        selection = Selection.from_params(params, read_choices(open_current(database)))
        return gather(open_for(viewer, database), selection, city, among)

    return make


@pytest.fixture
def first(demo_database: Path) -> str:
    """The id of the demo's city that stands in the middle of its last cycle."""
    rows = open_current(demo_database).fetch(
        "select city_id::text as city from city_score "
        "where cycle::text = '2025' and stage = 'validated' order by score, 1"
    )
    return str(rows["city"].iloc[len(rows) // 2])


def answers(names: list[str], *, met: int = 20, cycle: str = "2025", stage: str = "validated") -> list[dict[str, str]]:
    """Cities with these names, each of which meets the first `met` criteria, and one more for each city before it."""
    return [
        {
            "city": name,
            "city_id": f"c{place:03}",
            "criterion_id": id_,
            "response": "Yes" if number < met + place % 5 else "No",
            "cycle": cycle,
            "stage": stage,
        }
        for place, name in enumerate(names)
        for number, id_ in enumerate(CRITERIA)
    ]


def towns(many: int) -> list[str]:
    """So many names."""
    return [f"Town {number:03}" for number in range(many)]


def renamed(made: Card, name: str) -> Card:
    """The card of a city with another name, wherever a card says it."""
    shown = settled_text(name)
    told = made.about.selection.replace(made.name, shown)
    return replace(made, name=shown, about=replace(made.about, selection=told, short=shown[:48]))


def uncertified(database: Path, own: str) -> list[str]:
    """Names of everybody else who was never certified."""
    rows = open_current(database).fetch(
        "select city_id::text as city, any_value(city.name) as name, max(level) as level from city "
        "left join certification using (city_id) group by all"
    )
    names: list[str] = rows.loc[(rows["city"] != own) & rows["level"].isna(), "name"].tolist()
    return names
