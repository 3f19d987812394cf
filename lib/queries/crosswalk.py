"""Versions of a standard: with which cycles of another one a cycle can be compared, and criterion by criterion how."""

from dataclasses import dataclass

import pandas as pd

from lib.queries.cohort import ask
from lib.selection import Selection
from lib.warehouse import Value, Warehouse


@dataclass(frozen=True, slots=True)
class Against:
    """What a cycle is compared with: a cycle, perhaps of another standard.

    `alike`: across standards, leave out criteria that the two do not word alike.
    """

    standard: str
    cycle: str
    alike: bool = False


_OTHERS = """
with linked as (
    select distinct other_standard as standard_id
    from crossing
    where standard_id = try_cast($standard as standard_id) and relation = any($compared)
)
select distinct standard.standard_id, standard.name, standard.version, standard.position, assessment.cycle
from linked
join standard using (standard_id)
join assessment using (standard_id)
where assessment.stage = try_cast($stage as stage)
order by standard.position, assessment.cycle desc
"""
_GAINS = """
with paired as (
    select criterion_id, other_criterion, relation
    from crossing
    where standard_id = try_cast($standard as standard_id)
        and other_standard = try_cast($versus_standard as standard_id)
        and relation = any($compared)
),
same as (
    select
        paired.criterion_id,
        count(*) as n,
        count(*) filter (current.status = 'met' and earlier.status <> 'met') as gained,
        count(*) filter (current.status <> 'met' and earlier.status = 'met') as lost
    from paired
    join answers as current using (criterion_id)
    join answers_before as earlier
        on earlier.criterion_id = paired.other_criterion and earlier.city_id = current.city_id
    where current.credit is not null and earlier.credit is not null
    group by paired.criterion_id
)
select
    criterion.criterion_id,
    criterion.short_name,
    criterion.text,
    area.area_id,
    area.name as area,
    relation,
    other_criterion,
    coalesce(n, 0) as n,
    coalesce(gained, 0) as gained,
    coalesce(lost, 0) as lost
from criterion
join area using (standard_id, area_id)
join paired using (criterion_id)
left join same using (criterion_id)
where criterion.standard_id = try_cast($standard as standard_id)
order by criterion.position
"""
_CROSSWALK = """
with seen as (
    from crossing
    where standard_id = try_cast($standard as standard_id)
        and other_standard = try_cast($versus_standard as standard_id)
),
here as (from criterion where standard_id = try_cast($standard as standard_id)),
there as (from criterion where standard_id = try_cast($versus_standard as standard_id))
select
    here.criterion_id,
    here.short_name,
    there.criterion_id as other_criterion,
    there.short_name as other_name,
    coalesce(relation, 'not mapped') as relation,
    coalesce(note, '') as note,
    coalesce(relation = any($compared), false) as compared
from seen
full join here on here.criterion_id = seen.criterion_id
full join there on there.criterion_id = seen.other_criterion
order by here.position nulls last, there.position
"""
ALIKE = ("same",)
COMPARABLE = ("same", "reworded", "widened")
"""Relations under which two criteria may be compared; the others are told, never differenced."""


def bound(against: Against, *, across: bool = True) -> dict[str, Value]:
    """What a question binds to look back at `against`; `across` standards it also says which criteria count."""
    asked: dict[str, Value] = {"versus": against.cycle, "versus_standard": against.standard}
    return asked | ({"compared": ALIKE if against.alike else COMPARABLE} if across else {})


def other_cycles(warehouse: Warehouse, selection: Selection) -> pd.DataFrame:
    """One row per cycle of another standard that a crosswalk links to the selected one and that has its stage.

    standard_id, name, version, cycle; in the order of the standards, the latest cycle first.
    """
    return ask(warehouse, selection, _OTHERS, compared=COMPARABLE).drop(columns="position")


def shared_gains(warehouse: Warehouse, selection: Selection, against: Against) -> pd.DataFrame:
    """One row per criterion that both standards ask, in the order of the selected one, for the cities that answered it
    in both cycles: criterion_id, short_name, text, area_id, area, relation, other_criterion, n, gained, lost.
    """
    return ask(warehouse, selection, _GAINS, **bound(against))


def crosswalk(warehouse: Warehouse, selection: Selection, against: Against) -> pd.DataFrame:
    """One row per criterion of either standard, or pair of them, in the order of the selected one, then of the other.

    criterion_id, short_name (of the selected standard), other_criterion, other_name (of the other), relation ('not
    mapped' where the crosswalk says nothing), note, compared.
    """
    return ask(warehouse, selection, _CROSSWALK, **bound(against))
