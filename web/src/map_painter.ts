// Colours units by feature-state, which neither fetches nor lays out a tile again.

import type { Map as MapLibre } from 'maplibre-gl';
import { type Paint, type Paints, samePaint } from './paint';
import type { Level } from './state';
import { sourceId } from './style/layers';

export interface Painter {
  /** Brings the units of one vintage and level to these colours, changing only what differs. */
  paint(vintage: string, level: Level, paints: Paints): void;
  setHovered(vintage: string, level: Level, id: number | null): void;
}

export function unitLayer(level: Level): string {
  return level === 'khoroo' ? 'khoroos' : 'districts';
}

export function createPainter(map: MapLibre): Painter {
  const painted = new Map<string, Paints>();
  let hovered: { source: string; sourceLayer: string; id: number } | null = null;

  return {
    paint(vintage, level, paints) {
      const key = `${vintage}/${level}`;
      const before = painted.get(key) ?? new Map<number, Paint>();
      const source = sourceId(vintage);
      const unit = (id: number) => ({ source, sourceLayer: unitLayer(level), id });
      const name = (id: number) => ({ source, sourceLayer: `${level}_labels`, id });
      for (const [id, now] of paints) {
        if (samePaint(before.get(id), now)) continue;
        const { fill, ink, outline, hatch } = now;
        map.setFeatureState(unit(id), { fill, outline, hatch });
        map.setFeatureState(name(id), { fill, ink });
      }
      for (const id of before.keys()) {
        if (paints.has(id)) continue;
        map.removeFeatureState(unit(id));
        map.removeFeatureState(name(id));
      }
      painted.set(key, paints);
      if (level === 'khoroo' && painted.delete(`${vintage}/district`)) {
        // Among khoroos a district's name lies on fills of many colours.
        map.removeFeatureState({ source, sourceLayer: 'district_labels' });
        map.removeFeatureState({ source, sourceLayer: 'districts' });
      }
    },
    setHovered(vintage, level, id) {
      const next = id === null ? null : { source: sourceId(vintage), sourceLayer: unitLayer(level), id };
      if (next?.id === hovered?.id && next?.source === hovered?.source && next?.sourceLayer === hovered?.sourceLayer) return;
      if (hovered !== null) map.setFeatureState(hovered, { hover: false });
      if (next !== null) map.setFeatureState(next, { hover: true });
      hovered = next;
      map.getCanvas().style.cursor = next === null ? '' : 'pointer';
    },
  };
}
