// Letters of the map in the size that the reader has set: MapLibre draws them itself and knows no style sheets.

import type { ExpressionSpecification, Map as MapLibre } from 'maplibre-gl';
import { letterScale, watchLetters } from './letters';
import { holdsNumber, layerId, NUMBER_PLACES, numberPlaces, WIDE_LABELS } from './style/layers';

/** What a layer's size may be: pixels, or stops of zoom and pixels in turn. */
export type TextSize = number | ExpressionSpecification;

/** Before the first pair of stops: `interpolate`, the way between them, the zoom. */
const STOPS_FROM = 3;

/** A size with every pixel of it so many times as large. */
export function scaledSize(size: TextSize, scale: number): TextSize {
  if (typeof size === 'number') return size * scale;
  const isPixels = (idx: number): boolean => idx > STOPS_FROM && (idx - STOPS_FROM) % 2 === 1;
  return size.map((part, idx) => (isPixels(idx) && typeof part === 'number' ? part * scale : part)) as ExpressionSpecification;
}

/** Keeps letters of all layers in that size, of those too that come later. */
export function followLetters(map: MapLibre): void {
  /** As the style has them. */
  const plain = new Map<string, TextSize>();

  function resize(id: string): void {
    const size = plain.get(id);
    if (size === undefined) return;
    map.setLayoutProperty(id, 'text-size', scaledSize(size, letterScale()));
    if (map.getLayoutProperty(id, NUMBER_PLACES)) map.setLayoutProperty(id, NUMBER_PLACES, numberPlaces(letterScale()));
    if (id.startsWith(layerId(WIDE_LABELS, ''))) map.setFilter(id, holdsNumber(letterScale()));
  }

  function follow(): void {
    for (const id of map.getLayersOrder()) {
      if (plain.has(id) || map.getLayer(id)?.type !== 'symbol') continue;
      const size = map.getLayoutProperty(id, 'text-size') as TextSize | undefined;
      if (size === undefined) continue;
      plain.set(id, size);
      if (letterScale() !== 1) resize(id);
    }
  }

  map.on('styledata', follow);
  follow();
  const letters = watchLetters(() => {
    for (const id of plain.keys()) resize(id);
  });
  map.once('remove', letters.destroy);
}
