-- A practice keeps the khoroo of its time, while figures of a cycle stand on the cycle's own borders:
-- `replications_hosted` finds the host's heir there, by the rule of the service.
--
-- From vintage to vintage: an `unchanged` pair of `lineage` wins, then the larger share of the ground,
-- then the same code, then the smaller one; without lineage the same code. Going back in time the rule
-- weighs areas of ground, which plain SQL cannot measure in a file: a cycle with a copy of a practice
-- whose host is of later borders has no `replications_hosted` here, rather than a wrong one.

create view hlp.hosted_replication as
with recursive
  vintages as (select id, row_number() over (order by valid_from, id collate "C") as position from hlp.vintage),
  candidates as (
    select l.from_vintage, l.from_code, l.to_vintage, l.to_code, 0 as is_guess,
           case l.kind when 'unchanged' then 0 else 1 end as is_changed, l.area_share
    from hlp.lineage l
    join vintages f on f.id = l.from_vintage
    join vintages t on t.id = l.to_vintage and t.position = f.position + 1
    union all
    select k.vintage, k.code, n.vintage, n.code, 1, 1, 0.0
    from hlp.khoroo k
    join vintages f on f.id = k.vintage
    join vintages t on t.position = f.position + 1
    join hlp.khoroo n on n.vintage = t.id and n.code = k.code
  ),
  steps as (
    select c.from_vintage, c.from_code, c.to_vintage, c.to_code,
           row_number() over (
             partition by c.from_vintage, c.from_code
             order by c.is_guess, c.is_changed, c.area_share desc,
                      case when c.to_code = c.from_code then 0 else 1 end, n.district collate "C", n.number) as choice
    from candidates c
    join hlp.khoroo n on n.vintage = c.to_vintage and n.code = c.to_code
  ),
  heirs as (
    select p.id as practice, p.host_vintage as vintage, p.host_code as code
    from hlp.practice p
    union all
    select a.practice, s.to_vintage, s.to_code
    from heirs a
    join steps s on s.from_vintage = a.vintage and s.from_code = a.code and s.choice = 1
  )
select r.id as replication, r.cycle, a.vintage, a.code
from hlp.replication r
join hlp.replication_status s on s.code = r.status and s.counts
join hlp.practice p on p.id = r.practice
join hlp.cycle c on c.id = r.cycle
join heirs a on a.practice = r.practice and a.vintage = c.vintage
where (r.khoroo_vintage, r.khoroo_code) <> (p.host_vintage, p.host_code);

create view hlp.hosted_known as
select c.id as cycle
from hlp.cycle c
join hlp.vintage v on v.id = c.vintage
where c.replications_reported and not exists (
  select 1
  from hlp.replication r
  join hlp.practice p on p.id = r.practice
  join hlp.vintage later on later.id = p.host_vintage
  where r.cycle = c.id and (later.valid_from, later.id collate "C") > (v.valid_from, v.id collate "C"));

create or replace view hlp.khoroo_counts as
select k.vintage, k.code, k.district, k.number, c.id as cycle, k.population, k.illustrative,
       (select count(*) from hlp.identification i
         where i.cycle = c.id and i.khoroo_vintage = k.vintage and i.khoroo_code = k.code) as identifications,
       case when c.replications_reported then
         (select count(*) from hlp.replication r join hlp.replication_status s on s.code = r.status and s.counts
           where r.cycle = c.id and r.khoroo_vintage = k.vintage and r.khoroo_code = k.code)
       end as replications,
       case when w.cycle is not null then coalesce(h.n, 0) end as replications_hosted,
       k.shape
from hlp.khoroo k
join hlp.cycle c on c.vintage = k.vintage
left join hlp.hosted_known w on w.cycle = c.id
left join (select cycle, vintage, code, count(*) as n from hlp.hosted_replication group by cycle, vintage, code) h
  on h.cycle = c.id and h.vintage = k.vintage and h.code = k.code;

create or replace view hlp.district_counts as
select d.vintage, d.district, c.id as cycle, d.population, d.illustrative,
       (select count(*) from hlp.identification i join hlp.khoroo k on k.vintage = i.khoroo_vintage and k.code = i.khoroo_code
         where i.cycle = c.id and k.vintage = d.vintage and k.district = d.district) as identifications,
       case when c.replications_reported then
         (select count(*) from hlp.replication r join hlp.replication_status s on s.code = r.status and s.counts
           join hlp.khoroo k on k.vintage = r.khoroo_vintage and k.code = r.khoroo_code
           where r.cycle = c.id and k.vintage = d.vintage and k.district = d.district)
       end as replications,
       case when w.cycle is not null then coalesce(h.n, 0) end as replications_hosted,
       d.shape
from hlp.district_version d
join hlp.cycle c on c.vintage = d.vintage
left join hlp.hosted_known w on w.cycle = c.id
left join (select r.cycle, k.vintage, k.district, count(*) as n
           from hlp.hosted_replication r join hlp.khoroo k on k.vintage = r.vintage and k.code = r.code
           group by r.cycle, k.vintage, k.district) h
  on h.cycle = c.id and h.vintage = d.vintage and h.district = d.district;

comment on view hlp.hosted_replication is 'Counting replications elsewhere, at the khoroo of the cycle''s vintage that answers for the host';
comment on column hlp.hosted_replication.replication is 'The replication';
comment on column hlp.hosted_replication.cycle is 'Its cycle';
comment on column hlp.hosted_replication.vintage is 'The cycle''s set of boundaries';
comment on column hlp.hosted_replication.code is 'The khoroo there that answers for the host';
comment on view hlp.hosted_known is 'Cycles whose hosts can all be placed: reported, and no host of later boundaries';
comment on column hlp.hosted_known.cycle is 'The cycle';
comment on column hlp.khoroo_counts.replications_hosted is 'Counting replications elsewhere of its practices; null where not reported or a host is of later boundaries';
comment on column hlp.district_counts.replications_hosted is 'Counting replications elsewhere of its khoroos'' practices; null where not reported or a host is of later boundaries';

do $$
declare
  reader text;
begin
  foreach reader in array array['hlp_read', 'hlp_write'] loop
    if exists (select from pg_roles where rolname = reader) then
      execute format('grant select on hlp.hosted_replication, hlp.hosted_known to %I', reader);
    end if;
  end loop;
end
$$;
