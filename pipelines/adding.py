"""New files into a copy of the published database: what they touch is built by the same models, the rest stays.

The models run in memory, on the answers of the touched cities (those that count so far and the new ones). Then the rows
of these cities take the place of those in the copy. Table by table, the result is that of building everything.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.certifying import certify
from pipelines.cities import type_numbers
from pipelines.difference import Difference, certifications, compared
from pipelines.layouts.quoting import literal
from pipelines.mending import record_unused
from pipelines.merging import merge, replace_whole
from pipelines.progress import Say
from pipelines.sources import Manifest, Source
from pipelines.statements import run_models
from pipelines.taking import repairs_used, take_all
from pipelines.workshop import (
    Notes,
    Places,
    Publication,
    Work,
    Workshop,
    check_part,
    check_whole,
    give_rules,
    items_of,
    settings,
    size_of,
    used_by,
)

# What was built at once is so many times larger than all that was added since, or everything is built again: rows that
# take the places of others leave gaps in the file, which so stay in proportion.
WORTH = 4
ONE_THREAD = 1_000_000  # bytes of new files; below that, sharing the work costs a third more than it is
# Whether more is known of the cities: by columns of the new files, or because a city counts from now on of which older
# files told something.
MORE_FACTS = """
    select 1 from city_fact
    union all
    select 1
    from base.workings.city_fact
    where file_no > 1000 and fold(city_id) in (select id_key from city_known where not shown)
    limit 1
"""
ALL_CITIES = "insert into city_fact from base.workings.city_fact"
ONLY_TOUCHED = "update city_known set shown = false"  # a type of few cities makes every statement faster


def why_rebuild(work: Work, store: Path) -> str:
    """In one word, why everything has to be built; blank where the new files can be added to what is published."""
    if work.before is None:
        return "first"
    before, sources = work.before, work.manifest.sources
    known, new = sources[: len(before.sources)], sources[len(before.sources) :]
    if before.synthetic != work.manifest.synthetic:
        return "afresh"
    if before.fingerprint != work.manifest.fingerprint:
        return "rules"
    if known != before.sources or not (new or work.newly_certified):
        return "order"
    if {source.cities for source in new} - {source.cities for source in known} - {None}:
        return "cities"
    whole, added = sources[: before.whole], sources[before.whole :]
    return "size" if WORTH * size_of(added, store) > size_of(whole, store) else ""


def add(work: Work, published: Path, publication: Publication, places: Places, say: Say) -> tuple[Notes, Difference]:
    """Build the database from the published one; what to say of the new sources, and what changes.

    Raises LayoutError, MappingError, RepairError, CertificationError or CheckError.
    """
    known = len(work.before.sources if work.before else ())
    new = work.manifest.sources[known:]
    with _copied(published, new, places) as connection:
        workshop = Workshop(connection, places.store, places.scratch)
        used = used_by(work.manifest, work.standards)
        give_rules(connection, work.manifest, used, publication)
        run_models(connection, "recalling")
        if not new:
            return {}, _certify_alone(workshop, work.manifest)
        items = list(items_of(workshop, work.manifest, used))[known:]
        notes = take_all(connection, items, workshop.path, places.scratch, say)
        for rules in repairs_used(items, workshop.path):
            record_unused(connection, rules.aliases, rules.fixes)
        say("scoring", 0.6)
        facts = _score(connection)
        difference = compared(connection)
        check_part(connection)
        say("adding", 0.8)
        merge(connection, facts=facts)
        connection.execute("use base")
        certify(workshop, work.manifest.certified, last_is_new=work.newly_certified)
        check_whole(connection)
    return {work.manifest.sources[source_id - 1].identity: note for source_id, note in notes.items()}, difference


@contextmanager
def _copied(published: Path, new: Sequence[Source], places: Places) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory with a copy of the published one attached as `base`, which is on the disk at the end."""
    shutil.copyfile(published, places.building)
    with duckdb.connect(config=settings(new, places)) as connection:
        connection.execute("set enable_progress_bar = false")
        if size_of(new, places.store) < ONE_THREAD:
            connection.execute("set threads = 1")
        # Nobody reads the copy before it is complete, so it needs no journal.
        connection.execute(f"attach {literal(str(places.building))} as base (recovery_mode no_wal_writes)")
        yield connection
        connection.execute("checkpoint base")
        connection.execute("use memory")
        connection.execute("detach base")


def _certify_alone(workshop: Workshop, manifest: Manifest) -> Difference:
    """Give the published database another list of certifications; every answer stays as it is."""
    connection = workshop.connection
    run_models(connection, "cohort", "51_publication")
    replace_whole(connection, "publication")
    connection.execute("create table old.certification as from base.certification")
    connection.execute("use base")
    certify(workshop, manifest.certified, last_is_new=True)
    connection.execute("use memory")
    connection.execute("create schema new")
    connection.execute("create view new.certification as from base.certification")
    return certifications(connection)


def _score(connection: duckdb.DuckDBPyConnection) -> bool:
    """Run the models on what the new files touch; whether the attributes of all cities are among that."""
    run_models(connection, "touching")
    facts = bool(connection.execute(MORE_FACTS).fetchall())
    connection.execute(ALL_CITIES if facts else ONLY_TOUCHED)
    run_models(connection, "cohort")
    type_numbers(connection)
    run_models(connection, "comparing")
    return facts
