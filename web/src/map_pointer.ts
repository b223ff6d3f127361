// What the pointer is over, or the cross in the middle while the keyboard is on the map.
//
// Told of when it comes there, and again whenever something else may lie there or its figure be another: whoever
// rests on a khoroo while the cycles go by reads of the one that is drawn.

import type { Map as MapLibre } from 'maplibre-gl';
import { type Lang, type Messages, titleIn } from './i18n';
import { followCentre } from './map_centre';
import { unitLayer } from './map_painter';
import type { Level } from './state';
import { layerId } from './style/layers';

export interface Point {
  x: number;
  y: number;
}

/** What the pointer is over; `practice` is the title of a dot. */
export interface Hovered {
  id: number | null;
  practice: string | null;
  /** CSS pixels from the map's upper left corner. */
  point: Point;
}

export interface PointerOptions {
  lang: Lang;
  messages: Messages;
  /** What can be pointed at; `null` where nothing is shown. */
  ground(): { vintage: string; level: Level; hasPractices: boolean } | null;
  onHover(hovered: Hovered): void;
  /** The keyboard has come to rest over a unit, or over none. */
  onRest(id: number | null): void;
  onChoose(id: number | null): void;
}

/** Returns a function that tells again of what lies under the pointer. */
export function followPointer(map: MapLibre, { lang, messages, ground, onHover, onRest, onChoose }: PointerOptions): () => void {
  let pointed: Point | null = null;

  function idAt({ x, y }: Point): number | null {
    const now = ground();
    if (!now) return null;
    const layer = layerId(`${unitLayer(now.level)}-fill`, now.vintage);
    if (!map.getLayer(layer)) return null;
    const [feature] = map.queryRenderedFeatures([x, y], { layers: [layer] });
    return typeof feature?.id === 'number' ? feature.id : null;
  }

  function practiceAt({ x, y }: Point): string | null {
    const now = ground();
    if (!now?.hasPractices) return null;
    const [feature] = map.queryRenderedFeatures([x, y], { layers: [layerId('practices-dot', now.vintage)] });
    if (!feature) return null;
    const { title_mn, title_en, count } = feature.properties as { title_mn: string; title_en?: string; count: number };
    const title = titleIn(lang, { title_mn, title_en: title_en ?? null });
    return count === 1 ? title : messages.andMore(title, count - 1);
  }

  function point(at: Point): void {
    pointed = at;
    onHover({ id: idAt(at), practice: practiceAt(at), point: at });
  }

  function leave(at: Point = { x: 0, y: 0 }): void {
    pointed = null;
    onHover({ id: null, practice: null, point: at });
  }

  map.on('mousemove', (event) => point(event.point));
  map.on('mouseout', (event) => leave(event.point));
  // The ground goes with the pointer, and what lies under it is told where both come to rest.
  map.on('drag', ({ originalEvent }) => {
    leave();
    if (!(originalEvent instanceof MouseEvent)) return;
    const { left, top } = map.getCanvas().getBoundingClientRect();
    pointed = { x: originalEvent.clientX - left, y: originalEvent.clientY - top };
  });
  map.on('click', (event) => onChoose(idAt(event.point)));
  followCentre(map, {
    onRest(at) {
      point(at);
      onRest(idAt(at));
    },
    onEnter(at) {
      const id = idAt(at);
      // Beside all khoroos a click takes the choice back; keys hit that too easily.
      if (id !== null) onChoose(id);
    },
    onLeave: leave,
  });

  return () => {
    if (pointed === null) return;
    if (map.getCanvas().matches(':hover, :focus')) point(pointed);
    else leave(pointed);
  };
}
