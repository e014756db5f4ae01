-- No plan depends on the contents of these, and samples of them, which hold what learners wrote, do
-- not belong in the planner's statistics. Without them autovacuum's analyze is cheap, too.
alter table commands alter column payload set statistics 0;
alter table dialog_states alter column state set statistics 0;
alter table event_batches alter column payload set statistics 0;
alter table drill_versions alter column content set statistics 0;
alter table registration_codes alter column verdict set statistics 0;
alter table dead_letters alter column payload set statistics 0;
alter table deferred_commands alter column payload set statistics 0;
alter table users alter column profile set statistics 0;
alter table outbound_messages alter column body set statistics 0;
alter table outbound_messages alter column media_url set statistics 0;
alter table inbound_messages alter column body set statistics 0;
alter table inbound_messages alter column media set statistics 0;
