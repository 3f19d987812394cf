-- One row per record of a cities file that names a city.
create temp table city_listed (file_no usmallint, row bigint, city_id text, name text)
