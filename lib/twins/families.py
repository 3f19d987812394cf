"""Criteria under the families that they belong to, instead of under their practice areas."""

import pandas as pd

from lib.standard import Family, Standard

NO_FAMILY = "In no family"


def by_family(data: pd.DataFrame, standard: Standard) -> pd.DataFrame:
    """The rows of criteria again for each family they are in, area_id and area telling it; those in none come last.

    `data`: criterion_id, short_name, area_id, area and whatever else. Where a criterion serves another area than its
    own, its name begins with that: "for PA: …".
    """
    named = {id_ for family in standard.families for id_ in family.criteria}
    left = data[~data["criterion_id"].isin(named)].assign(area_id="", area=NO_FAMILY)
    return pd.concat([*(_members(data, family) for family in standard.families), left], ignore_index=True)


def _members(data: pd.DataFrame, family: Family) -> pd.DataFrame:
    own, serves = data[data["criterion_id"].isin(family.criteria)], dict(family.serves)
    names = [
        f"for {serves[id_]}: {name}" if id_ in serves else name
        for id_, name in zip(own["criterion_id"], own["short_name"], strict=True)
    ]
    return own.assign(area_id=family.id, area=family.name, short_name=names)
