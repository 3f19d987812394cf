-- What points at a city, or at a file.
select 'response' from response where evidence is not null or updated_at is not null or "row" is not null
union all
select 'assessment' from assessment where submitted_at is not null
union all
select 'source' from source where sha256 is not null or file <> 'source ' || source_id
union all
select 'attribute' from attribute where kind <> 'category'
union all
select 'city' from city where not starts_with(city_id::text, 'city-') or not starts_with(name, 'City ')
