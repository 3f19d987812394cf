"""Files that a reader brings: looked at, proposed and published by the pipeline, in a process of its own."""
