-- Rows of cities that are not the viewer's: only theirs have a name in the type, but a null would be somebody else's.
select 'city' from city where city_id is null
union all
select 'assessment' from assessment where city_id is null or city_id not in (select city_id from city)
union all
select 'response' from response where city_id is null or city_id not in (select city_id from city)
union all
select 'source' from source where file <> 'source ' || source_id or sha256 is not null
