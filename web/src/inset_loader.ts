// Geometry for the small frames: one tile for each district that lies apart, read and kept. One that does not
// come leaves the others.

import { type Apart, districtsApart, tileAround } from './apart';
import { ApiError, type Box, type District, type TileSet } from './api';
import type { Data } from './data';
import { readPolygons, TILE_EXTENT } from './mvt';
import type { Inset } from './panels/insets';
import type { Level } from './state';

/** Khoroos are in the tiles from here. */
const ZOOM_MIN = 6;
/** Finer lines than a frame can show. */
const ZOOM_MAX = 10;

export interface LoadedInsets {
  insets: readonly Inset[];
  /** Of districts whose tile did not come. */
  missing: readonly Box[];
}

export async function loadInsets(
  data: Data,
  districts: readonly District[],
  tiles: TileSet,
  level: Level,
  nameOf: (code: string) => string,
  signal: AbortSignal,
): Promise<LoadedInsets> {
  const [template] = tiles.tiles;
  if (template === undefined) return { insets: [], missing: [] };
  const missing: Box[] = [];
  const ask = async ({ code, box }: Apart): Promise<Inset[]> => {
    const tile = tileAround(box, Math.max(ZOOM_MIN, tiles.minzoom), Math.min(ZOOM_MAX, tiles.maxzoom), TILE_EXTENT);
    if (!tile) return [];
    const { z, x, y, viewBox } = tile;
    const url = template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y));
    const polygons = readPolygons(await data.tile(url, signal), level === 'khoroo' ? 'khoroos' : 'districts');
    const units = polygons.filter(({ properties }) => properties.get('district') === code);
    return units.length === 0 ? [] : [{ code, name: nameOf(code), box, viewBox, units }];
  };
  const settle = async (apart: Apart): Promise<Inset[]> => {
    try {
      return await ask(apart);
    } catch (error) {
      if (signal.aborted || !(error instanceof ApiError)) throw error;
      missing.push(apart.box);
      return [];
    }
  };
  const insets = (await Promise.all(districtsApart(districts).map(settle))).flat();
  return { insets, missing };
}
