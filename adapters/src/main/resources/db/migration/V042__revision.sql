-- Counts what changes a learner's tree other than the batches of this number: a second number, or a
-- rebuilt tree. So who remembers a tree sees from this row alone whether it is still the stored one.
alter table phone_numbers add column revision bigint not null default 0;
