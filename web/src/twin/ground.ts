// In which khoroo a place lies, as the lines of its tile say. Pure.

import { readPolygons, TILE_EXTENT } from '../mvt';

/** Tile of a place, and where in it the place is: `x` and `y` in the tile's units. */
export interface Spot {
  column: number;
  row: number;
  x: number;
  y: number;
}

export function spotOf(lon: number, lat: number, z: number): Spot {
  const side = 2 ** z;
  const sine = Math.sin((lat * Math.PI) / 180);
  const [across, down] = [(lon / 360 + 0.5) * side, (0.5 - Math.atanh(sine) / (2 * Math.PI)) * side];
  const [column, row] = [Math.floor(across), Math.floor(down)];
  return { column, row, x: (across - column) * TILE_EXTENT, y: (down - row) * TILE_EXTENT };
}

/** Code of the khoroo at a spot of the tile; `null` outside all. */
export function khorooAt(tile: Uint8Array, { x, y }: Spot): string | null {
  const found = readPolygons(tile, 'khoroos').find(({ path }) => isInside(path, x, y));
  return found?.properties.get('code') ?? null;
}

/** By how often a ray to the east crosses the rings. */
function isInside(path: string, x: number, y: number): boolean {
  const rings = path.split('Z').filter((ring) => ring !== '')
    .map((ring) => ring.split(/[ML]/).slice(1).map((point) => point.split(' ').map(Number) as [number, number]));
  let isWithin = false;
  for (const ring of rings) {
    for (const [idx, [x1, y1]] of ring.entries()) {
      const [x0, y0] = ring.at(idx - 1)!;
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) isWithin = !isWithin;
    }
  }
  return isWithin;
}
