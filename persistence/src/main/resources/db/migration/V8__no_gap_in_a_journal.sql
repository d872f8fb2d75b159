-- Appends rows to many journals, all or none. Each names the row that its own come after: where that
-- is not there, the journal has lost its end since it was read, and nothing may be written behind it.
--
-- Its plan is kept and made while the table may be empty: a scalar with a limit can only be looked up,
-- where `exists` may become a hash of the whole table.
create function append_to_journals(
  journals text[], numbers bigint[], afters bigint[], writers text[], timestamps bigint[],
  manifests text[], serializers integer[], types text[], payloads bytea[])
returns void
language plpgsql volatile
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  appended bigint;
begin
  insert into event_journal (
    persistence_id, sequence_number, writer, write_timestamp, adapter_manifest, event_ser_id,
    event_ser_manifest, event_payload)
  select r.journal, r.number, r.writer, r.timestamp, r.manifest, r.serializer, r.type, r.payload
  from unnest(
      journals, numbers, afters, writers, timestamps, manifests, serializers, types, payloads)
    as r (journal, number, after, writer, timestamp, manifest, serializer, type, payload)
  where r.after = 0 or (
    select true from event_journal p
    where p.persistence_id = r.journal and p.sequence_number = r.after
    limit 1);
  get diagnostics appended = row_count;
  if appended <> cardinality(journals) then
    raise exception 'the row before is not there' using errcode = 'BN001';
  end if;
end $$;
