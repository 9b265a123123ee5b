-- Sessions are removed with their registration.
create index session_of_registration on session (tenant_id, registration_id);
