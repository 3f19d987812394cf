"""Who keeps what they were told and comes back after each publish: one city more, one corrected, one gone, or a batch.

The figures of all versions are written down together, as in test_differencing: an unknown for each answer of each city
(another one once it is changed), and what it can be at least and at most.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from scipy.optimize import linprog

from lib.access import open_for
from lib.release import LEAST, advance
from lib.viewer import CITY, PUBLIC, Viewer
from lib.warehouse import Warehouse
from tests.access.published import counted, written
from tests.pages.conftest import Open, opened, screen
from tests.pipelines.loads import load_text

__all__ = ["opened"]

CRITERIA = 3
Cohort = Mapping[str, tuple[str, ...]]
"""What each city answers, criterion by criterion."""
Cell = tuple[float, float, tuple[tuple[str, tuple[str, ...]], ...], int]
"""At least and at most so many of these cities, as they answered then, meet this criterion."""
KEPT, ANEW = "kept", "anew"
Versions = Callable[[np.random.Generator], Iterator[Cohort]]


def answers(chance: np.random.Generator) -> tuple[str, ...]:
    return tuple("met" if yes else "not_met" for yes in chance.random(CRITERIA) < 0.5)


def one_by_one(chance: np.random.Generator) -> Iterator[Cohort]:
    """Forty cities, and one more in each version."""
    cohort = {f"c{n}": answers(chance) for n in range(40)}
    for n in range(5):
        yield dict(cohort)
        cohort[f"new{n}"] = answers(chance)


def mixed(chance: np.random.Generator) -> Iterator[Cohort]:
    """One corrected, one gone, one more, and a batch that comes with a correction of half of the others."""
    cohort = {f"c{n}": answers(chance) for n in range(25)}
    yield dict(cohort)
    cohort["c3"] = answers(chance)
    yield dict(cohort)
    del cohort["c5"]
    cohort["new"] = answers(chance)
    yield dict(cohort)
    cohort |= {f"c{n}": answers(chance) for n in range(6, 18)} | {f"late{n}": answers(chance) for n in range(11)}
    yield dict(cohort)
    cohort["c5"] = answers(chance)
    del cohort["late1"]
    yield dict(cohort)


def told(parent: Path, cohorts: Sequence[Cohort], way: str) -> list[Cell]:
    """Every figure that a viewer from outside sees of these versions; `anew`: of each as if it were the first."""
    found: list[Cell] = []
    folder = Path(mkdtemp(dir=parent))
    release, target = folder / "release.duckdb", folder / "target.duckdb"
    for number, cohort in enumerate(cohorts):
        published = written(folder / f"{number}.duckdb", cohort)
        if way == ANEW:
            release.unlink(missing_ok=True)
        if advance(published, release, target, together=10):
            target.replace(release)
        found += cells(published, release)
    return list(dict.fromkeys(found))


def cells(published: Path, release: Path) -> Iterator[Cell]:
    with counted(published, release) as connection:
        rows = connection.execute("select block_id, criterion_id, met_low, met_high from block_answer").fetchall()
        members: dict[int, dict[str, dict[str, str]]] = {}
        for block, city, criterion, status in connection.execute(
            "select block_id, city_id, criterion_id, status from temp.told join released.response using (number)"
        ).fetchall():
            members.setdefault(block, {}).setdefault(city, {})[criterion] = status
    for block, criterion, low, high in rows:
        whose = tuple(sorted((city, tuple(of.values())) for city, of in members[block].items()))
        yield low, high, whose, int(criterion[2:]) - 1


def known(found: Sequence[Cell]) -> tuple[int, int]:
    """How many answers follow from the figures, and of how many."""
    follow = asked = 0
    for k in range(CRITERIA):
        of = [cell for cell in found if cell[3] == k]
        unknown = sorted({who for _, _, whose, _ in of for who in whose})
        place = {who: n for n, who in enumerate(unknown)}
        a = np.zeros((len(of), len(unknown)))
        for row, (_, _, whose, _) in enumerate(of):
            a[row, [place[who] for who in whose]] = 1
        rows = np.vstack([a, -a])
        limits = np.array([high for _, high, _, _ in of] + [-low for low, *_ in of])
        for aim in np.eye(len(unknown)):
            ends = [linprog(sign * aim, A_ub=rows, b_ub=limits, bounds=(0, 1)).fun for sign in (1, -1)]
            follow += round(-ends[1] - ends[0], 6) < 1
        asked += len(unknown)
    return follow, asked


@pytest.mark.parametrize("versions", [one_by_one, mixed])
def test_no_answer_follows_from_five_versions(versions: Versions, tmp_path: Path) -> None:
    cohorts = list(versions(np.random.default_rng(1)))
    first, found = (told(tmp_path, some, KEPT) for some in (cohorts[:1], cohorts))
    # A city alone changes nothing; a batch does.
    assert len(found) > len(first) if versions is mixed else len(found) == len(first)
    assert all(len(whose) >= LEAST for _, _, whose, _ in found)
    assert known(found)[0] == 0


def test_without_a_release_most_answers_would_follow(tmp_path: Path) -> None:
    """The attack finds what there is to find."""
    follow, asked = known(told(tmp_path, list(one_by_one(np.random.default_rng(1)))[:4], ANEW))
    assert follow > asked / 2


def test_what_is_ones_own_is_of_today_and_the_others_of_their_release(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, viewers = tmp_path / "cohort.duckdb", (Viewer(CITY, ("city-0",)), Viewer(PUBLIC))
    rows = [f"City {n},2025,DM1,{'yes' if n % 3 else 'no'}\n" for n in range(14)]
    load_text(database, "city,cycle,criterion_id,response\n" + "".join(rows))
    before = [figures(open_for(viewer, database)) for viewer in viewers]
    load_text(database, "city,cycle,criterion_id,response\nCity 0,2025,DM1,yes\nCity 1,2025,DM1,no\nX,2025,DM1,yes\n")
    after = [figures(open_for(viewer, database)) for viewer in viewers]
    assert after == before
    assert all(before)
    own = open_for(viewers[0], database)
    assert list(own.fetch("select status from response")["status"]) == ["met"]
    monkeypatch.setenv("COHORT_VIEWER", CITY)
    monkeypatch.setenv("COHORT_CITIES", "city-0")
    assert "Figures about others are as of " in screen(opened(database, "city"))


def figures(warehouse: Warehouse) -> str:
    """What this viewer is told of others."""
    told = "block_answer" if warehouse.viewer.role == CITY else "criterion_rate"
    return str(warehouse.fetch(f"from {told} order by all").to_csv(header=False))
