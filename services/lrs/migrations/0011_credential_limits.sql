-- Limits of single API keys; a key without a row has the defaults.

create table credential_limit (
  tenant_id uuid not null,
  api_key_id text not null,
  requests_per_minute int not null,
  statements_per_minute int not null,
  batch_size int not null,
  allowed_verbs text[] not null,
  default_version smallint not null,
  authority_json text not null,
  -- Counts changes; the ETag.
  version int not null default 1,
  primary key (tenant_id, api_key_id)
);

alter table credential_limit enable row level security;
alter table credential_limit force row level security;
create policy tenant on credential_limit
  using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid or current_setting('app.system', true) = 'on');
