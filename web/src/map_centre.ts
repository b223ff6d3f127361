// What the keyboard reaches on the real map: the place in the middle, where the style draws a cross.
//
// After a move by keyboard it is told of once all that is there has been drawn; Enter chooses it. A pointer
// needs none of this, so its moves are not told of.

import type { Map as MapLibre } from 'maplibre-gl';

type Point = { x: number; y: number };

export interface CentreOptions {
  /** The keyboard has come to rest over `point`. */
  onRest(point: Point): void;
  onEnter(point: Point): void;
  /** The keyboard has left the map. */
  onLeave(): void;
}

/** What of the map is needed for that. */
export type CentredMap = Pick<MapLibre, 'getCanvas' | 'getCenter' | 'project' | 'on'>;

export function followCentre(map: CentredMap, { onRest, onEnter, onLeave }: CentreOptions): void {
  let hasMoved = false;
  const canvas = map.getCanvas();
  const middle = (): Point => map.project(map.getCenter());

  map.on('moveend', (event) => {
    const cause: unknown = 'originalEvent' in event ? event.originalEvent : undefined;
    hasMoved = cause instanceof Event && cause.type === 'keydown';
  });
  map.on('idle', () => {
    if (hasMoved) onRest(middle());
    hasMoved = false;
  });
  canvas.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onEnter(middle());
  });
  canvas.addEventListener('blur', () => {
    hasMoved = false;
    onLeave();
  });
}
