create type status as enum ('met', 'partly_met', 'not_met', 'not_answered', 'not_applicable', 'blocked')
