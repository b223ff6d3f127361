alter table khoroo add plane geometry(multipolygon, 32648), add ground geography(multipolygon, 4326);
update khoroo set plane = st_transform(shape, 32648), ground = shape::geography;
create index khoroo_shape on khoroo using gist (shape);
create index khoroo_plane on khoroo using gist (plane);
create index khoroo_ground on khoroo using gist (ground);
vacuum analyze khoroo;
analyze place;
