-- ASCII-folded, lower-case, hyphenated: São Aurélio -> sao-aurelio. A name without any Latin letter or digit
-- keeps its own letters. The letters replaced by hand are those without an accent to strip.
create temp macro slug(words) as (
    coalesce(
        nullif(trim(regexp_replace(
            replace(replace(replace(translate(lower(strip_accents(words)), 'øłđðıħ', 'olddih'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
            '[^a-z0-9]+', '-', 'g'
        ), '-'), ''),
        replace(fold(words), ' ', '-')
    )
)
