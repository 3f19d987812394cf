-- The tables of cities, without a row.
create type city_id as enum ('');
create type attribute_value as enum ('');
create table city as select ''::city_id as city_id, ''::text as name limit 0;
create table attribute as from published.attribute limit 0;
create table city_attribute as
select * replace (''::city_id as city_id, ''::attribute_value as value) from published.city_attribute limit 0;
create table assessment as select * replace (''::city_id as city_id) from published.assessment limit 0;
create table response as select * replace (''::city_id as city_id) from published.response limit 0;
create table area_score as select * replace (''::city_id as city_id) from published.area_score limit 0;
create table family_score as select * replace (''::city_id as city_id) from published.family_score limit 0;
create table city_score as select * replace (''::city_id as city_id) from published.city_score limit 0;
create table source as from published.source limit 0
