// In which khoroo a place lies or which is nearest, as the lines of tiles say. Pure.

import { readPolygons, TILE_EXTENT } from '../mvt';

/** Tile of a place, and where in it the place is: `x` and `y` in the tile's units. */
export interface Spot {
  column: number;
  row: number;
  x: number;
  y: number;
}

export interface Nearest {
  code: string;
  distance_m: number;
}

type Point = [x: number, y: number];

/** No finer than lines of tiles are. */
const STEP_M = 10;
/** Beyond, nothing is near. */
const FARTHEST_M = 1_000_000;
const EARTH_RADIUS_M = 6_371_009;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export function spotOf(lon: number, lat: number, z: number): Spot {
  const side = 2 ** z;
  const [across, down] = [(lon / 360 + 0.5) * side, (0.5 - Math.atanh(Math.sin(radians(lat))) / (2 * Math.PI)) * side];
  const [column, row] = [Math.floor(across), Math.floor(down)];
  return { column, row, x: (across - column) * TILE_EXTENT, y: (down - row) * TILE_EXTENT };
}

/** Tiles of a zoom within west, south, east and north. */
export function spotsIn([west, south, east, north]: readonly [number, number, number, number], z: number): { column: number; row: number }[] {
  const [first, last] = [spotOf(west, north, z), spotOf(east, south, z)];
  const all = [];
  for (let row = first.row; row <= last.row; row += 1) for (let column = first.column; column <= last.column; column += 1) all.push({ column, row });
  return all;
}

/** Code of the khoroo at a spot of the tile; `null` outside all. */
export function khorooAt(tile: Uint8Array, { x, y }: Spot): string | null {
  const found = readPolygons(tile, 'khoroos').find(({ path }) => isInside(path, x, y));
  return found?.properties.get('code') ?? null;
}

/**
 * The khoroo whose ground is nearest to a place outside all of them; `null` where none is near.
 *
 * Where tiles cut the ground off, their edges lie inside of it, so they are never nearer than its own.
 */
export function nearestKhoroo(tiles: readonly { column: number; row: number; bytes: Uint8Array }[], z: number, lon: number, lat: number): Nearest | null {
  const { column, row, x, y } = spotOf(lon, lat, z);
  const side = 2 ** z * TILE_EXTENT;
  let best: { code: string; at: Point; far: number } | null = null;
  for (const tile of tiles) {
    const [left, top] = [(tile.column - column) * TILE_EXTENT - x, (tile.row - row) * TILE_EXTENT - y];
    for (const { path, properties } of readPolygons(tile.bytes, 'khoroos')) {
      const code = properties.get('code');
      if (code === undefined) continue;
      for (const [[x0, y0], [x1, y1]] of edges(path)) {
        const at = nearestOf([x0 + left, y0 + top], [x1 + left, y1 + top]);
        const far = Math.hypot(...at);
        if (best === null || far < best.far) best = { code, at, far };
      }
    }
  }
  if (best === null) return null;
  const [across, down] = [(column * TILE_EXTENT + x + best.at[0]) / side, (row * TILE_EXTENT + y + best.at[1]) / side];
  const there = { lon: (across - 0.5) * 360, lat: (Math.atan(Math.sinh((0.5 - down) * 2 * Math.PI)) * 180) / Math.PI };
  const away = distance(lon, lat, there.lon, there.lat);
  return away > FARTHEST_M ? null : { code: best.code, distance_m: Math.max(STEP_M, Math.round(away / STEP_M) * STEP_M) };
}

/** By how often a ray to the east crosses the rings. */
function isInside(path: string, x: number, y: number): boolean {
  let isWithin = false;
  for (const [[x0, y0], [x1, y1]] of edges(path)) {
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) isWithin = !isWithin;
  }
  return isWithin;
}

function edges(path: string): [Point, Point][] {
  const rings = path.split('Z').filter((ring) => ring !== '')
    .map((ring) => ring.split(/[ML]/).slice(1).map((point) => point.split(' ').map(Number) as Point));
  return rings.flatMap((ring) => ring.map((to, idx): [Point, Point] => [ring.at(idx - 1)!, to]));
}

/** Of a piece of line, the place that is nearest to the origin. */
function nearestOf([x0, y0]: Point, [x1, y1]: Point): Point {
  const [across, down] = [x1 - x0, y1 - y0];
  const length = across * across + down * down;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(x0 * across + y0 * down) / length));
  return [x0 + share * across, y0 + share * down];
}

/** In metres on a sphere, by the haversine formula. */
function distance(lon0: number, lat0: number, lon1: number, lat1: number): number {
  const [up, across] = [Math.sin(radians(lat1 - lat0) / 2), Math.sin(radians(lon1 - lon0) / 2)];
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(up * up + Math.cos(radians(lat0)) * Math.cos(radians(lat1)) * across * across));
}
