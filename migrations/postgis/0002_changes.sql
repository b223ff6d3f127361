-- Every change of a row, by whatever program, is noted in `change`, and listeners are woken.
--
-- One writer at a time: the lock is taken before a statement touches its first row, so that `seq` is
-- the order of commits and two writers cannot hold rows that the other waits for.

create function hlp.take_write_lock() returns void
language sql set search_path = pg_catalog as $$
  select pg_advisory_xact_lock(4746083218);
$$;
comment on function hlp.take_write_lock() is 'Waits until no other transaction writes; held until this one ends';

create function hlp.before_change() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  perform hlp.take_write_lock();
  return null;
end
$$;
comment on function hlp.before_change() is 'Statement trigger of every table: one writer at a time';

-- Arguments: table as noted, expression of the key over a row `r`. The definer's rights let writers
-- note changes without being able to forge them.
create function hlp.after_change() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  n_rows bigint := 0;
  n_old bigint := 0;
begin
  if tg_op = 'TRUNCATE' then
    insert into hlp.change (table_name, key) values (tg_argv[0], '*');
    n_rows := 1;
  elsif tg_op = 'DELETE' then
    execute format('insert into hlp.change (table_name, key) select distinct %L, %s from old_rows r order by 2', tg_argv[0], tg_argv[1]);
    get diagnostics n_rows = row_count;
  else
    execute format('insert into hlp.change (table_name, key) select distinct %L, %s from new_rows r order by 2', tg_argv[0], tg_argv[1]);
    get diagnostics n_rows = row_count;
    if tg_op = 'UPDATE' then
      execute format(
        'insert into hlp.change (table_name, key) select %1$L, %2$s from old_rows r except select %1$L, %2$s from new_rows r order by 2',
        tg_argv[0], tg_argv[1]);
      get diagnostics n_old = row_count;
    end if;
  end if;
  if n_rows + n_old > 0 then
    perform pg_notify('hlp_change', '');
  end if;
  return null;
end
$$;
comment on function hlp.after_change() is 'Statement trigger of every table: notes the changed rows and wakes listeners';

create trigger before_change before insert or update or delete or truncate on hlp.district
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.district referencing new table as new_rows
  for each statement execute function hlp.after_change('district', 'r.code');
create trigger after_update after update on hlp.district referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('district', 'r.code');
create trigger after_delete after delete on hlp.district referencing old table as old_rows
  for each statement execute function hlp.after_change('district', 'r.code');
create trigger after_truncate after truncate on hlp.district
  for each statement execute function hlp.after_change('district', 'r.code');

create trigger before_change before insert or update or delete or truncate on hlp.district_alias
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.district_alias referencing new table as new_rows
  for each statement execute function hlp.after_change('district', 'r.district');
create trigger after_update after update on hlp.district_alias referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('district', 'r.district');
create trigger after_delete after delete on hlp.district_alias referencing old table as old_rows
  for each statement execute function hlp.after_change('district', 'r.district');
create trigger after_truncate after truncate on hlp.district_alias
  for each statement execute function hlp.after_change('district', 'r.district');

create trigger before_change before insert or update or delete or truncate on hlp.vintage
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.vintage referencing new table as new_rows
  for each statement execute function hlp.after_change('vintage', 'r.id');
create trigger after_update after update on hlp.vintage referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('vintage', 'r.id');
create trigger after_delete after delete on hlp.vintage referencing old table as old_rows
  for each statement execute function hlp.after_change('vintage', 'r.id');
create trigger after_truncate after truncate on hlp.vintage
  for each statement execute function hlp.after_change('vintage', 'r.id');

create trigger before_change before insert or update or delete or truncate on hlp.khoroo
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.khoroo referencing new table as new_rows
  for each statement execute function hlp.after_change('khoroo', 'r.vintage || '':'' || r.code');
create trigger after_update after update on hlp.khoroo referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('khoroo', 'r.vintage || '':'' || r.code');
create trigger after_delete after delete on hlp.khoroo referencing old table as old_rows
  for each statement execute function hlp.after_change('khoroo', 'r.vintage || '':'' || r.code');
create trigger after_truncate after truncate on hlp.khoroo
  for each statement execute function hlp.after_change('khoroo', 'r.vintage || '':'' || r.code');

create trigger before_change before insert or update or delete or truncate on hlp.district_version
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.district_version referencing new table as new_rows
  for each statement execute function hlp.after_change('district_version', 'r.vintage || '':'' || r.district');
create trigger after_update after update on hlp.district_version referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('district_version', 'r.vintage || '':'' || r.district');
create trigger after_delete after delete on hlp.district_version referencing old table as old_rows
  for each statement execute function hlp.after_change('district_version', 'r.vintage || '':'' || r.district');
create trigger after_truncate after truncate on hlp.district_version
  for each statement execute function hlp.after_change('district_version', 'r.vintage || '':'' || r.district');

create trigger before_change before insert or update or delete or truncate on hlp.lineage
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.lineage referencing new table as new_rows
  for each statement execute function hlp.after_change('lineage', 'r.from_vintage || '':'' || r.from_code || ''/'' || r.to_vintage || '':'' || r.to_code');
create trigger after_update after update on hlp.lineage referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('lineage', 'r.from_vintage || '':'' || r.from_code || ''/'' || r.to_vintage || '':'' || r.to_code');
create trigger after_delete after delete on hlp.lineage referencing old table as old_rows
  for each statement execute function hlp.after_change('lineage', 'r.from_vintage || '':'' || r.from_code || ''/'' || r.to_vintage || '':'' || r.to_code');
create trigger after_truncate after truncate on hlp.lineage
  for each statement execute function hlp.after_change('lineage', 'r.from_vintage || '':'' || r.from_code || ''/'' || r.to_vintage || '':'' || r.to_code');

create trigger before_change before insert or update or delete or truncate on hlp.context_line
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.context_line referencing new table as new_rows
  for each statement execute function hlp.after_change('context_line', 'r.id');
create trigger after_update after update on hlp.context_line referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('context_line', 'r.id');
create trigger after_delete after delete on hlp.context_line referencing old table as old_rows
  for each statement execute function hlp.after_change('context_line', 'r.id');
create trigger after_truncate after truncate on hlp.context_line
  for each statement execute function hlp.after_change('context_line', 'r.id');

create trigger before_change before insert or update or delete or truncate on hlp.cycle
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.cycle referencing new table as new_rows
  for each statement execute function hlp.after_change('cycle', 'r.id');
create trigger after_update after update on hlp.cycle referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('cycle', 'r.id');
create trigger after_delete after delete on hlp.cycle referencing old table as old_rows
  for each statement execute function hlp.after_change('cycle', 'r.id');
create trigger after_truncate after truncate on hlp.cycle
  for each statement execute function hlp.after_change('cycle', 'r.id');

create trigger before_change before insert or update or delete or truncate on hlp.theme
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.theme referencing new table as new_rows
  for each statement execute function hlp.after_change('theme', 'r.code');
create trigger after_update after update on hlp.theme referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('theme', 'r.code');
create trigger after_delete after delete on hlp.theme referencing old table as old_rows
  for each statement execute function hlp.after_change('theme', 'r.code');
create trigger after_truncate after truncate on hlp.theme
  for each statement execute function hlp.after_change('theme', 'r.code');

create trigger before_change before insert or update or delete or truncate on hlp.replication_status
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.replication_status referencing new table as new_rows
  for each statement execute function hlp.after_change('replication_status', 'r.code');
create trigger after_update after update on hlp.replication_status referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('replication_status', 'r.code');
create trigger after_delete after delete on hlp.replication_status referencing old table as old_rows
  for each statement execute function hlp.after_change('replication_status', 'r.code');
create trigger after_truncate after truncate on hlp.replication_status
  for each statement execute function hlp.after_change('replication_status', 'r.code');

create trigger before_change before insert or update or delete or truncate on hlp.practice
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.practice referencing new table as new_rows
  for each statement execute function hlp.after_change('practice', 'r.id');
create trigger after_update after update on hlp.practice referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('practice', 'r.id');
create trigger after_delete after delete on hlp.practice referencing old table as old_rows
  for each statement execute function hlp.after_change('practice', 'r.id');
create trigger after_truncate after truncate on hlp.practice
  for each statement execute function hlp.after_change('practice', 'r.id');

create trigger before_change before insert or update or delete or truncate on hlp.identification
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.identification referencing new table as new_rows
  for each statement execute function hlp.after_change('identification', 'r.practice || ''/'' || r.cycle');
create trigger after_update after update on hlp.identification referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('identification', 'r.practice || ''/'' || r.cycle');
create trigger after_delete after delete on hlp.identification referencing old table as old_rows
  for each statement execute function hlp.after_change('identification', 'r.practice || ''/'' || r.cycle');
create trigger after_truncate after truncate on hlp.identification
  for each statement execute function hlp.after_change('identification', 'r.practice || ''/'' || r.cycle');

create trigger before_change before insert or update or delete or truncate on hlp.replication
  for each statement execute function hlp.before_change();
create trigger after_insert after insert on hlp.replication referencing new table as new_rows
  for each statement execute function hlp.after_change('replication', 'r.id');
create trigger after_update after update on hlp.replication referencing old table as old_rows new table as new_rows
  for each statement execute function hlp.after_change('replication', 'r.id');
create trigger after_delete after delete on hlp.replication referencing old table as old_rows
  for each statement execute function hlp.after_change('replication', 'r.id');
create trigger after_truncate after truncate on hlp.replication
  for each statement execute function hlp.after_change('replication', 'r.id');
