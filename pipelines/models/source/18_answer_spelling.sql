-- Filled by the loader: the vocabulary is asked once for each distinct word.
create or replace temp table answer_spelling (answer text, status status, credit double, reason reason)
