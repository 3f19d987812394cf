-- One row per attribute cell of a cities file or a source: what a city has in it. The highest file_no wins.
create temp table city_fact (file_no usmallint, row bigint, city_id text, label text, value text)
