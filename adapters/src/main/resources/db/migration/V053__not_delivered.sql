-- What was not delivered, found by its time. A column of its own like parked_time, so that the index is
-- left alone by every other change of state.
alter table outbound_messages add column failed_time timestamptz
  generated always as (case when state = 'FAILED' then updated_time end) stored;

create index outbound_messages_failed on outbound_messages (failed_time)
  where failed_time is not null;
