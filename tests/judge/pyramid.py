"""Whole pyramids by the format's own reader of PMTiles and by SQLite: do both files hold the same tiles?

    pyramid.py FILE.pmtiles FILE.mbtiles

Prints JSON: how many tiles there are, what each file tells of itself, and where they differ.
"""

import gzip
import json
import sqlite3
import sys

from pmtiles.reader import MmapSource, Reader, all_tiles

archive, database = sys.argv[1:]
with open(archive, "rb") as file:
    source = MmapSource(file)
    reader = Reader(source)
    header = {name: getattr(value, "name", value) for name, value in reader.header().items()}
    metadata = reader.metadata()
    tiles = {at: gzip.decompress(packed) for at, packed in all_tiles(source)}
    looked_up = all(gzip.decompress(reader.get(*at)) == tile for at, tile in list(tiles.items())[::50])

with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
    rows = connection.execute("select zoom_level, tile_column, tile_row, tile_data from tiles")
    others = {(z, x, (1 << z) - 1 - y): gzip.decompress(packed) for z, x, y, packed in rows}

differing = [at for at in tiles.keys() | others.keys() if tiles.get(at) != others.get(at)]
json.dump(
    {"tiles": len(tiles), "looked_up": looked_up, "differing": sorted(differing), "header": header, "metadata": metadata},
    sys.stdout,
)
