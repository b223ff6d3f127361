-- Table `before` to table `after`: the usual way with PostGIS. All boundaries are noded together, faces are
-- built, each goes to its smallest claimant, a face without claimants to the neighbour with the longest
-- common border, and each unit is the union of its faces.

drop table if exists after;

create temp table unit as
select district, number, st_makevalid(shape) as shape from before;
create index on unit using gist (shape);

create temp table face as
select row_number() over () as id, polygon.geom as shape
from (select (st_dump(st_polygonize(line))).geom from (select st_union(st_boundary(shape)) as line from unit) noded) polygon;
create index on face using gist (shape);

create temp table owned as
select distinct on (face.id) face.id, unit.district, unit.number, face.shape
from (select id, shape, st_pointonsurface(shape) as inside from face) face
join unit on st_intersects(unit.shape, face.inside)
order by face.id, st_area(unit.shape), unit.district, unit.number;
create index on owned using gist (shape);
create index on owned (id);
analyze owned;

insert into owned
select distinct on (gap.id) gap.id, beside.district, beside.number, gap.shape
from face gap
join owned beside on beside.shape && gap.shape and st_relate(beside.shape, gap.shape, '****1****')
where not exists (select from owned where owned.id = gap.id)
order by gap.id, sum(st_length(st_intersection(st_boundary(gap.shape), st_boundary(beside.shape))))
                 over (partition by gap.id, beside.district, beside.number) desc,
         beside.district, beside.number;

create table after as
select district, number, st_multi(st_union(shape)) as shape from owned group by district, number;
