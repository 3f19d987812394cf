"""One city against the cohort. The city need not be in the cohort: it is compared with whoever is selected."""

import pandas as pd

from lib.queries.cohort import ask
from lib.queries.standards import read_standard
from lib.selection import Selection
from lib.warehouse import Warehouse

_SILENT = "not_answered"

_SUMMARY = """
with own as (
    select *
    from city_score
    where city_id = try_cast($city as city_id)
        and standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle = try_cast($cycle as cycle_label)
),
earlier as (
    select score
    from city_score
    where city_id = try_cast($city as city_id)
        and standard_id = try_cast($standard as standard_id)
        and stage = try_cast($stage as stage)
        and cycle = try_cast($versus as cycle_label)
)
select
    city.city_id,
    city.name,
    own.cycle,
    own.stage,
    assessment.participation,
    own.met,
    own.answered,
    own.asked,
    own.score,
    own.share,
    coalesce(own.level, $no_level) as level,
    coalesce(own.level_position, 0) as level_position,
    own.next_level,
    own.to_next,
    own.boundary_note,
    earlier.score as versus_score,
    own.score - earlier.score as score_change
from own
join city using (city_id)
join assessment using (standard_id, city_id, cycle, stage)
left join earlier on true
"""

_ATTRIBUTES = """
select attribute.attribute_id, attribute.name as attribute, city_attribute.value
from city_attribute
join attribute using (attribute_id)
where city_attribute.city_id = try_cast($city as city_id)
order by attribute.position
"""

# A row per answer in either cycle; of an assessment without any, one without a criterion.
_ANSWERS = """
select
    assessment.cycle = try_cast($cycle as cycle_label) as now,
    coalesce(assessment.cycle = try_cast($versus as cycle_label), false) as earlier,
    criterion_id,
    status,
    credit,
    evidence
from assessment
left join response using (standard_id, city_id, cycle, stage)
where assessment.city_id = try_cast($city as city_id)
    and assessment.standard_id = try_cast($standard as standard_id)
    and assessment.stage = try_cast($stage as stage)
    and assessment.cycle in (try_cast($cycle as cycle_label), try_cast($versus as cycle_label))
"""

_HISTORY = """
select
    cycle,
    stage,
    met,
    answered,
    asked,
    score,
    share,
    coalesce(level, $no_level) as level,
    coalesce(level_position, 0) as level_position,
    next_level,
    to_next
from city_score
where city_id = try_cast($city as city_id) and standard_id = try_cast($standard as standard_id)
order by cycle, stage
"""


def city_summary(warehouse: Warehouse, selection: Selection, city_id: str) -> pd.DataFrame:
    """The city's assessment in the selected cycle and stage, or no row: the columns of `cities`, cycle and stage."""
    return ask(warehouse, selection, _SUMMARY, city=city_id)


def city_attributes(warehouse: Warehouse, city_id: str) -> pd.DataFrame:
    """One row per category attribute that is known of the city: attribute_id, attribute, value."""
    return warehouse.fetch(_ATTRIBUTES, {"city": city_id})


def city_criteria(warehouse: Warehouse, selection: Selection, city_id: str) -> pd.DataFrame:
    """One row per criterion in the standard's order; none where the city has no assessment in this cycle and stage.

    criterion_id, short_name, text, area_id, area, status, credit, evidence, versus_status (null where the city was not
    assessed in the compared cycle).
    """
    return warehouse.computed(_criteria, selection, city_id)


def _criteria(warehouse: Warehouse, selection: Selection, city_id: str) -> pd.DataFrame:
    given, standard = ask(warehouse, selection, _ANSWERS, city=city_id), read_standard(warehouse, selection.standard)
    now, before = given[given["now"]], given[given["earlier"]]
    every = [(criterion, area) for area in standard.areas for criterion in area.criteria if len(now)]
    told = now.set_index("criterion_id").reindex([criterion.id for criterion, _ in every])
    then = before.set_index("criterion_id")["status"].reindex(told.index)
    return pd.DataFrame(
        {
            "criterion_id": told.index,
            "short_name": [criterion.short_name for criterion, _ in every],
            "text": [criterion.text for criterion, _ in every],
            "area_id": [area.id for _, area in every],
            "area": [area.name for _, area in every],
            "status": told["status"].fillna(_SILENT).array,
            "credit": told["credit"].array,
            "evidence": told["evidence"].array,
            "versus_status": (then.fillna(_SILENT) if len(before) else then).array,
        }
    )


def city_history(warehouse: Warehouse, selection: Selection, city_id: str) -> pd.DataFrame:
    """One row per assessment of the city under the standard, by cycle, the self-reported stage first.

    cycle, stage, met, answered, asked, score, share, level ('No level' below the first), level_position, next_level,
    to_next.
    """
    return ask(warehouse, selection, _HISTORY, city=city_id)
