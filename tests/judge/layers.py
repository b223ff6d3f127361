"""Says whether geopandas finds in files what GeoJSON of the same collection says, taken there by PROJ.

    python layers.py FOLDER

FOLDER has `{collection}.geojson` and any of `{collection}.{epsg}.{parquet|fgb|gpkg}`. Prints what differs, a line
each, and at the end how many files were read.
"""

import json
import pathlib
import sys

import geopandas
import pyarrow.parquet
import pyogrio
import pyproj
import shapely

CENTIMETRE_M = 0.01
CENTIMETRE_DEG = 9e-8

folder = pathlib.Path(sys.argv[1])
faults = []
n_files = 0


def ordered(frame):
    by = [column for column in ("vintage", "code", "id") if column in frame]
    return frame.sort_values(by).reset_index(drop=True)


def same(a, b):
    missing = [value is None or value != value or str(value) in ("NaT", "<NA>") for value in (a, b)]
    if any(missing):
        return all(missing)
    if hasattr(a, "isoformat") or hasattr(b, "isoformat"):
        return str(a)[:10] == str(b)[:10]
    return a == b


def system(form, code):
    return pyproj.CRS("OGC:CRS84" if form == "parquet" and code == 4326 else code)


def parquet(path, code):
    metadata = pyarrow.parquet.read_metadata(path).metadata
    geo = json.loads(metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    if not pyproj.CRS.from_json_dict(column["crs"]).equals(system("parquet", code)):
        faults.append(f"{path.name}: its system is {column['crs']['name']}")
    frame = geopandas.read_parquet(path)
    around = frame.total_bounds
    if any(abs(a - b) > 1e-9 for a, b in zip(around, column["bbox"])):
        faults.append(f"{path.name}: bbox {column['bbox']} for {around}")
    part = (around[0], around[1], (around[0] + around[2]) / 2, (around[1] + around[3]) / 2)
    found = len(geopandas.read_parquet(path, bbox=part))
    b = frame.bounds
    truth = int(((b.minx <= part[2]) & (b.maxx >= part[0]) & (b.miny <= part[3]) & (b.maxy >= part[1])).sum())
    if found != truth:
        faults.append(f"{path.name}: {found} features in {part}, not {truth}")
    if json.loads(metadata[b"about"])["revision"] is None:
        faults.append(f"{path.name}: no revision")
    return frame


def flatgeobuf(path, beside):
    """GDAL keeps the metadata that are text."""
    text = {
        name: ", ".join(value) if isinstance(value, list) else value if isinstance(value, str) else json.dumps(value)
        for name, value in beside.items()
        if name not in ("type", "name", "numberReturned", "features") and value is not None
    }
    text["features_without_place"] = str(sum(one["geometry"] is None for one in beside["features"]))
    told = pyogrio.read_info(path)["layer_metadata"]
    if told != text:
        faults.append(f"{path.name}: it says {told} of itself, not {text}")


def compare(path):
    name, code, form = path.name.split(".")
    code = int(code)
    truth = geopandas.read_file(folder / f"{name}.geojson")
    frame = parquet(path, code) if form == "parquet" else geopandas.read_file(path)
    if form == "fgb":
        flatgeobuf(path, json.loads((folder / f"{name}.geojson").read_text()))
        truth = truth[~truth.geometry.isna()]
    if frame.crs is None or not frame.crs.equals(system(form, code)):
        faults.append(f"{path.name}: read in {frame.crs and frame.crs.name}")
    if len(frame) != len(truth):
        faults.append(f"{path.name}: {len(frame)} features for {len(truth)}")
        return
    truth, frame = ordered(truth), ordered(frame)
    for column in truth.columns.drop("geometry"):
        if column not in frame:
            # Of the feature, not of its properties.
            if column == "id":
                continue
            faults.append(f"{path.name}: no {column}")
            continue
        for row, (a, b) in enumerate(zip(frame[column], truth[column])):
            if not same(a, b):
                faults.append(f"{path.name}: {column} of row {row} is {a!r}, not {b!r}")
                break
    there = truth.geometry if code == 4326 else truth.to_crs(code).geometry
    off = CENTIMETRE_DEG if code == 4326 else CENTIMETRE_M
    for row, (a, b) in enumerate(zip(frame.geometry, there)):
        if (a is None) != (b is None):
            faults.append(f"{path.name}: row {row} has a place in one file only")
        elif a is not None:
            xy, wanted = shapely.get_coordinates(a), shapely.get_coordinates(b)
            if xy.shape != wanted.shape or abs(xy - wanted).max() > off:
                faults.append(f"{path.name}: row {row} is elsewhere: {xy[:2]} for {wanted[:2]}")
                break


for path in sorted(folder.glob("*.*.*")):
    compare(path)
    n_files += 1
for fault in faults:
    print(fault)
print(n_files)
