"""The card with the cohort brief: what is selected, as a printed report and as slides."""

from functools import partial

from lib.brief.contents import gather
from lib.brief.pdf import pdf_bytes
from lib.brief.slides import pptx_bytes
from lib.brief.typeset import PAPERS
from lib.ui.reading import Reading
from lib.ui.taking import Offer, take_away

_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def brief(reading: Reading, split: str = "") -> None:
    """Offer the brief of the selection. `split`: the id of the attribute to group by, where the page shows one."""
    papers = [
        Offer(f"Brief (PDF, {paper})", "pdf", "application/pdf", partial(_pdf, reading, split, paper))
        for paper in PAPERS
    ]
    levels = ", who is close to the next level" if reading.standard.levels else ""
    take_away(
        "Take it to the board",
        f"The findings with their figures, charts{levels} and definitions, as pages or as slides. {reading.sentence}.",
        [*papers, Offer("Brief (PowerPoint)", "pptx", _SLIDES, partial(_slides, reading, split))],
        key="brief",
        file_name="cohort brief",
    )


def _pdf(reading: Reading, split: str, paper: str) -> bytes:
    return pdf_bytes(gather(reading.warehouse, reading.selection, split), paper)


def _slides(reading: Reading, split: str) -> bytes:
    return pptx_bytes(gather(reading.warehouse, reading.selection, split))
