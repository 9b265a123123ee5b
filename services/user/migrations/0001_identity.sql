-- Rows that belong to no organization (people, sessions, keys for tokens) carry the nil tenant and open only to the system.
create table organization (
  id uuid primary key,
  tenant_id uuid not null check (tenant_id = id),
  name text not null,
  name_key text not null generated always as (lower(name)) stored,
  slug text not null unique,
  domain text not null,
  description text not null,
  contact_email text not null,
  contact_phone text not null,
  contact_address text not null,
  logo_url text not null,
  primary_color text not null,
  secondary_color text not null,
  plan int not null,
  subscription_status int not null,
  subscription_expires_at timestamptz(3),
  active boolean not null,
  version int not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  -- Set when the organization was deleted; its rows go when the grace period is over.
  deleted_at timestamptz(3),
  request_id uuid unique,
  request_hash text
);
create index organization_by_name on organization (name_key, id);
create index organization_deleted on organization (deleted_at) where deleted_at is not null;

create table person (
  id uuid primary key,
  tenant_id uuid not null default '00000000-0000-0000-0000-000000000000',
  -- In lower case.
  email text not null unique,
  name text not null,
  -- Absent: cannot sign in by password.
  password_hash text,
  platform_administrator boolean not null default false,
  last_organization_id uuid,
  last_sign_in_at timestamptz(3),
  created_at timestamptz(3) not null
);

-- The last passwords, the present one included, so that none is used again.
create table password_history (
  id uuid primary key,
  tenant_id uuid not null default '00000000-0000-0000-0000-000000000000',
  person_id uuid not null references person (id) on delete cascade,
  password_hash text not null,
  created_at timestamptz(3) not null
);
create index password_history_of_person on password_history (person_id, id desc);

create table member (
  id uuid primary key,
  tenant_id uuid not null references organization (id),
  person_id uuid not null references person (id),
  email text not null,
  name text not null,
  name_key text not null generated always as (lower(name)) stored,
  role int not null check (role between 1 and 4),
  active boolean not null,
  last_sign_in_at timestamptz(3),
  version int not null default 1,
  created_at timestamptz(3) not null,
  request_id uuid,
  request_hash text,
  unique (tenant_id, person_id),
  unique (tenant_id, request_id)
);
create index member_by_name on member (tenant_id, name_key, id);
create index member_of_person on member (person_id);

-- A browser session; its tenant is the organization the person acts in.
create table session (
  id uuid primary key,
  tenant_id uuid not null,
  person_id uuid not null references person (id) on delete cascade,
  user_agent text not null,
  ip_address text not null,
  created_at timestamptz(3) not null,
  -- When its newest refresh token expires.
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  end_reason text not null default ''
);
create index session_of_person on session (person_id) where ended_at is null;
create index session_expiry on session (expires_at);

-- The chain of a session's refresh tokens. A token is a keyed hash of id and nonce, so that an answer that was lost can be given again
-- without keeping the token.
create table refresh_token (
  id uuid primary key,
  tenant_id uuid not null default '00000000-0000-0000-0000-000000000000',
  session_id uuid not null references session (id) on delete cascade,
  -- 1, 2, 3 … within the session: the chain never forks.
  number int not null,
  nonce text not null,
  token_hash text not null unique,
  issued_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  exchanged_at timestamptz(3),
  unique (session_id, number)
);

-- Attempts by address, known or not.
create table sign_in_attempt (
  -- SHA-256 of the address in hex.
  address_hash text primary key,
  tenant_id uuid not null default '00000000-0000-0000-0000-000000000000',
  failures int not null,
  window_start timestamptz(3) not null,
  locked_until timestamptz(3)
);

-- Key pairs for access tokens. The private half is encrypted with a key of the installation's configuration.
create table signing_key (
  id text primary key,
  tenant_id uuid not null default '00000000-0000-0000-0000-000000000000',
  public_jwk jsonb not null,
  sealed_private_key text not null,
  created_at timestamptz(3) not null,
  -- Signs until here …
  retires_at timestamptz(3) not null,
  -- … and is believed until here.
  expires_at timestamptz(3) not null
);

create table api_key (
  id text primary key check (position(':' in id) = 0),
  tenant_id uuid not null references organization (id),
  name text not null,
  secret_hash text not null,
  scopes text[] not null,
  rate_limit_per_hour int not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  -- A revoked key stays, so that a late repeat of its request does not make another.
  revoked_at timestamptz(3),
  request_id uuid,
  unique (tenant_id, request_id)
);
create index api_key_newest on api_key (tenant_id, created_at desc, id desc) where revoked_at is null;

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
  foreach name in array array['organization', 'member', 'api_key', 'outbox'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid or current_setting(''app.system'', true) = ''on'')',
      name);
  end loop;
  foreach name in array array['person', 'password_history', 'session', 'refresh_token', 'sign_in_attempt', 'signing_key'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy system on %I using (current_setting(''app.system'', true) = ''on'')', name);
  end loop;
end $$;
