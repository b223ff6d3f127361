// Geometry for the small frames: one tile for each district that lies apart, read and kept.

import { type Apart, districtsApart, tileAround } from './apart';
import type { District, TileSet } from './api';
import type { Data } from './data';
import { readPolygons, TILE_EXTENT } from './mvt';
import type { Inset } from './panels/insets';
import type { Level } from './state';

/** Khoroos are in the tiles from here. */
const ZOOM_MIN = 6;
/** Finer lines than a frame can show. */
const ZOOM_MAX = 10;

export async function loadInsets(
  data: Data,
  districts: readonly District[],
  tiles: TileSet,
  level: Level,
  nameOf: (code: string) => string,
  signal: AbortSignal,
): Promise<Inset[]> {
  const [template] = tiles.tiles;
  if (template === undefined) return [];
  const ask = async ({ code, box }: Apart): Promise<Inset[]> => {
    const tile = tileAround(box, Math.max(ZOOM_MIN, tiles.minzoom), Math.min(ZOOM_MAX, tiles.maxzoom), TILE_EXTENT);
    if (!tile) return [];
    const { z, x, y, viewBox } = tile;
    const url = template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
    const polygons = readPolygons(await data.tile(url, signal), level === 'khoroo' ? 'khoroos' : 'districts');
    const units = polygons.filter(({ properties }) => properties.get('district') === code);
    return units.length === 0 ? [] : [{ code, name: nameOf(code), box, viewBox, units }];
  };
  return (await Promise.all(districtsApart(districts).map(ask))).flat();
}
