"""The cards of the pages: one question, its chart under its finding, its table twin and what it counts."""
