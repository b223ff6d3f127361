// Layers of units on MapLibre's map: which of them stand, for which vintage and level.

import type { ExpressionFilterSpecification, LayerSpecification, Map as MapLibre, SymbolLayerSpecification } from 'maplibre-gl';
import type { Lang } from './i18n';
import { unitLayer } from './map_painter';
import type { Level } from './state';
import { BELOW_LINES, BELOW_NAMES, borderLayers, fillLayers, labelLayers, layerId, onlyUnit } from './style/layers';
import type { MapTheme } from './style/theme';

/** Layers over every unit that mostly show nothing: each costs a whole pass over the map, so they wait for their first use. */
const SELDOM = ['hatch', 'hover'] as const;
type Seldom = (typeof SELDOM)[number];

export interface UnitLayers {
  /** Adds those of a vintage, unseen; names go below `namesBelow`. */
  add(vintage: string, theme: MapTheme, namesBelow: string): void;
  has(vintage: string): boolean;
  /** Of all that were added only these are seen. */
  show(vintage: string, level: Level): void;
  /** Brings up what was left out until now. */
  need(part: Seldom): void;
  /** Outlines one unit; none for `null`. */
  outline(vintage: string, level: Level, id: number | null): void;
  /** As the layers of all vintages are in another theme. */
  all(theme: MapTheme): LayerSpecification[];
}

/** `part`: the district that is shown alone; only its khoroos are called by number and name. */
export function createUnitLayers(map: MapLibre, lang: Lang, part: string | null): UnitLayers {
  /** Ids of the layers of each vintage. */
  const ids = new Map<string, string[]>();
  const needed = new Set<Seldom>();
  let shown: { vintage: string; level: Level } | null = null;

  const isLeftOut = (id: string): boolean => SELDOM.some((part) => id.includes(`-${part}:`) && !needed.has(part));

  function withinPart(layer: SymbolLayerSpecification): SymbolLayerSpecification {
    if (part === null || !layer.id.startsWith('khoroo')) return layer;
    const own: ExpressionFilterSpecification = ['==', ['get', 'district'], part];
    return { ...layer, filter: layer.filter ? ['all', layer.filter as ExpressionFilterSpecification, own] : own };
  }

  const layersOf = (vintage: string, theme: MapTheme) =>
    [...fillLayers(vintage, theme), ...borderLayers(vintage, theme), ...labelLayers(vintage, lang, theme)];

  function apply(): void {
    for (const [vintage, own] of ids) {
      for (const id of own) {
        setVisible(map, id, vintage === shown?.vintage && belongsTo(id, shown.level) && !isLeftOut(id));
      }
    }
  }

  return {
    add(vintage, theme, namesBelow) {
      for (const layer of fillLayers(vintage, theme)) map.addLayer(layer, BELOW_LINES);
      for (const layer of borderLayers(vintage, theme)) map.addLayer(layer, BELOW_NAMES);
      for (const layer of labelLayers(vintage, lang, theme)) map.addLayer(withinPart(layer), namesBelow);
      ids.set(vintage, layersOf(vintage, theme).map(({ id }) => id));
      apply();
    },
    has: (vintage) => ids.has(vintage),
    show(vintage, level) {
      shown = { vintage, level };
      apply();
    },
    need(part) {
      if (needed.has(part)) return;
      needed.add(part);
      apply();
    },
    outline(vintage, level, id) {
      for (const of of ['khoroo', 'district'] as const) {
        const filter = onlyUnit(of === level ? id : null);
        for (const part of ['selected-halo', 'selected']) map.setFilter(layerId(`${unitLayer(of)}-${part}`, vintage), filter);
      }
    },
    all: (theme) => [...ids.keys()].flatMap((vintage) => layersOf(vintage, theme)),
  };
}

export function setVisible(map: MapLibre, layer: string, visible: boolean): void {
  const now = map.getLayoutProperty(layer, 'visibility') !== 'none';
  if (visible !== now) map.setLayoutProperty(layer, 'visibility', visible ? 'visible' : 'none');
}

/** Khoroos' own layers are hidden while districts are shown, and the other way round. */
function belongsTo(layer: string, level: Level): boolean {
  if (layer.startsWith('khoroo')) return level === 'khoroo';
  // Among khoroos districts are named where these are, by a layer of its own.
  if (layer.startsWith('district-labels')) return level === 'district';
  if (layer.startsWith('districts-')) return level === 'district';
  return true;
}
