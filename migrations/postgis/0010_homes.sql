-- On a split a practice stays with the piece in which its point lies. Plain SQL cannot tell in a file which piece
-- that is, so `replications_hosted` is unknown here at every piece of a parted host with a copied practice that
-- has a point, rather than wrong at two of them. A district knows it where all pieces are its own.

create view hlp.hosted_open as
with recursive
  vintages as (select id, row_number() over (order by valid_from, id collate "C") as position from hlp.vintage),
  pairs as (
    select l.from_vintage, l.from_code, l.to_vintage, l.to_code
    from hlp.lineage l
    join vintages f on f.id = l.from_vintage
    join vintages t on t.id = l.to_vintage and t.position = f.position + 1
    join hlp.khoroo n on n.vintage = l.to_vintage and n.code = l.to_code
  ),
  steps as (
    select from_vintage, from_code, to_vintage, to_code from pairs
    union all
    select k.vintage, k.code, n.vintage, n.code
    from hlp.khoroo k
    join vintages f on f.id = k.vintage
    join vintages t on t.position = f.position + 1
    join hlp.khoroo n on n.vintage = t.id and n.code = k.code
    where not exists (select 1 from pairs p where p.from_vintage = k.vintage and p.from_code = k.code)
  ),
  pieces as (
    select p.id as practice, p.host_vintage as vintage, p.host_code as code
    from hlp.practice p
    where p.location is not null
    union
    select a.practice, s.to_vintage, s.to_code
    from pieces a
    join steps s on s.from_vintage = a.vintage and s.from_code = a.code
  ),
  parted as (
    select a.practice, a.vintage
    from pieces a
    join hlp.khoroo k on k.vintage = a.vintage and k.code = a.code
    group by a.practice, a.vintage
    having count(*) > 1 and count(k.shape) > 0
  ),
  copied as (
    select distinct r.cycle, r.practice, c.vintage
    from hlp.replication r
    join hlp.replication_status s on s.code = r.status and s.counts
    join hlp.cycle c on c.id = r.cycle and c.replications_reported
  )
select y.cycle, a.vintage, a.code, a.practice
from copied y
join parted d on d.practice = y.practice and d.vintage = y.vintage
join pieces a on a.practice = y.practice and a.vintage = y.vintage;

create or replace view hlp.khoroo_counts as
select k.vintage, k.code, k.district, k.number, c.id as cycle, k.population, k.illustrative,
       (select count(*) from hlp.identification i
         where i.cycle = c.id and i.khoroo_vintage = k.vintage and i.khoroo_code = k.code) as identifications,
       case when c.replications_reported then
         (select count(*) from hlp.replication r join hlp.replication_status s on s.code = r.status and s.counts
           where r.cycle = c.id and r.khoroo_vintage = k.vintage and r.khoroo_code = k.code)
       end as replications,
       case when w.cycle is not null and u.cycle is null then coalesce(h.n, 0) end as replications_hosted,
       k.shape
from hlp.khoroo k
join hlp.cycle c on c.vintage = k.vintage
left join hlp.hosted_known w on w.cycle = c.id
left join (select cycle, vintage, code, count(*) as n from hlp.hosted_replication group by cycle, vintage, code) h
  on h.cycle = c.id and h.vintage = k.vintage and h.code = k.code
left join (select distinct cycle, vintage, code from hlp.hosted_open) u
  on u.cycle = c.id and u.vintage = k.vintage and u.code = k.code;

create or replace view hlp.district_counts as
select d.vintage, d.district, c.id as cycle, d.population, d.illustrative,
       (select count(*) from hlp.identification i join hlp.khoroo k on k.vintage = i.khoroo_vintage and k.code = i.khoroo_code
         where i.cycle = c.id and k.vintage = d.vintage and k.district = d.district) as identifications,
       case when c.replications_reported then
         (select count(*) from hlp.replication r join hlp.replication_status s on s.code = r.status and s.counts
           join hlp.khoroo k on k.vintage = r.khoroo_vintage and k.code = r.khoroo_code
           where r.cycle = c.id and k.vintage = d.vintage and k.district = d.district)
       end as replications,
       case when w.cycle is not null and u.cycle is null then coalesce(h.n, 0) end as replications_hosted,
       d.shape
from hlp.district_version d
join hlp.cycle c on c.vintage = d.vintage
left join hlp.hosted_known w on w.cycle = c.id
left join (select r.cycle, k.vintage, k.district, count(*) as n
           from hlp.hosted_replication r join hlp.khoroo k on k.vintage = r.vintage and k.code = r.code
           group by r.cycle, k.vintage, k.district) h
  on h.cycle = c.id and h.vintage = d.vintage and h.district = d.district
left join (select distinct o.cycle, o.vintage, k.district
           from hlp.hosted_open o
           join hlp.khoroo k on k.vintage = o.vintage and k.code = o.code
           join hlp.hosted_open e on e.cycle = o.cycle and e.practice = o.practice
           join hlp.khoroo n on n.vintage = e.vintage and n.code = e.code
           where n.district <> k.district) u
  on u.cycle = c.id and u.vintage = d.vintage and u.district = d.district;

comment on view hlp.hosted_open is 'Pieces of parted hosts, one of which has a copied practice by its point';
comment on column hlp.hosted_open.cycle is 'Cycle of the copies';
comment on column hlp.hosted_open.vintage is 'The cycle''s set of boundaries';
comment on column hlp.hosted_open.code is 'A khoroo there with ground of the host';
comment on column hlp.hosted_open.practice is 'The practice';
comment on column hlp.khoroo_counts.replications_hosted is 'Counting replications elsewhere of its practices; null where not reported, a host is of later boundaries, or a point tells which piece of a host has one';
comment on column hlp.district_counts.replications_hosted is 'Counting replications elsewhere of its khoroos'' practices; null where not reported, a host is of later boundaries, or a point tells which district has one';

do $$
declare
  reader text;
begin
  foreach reader in array array['hlp_read', 'hlp_write'] loop
    if exists (select from pg_roles where rolname = reader) then
      execute format('grant select on hlp.hosted_open to %I', reader);
    end if;
  end loop;
end
$$;
