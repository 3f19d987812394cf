"""Cards of the page Intake: coverage, and what new files are and would change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from lib.intake import desk
from lib.queries import coverage as answers
from lib.queries import shown
from lib.standard import load_standards
from lib.twins import intake as twins
from lib.twins.set_aside import places_table
from lib.ui import uploading
from lib.ui.card import Behind, table_card
from lib.ui.database import published
from lib.ui.figures import KeyFigure, key_figures
from lib.ui.reading import Reading
from lib.ui.uploading import Brought
from lib.words import counted

KINDS_SHOWN = 3


def coverage_card(reading: Reading, limit: int, offset: int) -> None:
    """One page of the cities, the least answered first; the file has them all."""
    asked = (reading.warehouse, reading.selection)
    standard = reading.standard
    table_card(
        twins.coverage_table(answers.coverage(*asked, limit, offset), standard),
        title=twins.coverage_title(answers.unanswered(*asked), standard),
        caption=f"{reading.sentence}. Answered = criteria with an answer, of those asked. The file holds all pages.",
        behind=Behind(
            f"One row per {standard.noun}, the least answered first", partial(shown.behind, answers.coverage, *asked)
        ),
        key="coverage",
        file_name="coverage",
        whole=lambda: twins.coverage_table(answers.coverage(*asked), standard),
    )


def silent_card(reading: Reading) -> None:
    """Who was there in the compared cycle and has no answer in this one; nothing where nothing is compared."""
    versus, cycle = reading.selection.versus, reading.selection.cycle
    if versus is None:
        return
    silent = answers.silent(reading.warehouse, reading.selection)
    sentence = twins.silent_sentence(silent, reading.standard, versus, cycle)
    if silent.empty:
        uploading.remarks([sentence])
        return
    table_card(
        twins.silent_table(silent, reading.standard, versus),
        title=sentence,
        caption=f"{reading.standard.noun_plural.capitalize()} with answers of this stage in {versus}, by name.",
        behind=Behind(
            f"One row per {reading.standard.noun} with answers in {versus} and none in {cycle}",
            partial(shown.behind, answers.silent, reading.warehouse, reading.selection),
        ),
        key="silent",
        file_name="no answer yet",
    )


def upload_area(reading: Reading) -> None:
    """Files → what they are → what they would change → published, if the reader says so."""
    if reading.publication.synthetic:
        uploading.remarks(["The data shown now are invented. Real answers start afresh: the invented ones go."])
    brought = uploading.bring(load_standards(), reading.standard.id)
    if brought is None:
        return
    settled = _inspected(brought, reading)
    if settled is None:
        return
    brought = settled
    question = brought.key()
    if uploading.wanted("Show what publishing would change", question):
        work = partial(desk.propose, brought.uploads, brought.told, published())
        if told := uploading.work_out("propose", question, work, "Building the database", again=True):
            _proposed(told, reading)


def _inspected(brought: Brought, reading: Reading) -> Brought | None:
    """What the files are. Where a person has to decide, the mapping that they agree to is told to the loader.

    None as long as they cannot be loaded.
    """
    work = partial(desk.inspect, brought.uploads, brought.told, published())
    found = uploading.work_out("inspect", brought.key(), work, _looking(brought))
    if not found:
        return None
    if found["refused"]:
        uploading.refuse(twins.refused_sentence(found["refused"], len(brought.uploads)))
        return None
    kinds = found["kinds"]
    if len(brought.uploads) > 1:
        _kinds_card(kinds, reading)
    for place, kind in enumerate(kinds[:KINDS_SHOWN]):
        _kind(kind, place, reading)
    doubtful = [kind for kind in kinds if kind.get("doubts")]
    if not doubtful or brought.told.mapping:
        return brought
    if len(kinds) > 1:
        uploading.warn(twins.alone_sentence(doubtful[0]))
        return None
    return _settled(brought, kinds[0])


def _looking(brought: Brought) -> str:
    one = brought.uploads[0].shown if len(brought.uploads) == 1 else counted(len(brought.uploads), "file")
    return f"Looking at {one}"


def _kinds_card(kinds: Sequence[Mapping[str, Any]], reading: Reading) -> None:
    table_card(
        twins.kinds_table(kinds, reading.standard),
        title=twins.kinds_title(kinds),
        caption="Files are alike where their headers, their columns and the way they are written are the same.",
        key="kinds",
        file_name="kinds of files",
        selected=False,
    )


def _kind(found: Mapping[str, Any], place: int, reading: Reading) -> None:
    """What files of one kind are: every column, and the first answers as they would be loaded."""
    if "columns" not in found:
        return
    if found["corrects"]:
        uploading.remarks([f"{found['files'][0]} corrects {found['corrects']}: it takes the place of that file."])
    if found["preview"]:
        table_card(
            twins.preview_table(found, reading.standard),
            title=twins.preview_title(found),
            caption=twins.inspection_caption(found, reading.standard),
            key=f"preview-{place}",
            file_name="first answers",
            selected=False,
        )
    table_card(
        twins.columns_table(found),
        title=twins.inspection_title(found, reading.standard),
        caption="Every column of the file, what it was taken for, and why.",
        key=f"columns-{place}",
        file_name="columns",
        selected=False,
    )
    for note in found["notes"]:
        if not any(doubt in note for doubt in found["doubts"]):
            uploading.warn(f"{note[:1].upper()}{note[1:]}.")


def _settled(brought: Brought, found: Mapping[str, Any]) -> Brought | None:
    uploading.warn(f"Before this can be loaded, somebody has to decide: {'; '.join(found['doubts'])}.")
    mapping = uploading.mapping_by_hand(found["proposal"], "|".join(brought.key()))
    return replace(brought, told=replace(brought.told, mapping=mapping)) if mapping else None


def _proposed(told: Mapping[str, Any], reading: Reading) -> None:
    """The difference, the rejected cells, and the decision."""
    _difference(told, reading)
    if told["rejected"]:
        shown, total = len(told["rejected"]), told["rejected_count"]
        table_card(
            places_table(pd.DataFrame(told["rejected"]), reading.standard),
            title="What would be set aside",
            caption=f"The first {shown:,} of {total:,}." if shown < total else "All of them.",
            key="proposed-rejected",
            file_name="would be rejected",
            selected=False,
        )
    uploading.remarks([note for note in told["notes"] if not note.endswith(desk.CORRECT_IT)])
    for note in told["notes"]:
        if note.endswith(desk.CORRECT_IT):
            uploading.warn(f"{note}.")
    if not told["changed"]:
        return
    if told["starts_afresh"]:
        uploading.warn(
            f"Publishing starts afresh: the demonstration data with their "
            f"{len(reading.choices.cycles(reading.standard.id))} cycles go, and only these files are shown."
        )
    label = "Publish, and end the demonstration" if told["starts_afresh"] else "Publish"
    uploading.decide(told["proposal"], published(), label)


def _difference(told: Mapping[str, Any], reading: Reading) -> None:
    table_card(
        twins.files_table(told),
        title=twins.difference_title(told),
        caption="Answers = accepted + superseded + rejected, in each file.",
        key="proposed",
        file_name="proposed",
        selected=False,
    )
    if difference := told["difference"]:
        key_figures([KeyFigure(*figure) for figure in twins.difference_figures(told, reading.standard)])
        if difference["levels"]:
            levels, total = difference["levels"], difference["levels_count"]
            table_card(
                twins.levels_table(levels, reading.standard.noun),
                title="Levels that would change",
                caption=f"The first {len(levels):,} of {total:,}." if len(levels) < total else "All of them.",
                key="proposed-levels",
                file_name="levels that would change",
                selected=False,
            )
