// Layers for orientation on MapLibre's map, as the server describes them: under the colours, over them, names.

import type { AllPaintProperties, LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import type { TileSet } from './api';
import { BELOW_BORDERS, BELOW_FILLS, BELOW_NAMES, CONTEXT_SOURCE } from './style/layers';

const PLACES: Record<string, string> = { under: BELOW_FILLS, over: BELOW_BORDERS, names: BELOW_NAMES };

/** Puts them where they go, or gives those that stand there the colours of another theme. */
export function showContext(map: MapLibre, tiles: TileSet, layers: readonly LayerSpecification[]): void {
  if (!map.getSource(CONTEXT_SOURCE)) {
    const { minzoom, maxzoom, bounds } = tiles;
    map.addSource(CONTEXT_SOURCE, { type: 'vector', tiles: tiles.tiles, minzoom, maxzoom, ...(bounds ? { bounds } : {}) });
  }
  for (const layer of layers) {
    const place = PLACES[(layer.metadata as Record<string, string> | undefined)?.['hlp:place'] ?? ''];
    if (place === undefined) continue;
    if (!map.getLayer(layer.id)) {
      map.addLayer(layer, place);
      continue;
    }
    for (const [property, value] of Object.entries(layer.paint ?? {})) {
      map.setPaintProperty(layer.id, property as keyof AllPaintProperties, value);
    }
  }
}
