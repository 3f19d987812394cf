"""The SQL of a plan: one row per answer, and one row per record with the attributes of its city."""

# ruff: noqa: S608 — every name and text in this SQL goes through quoting

from collections.abc import Iterable, Sequence

from pipelines.layouts.columns import Plan
from pipelines.layouts.quoting import identifier, literal
from pipelines.layouts.received import Scan

MEANINGS = ("city_id", "city", "state", "cycle", "stage", "updated_at")


def long_answers(plan: Plan, scan: Scan) -> str:
    """One row per record; numbered only where the file is (else its order tells the number)."""
    cells = [f"{_told(plan, name)} as {identifier(name)}" for name in MEANINGS]
    cells += [f"{_criterion(plan)} as criterion"]
    cells += [f"{_cell(plan.columns.get(name))} as {identifier(name)}" for name in ("answer", "evidence")]
    if scan.numbered:
        cells += ['"row"', f'{literal(plan.header.labels[plan.columns["answer"]])} as "column"']
    return f"select {', '.join(cells)} from {scan.relation(plan.header.records)}"


def wide_answers(plan: Plan, scan: Scan) -> str:
    """One row per criterion cell of each record, in one scan: the answer cells are unnested with their evidence."""
    cells = ", ".join(
        f"{{'criterion': {literal(question.criterion)}, 'column': {literal(plan.header.labels[question.column])}, "
        f"'answer': {_cell(question.column)}, 'evidence': {_cell(question.evidence)}}}"
        for question in plan.questions
    )
    same = [f"{_told(plan, name)} as {identifier(name)}" for name in MEANINGS]
    cell = [f"cell.{identifier(name)} as {identifier(name)}" for name in ("criterion", "answer", "evidence", "column")]
    return (
        f'select {", ".join([identifier(name) for name in MEANINGS] + cell)}, "row" from '
        f'(select {", ".join(same)}, "row", unnest([{cells}]) as cell from {_numbered(plan, scan)})'
    )


def cities(plan: Plan, scan: Scan) -> str | None:
    """One row per record: city_id, city, state and a column per attribute; None if the mapping names no attribute."""
    if not plan.attributes:
        return None
    same = [f"{_told(plan, name)} as {identifier(name)}" for name in ("city_id", "city", "state")]
    own = [f"{_cell(column)} as {identifier(name)}" for name, column in plan.attributes.items()]
    return f"select {', '.join(same + own)} from {scan.relation(plan.header.records)}"


def headed(names: Sequence[str], scan: Scan, records: int) -> str:
    """A plain table under its own column names."""
    cells = ", ".join(f"{_cell(number)} as {identifier(name)}" for number, name in enumerate(names))
    return f"select {cells} from {scan.relation(records)}"


def share_of_words(columns: Iterable[int], words: Iterable[str], scan: Scan, records: int) -> str:
    """One row: per column the share of its filled cells that hold one of the words (folded), null if none is filled."""
    known = f"({', '.join(map(literal, words))})"
    folded = "regexp_replace(trim(strip_accents(lower({}))), '\\s+', ' ', 'g')"
    shares = (f"avg(({folded.format(_cell(column))} in {known})::int)" for column in columns)
    return f"select {', '.join(shares)} from {scan.relation(records)}"


def _cell(column: int | None) -> str:
    return "null::varchar" if column is None else f"c{column}"


def _told(plan: Plan, meaning: str) -> str:
    """The cell of a column, or what is told once above the table."""
    fact = plan.facts.get(meaning)
    return literal(fact.value) if fact else _cell(plan.columns.get(meaning))


def _criterion(plan: Plan) -> str:
    """The code; where that is blank or has no column, the text."""
    code, text = plan.columns.get("criterion"), plan.columns.get("criterion_text")
    if code is None or text is None:
        return _cell(text if code is None else code)
    return f"coalesce(nullif(trim({_cell(code)}), ''), {_cell(text)})"


def _numbered(plan: Plan, scan: Scan) -> str:
    """A window without an order is streamed: it numbers the records as they stand in the file."""
    relation = scan.relation(plan.header.records)
    if scan.numbered:
        return relation
    return f'(select row_number() over () + {plan.header.records} as "row", * from {relation})'
