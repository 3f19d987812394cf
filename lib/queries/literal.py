"""A question of the app as a reader can run it: each bound value written into the statement as a literal."""

import re

from lib.warehouse import Value, Values


def with_values(sql: str, values: Values) -> str:
    """The statement with `$name` replaced by its value. A value is looked at once: what it contains stays as it is."""
    return re.sub(r"\$(\w+)", lambda found: literal(values[found[1]]), sql)


def literal(value: Value) -> str:
    """A value as DuckDB writes it. Text cannot end its own quotes: those within are doubled, nothing escapes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        doubled = value.replace("\0", "").replace("'", "''")
        return f"'{doubled}'"
    return f"[{', '.join(literal(item) for item in value)}]" + ("" if value else "::text[]")
