// The map's style as a pure function of vintage, language and theme.
//
// Tiles carry geometry, ids and names only. A unit's fill is its feature-state `fill`, set from the
// values; so a change of measure or cycle repaints without a single tile being fetched or laid out
// again. Nothing here depends on a figure, and paint is never rewritten while a vintage stays.
//
// Layer ids end in `:{vintage}`, because two vintages are two sources and one of them is hidden.

import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import type { Lang } from '../i18n';
import { fontFaces, SEMIBOLD } from './fonts';
import type { MapTheme } from './theme';

export const HATCH_IMAGE = 'no-data-hatch';
export const CONTEXT_SOURCE = 'context';

/** These layers draw nothing; they mark where others go: each right below its own. */
export const BELOW_FILLS = 'below-fills';
export const BELOW_LINES = 'below-lines';
export const BELOW_BORDERS = 'below-borders';
export const BELOW_NAMES = 'below-names';

/** Zoom from which all khoroos are called by number, and from which by their whole name. */
const KHOROO_NUMBER_ZOOM = 10.5;
const KHOROO_NAME_ZOOM = 13;

/** Zoom from which those are called by number that hold it. Further out two dozen numbers would stand around none. */
const WIDE_NUMBER_ZOOM = 8;
/** Half of a number with its air, and of one beside a dot up to its far end; pixels. */
const NUMBER_ROOM_PX = 11;
const BESIDE_ROOM_PX = 28;
export const NUMBER_PLACES = 'text-variable-anchor-offset';
/** Metres in a pixel at zoom 0, at the city's latitude. */
const PIXEL_M = 52_500;

/** Pixels that a length on the ground takes at a zoom. */
export function lengthPx(length_m: number, zoom: number): number {
  return (length_m / PIXEL_M) * 2 ** zoom;
}

/**
 * Whether a khoroo is called by number. `room_m`: of its label point, to its border; tiles are laid out for whole zooms.
 * `scale`: of letters, 1 for the usual size.
 */
export function isNumbered(room_m: number, zoom: number, scale: number): boolean {
  return zoom >= KHOROO_NUMBER_ZOOM || (zoom >= WIDE_NUMBER_ZOOM && lengthPx(room_m, Math.floor(zoom)) >= NUMBER_ROOM_PX * scale);
}

const DISTRICT_TEXT: NonNullable<SymbolLayerSpecification['layout']> = {
  'text-font': [SEMIBOLD],
  'text-size': ['interpolate', ['linear'], ['zoom'], 7, 12, 11, 15],
  'text-max-width': 8,
  'text-padding': 4,
};

/** The khoroos that `isNumbered` says for zooms at which not all are. */
export function holdsNumber(scale: number): FilterSpecification {
  return ['>=', ['*', ['get', 'room_m'], ['^', 2, ['zoom']]], NUMBER_ROOM_PX * scale * PIXEL_M];
}

/**
 * Where a number stands: one that would lie on a dot or a name stands beside it where its khoroo is wide enough, and is
 * left out where it would be taken for a neighbour's; so is a whole name, which is too long to stand beside.
 * By whole zooms: a size in pixels is not to be had otherwise. `scale`: of letters, 1 for the usual size.
 */
export function numberPlaces(scale: number): ExpressionSpecification {
  const [high, wide, askew] = [0.75, 0.9, 0.6];
  const middle = ['center', [0, 0]];
  const beside = [...middle, 'bottom', [0, -high], 'top', [0, high], 'left', [wide, 0], 'right', [-wide, 0],
    'bottom-left', [askew, -askew], 'bottom-right', [-askew, -askew], 'top-left', [askew, askew], 'top-right', [-askew, askew]];
  const at = (zoom: number) => {
    const room_m = (BESIDE_ROOM_PX * scale * PIXEL_M) / 2 ** zoom;
    return ['case', ['>=', ['get', 'room_m'], room_m], ['literal', beside], ['literal', middle]];
  };
  const later = [9, 10, 11, 12].flatMap((zoom) => [zoom, at(zoom)]);
  return ['step', ['zoom'], at(WIDE_NUMBER_ZOOM), ...later, KHOROO_NAME_ZOOM, ['literal', middle]] as unknown as ExpressionSpecification;
}

const NO_COLOUR = 'rgba(0, 0, 0, 0)';

export function sourceId(vintage: string): string {
  return `boundaries-${vintage}`;
}

export function layerId(part: string, vintage: string): string {
  return `${part}:${vintage}`;
}

/** The empty map: ground, fonts, and the marks between which layers go. */
export function baseStyle(theme: MapTheme): StyleSpecification {
  return {
    version: 8,
    'font-faces': fontFaces(),
    sources: {},
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': theme.ground } },
      ...[BELOW_FILLS, BELOW_LINES, BELOW_BORDERS, BELOW_NAMES].map((id): LayerSpecification => ({
        id, type: 'background', layout: { visibility: 'none' },
      })),
    ],
  };
}

/** Layers that stand below the context lines: what is coloured. */
export function fillLayers(vintage: string, theme: MapTheme): LayerSpecification[] {
  const source = sourceId(vintage);
  return ['khoroos', 'districts'].flatMap((units): LayerSpecification[] => [
    {
      id: layerId(`${units}-fill`, vintage),
      type: 'fill',
      source,
      'source-layer': units,
      paint: { 'fill-color': stateColour('fill', NO_COLOUR), 'fill-antialias': false },
    },
    {
      id: layerId(`${units}-hatch`, vintage),
      type: 'fill',
      source,
      'source-layer': units,
      paint: { 'fill-pattern': HATCH_IMAGE, 'fill-opacity': flag('hatch', 1, 0) },
    },
    {
      id: layerId(`${units}-hover`, vintage),
      type: 'fill',
      source,
      'source-layer': units,
      paint: { 'fill-color': theme.ink, 'fill-opacity': flag('hover', 0.12, 0), 'fill-antialias': false },
    },
  ]);
}

/** Layers above the context lines: borders, the chosen unit's outline, names. */
export function borderLayers(vintage: string, theme: MapTheme): LayerSpecification[] {
  const line = (
    part: string,
    level: string,
    paint: { 'line-color': string; 'line-width': number | ExpressionSpecification },
  ): LayerSpecification => ({
    id: layerId(part, vintage),
    type: 'line',
    source: sourceId(vintage),
    'source-layer': 'borders',
    filter: ['==', ['get', 'level'], level],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint,
  });
  return [
    line('khoroo-borders', 'khoroo', {
      'line-color': theme.khorooBorder,
      'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.3, 11, 0.7, 14, 1.2],
    }),
    ...['khoroos', 'districts'].map((units): LayerSpecification => ({
      id: layerId(`${units}-outline`, vintage),
      type: 'line',
      source: sourceId(vintage),
      'source-layer': units,
      paint: { 'line-color': theme.outline, 'line-width': 0.75, 'line-opacity': flag('outline', 1, 0) },
    })),
    // A casing in the ground's colour, so that the border is seen between two dark fills too.
    line('district-casing', 'district', {
      'line-color': theme.khorooBorder,
      'line-width': ['interpolate', ['linear'], ['zoom'], 7, 1.6, 10, 3],
    }),
    line('district-borders', 'district', {
      'line-color': theme.districtBorder,
      'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.8, 10, 1.5],
    }),
    line('city-borders', 'city', {
      'line-color': theme.cityBorder,
      'line-width': ['interpolate', ['linear'], ['zoom'], 7, 1.2, 10, 2],
    }),
    ...['khoroos', 'districts'].flatMap((units) => [
      selectionLayer(`${units}-selected-halo`, units, vintage, theme.ground, 6),
      selectionLayer(`${units}-selected`, units, vintage, theme.accent, 3),
    ]),
  ];
}

/**
 * The outline of the chosen unit. Tiles carry a buffer as wide as the widest of these lines, so the
 * edges at which a tile cuts the polygon stay out of sight.
 */
function selectionLayer(
  part: string,
  units: string,
  vintage: string,
  colour: string,
  width_px: number,
): LayerSpecification {
  return {
    id: layerId(part, vintage),
    type: 'line',
    source: sourceId(vintage),
    'source-layer': units,
    filter: onlyUnit(null),
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': colour, 'line-width': width_px },
  };
}

export function onlyUnit(id: number | null): FilterSpecification {
  return id === null ? ['literal', false] : ['==', ['id'], id];
}

export const DISTRICT_NAMES = 'district-names';
/** Numbers of the khoroos that hold them, at zooms at which not all are numbered. */
export const WIDE_LABELS = 'khoroo-labels-wide';

/** Districts' names among khoroos, from points that the map finds for what is in view. */
export function districtNameLayer(theme: MapTheme): LayerSpecification {
  return {
    id: DISTRICT_NAMES,
    type: 'symbol',
    source: DISTRICT_NAMES,
    maxzoom: KHOROO_NAME_ZOOM,
    // Where they stand has been found so that none lies over another (`name_points.ts`).
    layout: { 'text-field': ['get', 'name'], ...DISTRICT_TEXT, 'text-max-width': 20, 'text-padding': 0, 'text-allow-overlap': true },
    paint: {
      'text-color': ['case', ['boolean', ['get', 'beside'], false], theme.inkBeside, theme.ink],
      'text-halo-color': theme.halo, 'text-halo-width': 1.6,
    },
  };
}

/** Names from the label layers, which hold one point a unit, so that no name repeats by tile. */
export function labelLayers(vintage: string, lang: Lang, theme: MapTheme): SymbolLayerSpecification[] {
  const name: ExpressionSpecification =
    lang === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name_mn']] : ['get', 'name_mn'];
  // A name's state repeats its unit's fill, so that ink and halo suit what lies below.
  const paint = {
    'text-color': stateColour('ink', theme.ink),
    'text-halo-color': stateColour('fill', theme.halo),
    'text-halo-width': 1.2,
  };
  const khoroos = { type: 'symbol', source: sourceId(vintage), 'source-layer': 'khoroo_labels', paint } as const;
  return [
    {
      id: layerId(WIDE_LABELS, vintage),
      ...khoroos,
      minzoom: WIDE_NUMBER_ZOOM,
      maxzoom: KHOROO_NUMBER_ZOOM,
      filter: holdsNumber(1),
      layout: { 'text-field': ['to-string', ['get', 'number']], 'text-font': [SEMIBOLD], 'text-size': 12, 'text-padding': 2, [NUMBER_PLACES]: numberPlaces(1) },
    },
    {
      id: layerId('khoroo-labels', vintage),
      ...khoroos,
      minzoom: KHOROO_NUMBER_ZOOM,
      layout: {
        'text-field': ['step', ['zoom'], ['to-string', ['get', 'number']], KHOROO_NAME_ZOOM, name],
        // Thin letters of this size never reach the full strength of their ink.
        'text-font': [SEMIBOLD],
        'text-size': ['interpolate', ['linear'], ['zoom'], KHOROO_NUMBER_ZOOM, 12, KHOROO_NAME_ZOOM, 13],
        'text-max-width': 7,
        'text-padding': 2,
        [NUMBER_PLACES]: numberPlaces(1),
      },
    },
    {
      id: layerId('district-labels', vintage),
      type: 'symbol',
      source: sourceId(vintage),
      'source-layer': 'district_labels',
      maxzoom: KHOROO_NAME_ZOOM,
      // Beside its middle rather than not at all, where two middles are near.
      layout: { 'text-field': name, ...DISTRICT_TEXT, 'text-variable-anchor': ['center', 'top', 'bottom'], 'text-radial-offset': 0.6 },
      paint: { ...paint, 'text-halo-width': 1.6 },
    },
  ];
}

function stateColour(name: string, unknown: string): ExpressionSpecification {
  return ['to-color', ['coalesce', ['feature-state', name], unknown]];
}

function flag(name: string, on: number, off: number): ExpressionSpecification {
  return ['case', ['boolean', ['feature-state', name], false], on, off];
}
