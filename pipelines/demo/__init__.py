"""A synthetic cohort that behaves like a real programme, in the files that a survey tool would export.

Module by module: cohort (who takes part), answers (what they answer), lines (the lines of the files), certificates
(what was announced), export (the files), publication (the database).
"""

from pipelines.demo.cohort import DemoError
from pipelines.demo.export import DemoFiles, generate
from pipelines.demo.publication import build

__all__ = ["DemoError", "DemoFiles", "build", "generate"]
