// What lies over the colours on demand: practices as dots, replications as lines from the khoroo at
// home with a practice to the one that copied it.
//
// Both come from the tracker's tiles, which carry cycle and theme, so that a filter chooses among them.
// A chosen khoroo's lines stand out; arrows say which way a practice went.

import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { Layer } from '../state';
import { layerId } from './layers';
import type { MapTheme } from './theme';

export const ARROW_IMAGE = 'replication-arrow';

/** Zoom from which an arrow has room on its line. */
const ARROW_ZOOM = 9;

/** Which records are drawn. */
export interface RecordChoice {
  layers: readonly Layer[];
  cycle: string;
  theme: string | null;
  /** Code of the khoroo whose lines stand out. */
  selected: string | null;
}

export function recordSource(vintage: string): string {
  return `tracker-${vintage}`;
}

export function recordLayers(vintage: string, theme: MapTheme): LayerSpecification[] {
  const common = { source: recordSource(vintage) };
  const lines = { ...common, 'source-layer': 'replications' };
  return [
    {
      id: layerId('replications-halo', vintage),
      type: 'line',
      ...lines,
      layout: { 'line-cap': 'round', visibility: 'none' },
      paint: { 'line-color': theme.ground, 'line-width': 4, 'line-opacity': haloOf(null) },
    },
    {
      id: layerId('replications-line', vintage),
      type: 'line',
      ...lines,
      layout: { 'line-cap': 'round', visibility: 'none' },
      paint: { 'line-color': theme.record, 'line-width': widthOf(null), 'line-opacity': opacityOf(null) },
    },
    {
      id: layerId('replications-arrow', vintage),
      type: 'symbol',
      ...lines,
      minzoom: ARROW_ZOOM,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 90,
        'icon-image': ARROW_IMAGE,
        'icon-allow-overlap': true,
        visibility: 'none',
      },
      paint: { 'icon-opacity': opacityOf(null) },
    },
    {
      id: layerId('practices-dot', vintage),
      type: 'circle',
      ...common,
      'source-layer': 'practices',
      layout: { visibility: 'none' },
      paint: {
        'circle-color': theme.record,
        'circle-stroke-color': theme.ground,
        'circle-stroke-width': 1.5,
        // One dot stands for several practices where they lie closer than it is wide.
        'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 4, 6, 14],
      },
    },
  ];
}

export function isShown(layer: string, layers: readonly Layer[]): boolean {
  return layers.some((shown) => layer.startsWith(`${shown}-`));
}

export function recordFilter(layer: string, { cycle, theme }: RecordChoice): FilterSpecification {
  // A practice may have been entered in several cycles; its property lists them.
  const ofCycle: ExpressionSpecification = layer.startsWith('practices')
    ? ['in', cycle, ['get', 'cycles']]
    : ['==', ['get', 'cycle'], cycle];
  return theme === null ? ofCycle : ['all', ofCycle, ['==', ['get', 'theme'], theme]];
}

/** Lines of the chosen khoroo, or all of them where it has none to stand out. */
export function opacityOf(selected: string | null): ExpressionSpecification | number {
  return selected === null ? 0.75 : ['case', ofKhoroo(selected), 1, 0.15];
}

/** Only lines that stand out are set off from the colours below. */
export function haloOf(selected: string | null): ExpressionSpecification | number {
  return selected === null ? 0.4 : ['case', ofKhoroo(selected), 0.9, 0];
}

export function widthOf(selected: string | null): ExpressionSpecification | number {
  return selected === null ? 1.25 : ['case', ofKhoroo(selected), 2.75, 1.25];
}

function ofKhoroo(code: string): ExpressionSpecification {
  return ['any', ['==', ['get', 'host'], code], ['==', ['get', 'khoroo'], code]];
}
