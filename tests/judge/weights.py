"""Writes tests/judge/weights.json: files of neighbours of the demo city, and what libpysal reads in them.

    python3 -m venv v && v/bin/pip install libpysal==4.14.1
    hlp demo --out demo.gpkg && hlp serve --store demo.gpkg --listen 127.0.0.1:8080 &
    v/bin/python tests/judge/weights.py http://127.0.0.1:8080

The test compares the files with those that are served, and what was read with what neighbours answer.
"""

import hashlib
import json
import pathlib
import sys
import tempfile
import urllib.request
import warnings

import libpysal

warnings.filterwarnings("ignore")
base = sys.argv[1].rstrip("/")
files = {}
for name in ["weights.gal?weights=queen", "weights.gal?weights=rook", "weights.gwt?weights=knn&k=6"]:
    text = urllib.request.urlopen(f"{base}/api/v1/{name}").read()
    ending = name.split("?")[0].split(".")[1]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f"w.{ending}"
        path.write_bytes(text)
        w = libpysal.io.open(str(path)).read()
    files[name] = {
        "sha256": hashlib.sha256(text).hexdigest(),
        "n": w.n,
        "islands": sorted(w.islands),
        "near": {i: sorted(w.neighbors[i]) for i in sorted(w.neighbors)},
        "sum_of_weights": round(sum(sum(w.weights[i]) for i in w.neighbors), 3),
    }
out = {"libpysal": libpysal.__version__, "files": files}
pathlib.Path(__file__).with_name("weights.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
for name, file in files.items():
    print(name, file["n"], file["islands"], file["sum_of_weights"])
