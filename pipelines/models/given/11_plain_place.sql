-- A place without what officials put before it: "City of Alder Falls", "Município de São Aurélio".
create temp macro plain_place(words) as (
    regexp_replace(
        fold(words),
        '^(the )?(city|town|village|municipality|county|ciudad|municipio|cidade|prefeitura|alcaldia|ayuntamiento)( municipal)? (of|de|do|da|del) (la )?',
        ''
    )
)
