"""What publishing a database changed, or would change: two databases compared set-wise."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from pipelines.layouts.quoting import literal
from pipelines.layouts.table import cause

MEMORY = "300MB"  # past that DuckDB goes to a scratch folder

CITIES = """
    select coalesce(new.name, old.name), new.city_id is not null
    from old.city as old
    full join new.city as new on new.city_id::text = old.city_id::text
    where old.city_id is null or new.city_id is null
    order by 1
"""
# One mask per assessment tells the few whose answers have to be looked at. (Criteria are numbered by each database:
# where its standards differ all are looked at.) Keys are hashed texts: each database has ENUM types of its own.
MASKS = """
    create temp table {side}_mask as
    select
        standard_id,
        city_id,
        cycle,
        stage,
        hash(standard_id::text, city_id::text, cycle::text, stage::text) as assessment,
        [count(*), bit_xor(hash(enum_code(criterion_id), status, credit))] as mask
    from {side}.response
    group by all
"""
TOUCHED = """
    create temp table touched as
    select assessment
    from old_mask
    full join new_mask using (assessment)
    where old_mask.mask is distinct from new_mask.mask
"""
# By 64-bit hashes: where everything changed, five texts for each of two million answers would not fit into memory.
PICKED = """
    create temp table {side}_answer as
    select
        hash(standard_id::text, city_id::text, cycle::text, stage::text, criterion_id::text) as question,
        hash(status, credit) as answer
    from {side}.response
    semi join (from {side}_mask semi join touched using (assessment)) using (standard_id, city_id, cycle, stage)
"""
ANSWERS = """
    select
        count(*) filter (old_answer.question is null),
        count(*) filter (old_answer.answer <> new_answer.answer),
        count(*) filter (new_answer.question is null)
    from old_answer
    full join new_answer using (question)
"""
LEVELS = """
    select
        new.standard_id::text,
        new.city_id::text,
        city.name,
        new.cycle::text,
        new.stage::text,
        old.level,
        new.level
    from new.city_score as new
    join new.city as city using (city_id)
    join old.city_score as old
        on old.standard_id::text = new.standard_id::text
        and old.city_id::text = new.city_id::text
        and old.cycle::text = new.cycle::text
        and old.stage::text = new.stage::text
    where old.level is distinct from new.level
    order by new.standard_id, city.name, new.cycle, new.stage
"""
CERTIFICATIONS = """
    select
        count(*) filter (old.level is null),
        count(*) filter ((old.level, old.announced_on) is distinct from (new.level, new.announced_on)
            and old.level is not null and new.level is not null),
        count(*) filter (new.level is null)
    from old.certification as old
    full join new.certification as new
        on new.standard_id::text = old.standard_id::text
        and new.city_id::text = old.city_id::text
        and new.cycle::text = old.cycle::text
"""
ALL = "select (select count(*) from response), (select count(*) from certification)"
# A database of an older program has no such table.
BOTH_CERTIFY = (
    "select count(*) = 2 from duckdb_tables() where database_name in ('old', 'new') and table_name = 'certification'"
)


class DifferenceError(RuntimeError):
    """Databases that cannot be compared; one sentence."""


@dataclass(frozen=True, slots=True)
class LevelChange:
    """An assessment that both databases have, with another level. None is no level."""

    standard_id: str
    city_id: str
    city: str
    cycle: str
    stage: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """`answers_changed`: the same question with another status or credit; `certified_changed`: the same city and cycle
    with another level or date of announcement. Cities by name, in order.
    """

    cities_added: tuple[str, ...] = ()
    cities_removed: tuple[str, ...] = ()
    answers_added: int = 0
    answers_changed: int = 0
    answers_removed: int = 0
    levels: tuple[LevelChange, ...] = ()
    certified_added: int = 0
    certified_changed: int = 0
    certified_removed: int = 0

    def as_json(self, most: int) -> dict[str, Any]:
        """Counts, and of cities and levels the first `most`."""
        told = asdict(self)
        for name in ("cities_added", "cities_removed", "levels"):
            told[name], told[f"{name}_count"] = told[name][:most], len(told[name])
        return told


def sentence(told: Mapping[str, Any], noun: tuple[str, str] = ("city", "cities")) -> str:
    """What `as_json` tells, in words; `noun`: what the standards assess, one and many."""
    one, many = noun
    changes = [
        (told["cities_added_count"], f"{one} more", f"{many} more"),
        (told["cities_removed_count"], f"{one} less", f"{many} less"),
        (told["answers_added"], "answer more", "answers more"),
        (told["answers_changed"], "answer changed", "answers changed"),
        (told["answers_removed"], "answer less", "answers less"),
        (told["levels_count"], "level changed", "levels changed"),
        # What was noted before there were certifications does not tell them.
        (told.get("certified_added", 0), "certification more", "certifications more"),
        (told.get("certified_changed", 0), "certification changed", "certifications changed"),
        (told.get("certified_removed", 0), "certification less", "certifications less"),
    ]
    return ", ".join(f"{n:,} {many if n != 1 else one}" for n, one, many in changes if n) or "no answer changed"


def difference(old: Path | None, new: Path) -> Difference:
    """Compare two databases; without an old one everything is added. Raises DifferenceError.

    An answer is known by its standard, city, cycle, stage and criterion. Takes a third of a second per million answers.
    """
    if old is None:
        return _everything(new)
    with TemporaryDirectory(prefix="difference-") as scratch:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": scratch,
        }
        try:
            with duckdb.connect(config=settings) as connection:
                return _compared(connection, old, new)
        except duckdb.Error as fault:
            raise DifferenceError(f"{new.name}: cannot be compared: {cause(fault)}") from fault


def _everything(new: Path) -> Difference:
    """Where there was nothing before: all cities, answers and certifications."""
    with duckdb.connect(new, read_only=True) as connection:
        names = connection.execute("select name from city order by name").fetchall()
        ((answers, certified),) = connection.execute(ALL).fetchall()
    return Difference(tuple(name for (name,) in names), answers_added=answers, certified_added=certified)


def _compared(connection: duckdb.DuckDBPyConnection, old: Path, new: Path) -> Difference:
    connection.execute(f"attach {literal(str(new))} as new (read_only)")
    connection.execute(f"attach {literal(str(old))} as old (read_only)")
    found = compared(connection)
    if connection.execute(BOTH_CERTIFY).fetchall() != [(True,)]:
        return found
    listed = certifications(connection)
    return replace(
        found,
        certified_added=listed.certified_added,
        certified_changed=listed.certified_changed,
        certified_removed=listed.certified_removed,
    )


def certifications(connection: duckdb.DuckDBPyConnection) -> Difference:
    """Compare the certifications alone: where the answers are known to be the same."""
    ((added, changed, removed),) = connection.execute(CERTIFICATIONS).fetchall()
    return Difference(certified_added=added, certified_changed=changed, certified_removed=removed)


def compared(connection: duckdb.DuckDBPyConnection) -> Difference:
    """Compare the tables of `old` with those of `new`: two attached databases, or two schemas."""
    cities = connection.execute(CITIES).fetchall()
    added, changed, removed = _answers(connection)
    return Difference(
        cities_added=tuple(name for name, is_new in cities if is_new),
        cities_removed=tuple(name for name, is_new in cities if not is_new),
        answers_added=added,
        answers_changed=changed,
        answers_removed=removed,
        levels=tuple(LevelChange(*row) for row in connection.execute(LEVELS).fetchall()),
    )


def _answers(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    """How many answers were added, changed and removed."""
    for side in ("old", "new"):
        connection.execute(MASKS.format(side=side))
    connection.execute(TOUCHED)
    for side in ("old", "new"):
        connection.execute(PICKED.format(side=side))
    (counts,) = connection.execute(ANSWERS).fetchall()
    return counts
