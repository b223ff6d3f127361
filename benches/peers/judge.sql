-- Figures of table :after beside table `before`, which are joined by district and number. The shapes of
-- `before` are made valid first. Shifts are in metres of EPSG:32648.
--
-- Edges are straight in longitude and latitude, as in the files: with geodesic edges a long side that one tool
-- gave a vertex in the middle and another did not would count as moved ground.

create function pg_temp.area_m2(shape geometry) returns double precision language sql as $$
  select coalesce(sum(
    st_area(piece.geom)
    * (111132.954 - 559.822 * cosd(2 * lat) + 1.175 * cosd(4 * lat))
    * (111412.84 * cosd(lat) - 93.5 * cosd(3 * lat) + 0.118 * cosd(5 * lat))), 0)
  from st_dump(st_collectionextract(shape, 3)) piece, lateral (select st_y(st_centroid(piece.geom)) as lat) middle
$$;

create temp table old as
select district || '-' || number as code, st_makevalid(shape) as shape from before;
create temp table new as
select district || '-' || number as code, shape as raw, st_isvalid(shape) as is_valid,
       case when st_isvalid(shape) then shape else st_makevalid(shape) end as shape
from :after;
create index on new using gist (shape);
analyze new;

create temp table pair as
select st_intersection(a.shape, b.shape) as shape
from new a
join new b on a.code < b.code and a.shape && b.shape and st_relate(a.shape, b.shape, '2********');

create temp table part as
select (st_dump(st_union(shape))).geom as shape from new;

create temp table hole as
select st_makepolygon(st_interiorringn(shape, n)) as shape
from part, generate_series(1, st_numinteriorrings(shape)) as n;

select
  (select count(*) from new) as units,
  (select count(*) from new where not is_valid) as invalid,
  (select count(*) from pair) as overlaps,
  (select coalesce(sum(pg_temp.area_m2(shape)), 0) from pair) as overlaps_m2,
  (select count(*) from hole) as gaps,
  (select coalesce(sum(pg_temp.area_m2(shape)), 0) from hole) as gaps_m2,
  (select count(*) from part) as parts,
  (select sum(st_area(shape::geography)) / 1e6 from part) as union_km2,
  (select sum(st_npoints(raw)) from new) as vertices,
  (select sum(pg_temp.area_m2(st_symdifference(old.shape, new.shape)))
   from old join new using (code)) as moved_m2,
  (select max(st_hausdorffdistance(st_transform(st_boundary(old.shape), 32648),
                                   st_transform(st_boundary(new.shape), 32648)))
   from old join new using (code)) as shift_m,
  (select count(*) from old where not exists (select from new where new.code = old.code)) as lost;
