"""Names that a reader can tell apart: different cities may have the same one."""

import pandas as pd


def apart(names: pd.Series) -> list[str]:
    """Names as they are, but one that repeats has its id with it. The index holds the ids."""
    twice = names.duplicated(keep=False)
    return [f"{name} ({id_})" if again else name for (id_, name), again in zip(names.items(), twice, strict=True)]


def distinct(cities: pd.DataFrame) -> dict[str, str]:
    """City id → name to choose it by, in the order of `cities` (city_id, name)."""
    names = cities.set_index("city_id")["name"]
    return dict(zip(names.index, apart(names), strict=True))
