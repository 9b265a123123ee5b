create table upload (
  id uuid primary key,
  tenant_id uuid not null,
  request_id uuid not null,
  request_hash text not null,
  filename text not null,
  size_bytes bigint not null,
  received_bytes bigint not null default 0,
  complete boolean not null default false,
  -- Stream that writes at the moment; a newer one takes it over and the older one learns of it when it acknowledges.
  writer uuid,
  create_time timestamptz not null,
  expire_time timestamptz not null,
  unique (tenant_id, request_id)
);

create table import (
  id uuid primary key,
  tenant_id uuid not null,
  request_id uuid not null,
  request_hash text not null,
  state text not null check (state in ('queued', 'fetching', 'reading', 'publishing', 'complete', 'failed', 'canceled')),
  source text not null,
  upload_id uuid,
  fetch_url text,
  course_id uuid,
  external_id text not null,
  may_add_version boolean not null,
  title text not null,
  tags jsonb not null,
  note text not null,
  callback_url text not null,
  bytes_done bigint not null default 0,
  bytes_total bigint not null default 0,
  files_done integer not null default 0,
  files_total integer not null default 0,
  -- JSON as the reader made it; text, because jsonb refuses what hostile names may contain.
  report text,
  -- Chosen when the import is made, so that an import that is run again makes the same package.
  package_id uuid not null,
  made_course_id uuid,
  course_version_id uuid,
  error_message text not null default '',
  error_reason text not null default '',
  -- Grows with every change, so that watchers see which is newer.
  revision integer not null default 1,
  attempts integer not null default 0,
  cancel_requested boolean not null default false,
  -- The process that works on it; after lease_until another one may.
  lease_owner uuid,
  lease_until timestamptz,
  create_time timestamptz not null,
  end_time timestamptz,
  created_by text not null,
  unique (tenant_id, request_id)
);
create index import_newest on import (tenant_id, id desc);
create index import_of_course on import (tenant_id, coalesce(made_course_id, course_id), id desc);
create index import_of_upload on import (upload_id) where upload_id is not null;
create index import_leased on import (lease_until) where lease_until is not null;

create table package (
  id uuid primary key,
  tenant_id uuid not null,
  import_id uuid not null unique,
  -- False while the bytes are on their way to the blob store: nobody sees it, but it already holds on to its blobs.
  ready boolean not null default false,
  -- JSON of CourseOutline.
  outline text not null,
  standard integer not null,
  title text not null,
  file_count integer not null,
  size_bytes bigint not null,
  create_time timestamptz not null
);

create table package_file (
  tenant_id uuid not null,
  package_id uuid not null references package on delete cascade,
  path text collate "C" not null,
  -- Path in lower case, for requests that differ only in case.
  path_folded text collate "C" not null,
  hash text not null,
  size_bytes bigint not null,
  media_type text not null,
  primary key (package_id, path)
);
create index package_file_folded on package_file (package_id, path_folded);
create index package_file_hash on package_file (hash);

-- Blobs that lost a reference and may have no other; collected by a job.
create table blob_garbage (
  hash text primary key,
  tenant_id uuid not null
);

create table outbox (
  id uuid primary key,
  tenant_id uuid not null,
  type text not null,
  payload bytea not null,
  traceparent text not null default '',
  occurred_at timestamptz not null default now(),
  published_at timestamptz
);
create index outbox_waiting on outbox (id) where published_at is null;

do $$
declare
  name text;
begin
  foreach name in array array['upload', 'import', 'package', 'package_file', 'blob_garbage', 'outbox'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid or current_setting(''app.system'', true) = ''on'')',
      name
    );
  end loop;
end $$;
