"""What holds on every page: it opens, says what to change when nothing is selected, and takes no harm from a URL."""

from pathlib import Path

import pytest

from tests.conftest import MakeCohort
from tests.pages.conftest import Open, screen

PAGES = (
    "overview",
    "heatmap",
    "criteria",
    "change",
    "near",
    "workshops",
    "next_step",
    "city",
    "gaps",
    "road",
    "compare",
    "certified",
    "intake",
    "export",
    "query",
    "method",
)
EACH = pytest.mark.parametrize("page", PAGES)
KEYS = ("standard", "cycle", "stage", "versus", "country", "level", "participation")
OWN_KEYS = (
    "pick",
    "weigh",
    "many",
    "peers",
    "city",
    "area",
    "criterion",
    "sort",
    "direction",
    "split",
    "page",
    "table",
    "view",
    "near",
    "workshops",
    "success",
    "aim",
    "order",
    "columns",
    "shape",
    "format",
    "limit",
    "offset",
    "across",
    "wording",
    "flow",
    "family",
    "attribute",
    "group",
    "against",
    "effort",
    "ticks",
    "with",
    "sql",
)
ABOUT_ONE = ("city", "gaps", "road", "compare")
ALL_CITIES = "Here are all cities: choose one above."
HOSTILE = (
    "'; drop table city; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "-1",
    "1e999",
    "DM1' or 1=1",
    "",
    "🧭" * 500,
)


@EACH
def test_a_page_opens_with_its_title_and_says_the_selection(opened: Open, demo_database: Path, page: str) -> None:
    app = opened(demo_database, page)
    assert len(app.title) == 1
    assert "in the 2025 cycle, validated answers, compared with 2024" in screen(app)


@EACH
def test_a_nonsense_url_means_the_default(opened: Open, demo_database: Path, page: str) -> None:
    plain = screen(opened(demo_database, page))
    for text in HOSTILE:
        hostile = screen(opened(demo_database, page, **dict.fromkeys((*KEYS, *OWN_KEYS), text)))
        told = f"**No city has the address of this link.** {ALL_CITIES}" if page in ABOUT_ONE and text else ""
        assert told in hostile, text
        assert hostile.replace(f" {told}" if told else "", "") == plain, text


@EACH
def test_a_repeated_parameter_is_no_accident(opened: Open, demo_database: Path, page: str) -> None:
    app = opened(demo_database, page, **{key: ["x", "<b>", "2025"] for key in OWN_KEYS})
    assert len(app.title) == 1


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("certified", "query", "method")])
def test_an_empty_selection_says_what_to_change(opened: Open, demo_database: Path, page: str) -> None:
    app = opened(
        demo_database,
        page,
        level="Platinum",
        participation="First time",
        cycle="2024",
        government="mayor-council",
        region="Mexico",
    )
    assert "No city is in this selection. Remove a filter or choose another cycle." in screen(app).replace("**", "")
    assert not app.get("bidi_component")


@pytest.mark.parametrize("page", [page for page in PAGES if page != "certified"])  # which has no answers at all
def test_self_reported_answers_are_never_certified(opened: Open, demo_database: Path, page: str) -> None:
    words = screen(opened(demo_database, page, stage="Self-reported")).lower()
    assert "certified" not in words.replace("what works cities certification", "").replace(
        "a city was certified gold", ""
    )
    assert "self-reported answers" in words


@pytest.mark.parametrize("page", ["overview", "change", "city"])
def test_a_level_of_self_reported_answers_is_indicative(opened: Open, demo_database: Path, page: str) -> None:
    city = "city" if page == "city" else "other"
    first = next(iter(opened(demo_database, "city").selectbox(key="_city").options[1:]))
    app = opened(demo_database, page, stage="Self-reported")
    if page == "city":
        app.selectbox(key="_city").select_index(1).run()
        assert first in screen(app)
    assert "indicative" in screen(app), city


@pytest.mark.parametrize("page", ["overview", "criteria", "change"])
def test_without_a_compared_cycle_nothing_is_said_about_change(opened: Open, demo_database: Path, page: str) -> None:
    compared, alone = opened(demo_database, page), opened(demo_database, page, versus="Nothing")
    assert "since 2024" in screen(compared)
    assert "since" not in screen(alone)
    assert "compared with" not in screen(alone)


@pytest.mark.parametrize("page", ["overview", "heatmap", "criteria"])
def test_fewer_than_five_cities_carry_no_percentage(opened: Open, cohort: MakeCohort, page: str) -> None:
    answers = [{"city": f"City {n}", "criterion_id": f"DM{k}"} for n in range(4) for k in range(1, 10)]
    words = screen(opened(cohort(answers), page))
    assert "ot enough cities to say" in words
    assert "100 %" not in words.replace("100 % criteria asked", "")


@EACH
def test_synthetic_data_are_marked_and_real_data_are_not(
    opened: Open, demo_database: Path, cohort: MakeCohort, page: str
) -> None:
    real = cohort([{"city": "Lima", "criterion_id": "DM1"}])
    assert "Demonstration data." in screen(opened(demo_database, page))
    assert "Demonstration data." not in screen(opened(real, page))


def test_a_change_that_nobody_can_tell_is_a_sentence_not_an_empty_chart(opened: Open, cohort: MakeCohort) -> None:
    rows = [
        {"city": f"City {letter}", "cycle": cycle, "criterion_id": "DM1", "response": "Yes"}
        for letter in "ABC"
        for cycle in ("2024", "2025")
    ]
    app = opened(cohort(rows), "overview")
    assert "Only 3 cities in both cycles: not enough to say what changed." in screen(app)
    assert "Bars: the cities in both cycles" not in screen(app)
