insert into rejected
select
    source_id,
    file,
    row,
    case reason
        when 'blank city' then city_header
        when 'unknown city' then city_header
        when 'blank cycle' then cycle_header
        when 'unknown stage' then stage_header
        when 'unknown criterion' then coalesce(criterion_header, "column")
        when 'unknown response' then coalesce("column", answer_header)
        when 'invalid date' then date_header
    end,
    case reason
        when 'blank city' then ''
        when 'unknown city' then coalesce(nullif(trim(judged.city_id), ''), judged.city)
        when 'blank cycle' then coalesce(judged.cycle, '')
        when 'unknown stage' then judged.stage
        when 'unknown criterion' then judged.criterion
        when 'unknown response' then judged.answer
        when 'invalid date' then judged.updated_at
    end,
    reason,
    case reason
        when 'blank city' then 'the name or id of a city'
        when 'unknown city' then 'exactly one city of the cities file'
        when 'blank cycle' then 'a cycle, here or with --cycle'
        when 'unknown stage' then 'self_reported or validated'
        when 'unknown criterion' then 'a criterion of ' || standard_id
        when 'unknown response' then 'an answer word of the vocabulary, such as ' || answer_words
        when 'invalid date' then 'a date, such as 2020-05-31'
    end
from judged
cross join current_source
where reason is not null
