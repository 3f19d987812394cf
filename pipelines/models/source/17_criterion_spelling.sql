-- Filled by the loader: the standard's rule for headers is asked once for each distinct text.
create or replace temp table criterion_spelling (criterion text, criterion_no usmallint, reason reason)
