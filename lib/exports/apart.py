"""Where two tables of texts differ: their columns, rows and cells; each in a sentence with the first of them."""

from collections.abc import Iterator

import pandas as pd

from lib.words import counted

_KEYS = ("city_id", "criterion_id", "area_id", "family_id", "group_name")
_NAMED = 3


def between(given: pd.DataFrame, expected: pd.DataFrame) -> Iterator[str]:
    """What a file (`given`) has otherwise than the database; nothing where they are alike."""
    for names, told in (
        (expected.columns.difference(given.columns), "The file lacks {}: {}."),
        (given.columns.difference(expected.columns), "The file has {} that the database does not: {}."),
    ):
        if len(names):
            yield told.format(counted(len(names), "column"), ", ".join(names[:_NAMED]))
    shared = [name for name in expected.columns if name in given.columns]
    keys = [name for name in _KEYS if name in shared]
    if len(given) != len(expected):
        yield f"The file has {counted(len(given), 'row')}, the database {counted(len(expected), 'row')}."
    by_key = bool(keys) and not given.duplicated(keys).any() and not expected.duplicated(keys).any()
    if by_key:
        given, expected = given.set_index(keys), expected.set_index(keys)
        yield from _rows_apart(given.index, expected.index)
        both = expected.index.intersection(given.index, sort=False)
        given, expected = given.loc[both], expected.loc[both]
    elif len(given) != len(expected):
        return
    for name in shared:
        if name in expected.columns:
            yield from _cells_apart(name, given[name], expected[name])


def _rows_apart(given: pd.Index, expected: pd.Index) -> Iterator[str]:
    for rows, told in (
        (given.difference(expected), "{} of the file {} not in the database: {}."),
        (expected.difference(given), "{} of the database {} not in the file: {}."),
    ):
        if len(rows):
            named = "; ".join(_place(key) for key in rows[:_NAMED])
            yield told.format(counted(len(rows), "row"), "is" if len(rows) == 1 else "are", named)


def _cells_apart(name: str, given: pd.Series, expected: pd.Series) -> Iterator[str]:
    apart = given.to_numpy() != expected.to_numpy()
    if apart.any():
        first = int(apart.argmax())
        place = _place(expected.index[first]) if expected.index.names != [None] else f"row {first + 2}"
        was, is_ = (f"{rows.iloc[first]!r}" if rows.iloc[first] else "nothing" for rows in (given, expected))
        many = f"{counted(int(apart.sum()), 'cell')} {'differs' if apart.sum() == 1 else 'differ'}"
        yield f"{name}: {many}, first {place}: {was} in the file, {is_} in the database."


def _place(key: object) -> str:
    return ", ".join(key) if isinstance(key, tuple) else str(key)
