// Districts that lie apart from the city, and the tile in which each is seen whole. Pure.
//
// Nothing is known here by name: a district lies apart if its box touches no box of the group in
// which most khoroos lie.

import type { Box, District } from './api';

export interface Apart {
  code: string;
  box: Box;
}

export interface TileView {
  z: number;
  x: number;
  y: number;
  /** The box in units of the tile: x, y, width, height. */
  viewBox: [number, number, number, number];
}

export function districtsApart(districts: readonly District[]): Apart[] {
  const placed = districts.flatMap(({ code, bbox, n_khoroos }) => (bbox ? [{ code, box: bbox, n_khoroos }] : []));
  const groups: (typeof placed)[] = [];
  for (const district of placed) {
    const touching = groups.filter((group) => group.some(({ box }) => touch(box, district.box)));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push([...touching.flat(), district]);
  }
  const size = (group: typeof placed): number => group.reduce((sum, { n_khoroos }) => sum + n_khoroos, 0);
  const main = groups.reduce((a, b) => (size(b) > size(a) ? b : a), groups[0] ?? []);
  return placed.filter((district) => !main.includes(district)).map(({ code, box }) => ({ code, box }));
}

/** The district in the middle of the built-up core: the one in the city itself with the least ground for each khoroo. */
export function innermost(districts: readonly District[]): string | null {
  const away = districtsApart(districts).map(({ code }) => code);
  const ground = ({ bbox, n_khoroos }: District): number =>
    bbox === null || n_khoroos === 0 ? Number.POSITIVE_INFINITY : ((bbox[2] - bbox[0]) * (bbox[3] - bbox[1])) / n_khoroos;
  const inCity = districts.filter(({ code }) => !away.includes(code));
  return inCity.reduce<District | null>((best, one) => (best && ground(best) <= ground(one) ? best : one), null)?.code ?? null;
}

export function touch(a: Box, b: Box): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

export function contains(outer: Box, inner: Box): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}

/**
 * The most detailed tile from `zoomMin` to `zoomMax` that holds a box whole, with the box in the
 * tile's units (`extent` to a side, y to the south); `null` where even the coarsest cuts it.
 */
export function tileAround(box: Box, zoomMin: number, zoomMax: number, extent: number): TileView | null {
  const [west, south, east, north] = box;
  for (let z = zoomMax; z >= zoomMin; z -= 1) {
    const [upper, lower] = [tilePlace(west, north, z), tilePlace(east, south, z)];
    const [x, y] = [Math.floor(upper.x), Math.floor(upper.y)];
    if (x !== Math.floor(lower.x) || y !== Math.floor(lower.y)) continue;
    const [left, top] = [(upper.x - x) * extent, (upper.y - y) * extent];
    return { z, x, y, viewBox: [left, top, (lower.x - upper.x) * extent, (lower.y - upper.y) * extent] };
  }
  return null;
}

/** Column and row of a place, counted from the north-west, with fractions. Web Mercator. */
function tilePlace(lon: number, lat: number, z: number): { x: number; y: number } {
  const scale = 2 ** z;
  const sin = Math.sin((lat * Math.PI) / 180);
  return { x: ((lon + 180) / 360) * scale, y: (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * scale };
}
