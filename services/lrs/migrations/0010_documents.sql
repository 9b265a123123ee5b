-- Documents of the three document resources, in one table because they differ only in what they belong to.
-- Content is kept here and not in the blob store: it has at most 4 MiB, is often changed and merged, and has to change together with its
-- ETag in one transaction. Anything larger is an attachment, and those are blobs.

create table document (
  id uuid primary key,
  tenant_id uuid not null,
  -- 1 state, 2 activity profile, 3 agent profile.
  resource smallint not null,
  -- SHA-256 of resource, activity and agent, which are longer than an index entry may be.
  scope bytea not null,
  -- Of state only. Absent is a scope of its own.
  registration uuid,
  -- SHA-256 of document_id.
  document_hash bytea not null,
  document_id text not null,
  activity_id text not null,
  agent_key text not null,
  content_type text not null,
  content bytea not null,
  -- SHA-1 of the content in quotes.
  etag text not null,
  updated_at timestamptz(3) not null
);
create unique index document_scope on document (tenant_id, scope, registration, document_hash) nulls not distinct;
create index document_of_agent on document (tenant_id, md5(agent_key)) where agent_key <> '';

alter table document enable row level security;
alter table document force row level security;
create policy tenant on document
  using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid or current_setting('app.system', true) = 'on');
