-- One row per answer of one cycle, as a survey tool exports it: city by city, in the standard's order.
copy (
    select
        cities.city_id,
        cities.city,
        $cycle as cycle,
        if(line.validated, 'validated', 'self_reported') as stage,
        $criteria[line.criterion + 1] as criterion_id,
        $words[line.word + 1] as response,
        case line.proof
            when 1 then 'https://example.org/' || cities.city_id || '/' || $cycle || '/' || lower(criterion_id)
            when 2 then 'see council minutes'
            when 3 then 'annual report, page ' || (10 + line.minute % 80)
        end as evidence,
        strftime(make_timestamp($cycle::int, 1, 1, 0, 0, 0) + to_minutes(line.minute), '%Y-%m-%d %H:%M:%S') as updated_at
    from line
    join cities on cities.rowid = line.city
    order by line.position
) to $path (header)
