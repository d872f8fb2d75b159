-- A claim that was asked for before V11, and waited for its table, was made by the function of before:
-- its number is in no list of those that are open. All claims that are under way hold the engine's lock
-- together; once this has it alone they are over, and whatever comes next is by the new function.
select pg_advisory_xact_lock(2261830986931211195);

insert into claim_open (tenant, n)
select tenant, n from claim where state in ('CLAIMED', 'UNKNOWN')
on conflict do nothing;
