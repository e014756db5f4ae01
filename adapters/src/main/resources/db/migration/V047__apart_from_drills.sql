-- Words of a person are messages of a kind of their own. What a drill's start answers stands in its
-- event, and need not be guessed from when the learner asked; whether a learner who opts out had
-- done so before, and is told nothing again, is known of each from the learner's next batch on.
alter table outbound_messages drop constraint outbound_messages_kind_check;
alter table outbound_messages add constraint outbound_messages_kind_check
  check (kind in ('REPLY', 'START', 'REMINDER', 'NOTE')) not valid;
alter table sms_cursors drop column requested_time;
alter table sms_cursors add column opted_out boolean not null default false;
