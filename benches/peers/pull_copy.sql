copy (select st_asgeojson(khoroos.*, 'shape', 7) from khoroos) to stdout;
