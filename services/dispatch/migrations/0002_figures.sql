-- What figures by day are read from.
create index launch_exchange_day on launch_exchange (tenant_id, created_at);
create index launch_exchange_dispatch_day on launch_exchange (dispatch_id, created_at);
create index external_session_day on external_session (tenant_id, created_at);
create index external_session_dispatch_day on external_session (dispatch_id, created_at);
create index external_session_finished on external_session (tenant_id, finished_at) where finished_at is not null;
create index refusal_day on refusal (tenant_id, created_at);
create index package_download_day on package_download (tenant_id, counted_at) where counted_at is not null;
create index callback_day on callback (tenant_id, received_at);

-- Links by which a customer reads figures without signing in. Only a hash of the token is kept.
create table report_link (
  id uuid primary key,
  tenant_id uuid not null,
  -- One of the two.
  dispatch_id uuid references dispatch (id) on delete cascade,
  destination_id uuid references destination (id) on delete cascade,
  token_hash bytea not null unique,
  with_learners boolean not null,
  request_id uuid not null,
  request_hash text not null,
  created_by text not null default '',
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  unique (tenant_id, request_id)
);
create index report_link_newest on report_link (tenant_id, id);
create index report_link_dispatch on report_link (dispatch_id, id);
create index report_link_destination on report_link (destination_id, id);

alter table report_link enable row level security;
alter table report_link force row level security;
create policy tenant on report_link using (
  tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid or current_setting('app.system', true) = 'on'
);
