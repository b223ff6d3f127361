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
  /** Code of the khoroo or district whose lines stand out; they are those of the tiles' vintage. */
  own: string | null;
  /** Code of the district that is shown alone: of others only what came from it or went to it. */
  within: string | null;
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
      paint: { 'line-color': theme.ground, 'line-width': haloWidthOf(null), 'line-opacity': haloOf(null) },
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
        'icon-size': arrowSizeOf(null),
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

export function recordFilter(layer: string, { cycle, theme, within }: RecordChoice): FilterSpecification {
  // A practice may have been entered in several cycles; its property lists them.
  const ofCycle: ExpressionSpecification = layer.startsWith('practices')
    ? ['in', cycle, ['get', 'cycles']]
    : ['==', ['get', 'cycle'], cycle];
  const ofTheme: ExpressionSpecification[] = theme === null ? [] : [['==', ['get', 'theme'], theme]];
  const ofPart: ExpressionSpecification[] = within === null ? []
    : [layer.startsWith('practices') ? ['==', ['get', 'district'], within] : ofPlace(within)];
  const all = [ofCycle, ...ofTheme, ...ofPart];
  return all.length === 1 ? ofCycle : ['all', ...all];
}

/** Lines of the chosen place, or all of them where none is to stand out. */
export function opacityOf(own: string | null): ExpressionSpecification | number {
  return own === null ? 0.9 : ['case', ofPlace(own), 1, 0.18];
}

/** Only lines that stand out are set off from the colours below. */
export function haloOf(own: string | null): ExpressionSpecification | number {
  return own === null ? 0.7 : ['case', ofPlace(own), 1, 0];
}

/** So that the line has a seam on either side. */
export function haloWidthOf(own: string | null): ExpressionSpecification | number {
  return own === null ? 4 : ['case', ofPlace(own), 6.5, 4];
}

/** Size of an arrow, as a part of its picture. */
export function arrowSizeOf(own: string | null): ExpressionSpecification | number {
  return own === null ? 1 : ['case', ofPlace(own), 1.35, 0.8];
}

export function widthOf(own: string | null): ExpressionSpecification | number {
  return own === null ? 1.5 : ['case', ofPlace(own), 3, 1.25];
}

/** Codes of khoroos begin with their district's. */
function isIn(district: string, property: string): ExpressionSpecification {
  const start = `${district}-`;
  return ['==', ['slice', ['to-string', ['get', property]], 0, start.length], start];
}

/** Lines that begin or end in a khoroo, or in a district. */
function ofPlace(code: string): ExpressionSpecification {
  if (!code.includes('-')) return ['any', isIn(code, 'from'), isIn(code, 'to')];
  return ['any', ['==', ['get', 'from'], code], ['==', ['get', 'to'], code]];
}
