"""Questions the app asks: one function per question, named for its answer, one module per family."""
