"""Names that a reader can tell apart: different cities may have the same one."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd


def apart(names: pd.Series) -> list[str]:
    """Names as they are, but one that repeats has its id with it. The index holds the ids."""
    return _apart(names.index.tolist(), names.tolist())


def distinct(cities: pd.DataFrame) -> dict[str, str]:
    """City id → name to choose it by, in the order of `cities` (city_id, name)."""
    ids = cities["city_id"].tolist()
    return dict(zip(ids, _apart(ids, cities["name"].tolist()), strict=True))


def _apart(ids: Sequence[str], names: Sequence[str]) -> list[str]:
    """By plain lists: every page about one city asks it of ten thousand, and columns take ten times as long."""
    times = Counter(names)
    return [f"{name} ({id_})" if times[name] > 1 else name for id_, name in zip(ids, names, strict=True)]
