-- Whether a message is its learner's last open one is seen in outbound_due itself, so that its end
-- needs no look at other messages and no lock of the learner's cursor. Only who queues messages, and
-- who opens one again, locks that; sms_cursors.free_at is written when a message goes out late.
alter table outbound_due
  -- The last message of the learner that may be open; later than the first one, or the same.
  add column newest_version bigint,
  add column newest_index   integer,
  -- The gap after the learner's last message is over; null or long past where there is none.
  add column free_at        timestamptz;

update outbound_due d set (newest_version, newest_index) = (
  select m.version, m.message_index from outbound_messages m
  where m.phone = d.phone and m.version >= d.version
  order by m.version desc, m.message_index desc limit 1);

alter table outbound_due
  alter column newest_version set not null,
  alter column newest_index set not null;

-- To give pages back, vacuum would lock the queue out of its table for up to a tenth of a second.
alter table outbound_due set (vacuum_truncate = false);
