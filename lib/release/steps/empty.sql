-- A release that tells nothing yet. Words are texts, because each published database has types of its own.
create table released.publication (number integer, as_of timestamp, engine text);
create table released.member (standard_id text, cycle text, city_id text, block_id integer);
create table released.shown (standard_id text, cycle text, city_id text, attribute_id text, value text);
create table released.assessment (
    number integer, standard_id text, cycle text, stage text, city_id text, block_id integer, mask ubigint
);
create table released.response (number integer, criterion_id text, status text, credit double);
create table released.area_score (number integer, area_id text, score double, most double);
create table released.city_score (number integer, score double)
