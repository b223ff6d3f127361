// Districts' names among khoroos, on MapLibre's map: found anew for every view from the tiles in hand.

import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import type { Rect } from './free_part';
import { letterScale } from './letters';
import { namePoints, type Size, type Spot } from './name_points';
import { isBeside } from './part';
import type { Level } from './state';
import { DISTRICT_NAMES, districtNameLayer, isNumbered, layerId, lengthPx, sourceId } from './style/layers';
import { dotRadius } from './style/records';
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

  /** Practices that are drawn. */
  function dotsOf(vintage: string): Rect[] {
    const layer = layerId('practices-dot', vintage);
    if (!map.getLayer(layer)) return [];
    return map.queryRenderedFeatures({ layers: [layer] }).flatMap(({ geometry, properties }) => {
      if (geometry.type !== 'Point') return [];
      const { x, y } = map.project(geometry.coordinates as [number, number]);
      const radius = dotRadius(Number(properties.count));
      return [{ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }];
    });
  }

  return {
    place({ vintage, level, districts }) {
      const source = sourceId(vintage);
      if (!map.getSource(source)) return false;
      const { clientWidth: width, clientHeight: height } = map.getContainer();
      const zoom = map.getZoom();
      // At their own level districts are named by the tiles.
      const found = level === 'district' ? [] : map.querySourceFeatures(source, { sourceLayer: 'khoroo_labels' });
      const scale = letterScale();
      const all = found.flatMap(({ id, geometry, properties }): Spot[] => {
        if (geometry.type !== 'Point' || typeof id !== 'number') return [];
        const { x, y } = map.project(geometry.coordinates as [number, number]);
        const room_m = Number(properties.room_m);
        return [{ id, district: String(properties.district), x, y, room: lengthPx(room_m, zoom), isNumbered: isNumbered(room_m, zoom, scale) }];
      });
      const isSeen = ({ x, y }: Spot): boolean => x >= 0 && y >= 0 && x <= width && y <= height;
      const [spots, beyond] = [all.filter(isSeen), all.filter((spot) => !isSeen(spot))];
      const number = { width: NUMBER.width * scale, height: NUMBER.height * scale };
      const [under, dots] = [covered(), dotsOf(vintage)];
      const now = JSON.stringify([all, width, height, zoom, scale, under, dots, [...districts]]);
      if (now === standing) return false;
      standing = now;
      const features = namePoints(spots, { names: districts, size: { width, height }, sizeOf, number, beyond, covered: under, dots })
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
