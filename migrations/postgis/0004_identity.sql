-- Which store this is: a reader that knew another database in this place must not take its changes for ours.

create table hlp.store_identity (
  only_row integer primary key check (only_row = 1),
  id text not null
);
insert into hlp.store_identity (only_row, id) values (1, replace(gen_random_uuid()::text, '-', ''));
comment on table hlp.store_identity is 'Which store this is, drawn when it was made';
comment on column hlp.store_identity.only_row is 'Always 1';
comment on column hlp.store_identity.id is '32 hexadecimal digits';

do $$
declare
  reader text;
begin
  foreach reader in array array['hlp_read', 'hlp_write'] loop
    if exists (select from pg_roles where rolname = reader) then
      execute format('grant select on hlp.store_identity to %I', reader);
    end if;
  end loop;
end
$$;
