-- A release that tells nothing yet. Words are texts, because each published database has types of its own. Millions of
-- answers are few different ones, so each is a number for what is said to what: that is written in a third of the time.
create table if not exists released.publication (number integer, as_of timestamp, engine text);
create table if not exists released.member (standard_id text, cycle text, city_id text, block_id integer);
create table if not exists released.shown (standard_id text, cycle text, city_id text, attribute_id text, value text);
create table if not exists released.assessment (
    number integer, standard_id text, cycle text, stage text, city_id text, block_id integer, mask ubigint
);
create table if not exists released.saying (code uinteger, criterion_id text, status text, credit double);
create table if not exists released.answer (number integer, code uinteger);
create view if not exists released.response as
select number, criterion_id, status, credit
from released.answer
join released.saying using (code);
create table if not exists released.area_score (number integer, area_id text, score usmallint, most usmallint);
create table if not exists released.city_score (number integer, score double)
