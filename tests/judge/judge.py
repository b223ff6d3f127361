"""Judges coverages and tiles with GEOS, which shares no code with what made them.

Reads a JSON array of cases `{"name", "units", "holes", "same_vertices"}`: `units` are lists of polygons,
each a list of rings of whole numbers (the first ring is the exterior, rings are open), `holes` is how many
interior rings the union of all units has to have; with `same_vertices` both sides of a border have to have
the same ones. Says what is wrong, a line each, and exits with 1.
"""

import json
import sys

import shapely


def faults(units, holes, same_vertices):
    west = min(x for unit in units for polygon in unit for ring in polygon for x, _ in ring)
    south = min(y for unit in units for polygon in unit for ring in polygon for _, y in ring)

    def line(ring):
        # Near the origin GEOS loses no digit.
        return [(x - west, y - south) for x, y in ring]

    areas = [
        shapely.MultiPolygon([(line(rings[0]), [line(hole) for hole in rings[1:]]) for rings in unit])
        for unit in units
    ]
    for place, area in enumerate(areas):
        if not area.is_valid:
            yield f"unit {place}: {shapely.is_valid_reason(area)}"
    if same_vertices and not shapely.coverage_is_valid(areas):
        n_edges = sum(not edges.is_empty for edges in shapely.coverage_invalid_edges(areas))
        yield f"no coverage: {n_edges} units have invalid edges"
    union = shapely.union_all(areas)
    sum_of_areas = sum(area.area for area in areas)
    if abs(union.area - sum_of_areas) > 1e-9 * sum_of_areas:
        yield f"areas add up to {sum_of_areas}, the union has {union.area}"
    found = sum(len(part.interiors) for part in shapely.get_parts(union))
    if found != holes:
        yield f"the union has {found} holes instead of {holes}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        cases = json.load(file)
    n_faults = 0
    for case in cases:
        for fault in faults(case["units"], case["holes"], case["same_vertices"]):
            n_faults += 1
            print(f"{case['name']}: {fault}")
    print(f"GEOS {shapely.geos_version_string}: {len(cases)} cases, {n_faults} faults")
    return 1 if n_faults or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
