"""The Change page: what it says for cohorts whose change is known, and what it does not say."""

import re
from pathlib import Path

import pytest

from tests.conftest import MakeCohort
from tests.lib.queries.test_crosswalk import NEW, OLD, standard, walk
from tests.pages.conftest import Open, screen, table_in


def answers(cycle: str, cities: range, met: int, asked: int = 9) -> list[dict[str, object]]:
    """Cities that meet the first `met` of the nine criteria of the first area."""
    return [
        {"city": f"City {n:02}", "cycle": cycle, "criterion_id": f"DM{k}", "response": "Yes" if k <= met else "No"}
        for n in cities
        for k in range(1, asked + 1)
    ]


@pytest.fixture
def grown(cohort: MakeCohort) -> Path:
    """Six cities went from 2 to 5 criteria, two with 1 left, four with 3 joined."""
    return cohort(
        answers("2024", range(6), 2) + answers("2024", range(6, 8), 1)
        + answers("2025", range(6), 5) + answers("2025", range(8, 12), 3)
    )  # fmt: skip


def test_the_parts_of_a_known_change(opened: Open, grown: Path) -> None:
    app = opened(grown, "change")
    words = screen(app)
    assert "The same 6 cities meet 3 criteria more than in 2024 on average (no interval: all alike): all rose." in words
    assert "The mean of all moved by ▲ +2.5, because other cities take part." in words
    assert "Mean 1.8 in 2024, 4.2 in 2025: ▲ +3 by the same cities, ▼ −0.6 by all else" in words
    assert "Same cities 6 60 % of 10 in 2025" in words
    assert "3 of 43 criteria" not in words  # six gains and no loss: p = 0.03, and q = 0.4 of 43 tests
    assert "The 6 most improved gained 3 criteria on average since 2024" in words


def test_the_same_change_seen_backwards(opened: Open, grown: Path) -> None:
    words = screen(opened(grown, "change", cycle="2024", versus="2025"))
    assert (
        "The same 6 cities meet 3 criteria fewer than in 2025 on average (no interval: all alike): all stand lower."
        in words
    )
    assert "against 2025" in words
    assert "since" not in words


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (range(20, 26), "No city is in both cycles: a change since 2024 would be that of other cities."),
        (range(5, 11), "Only 3 cities are in both cycles: not enough cities to say what changed."),
    ],
)
def test_too_few_in_both_cycles_are_not_summed_up(opened: Open, cohort: MakeCohort, now: range, words: str) -> None:
    app = opened(cohort(answers("2024", range(8), 2) + answers("2025", now, 5)), "change")
    shown = screen(app)
    assert words in shown
    assert "interval" not in shown
    assert not re.search(r"\d %", shown.replace("95 %", "")) or len(now) >= 5
    assert len(app.get("bidi_component")) == 1  # the ways between levels are counts, and stay


def test_nothing_changed(opened: Open, cohort: MakeCohort) -> None:
    words = screen(opened(cohort(answers("2024", range(7), 4) + answers("2025", range(7), 4)), "change"))
    assert "meet on average as many criteria as in 2024" in words
    assert "All 7 cities in both cycles kept the same level" in words
    assert "None of 9 criteria changed by more than chance may explain" in words
    assert "No city improved since 2024" in words
    assert "Most improved" not in words


def test_without_a_compared_cycle_there_is_nothing_to_show(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database, "change", versus="Nothing")
    assert "Nothing to compare with. Choose a cycle under “Compared with”." in screen(app).replace("**", "")
    assert not app.get("bidi_component")


def test_a_filter_by_level_says_what_it_does_to_the_other_cycle(opened: Open, demo_database: Path) -> None:
    assert "the compared cycle holds the same cities only" in screen(opened(demo_database, "change", level="No level"))
    assert "the compared cycle holds" not in screen(opened(demo_database, "change"))


def test_the_cities_of_a_way_are_named(opened: Open, grown: Path) -> None:
    app = opened(grown, "change", flow="x-0")
    assert "Only in 2025: No level: 4 cities" in screen(app)
    assert table_in(app, "flow")["City"].tolist() == ["City 08", "City 09", "City 10", "City 11"]


def test_a_standard_without_levels_has_quarters_of_its_scores(opened: Open, cohort: MakeCohort, tmp_path: Path) -> None:
    folder = tmp_path / "standards"
    folder.mkdir()
    text = re.sub(r"level = .*\n", "", standard("new", NEW)).replace("Elements", "Elements of schools")
    (folder / "new.toml").write_text(text + 'noun = "school"\nnoun_plural = "schools"\n', encoding="utf-8")
    rows = [
        {"city": f"S{n}", "cycle": cycle, "criterion_id": criterion, "response": "Yes" if n + more > place else "No"}
        for n in range(6)
        for cycle, more in (("1", 0), ("2", 1))
        for place, criterion in enumerate(NEW)
    ]
    words = screen(opened(cohort(rows, standard="new", standards=folder), "change"))
    assert "6 schools in both cycles moved to a higher quarter of the scores of 1, none to a lower one" in words
    assert not re.search(r"\b(city|cities|43|silver|gold)\b", words.lower())


@pytest.fixture
def two_standards(cohort: MakeCohort, tmp_path: Path) -> Path:
    folder = tmp_path / "standards"
    (folder / "crosswalks").mkdir(parents=True)
    (folder / "crosswalks" / "old-new.toml").write_text(walk(), encoding="utf-8")
    database = tmp_path
    for id_, criteria in (("old", OLD), ("new", NEW)):
        (folder / f"{id_}.toml").write_text(standard(id_, criteria), encoding="utf-8")
    for id_, criteria, cycle in (("old", OLD, "2020"), ("new", NEW, "2024")):
        rows = [
            {"city": f"T{n}", "cycle": cycle, "criterion_id": criterion, "response": "Yes" if id_ == "new" else "No"}
            for n in range(7)
            for criterion in criteria
        ]
        database = cohort(rows, standard=id_, standards=folder)
    return database


def test_across_standards_only_what_both_ask_is_compared(opened: Open, two_standards: Path) -> None:
    app = opened(two_standards, "change", standard="new", across="old 2020")
    words = screen(app)
    assert "The same 7 cities meet 2 criteria more than in 2020 (old) on average (no interval: all alike)" in words
    assert "The mean of all moved by ▲ +6, because the standard asks other things." in words
    assert "2 of 6 criteria can be compared with those of the other standard" in words
    assert "level" not in words.lower().replace("filter by level", "")
    told = next(e.proto.body for e in app.get("html") if 'role="status"' in e.proto.body)
    assert told.endswith("compared with 2020, Elements, old</p>")
    listed = table_in(app, "crosswalk")
    assert listed["Compared"].tolist() == ["yes", "yes", "no", "no", "no", "no", "no"]
    alike = screen(opened(two_standards, "change", standard="new", across="old 2020", wording="alike"))
    assert "The same 7 cities meet 1 criterion more than in 2020 (old)" in alike


def test_another_standard_is_offered_only_where_a_crosswalk_leads_to_it(
    opened: Open, two_standards: Path, demo_database: Path
) -> None:
    assert any(box.label == "Compare with" for box in opened(two_standards, "change", standard="new").selectbox)
    assert not any(box.label == "Compare with" for box in opened(demo_database, "change", across="old 2020").selectbox)
