-- Messages of one page are queued together, and soon after each is claimed and concluded: with this
-- much room most of those changes stay in their page (HOT).
alter table outbound_messages set (fillfactor = 45);
