// Districts' names among khoroos, on MapLibre's map: found anew for every view from the tiles in hand.

import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import type { Rect } from './free_part';
import { letterScale } from './letters';
import { namePoints, type Size, type Spot } from './name_points';
import { isBeside } from './part';
import type { Level } from './state';
import { DISTRICT_NAMES, districtNameLayer, KHOROO_NUMBER_ZOOM, sourceId } from './style/layers';
import type { MapTheme } from './style/theme';

export interface NamedView {
  vintage: string;
  level: Level;
  /** What districts are called, by code. */
  districts: ReadonlyMap<string, string>;
}

export interface Names {
  /** Puts each name where the district's khoroos are in view; true where that changed anything. */
  place(view: NamedView): boolean;
}

/** Two digits with the air that MapLibre leaves around them. */
const NUMBER: Size = { width: 22, height: 18 };
/** Air around a name. */
const AIR_PX = 4;

export interface NamesOptions {
  /** The district that is shown alone; the names of others are quieter. */
  part: string | null;
  /** What lies on the map, so that names keep away from it. */
  covered(): Rect[];
}

export function createNames(map: MapLibre, theme: MapTheme, { part, covered }: NamesOptions): Names {
  map.addSource(DISTRICT_NAMES, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer(districtNameLayer(theme));
  const pen = document.createElement('canvas').getContext('2d');
  /** The view for which names stand, as text. */
  let standing = '';

  function sizeOf(name: string): Size {
    const size_px = nameSize(map.getZoom()) * letterScale();
    if (pen) pen.font = `600 ${size_px}px 'Noto Sans', sans-serif`;
    return { width: (pen?.measureText(name).width ?? 0) + 2 * AIR_PX, height: size_px * 1.2 + AIR_PX };
  }

  return {
    place({ vintage, level, districts }) {
      const source = sourceId(vintage);
      if (!map.getSource(source)) return false;
      const { clientWidth: width, clientHeight: height } = map.getContainer();
      // At their own level districts are named by the tiles.
      const found = level === 'district' ? [] : map.querySourceFeatures(source, { sourceLayer: 'khoroo_labels' });
      const spots = found.flatMap(({ id, geometry, properties }): Spot[] => {
        if (geometry.type !== 'Point' || typeof id !== 'number') return [];
        const { x, y } = map.project(geometry.coordinates as [number, number]);
        return x >= 0 && y >= 0 && x <= width && y <= height ? [{ id, district: String(properties.district), x, y }] : [];
      });
      const scale = letterScale();
      const number = map.getZoom() < KHOROO_NUMBER_ZOOM ? null : { width: NUMBER.width * scale, height: NUMBER.height * scale };
      const under = covered();
      const now = JSON.stringify([spots, width, height, map.getZoom(), scale, under, [...districts]]);
      if (now === standing) return false;
      standing = now;
      const features = namePoints(spots, { names: districts, size: { width, height }, sizeOf, number, covered: under })
        .map(({ id, district, name, x, y }) => ({
          type: 'Feature' as const,
          id,
          geometry: { type: 'Point' as const, coordinates: map.unproject([x, y]).toArray() },
          properties: { name, beside: isBeside({ district }, part) },
        }));
      map.getSource<GeoJSONSource>(DISTRICT_NAMES)?.setData({ type: 'FeatureCollection', features });
      return true;
    },
  };
}

/** Usual size of the letters at a zoom, pixels; as `DISTRICT_TEXT` has it. */
function nameSize(zoom: number): number {
  return Math.min(15, Math.max(12, 12 + ((zoom - 7) / 4) * 3));
}
