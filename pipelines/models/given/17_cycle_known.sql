-- Every cycle met so far. `shown`: whether it is published whatever the sources of this build say.
create temp table cycle_known (cycle_no usmallint, cycle text, shown boolean)
