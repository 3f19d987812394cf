"""What is said about a change, at its edges: nobody, one city, all alike, a tie, chance, time running backwards."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lib.standard import Standard, load_standards
from lib.stats.decomposition import split_change
from lib.twins.change import Span, change_finding, gains_title, parts_title, transitions_title
from lib.twins.gains import gain_rows, gains_table, wording_note
from lib.twins.parts import change_cards, part_rows, parts_table

STANDARD = load_standards()["wwc-2022"]
SPAN = Span("2025", "2024", later=False, unit=("criterion", "criteria"))
BACK = replace(SPAN, versus="2026", later=True)
POINTS = replace(SPAN, unit=("point", "points"))
Pairs = list[tuple[float | None, float | None]]


def cities(pairs: Pairs) -> pd.DataFrame:
    before, now = zip(*pairs, strict=True) if pairs else ((), ())
    ids = [f"c{n}" for n in range(len(pairs))]
    return pd.DataFrame({"city_id": ids, "name": ids, "before": before, "now": now}).astype(
        {"before": float, "now": float}
    )


def parts(data: pd.DataFrame, standard: float = 0.0) -> pd.DataFrame:
    split = split_change(data["before"].to_numpy(float), data["now"].to_numpy(float))
    rows = [
        ("before", split.n_before, split.before, np.nan, np.nan),
        ("panel", split.n_panel, split.panel, split.low, split.high),
        ("entrants", split.n_entrants, split.entrants, np.nan, np.nan),
        ("leavers", split.n_leavers, split.leavers, np.nan, np.nan),
        *([("standard", 0, standard, np.nan, np.nan)] if standard else []),
        ("now", split.n_now, split.now + standard, np.nan, np.nan),
    ]
    return pd.DataFrame(rows, columns=["part", "cities", "value", "low", "high"]).assign(start=0.0, end=0.0)


def finding(pairs: Pairs, span: Span = SPAN, *, indicative: bool = False, standard: float = 0.0) -> str:
    data = cities(pairs)
    return change_finding(parts(data, standard), data, STANDARD, span, indicative=indicative)


ROSE: Pairs = [(10, 12), (10, 13), (20, 24), (20, 20), (30, 29), (30, 34)]


def test_the_finding_says_how_much_how_surely_and_for_how_many() -> None:
    assert finding(ROSE) == (
        "The same 6 cities meet 2 criteria more than in 2024 on average (95 % interval −0.2 to +4.2, so it may be "
        "chance): "
        "4 rose, 1 fell, 1 stayed where they were."
    )


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([], "No city of this selection has a score in 2024: there is nothing to compare with."),
        ([(None, 5.0)] * 9, "No city of this selection has a score in 2024: there is nothing to compare with."),
        (
            [(5.0, None)] * 6 + [(None, 7.0)] * 6,
            "No city is in both cycles: a change since 2024 would be that of other",
        ),
        ([(5.0, 6.0)], "Only 1 city is in both cycles: not enough cities to say what changed."),
        (
            [(5.0, 6.0)] * 4 + [(None, 3.0)] * 9,
            "Only 4 cities are in both cycles: not enough cities to say what changed.",
        ),
        (
            [(5.0, 5.0)] * 5,
            "meet on average as many criteria as in 2024 (no interval: all alike): none of them changed.",
        ),
        ([(5.0, 6.0)] * 5, "meet 1 criterion more than in 2024 on average (no interval: all alike): all rose."),
        ([(5.0, 3.0)] * 5, "meet 2 criteria fewer than in 2024 on average (no interval: all alike): all fell."),
        (
            [(5.0, 6.0)] * 3 + [(6.0, 5.0)] * 3,
            "as many criteria as in 2024 (95 % interval −1.1 to +1.1): 3 rose, 3 fell, 0",
        ),
    ],
)
def test_the_finding_at_its_edges(pairs: Pairs, words: str) -> None:
    assert words in finding(pairs)


def test_the_mean_of_all_is_told_apart_where_it_moved_otherwise() -> None:
    newcomers: Pairs = [*ROSE, (None, 2.0), (None, 2.0)]
    assert finding(newcomers).endswith("The mean of all moved by ▼ −3, because other cities take part.")
    assert "The mean of all" not in finding([*ROSE, (None, 22.0)])
    assert finding(ROSE, standard=4.0).endswith("moved by ▲ +6, because the standard asks other things.")
    both = finding(newcomers, standard=1.0)
    assert both.endswith("moved by ▼ −2, because other cities take part and the standard asks other things.")


def test_scores_that_are_no_counts_are_higher_or_lower() -> None:
    assert "score 2 points higher than in 2024" in finding(ROSE, POINTS)
    assert "score 2 points lower than in 2024" in finding([(b, a) for a, b in ROSE], POINTS)
    assert "score on average the same as in 2024" in finding([(5.0, 5.0)] * 5, POINTS)


def test_self_reported_answers_are_the_cities_own() -> None:
    assert finding(ROSE, indicative=True).startswith("By their own answers, the same 6 cities")


def test_against_a_later_cycle_nobody_rises_or_falls() -> None:
    words = finding(ROSE, BACK)
    assert "more than in 2026" in words
    assert "4 stand higher, 1 lower, 1 stand where they were" in words
    assert "since" not in words
    assert BACK.since == "against 2026"


def test_the_parts_in_words_say_their_cities() -> None:
    data = cities([*ROSE, (None, 2.0), (5.0, None)])
    rows = part_rows(parts(data), STANDARD, SPAN)
    assert rows["label"].tolist() == [
        "All cities in 2024 · 7",
        "The same cities, in both cycles · 6",
        "Only in 2025: joined · 1",
        "Only in 2024: left · 1",
        "All cities in 2025 · 7",
    ]
    assert rows["number"].tolist() == ["17.9", "▲ +2", "▼ −2.9", "▲ +2.1", "19.1"]
    assert "95 % interval −0.2 to +4.2" in rows["hover"][1]
    assert parts_table(rows, STANDARD, SPAN)["Cities"].tolist() == [7, 6, 1, 1, 7]
    assert parts_title(parts(data), STANDARD, SPAN) == (
        "Mean 17.9 in 2024, 19.1 in 2025: ▲ +2 by the same cities, ▼ −0.7 by all else"
    )
    assert [card[1] for card in change_cards(data, STANDARD, SPAN)] == ["6", "1", "1", "4"]


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ([(-1, 1), (2, -1)], "No city is in both cycles"),
        ([(1, 1)], "The 1 city in both cycles kept the same level"),
        ([(1, 1), (0, 0)], "All 2 cities in both cycles kept the same level"),
        ([(1, 2), (0, 0), (-1, 3)], "1 of 2 cities in both cycles moved to a higher level, none to a lower one"),
        ([(1, 2), (2, 0), (2, 1)], "1 of 3 cities in both cycles moved to a higher level, 2 to a lower one"),
    ],
)
def test_the_ways_between_levels_at_their_edges(ways: list[tuple[int, int]], words: str) -> None:
    placed = pd.DataFrame(ways, columns=["start", "end"])
    assert transitions_title(placed, STANDARD, SPAN, indicative=False) == words
    marked = transitions_title(placed, STANDARD, SPAN, indicative=True)
    assert marked == words.replace("level", "level (indicative)")
    unlevelled: Standard = replace(STANDARD, levels=())
    assert "level" not in transitions_title(placed, unlevelled, SPAN, indicative=True)


def gains(*rows: tuple[int, int, int, float, float]) -> pd.DataFrame:
    data = pd.DataFrame(rows, columns=["n", "gained", "lost", "p", "q"])
    ids = [f"K{n}" for n in range(len(rows))]
    words = {"criterion_id": ids, "short_name": [f"Name {id_}" for id_ in ids], "area": "A", "text": ""}
    return data.assign(**words, net=data["gained"] - data["lost"])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(3, 1, 0, np.nan, np.nan)], "Not enough cities to say which criteria changed"),
        ([(30, 5, 1, 0.2, 0.2)], "None of 1 criterion changed by more than chance may explain; most “Name K0”"),
        ([(30, 0, 0, 1.0, 1.0)], "None of 1 criterion changed by more than chance may explain"),
        ([(30, 9, 0, 0.01, 0.02), (30, 1, 1, 1, 1)], "1 of 2 criteria changed by more than chance: “Name K0” (9 came"),
        (
            [(30, 9, 0, 0.01, 0.02), (30, 0, 9, 0.01, 0.02)],
            "2 of 2 criteria changed by more than chance: 1 gained and 1 lost",
        ),
    ],
)
def test_gains_at_their_edges(rows: list[tuple[int, int, int, float, float]], words: str) -> None:
    title = gains_title(gains(*rows), noun_plural="cities")
    assert title.startswith(words)
    assert ("most" in title) == ("most" in words)


def test_a_mark_stands_only_after_allowing_for_many_tests() -> None:
    rows = gain_rows(gains((30, 9, 0, 0.01, 0.1), (30, 9, 1, 0.02, 0.11), (3, 1, 0, np.nan, np.nan)), STANDARD)
    assert rows["stands"].tolist() == [True, False, False]
    table = gains_table(rows, STANDARD)
    assert table["Net, % points"].tolist() == ["+30", "+27", "–"]
    assert "too few cities to say" in rows["hover"][2]


def test_criteria_in_other_words_are_marked() -> None:
    data = gains((30, 9, 0, 0.01, 0.1), (30, 9, 1, 0.02, 0.11))
    plain = gain_rows(data, STANDARD)
    assert (plain["wording"].tolist(), wording_note(plain)) == (["", ""], "")
    assert "Wording" not in gains_table(plain, STANDARD)
    later = gain_rows(data.assign(criterion_id=["EVAL1", "DM1"]), STANDARD)
    assert later["wording"].tolist() == ["re-worded later", ""]
    assert wording_note(later).startswith("† re-worded later: not asked in the same words")
    across = gain_rows(data.assign(relation=["widened", "same"], other_criterion=["X1", "X2"]), STANDARD)
    assert gains_table(across, STANDARD)[["Asked before as", "Wording"]].to_numpy().tolist() == [
        ["X1", "widened"],
        ["X2", ""],
    ]
    assert across["hover"][0].endswith("widened, X1 before")
