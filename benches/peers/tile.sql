select encode(st_asmvt(area, 'khoroos', 4096, 'shape'), 'hex')
from (
  select ogc_fid, code, district, number, name_mn, name_en,
         st_asmvtgeom(st_transform(shape, 3857), st_tileenvelope(:z, :x, :y), 4096, 64, true) as shape
  from khoroos
  where shape && st_transform(st_tileenvelope(:z, :x, :y, margin => 64.0 / 4096), 4326)
) area;
