"""The sources in batches: a workbook per city is too small to be judged alone, and there may be a thousand of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path

import duckdb

from pipelines.cities import describe_cities
from pipelines.layouts import Clues, Examined, LayoutError, UnsureError, check, examine, table_of, tidy
from pipelines.layouts.opening import is_workbook
from pipelines.layouts.proposal import with_doubt
from pipelines.layouts.table import cause
from pipelines.layouts.tidy import Tidied, tidied, write_rows
from pipelines.mapping import ColumnMapping, load_mapping
from pipelines.mending import count_aliases, mend
from pipelines.nearby import near_cities
from pipelines.progress import Say
from pipelines.repairs import Alias, Fix, load_aliases, load_fixes
from pipelines.sources import Source, Stored
from pipelines.spreading import spread
from pipelines.staging import Place, Taken, receive, settled, stage
from pipelines.vocabulary import load_vocabulary

Keep = Callable[[Stored | None], Path | None]
FEW = 8  # columns told by name


@dataclass(frozen=True, slots=True)
class Item:
    """A source to be read: where it stands in the build, and where its file is."""

    source: Source
    place: Place
    path: Path

    @property
    def name(self) -> str:
        """The file's own name, for messages."""
        return self.source.file.file


@dataclass(frozen=True, slots=True)
class Rules:
    """What a mapping and the repairs say about the sources of a batch."""

    told: ColumnMapping
    aliases: tuple[Alias, ...]
    fixes: tuple[Fix, ...]
    aliases_file: str = ""

    @property
    def reading(self) -> ColumnMapping:
        """The mapping with the aliases of criteria and answers in it; what the mapping says itself comes first."""
        criteria, answers = self.spelt.criteria, self.spelt.answers
        return replace(self.told, criteria={**criteria, **self.told.criteria}, answers={**answers, **self.told.answers})

    @property
    def spelt(self) -> ColumnMapping:
        """The aliases of criteria and answers as a mapping of their own."""
        criteria = {alias.written: alias.meant for alias in self.aliases if alias.kind == "criterion"}
        answers = {alias.written: alias.meant for alias in self.aliases if alias.kind == "answer"}
        return ColumnMapping(self.aliases_file, criteria=criteria, answers=answers)


def rules_of(source: Source, stored: Keep) -> Rules:
    """Read the rules of a source. Raises MappingError or RepairError."""
    file = source.aliases.file if source.aliases else ""
    aliases = load_aliases(stored(source.aliases), file)
    fixes = load_fixes(stored(source.fixes), source.fixes.file if source.fixes else "")
    return Rules(load_mapping(stored(source.mapping)), aliases, fixes, file)


def take_all(
    connection: duckdb.DuckDBPyConnection, items: Sequence[Item], stored: Keep, scratch: Path, say: Say
) -> dict[int, str]:
    """Read, judge and take over every source; by source_id what to say about it, where there is something.

    Raises LayoutError, UnsureError, MappingError or RepairError.
    """
    notes: dict[int, str] = {}
    for _, run in groupby(items, _options):
        batch = list(run)
        rules = rules_of(batch[0].source, stored)
        check(rules.spelt, batch[0].place.standard)
        notes |= _take_run(Taking(connection, scratch, rules), batch, say, len(items))
    return notes


def _options(item: Item) -> tuple[object, ...]:
    """What sources must share to be judged together."""
    source, place = item.source, item.place
    same = (source.cycle, source.stage, source.cities is None, source.mapping, source.aliases, source.fixes)
    return (is_workbook(item.path, item.name), place.standard_no, *same)


@dataclass(frozen=True, slots=True)
class Taking:
    """What taking over takes: the database that is being built, a folder to work in, and the rules."""

    connection: duckdb.DuckDBPyConnection
    scratch: Path
    rules: Rules

    def together(self, items: Sequence[Item], say: Callable[[Item], None]) -> tuple[dict[int, str], list[Item]]:
        """Take over, as one batch, the workbooks whose rows are answers; the others are left."""
        copy = self.scratch / "together.csv"
        copy.unlink(missing_ok=True)
        taken, left = [], []
        for item, found in zip(items, _tidied(items, self.rules.reading), strict=True):
            say(item)
            if found is None:
                left.append(item)
                continue
            write_rows(copy, item.place.source_id, found.rows)
            table = table_of(Examined(found.name, found.plans, found.written, self.rules.reading, "", tidy=True))
            taken.append(Taken(item.source, item.place, table))
        if not taken:
            return {}, left
        receive(self.connection, tidy.answers(copy), taken[0], tidy=True)
        return self._judge(taken), left

    def alone(self, item: Item) -> dict[int, str]:
        """Take over one source; a file that the strict scan refuses is read again, repaired."""
        try:
            taken = self._scan(item, repair=False)
        except duckdb.InvalidInputException:
            taken = self._scan(item, repair=True)
        notes = self._judge([taken])
        if taken.table.cities:
            describe_cities(self.connection, taken.table.cities)
        return notes

    def _scan(self, item: Item, *, repair: bool) -> Taken:
        found = examine(
            item.path,
            item.name,
            item.place.standard,
            self.rules.reading,
            scratch=self.scratch,
            connection=self.connection,
            repair=repair,
            source_id=item.place.source_id,
        )
        taken = Taken(item.source, item.place, table_of(found))
        receive(self.connection, taken.table.answers, taken, tidy=found.tidy)
        return taken

    def _judge(self, taken: Sequence[Taken]) -> dict[int, str]:
        mend(self.connection, taken, self.rules.fixes)
        decided, doubts = settled(self.connection, taken)
        for doubt in doubts:
            first = decided[0]
            raise UnsureError(f"{first.source.file.file}: {doubt.why}", with_doubt(first.table.proposal, doubt))
        stage(self.connection, decided, self.rules.reading.criteria, self.rules.aliases)
        count_aliases(self.connection, self.rules.aliases)
        near = near_cities(self.connection)
        self.connection.execute("drop table incoming")
        return {one.place.source_id: note for one in decided if (note := _note(one, near))}


def _take_run(taking: Taking, items: Sequence[Item], say: Say, of: int) -> dict[int, str]:
    notes: dict[int, str] = {}
    left = list(items)

    def tell(item: Item) -> None:
        say(f"reading {item.name}", 0.05 + 0.5 * (item.place.source_id - 1) / of)

    if is_workbook(items[0].path, items[0].name):
        notes, left = taking.together(items, tell)
    for item in left:
        tell(item)
        with readable(item.name):
            notes |= taking.alone(item)
    return notes


def _tidied(items: Sequence[Item], told: ColumnMapping) -> Iterator[Tidied | None]:
    """What each workbook holds, in their order; by several processes where that is worth it."""
    check(told, items[0].place.standard)
    read = partial(_tidy_one, clues=Clues(items[0].place.standard, told, load_vocabulary()))
    yield from spread(read, [(item.path, item.name) for item in items])


def _tidy_one(file: tuple[Path, str], clues: Clues) -> Tidied | None:
    return tidied(*file, clues)


def _note(taken: Taken, near: Sequence[tuple[int, str]]) -> str:
    """Sentences about one source: columns that were not read, cities that nearly match."""
    file, unused = taken.source.file.file, taken.table.unused
    more = f" and {len(unused) - FEW:,} more" if len(unused) > FEW else ""
    told = [f"{file}: columns not read: {', '.join(unused[:FEW])}{more}"] if unused else []
    return "\n".join([*told, *(f"{file}: {words}" for source_id, words in near if source_id == taken.place.source_id)])


@contextmanager
def readable(file: str) -> Iterator[None]:
    """Turn what DuckDB says while it scans a file into one sentence that names the file."""
    try:
        yield
    except duckdb.Error as fault:
        raise LayoutError(f"{file}: cannot be read: {cause(fault)}") from fault


def repairs_used(items: Iterable[Item], stored: Keep) -> list[Rules]:
    """The rules of all sources, each once."""
    by_files = {(x.source.aliases, x.source.fixes): x.source for x in items}
    return [rules_of(source, stored) for source in by_files.values()]
