-- Contacts are found by their id as well, and fields may come from a file.

create unique index crm_contact_id on crm_contact (tenant, id);

-- Who brought the file that a value comes from. Then `source` is 'import', `evidence` is the line
-- in the file, and role, campaign and conversation are empty.
alter table crm_field add column operator text check ((operator is null) = (source <> 'import'));

-- The current value of each field: the last one written.
create index crm_field_current on crm_field (tenant, subject, name, n desc);
