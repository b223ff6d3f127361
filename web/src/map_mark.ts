// Single places that are marked on the map: a landmark that was looked for, and where the reader is.

import type { FilterSpecification, GeoJSONSource, GeoJSONSourceSpecification, Map as MapLibre } from 'maplibre-gl';
import type { Place } from './coordinates';
import { SEMIBOLD } from './style/fonts';
import type { MapTheme } from './style/theme';

/** A dot with what is written beside it; empty where nothing is. */
export interface MarkedPlace extends Place {
  kind: 'landmark' | 'here';
  label: string;
}

export interface Marks {
  show(places: readonly MarkedPlace[]): void;
  setTheme(theme: MapTheme): void;
}

const SOURCE = 'marks';
const LANDMARK = 'mark';
const HERE = 'here';
const NAME = 'mark-name';

const only = (kind: MarkedPlace['kind']): FilterSpecification => ['==', ['get', 'kind'], kind];

export function createMarks(map: MapLibre, theme: MapTheme): Marks {
  map.addSource(SOURCE, { type: 'geojson', data: dataOf([]) });
  map.addLayer({
    id: HERE,
    type: 'circle',
    source: SOURCE,
    filter: only('here'),
    paint: { 'circle-radius': 7, 'circle-stroke-width': 3, 'circle-color': theme.ground, 'circle-stroke-color': theme.accent },
  });
  map.addLayer({
    id: LANDMARK,
    type: 'circle',
    source: SOURCE,
    filter: only('landmark'),
    paint: { 'circle-radius': 8, 'circle-stroke-width': 3, 'circle-color': theme.accent, 'circle-stroke-color': theme.ground },
  });
  map.addLayer({
    id: NAME,
    type: 'symbol',
    source: SOURCE,
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [SEMIBOLD],
      'text-size': 14,
      'text-max-width': 12,
      'text-variable-anchor': ['left', 'right', 'bottom', 'top'],
      'text-radial-offset': 1,
      'text-justify': 'auto',
      'text-allow-overlap': true,
      'text-ignore-placement': false,
    },
    paint: { 'text-color': theme.ink, 'text-halo-color': theme.halo, 'text-halo-width': 2 },
  });
  let shown = '';
  return {
    show(places) {
      const key = JSON.stringify(places);
      if (key === shown) return;
      shown = key;
      map.getSource<GeoJSONSource>(SOURCE)?.setData(dataOf(places));
    },
    setTheme({ accent, ground, ink, halo }) {
      map.setPaintProperty(LANDMARK, 'circle-color', accent);
      map.setPaintProperty(LANDMARK, 'circle-stroke-color', ground);
      map.setPaintProperty(HERE, 'circle-color', ground);
      map.setPaintProperty(HERE, 'circle-stroke-color', accent);
      map.setPaintProperty(NAME, 'text-color', ink);
      map.setPaintProperty(NAME, 'text-halo-color', halo);
    },
  };
}

function dataOf(places: readonly MarkedPlace[]): GeoJSONSourceSpecification['data'] {
  const features = places.map(({ lon, lat, kind, label }) => ({
    type: 'Feature' as const,
    properties: { kind, label },
    geometry: { type: 'Point' as const, coordinates: [lon, lat] },
  }));
  return { type: 'FeatureCollection', features };
}
