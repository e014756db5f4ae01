-- The number of ours that a learner wrote to: an organisation may have several.
alter table inbound_messages add column our_number text collate "C";
