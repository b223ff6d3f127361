// The one place that is marked on the map: a landmark that was looked for.

import type { GeoJSONSource, GeoJSONSourceSpecification, Map as MapLibre } from 'maplibre-gl';
import type { Place } from './coordinates';
import type { MapTheme } from './style/theme';

const MARK = 'mark';

export interface Mark {
  show(place: Place | null): void;
  setTheme(theme: MapTheme): void;
}

export function createMark(map: MapLibre, theme: MapTheme): Mark {
  map.addSource(MARK, { type: 'geojson', data: dataOf(null) });
  map.addLayer({
    id: MARK,
    type: 'circle',
    source: MARK,
    paint: { 'circle-radius': 8, 'circle-stroke-width': 3, 'circle-color': theme.accent, 'circle-stroke-color': theme.ground },
  });
  let shown: Place | null = null;
  return {
    show(place) {
      if (place?.lon === shown?.lon && place?.lat === shown?.lat) return;
      shown = place;
      map.getSource<GeoJSONSource>(MARK)?.setData(dataOf(place));
    },
    setTheme({ accent, ground }) {
      map.setPaintProperty(MARK, 'circle-color', accent);
      map.setPaintProperty(MARK, 'circle-stroke-color', ground);
    },
  };
}

function dataOf(place: Place | null): GeoJSONSourceSpecification['data'] {
  if (!place) return { type: 'FeatureCollection', features: [] };
  return { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [place.lon, place.lat] } };
}
