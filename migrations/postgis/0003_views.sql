-- Counts for analysts: one row a unit and cycle native to its vintage.
--
-- `identifications`: practices entered in the cycle, whatever the decision, at the submitting
-- khoroo. `replications`: copies with a counting status made in the unit; `replications_hosted`:
-- such copies elsewhere of the unit's practices; both are null where the cycle did not report them.
-- Rows that break a rule between rows are counted here all the same; `hlp check` lists them.

create view hlp.khoroo_counts as
select k.vintage, k.code, k.district, k.number, c.id as cycle, k.population, k.illustrative,
       (select count(*) from hlp.identification i
         where i.cycle = c.id and i.khoroo_vintage = k.vintage and i.khoroo_code = k.code) as identifications,
       case when c.replications_reported then
         (select count(*) from hlp.replication r join hlp.replication_status s on s.code = r.status and s.counts
           where r.cycle = c.id and r.khoroo_vintage = k.vintage and r.khoroo_code = k.code)
       end as replications,
       case when c.replications_reported then
         (select count(*) from hlp.replication r join hlp.replication_status s on s.code = r.status and s.counts
           join hlp.practice p on p.id = r.practice
           where r.cycle = c.id and p.host_vintage = k.vintage and p.host_code = k.code
             and (r.khoroo_vintage, r.khoroo_code) <> (p.host_vintage, p.host_code))
       end as replications_hosted,
       k.shape
from hlp.khoroo k
join hlp.cycle c on c.vintage = k.vintage;

create view hlp.district_counts as
select d.vintage, d.district, c.id as cycle, d.population, d.illustrative,
       (select count(*) from hlp.identification i join hlp.khoroo k on k.vintage = i.khoroo_vintage and k.code = i.khoroo_code
         where i.cycle = c.id and k.vintage = d.vintage and k.district = d.district) as identifications,
       case when c.replications_reported then
         (select count(*) from hlp.replication r join hlp.replication_status s on s.code = r.status and s.counts
           join hlp.khoroo k on k.vintage = r.khoroo_vintage and k.code = r.khoroo_code
           where r.cycle = c.id and k.vintage = d.vintage and k.district = d.district)
       end as replications,
       case when c.replications_reported then
         (select count(*) from hlp.replication r join hlp.replication_status s on s.code = r.status and s.counts
           join hlp.practice p on p.id = r.practice
           join hlp.khoroo k on k.vintage = p.host_vintage and k.code = p.host_code
           where r.cycle = c.id and k.vintage = d.vintage and k.district = d.district
             and (r.khoroo_vintage, r.khoroo_code) <> (p.host_vintage, p.host_code))
       end as replications_hosted,
       d.shape
from hlp.district_version d
join hlp.cycle c on c.vintage = d.vintage;

comment on view hlp.khoroo_counts is 'Identifications and replications by khoroo and cycle native to its vintage';
comment on column hlp.khoroo_counts.vintage is 'The set of boundaries';
comment on column hlp.khoroo_counts.code is 'The khoroo';
comment on column hlp.khoroo_counts.district is 'Its district';
comment on column hlp.khoroo_counts.number is 'Its number';
comment on column hlp.khoroo_counts.cycle is 'The cycle';
comment on column hlp.khoroo_counts.population is 'Residents';
comment on column hlp.khoroo_counts.illustrative is 'True for invented data';
comment on column hlp.khoroo_counts.identifications is 'Practices entered in the cycle by the khoroo, whatever the decision';
comment on column hlp.khoroo_counts.replications is 'Counting replications made in the khoroo; null where not reported';
comment on column hlp.khoroo_counts.replications_hosted is 'Counting replications elsewhere of its practices; null where not reported';
comment on column hlp.khoroo_counts.shape is 'Area';

comment on view hlp.district_counts is 'Identifications and replications by district and cycle native to its vintage';
comment on column hlp.district_counts.vintage is 'The set of boundaries';
comment on column hlp.district_counts.district is 'The district';
comment on column hlp.district_counts.cycle is 'The cycle';
comment on column hlp.district_counts.population is 'Residents';
comment on column hlp.district_counts.illustrative is 'True for invented data';
comment on column hlp.district_counts.identifications is 'Practices entered in the cycle by its khoroos, whatever the decision';
comment on column hlp.district_counts.replications is 'Counting replications made in its khoroos; null where not reported';
comment on column hlp.district_counts.replications_hosted is 'Counting replications elsewhere of its khoroos'' practices; null where not reported';
comment on column hlp.district_counts.shape is 'Area';

-- Roles for people and programs: reading, and writing everything but the schema. Whoever applies this
-- without the right to make roles gets none, and grants by hand.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['hlp_read', 'hlp_write'] loop
    begin
      execute format('create role %I nologin', wanted);
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then raise notice 'role % was not made: no right to make roles', wanted;
    end;
    if exists (select from pg_roles where rolname = wanted) then
      execute format('grant usage on schema hlp to %I', wanted);
      execute format('grant select on all tables in schema hlp to %I', wanted);
    end if;
  end loop;
  if exists (select from pg_roles where rolname = 'hlp_write') then
    grant insert, update, delete on hlp.district, hlp.district_alias, hlp.vintage, hlp.khoroo,
      hlp.district_version, hlp.lineage, hlp.context_line, hlp.cycle, hlp.theme, hlp.replication_status,
      hlp.practice, hlp.identification, hlp.replication to hlp_write;
    grant insert on hlp.audit, hlp.audit_row to hlp_write;
  end if;
end
$$;
