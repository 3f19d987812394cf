create type stage as enum ('self_reported', 'validated')
