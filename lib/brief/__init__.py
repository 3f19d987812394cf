"""The cohort brief: the same answers as on the screen, set as PDF and as PowerPoint."""
