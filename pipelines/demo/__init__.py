"""A synthetic cohort that behaves like a real programme, written as the files that a survey tool would export."""

from pipelines.demo.cohort import DemoError
from pipelines.demo.export import DemoFiles, generate

__all__ = ["DemoError", "DemoFiles", "generate"]
