// What lies over the colours on demand: practices as dots, replications as lines from the khoroo at
// home with a practice to the one that copied it.
//
// Both come from the tracker's tiles, which carry cycle and theme, so that a filter chooses among them.
// Of a chosen khoroo that has lines only these are drawn, stronger; arrows say which way a practice went.

import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { Layer } from '../state';
import { layerId } from './layers';
import type { MapTheme } from './theme';

export const ARROW_IMAGE = 'replication-arrow';
/** Nothing, two pixels wide and high. */
export const EMPTY_IMAGE = 'empty';

const DOT_EDGE_PX = 1.5;
/** Radius of the dot of one practice, and of as many as the largest is drawn for. */
const DOT_PX = { one: 4, most: 14, sqrtOfMost: 6 };

/** Of a dot that stands for so many practices. */
export function dotRadius(count: number): number {
  const { one, most, sqrtOfMost } = DOT_PX;
  const share = Math.min(1, (Math.sqrt(count) - 1) / (sqrtOfMost - 1));
  return one + share * (most - one) + DOT_EDGE_PX;
}

/** The same in a style, with the dot's edge or without. */
function radius(edge_px: number): ExpressionSpecification {
  const { one, most, sqrtOfMost } = DOT_PX;
  return ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, one + edge_px, sqrtOfMost, most + edge_px];
}

/** Zoom from which an arrow has room on its line. */
const ARROW_ZOOM = 9;

/** Which records are drawn. */
export interface RecordChoice {
  layers: readonly Layer[];
  cycle: string;
  theme: string | null;
  /** Code of the khoroo or district whose lines alone are drawn; they are those of the tiles' vintage. */
  own: string | null;
  /** Code of the district that is shown alone: of others only what came from it or went to it. */
  within: string | null;
}

export function recordSource(vintage: string): string {
  return `tracker-${vintage}`;
}

/** How lines are drawn; widths in CSS pixels, the arrow as a part of its picture. */
interface Strength {
  line: number;
  opacity: number;
  /** So that the line has a seam on either side. */
  halo: number;
  haloOpacity: number;
  arrow: number;
}

const ALL: Strength = { line: 1.5, opacity: 0.9, halo: 4, haloOpacity: 0.7, arrow: 1 };
const OWN: Strength = { line: 3, opacity: 1, halo: 6.5, haloOpacity: 1, arrow: 1.35 };

/** Lines of a chosen place, or all of them. */
export function strengthOf(own: string | null): Strength {
  return own === null ? ALL : OWN;
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
      paint: { 'line-color': theme.ground, 'line-width': ALL.halo, 'line-opacity': ALL.haloOpacity },
    },
    {
      id: layerId('replications-line', vintage),
      type: 'line',
      ...lines,
      layout: { 'line-cap': 'round', visibility: 'none' },
      paint: { 'line-color': theme.record, 'line-width': ALL.line, 'line-opacity': ALL.opacity },
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
        'icon-size': ALL.arrow,
        'icon-allow-overlap': true,
        visibility: 'none',
      },
      paint: { 'icon-opacity': ALL.opacity },
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
        'circle-stroke-width': DOT_EDGE_PX,
        // One dot stands for several practices where they lie closer than it is wide.
        'circle-radius': radius(0),
      },
    },
    {
      // Circles take no room: this takes it for them, so that numbers and names of khoroos keep away.
      id: layerId('practices-room', vintage),
      type: 'symbol',
      ...common,
      'source-layer': 'practices',
      layout: {
        'icon-image': EMPTY_IMAGE,
        'icon-size': radius(DOT_EDGE_PX),
        'icon-padding': 0,
        'icon-allow-overlap': true,
        visibility: 'none',
      },
    },
  ];
}

export function isShown(layer: string, layers: readonly Layer[]): boolean {
  return layers.some((shown) => layer.startsWith(`${shown}-`));
}

export function recordFilter(layer: string, { cycle, theme, own, within }: RecordChoice): FilterSpecification {
  // A practice may have been entered in several cycles; its property lists them.
  const isOfPractices = layer.startsWith('practices');
  const ofCycle: ExpressionSpecification = isOfPractices
    ? ['in', cycle, ['get', 'cycles']]
    : ['==', ['get', 'cycle'], cycle];
  const ofTheme: ExpressionSpecification[] = theme === null ? [] : [['==', ['get', 'theme'], theme]];
  const ofPart: ExpressionSpecification[] = within === null ? []
    : [isOfPractices ? ['==', ['get', 'district'], within] : ofPlace(within)];
  const ofChosen = own === null || isOfPractices ? [] : [ofPlace(own)];
  const all = [ofCycle, ...ofTheme, ...ofPart, ...ofChosen];
  return all.length === 1 ? ofCycle : ['all', ...all];
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
