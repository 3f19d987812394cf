"""The pages about one city, one click apart: they keep the city, its peers and the plan."""

from lib.standard import Standard
from lib.ui.reading import Reading
from lib.ui.scenario import ways


def ways_card(reading: Reading, here: str) -> None:
    """Links to the other pages about the city that is shown; `here` is the page's own name."""
    ways(pages_about(reading.standard), here)


def pages_about(standard: Standard) -> dict[str, str]:
    """The pages about one city and what they are called."""
    road = "Next level" if standard.levels else "What if"
    return {"city": "Standing", "gaps": "Gaps", "road": road, "compare": "Compare"}
