"""The whole database from all sources: what is published is a function of the files and the rules, nothing else."""

from collections.abc import Mapping

import duckdb

from lib.standard import Standard
from pipelines.certifying import certify
from pipelines.cities import list_cities, type_numbers
from pipelines.codebook import write_codebook
from pipelines.layouts.quoting import literal
from pipelines.mending import record_unused
from pipelines.progress import Say
from pipelines.sources import Manifest
from pipelines.statements import run_models
from pipelines.taking import readable, repairs_used, take_all
from pipelines.workshop import Notes, Places, Publication, Workshop, check, give_rules, items_of, settings, used_by


def rebuild(
    manifest: Manifest,
    standards: Mapping[str, Standard],
    publication: Publication,
    places: Places,
    say: Say,
    *,
    newly_certified: bool = False,
) -> Notes:
    """Build the database of a manifest; what to say about its sources, by their identity.

    `newly_certified`: the last list of certifications is new. Raises LayoutError, MappingError, RepairError,
    CertificationError or CheckError.
    """
    with duckdb.connect(config=settings(manifest.sources, places)) as connection:
        connection.execute("set enable_progress_bar = false")
        # Nobody reads it before it is complete, so it needs no journal.
        connection.execute(f"attach {literal(str(places.building))} as base (recovery_mode no_wal_writes)")
        connection.execute("use base")
        workshop = Workshop(connection, places.store, places.scratch)
        used = used_by(manifest, standards)
        give_rules(connection, manifest, used, publication)
        _list_cities(workshop, manifest)
        items = list(items_of(workshop, manifest, used))
        notes = take_all(connection, items, workshop.path, places.scratch, say)
        for rules in repairs_used(items, workshop.path):
            record_unused(connection, rules.aliases, rules.fixes)
        say("scoring", 0.55)
        run_models(connection, "cohort")
        type_numbers(connection)
        run_models(connection, "keeping")
        certify(workshop, manifest.certified, last_is_new=newly_certified)
        write_codebook(connection)
        say("checking", 0.85)
        check(connection)
        connection.execute("checkpoint")  # closing would do it too, but keeps quiet about a disk that is full
        connection.execute("use memory")
        connection.execute("detach base")
    return {manifest.sources[source_id - 1].identity: note for source_id, note in notes.items()}


def _list_cities(workshop: Workshop, manifest: Manifest) -> None:
    """Read every cities file once, in order of loading."""
    for stored in dict.fromkeys(source.cities for source in manifest.sources if source.cities):
        with readable(stored.file):
            list_cities(workshop.connection, workshop.store / stored.stored_name, stored.file, workshop.scratch)
    run_models(workshop.connection, "listed")
