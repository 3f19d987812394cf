"""The pages about one city, one click apart: they keep the city, its peers and the plan."""

from lib.standard import Standard
from lib.ui.empty import nobody_here, nothing_here
from lib.ui.reading import Reading
from lib.ui.scenario import ways
from lib.words import road_title


def ways_card(reading: Reading, here: str) -> None:
    """Links to the other pages about the city that is shown; `here` is the page's own name."""
    ways(pages_about(reading.standard), here)


def pages_about(standard: Standard) -> dict[str, str]:
    """The pages about one city and what they are called."""
    road = road_title(levels=bool(standard.levels))
    return {"city": "Standing", "gaps": "Gaps", "road": road, "compare": "Compare"}


def nobody_chosen(reading: Reading) -> None:
    """What a page about one city says before one is chosen."""
    if reading.cities:
        nothing_here(f"This page is about one {reading.standard.noun}.", "Choose one above.")
    else:
        nobody_here(reading.standard.noun)


def not_assessed(reading: Reading, name: str) -> None:
    """What it says of one that has no answers in the selected cycle and stage."""
    selection = reading.selection
    missing = f"{name} has no {selection.stage.replace('_', '-')} answers in {selection.cycle}."
    nothing_here(missing, "Choose another cycle, or the other kind of answers.")
