-- The erasures, as nodes note them outside the database. A subject that was erased has a destroyed key
-- for its digests, whatever other keys it had: the list follows from the keys and cannot differ from them.

alter table subject_key add column destroyed_in xid8;

update subject_key set destroyed_in = pg_current_xact_id() where destroyed_at is not null;

create index subject_key_erased on subject_key (destroyed_in)
where purpose = 'digest' and destroyed_at is not null;

create view erasure as
select tenant, subject, destroyed_at as at, destroyed_in as tx from subject_key
where purpose = 'digest' and destroyed_at is not null;
