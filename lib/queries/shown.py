"""The app's questions as a reader can run them: one statement of its own, with the selection written into it.

A question that feeds a page is run while somebody listens, so that what the reader is shown is what the page asked.
"""

import re
from collections.abc import Callable, Collection
from typing import Any

from lib.overheard import listening
from lib.queries.cohort import question
from lib.queries.literal import literal, with_values
from lib.selection import Selection
from lib.warehouse import Value, Values, Warehouse

# Values of the selection are known to the database: where they are written out, a cast that may fail says nothing.
_CAST = re.compile(r"try_cast\((\$\w+) as (?:standard_id|stage|cycle_label|city_id|criterion_id)\)")

_ONLY = "select *\nfrom (\n{sql}\n) as rows\nwhere {column}::text in ({values})"


def written(sql: str, values: Values) -> str:
    """The statement with its values written into it, as one would write it by hand."""
    return with_values(_CAST.sub(r"\1", sql).strip(), values)


def asked(warehouse: Warehouse, selection: Selection, sql: str, **values: Value) -> str:
    """A question about the selected cities, written out: what `ask` would run."""
    return written(*question(selection, sql, {"minimum": warehouse.minimum_n} | values))


def behind(answer: Callable[..., Any], *about: Any, **named: Any) -> str:  # noqa: ANN401  (whatever the question takes)
    """The statement behind a question that asks one: the first, where it looks something up besides."""
    return every(answer, *about, **named)[0]


def together(answer: Callable[..., Any], *about: Any, **named: Any) -> str:  # noqa: ANN401
    """All statements behind a question as one, their rows below one another."""
    return below(*dict.fromkeys(every(answer, *about, **named)))


def every(answer: Callable[..., Any], *about: Any, **named: Any) -> list[str]:  # noqa: ANN401
    """Each statement behind a question, in the order in which they are asked."""
    with listening() as heard:
        answer(*about, **named)
    return [written(sql, values) for sql, values in heard]


def below(*parts: str) -> str:
    """The rows of several statements below one another, by the names of their columns."""
    return "\nunion all by name\n".join(f"(\n{part}\n)" for part in parts) if len(parts) > 1 else parts[0]


def only(sql: str, column: str, values: Collection[str]) -> str:
    """The rows of a statement with one of these values in a column, in their order."""
    return _ONLY.format(sql=sql, column=column, values=listed(values))


def listed(values: Collection[str]) -> str:
    """Texts as a list of SQL's; one that nothing equals, where there are none."""
    return ", ".join(literal(value) for value in values) or "null"
