"""Writes tests/judge/spread.json: spatial statistics as libpysal and esda compute them.

    python3 -m venv v && v/bin/pip install esda==2.9.0 libpysal==4.14.1
    v/bin/python tests/judge/spread.py

Values are invented from a seed. P values come from numpy's chance, so ours agree only within its error.
"""

import json
import pathlib
import tempfile
import warnings

import esda
import libpysal
import numpy as np
from esda.smoothing import Empirical_Bayes, assuncao_rate

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20221)


def case(name, w, values, events, residents):
    row = libpysal.weights.W(w.neighbors, w.weights, silence_warnings=True)
    row.transform = "r"
    np.random.seed(1)
    moran = esda.Moran(values, row, permutations=9999)
    local = esda.Moran_Local(values, row, permutations=9999, seed=1)
    has = (values > np.median(values)).astype(int)
    binary = libpysal.weights.W(w.neighbors, silence_warnings=True)
    joins = esda.Join_Counts(has, binary, permutations=9999)
    with tempfile.TemporaryDirectory() as folder:
        gal, gwt = f"{folder}/w.gal", f"{folder}/w.gwt"
        libpysal.io.open(gal, "w").write(binary)
        text_gal = pathlib.Path(gal).read_text()
    return {
        "name": name,
        "near": [sorted(map(int, w.neighbors[i])) for i in range(w.n)],
        "values": values.tolist(),
        "events": events.tolist(),
        "residents": residents.tolist(),
        "i": moran.I,
        "expected": moran.EI,
        "z": moran.z_rand,
        "p": moran.p_sim,
        "local_i": local.Is.tolist(),
        "local_quadrant": local.q.tolist(),
        "local_p": local.p_sim.tolist(),
        "has": [bool(x) for x in has],
        "both": float(joins.bb),
        "neither": float(joins.ww),
        "one": float(joins.bw),
        "both_expected": float(joins.mean_bb),
        "both_p": float(joins.p_sim_bb),
        "one_p": float(joins.p_sim_bw),
        "empirical_bayes": np.asarray(Empirical_Bayes(events, residents).r).ravel().tolist(),
        "standardised": assuncao_rate(events, residents).tolist(),
        "gal": text_gal,
    }


def drawn(n, weights, strength):
    """Values that follow their neighbours by `strength`."""
    noise = rng.normal(size=n)
    lagged = np.array([np.mean([noise[j] for j in weights.neighbors[i]] or [0]) for i in range(n)])
    values = np.round(noise + strength * lagged, 3)
    residents = rng.integers(300, 20000, n).astype(float)
    events = rng.poisson(residents * 0.0005 * np.exp(0.9 * values)).astype(float)
    return values, events, residents


grid = libpysal.weights.lat2W(9, 8, rook=False)
ring = libpysal.weights.W({i: [(i - 1) % 40, (i + 1) % 40] for i in range(40)})
lonely = {i: list(near) for i, near in libpysal.weights.lat2W(6, 6, rook=True).neighbors.items()}
for other in lonely[35]:
    lonely[other].remove(35)
lonely[35] = []
lonely = libpysal.weights.W(lonely, silence_warnings=True)
cases = [
    case("alike", grid, *drawn(72, grid, 2.0)),
    case("anywhere", grid, *drawn(72, grid, 0.0)),
    case("in turns", ring, *drawn(40, ring, -1.5)),
    case("with an island", lonely, *drawn(36, lonely, 1.0)),
]
out = {"esda": esda.__version__, "libpysal": libpysal.__version__, "cases": cases}
pathlib.Path(__file__).with_name("spread.json").write_text(json.dumps(out, indent=None) + "\n")
for c in cases:
    print(c["name"], round(c["i"], 4), round(c["z"], 3), c["p"], c["both"], c["one"], c["both_p"])
