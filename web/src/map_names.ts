// Districts' names among khoroos, on MapLibre's map: found anew for every view from the tiles in hand.

import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { namePoints } from './name_points';
import type { Level } from './state';
import { DISTRICT_NAMES, districtNameLayer, sourceId } from './style/layers';
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

export function createNames(map: MapLibre, theme: MapTheme): Names {
  map.addSource(DISTRICT_NAMES, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer(districtNameLayer(theme));
  /** The names that stand on the map, as text. */
  let standing = '';

  return {
    place({ vintage, level, districts }) {
      const source = sourceId(vintage);
      if (!map.getSource(source)) return false;
      const box = map.getBounds();
      // At their own level districts are named by the tiles.
      const found = level === 'district' ? [] : map.querySourceFeatures(source, { sourceLayer: 'khoroo_labels' });
      const spots = found.flatMap(({ id, geometry, properties }) => {
        if (geometry.type !== 'Point' || typeof id !== 'number') return [];
        const [lon = 0, lat = 0] = geometry.coordinates;
        return box.contains([lon, lat]) ? [{ id, district: String(properties.district), lon, lat }] : [];
      });
      const features = namePoints(spots, districts);
      const now = JSON.stringify(features);
      if (now === standing) return false;
      standing = now;
      map.getSource<GeoJSONSource>(DISTRICT_NAMES)?.setData({ type: 'FeatureCollection', features });
      return true;
    },
  };
}
