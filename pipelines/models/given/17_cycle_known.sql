create temp table cycle_known (cycle_no usmallint, cycle text)
