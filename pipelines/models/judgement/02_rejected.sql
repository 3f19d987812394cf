-- The answers set aside, with what stands in the file.
insert into rejected
select
    answer.source_id,
    file,
    answer.row,
    case reason
        when 'blank city' then coalesce(city_header, "column")
        when 'unknown city' then coalesce(city_header, "column")
        when 'blank cycle' then cycle_header
        when 'unknown stage' then stage_header
        when 'unknown criterion' then coalesce(criterion_header, "column")
        when 'unknown response' then coalesce("column", answer_header)
        when 'invalid date' then date_header
    end,
    case reason
        when 'blank city' then ''
        when 'unknown city' then coalesce(nullif(trim(record.city_id), ''), record.city || coalesce(', ' || nullif(trim(record.state), ''), ''))
        when 'blank cycle' then coalesce(record.cycle, '')
        when 'unknown stage' then record.stage
        when 'unknown criterion' then coalesce(record.criterion, '')
        when 'unknown response' then record.answer
        when 'invalid date' then record.updated_at
    end,
    reason,
    case reason
        when 'blank city' then 'the name or id of the ' || noun
        when 'unknown city' then 'exactly one ' || noun || ' of the list, spelt as there'
        when 'blank cycle' then 'a cycle, such as 2025, here or told once for the file'
        when 'unknown stage' then 'self_reported or validated'
        when 'unknown criterion' then 'a criterion of ' || standard_id
        when 'unknown response' then 'an answer in words that are known, such as yes or no'
        when 'invalid date' then 'a date, such as 2020-05-31'
    end
from answer
join loaded using (source_id)
join given_standard using (standard_id)
join record using (place)
semi join batch_source on batch_source.source_id = answer.source_id
where reason is not null
