"""The report card of one city: gathered once, set as PDF, slides and HTML."""
