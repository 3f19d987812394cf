"""Tables as files: the rows of the screen's selection with their codebook and receipt, the same bytes each time."""
