-- Attachments that arrive before the statement that names them, and the end of those that none ever names.

alter table attachment
  -- Ids of the callers that uploaded it: who reads only his own may read it.
  add column brought_by text[] not null default '{}',
  -- A statement names it. What none names goes after a day.
  add column used boolean not null default true;
create index attachment_unused on attachment (created_at) where not used;
create index attachment_blob on attachment (tenant_id, blob_hash);

-- Blobs whose attachment was removed. They stay for an hour, in which somebody who has just written the same bytes can name them.
create table attachment_garbage (
  tenant_id uuid not null,
  blob_hash text not null,
  since timestamptz not null,
  primary key (tenant_id, blob_hash)
);

alter table attachment_garbage enable row level security;
alter table attachment_garbage force row level security;
create policy tenant on attachment_garbage
  using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid or current_setting('app.system', true) = 'on');

create function use_attachments() returns trigger
language plpgsql security invoker
as $$
begin
  update attachment set used = true
  where tenant_id = new.tenant_id and sha2 = any(new.attachments) and not used;
  return null;
end
$$;
create trigger statement_uses_attachments after insert on statement
  for each row when (new.attachments <> '{}') execute function use_attachments();
