// Where the map looks: moves that the visitor or the viewer asks for.

import type { LngLatBoundsLike, Map as MapLibre } from 'maplibre-gl';
import type { Box } from './api';
import { type Margins, wayInto } from './free_part';
import type { Camera } from './state';

export interface Reveal {
  wished: boolean;
  margins: Margins;
  /** It was pressed: a part of it is seen for certain, which is enough where the whole is larger than the view. */
  isPressed: boolean;
  /** What is less wide and high than this is brought near, CSS pixels; 0 leaves the scale as it is. */
  size_min_px: number;
}

export interface Look {
  moveTo(camera: Camera): void;
  /** Brings a box into view, within margins if there are any; `wished` false where nobody asked, so that no camera is reported. */
  fit(box: Box, how?: { wished?: boolean; margins?: Margins }): void;
  /** Moves only where the box is not in view already, and no further than it has to. */
  reveal(box: Box, how: Reveal): void;
  zoomBy(levels: number): void;
  /** Moves the view by a share of its size: `panBy(0, -0.25)` looks a quarter further north. */
  panBy(x: number, y: number): void;
}

const MOTION_MS = 200;
const FIT_PADDING_PX = 24;
/** Fitting one small khoroo stops here, so that its neighbours stay in sight. */
const FIT_ZOOM_MAX = 14;
export const FIT = { padding: FIT_PADDING_PX, maxZoom: FIT_ZOOM_MAX };

/** Goes with the events of a move that the visitor wished for. */
const WISHED = { wished: true };

export function createLook(map: MapLibre): Look {
  const sizeOf = () => {
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    return { width, height };
  };

  function fit(box: Box, { wished = true, margins }: { wished?: boolean; margins?: Margins } = {}): void {
    const move = { ...FIT, ...(margins ? { padding: margins } : {}), duration: wished ? MOTION_MS : 0, linear: true };
    map.fitBounds(box as LngLatBoundsLike, move, wished ? WISHED : {});
  }

  return {
    moveTo(camera) {
      map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
    },
    fit,
    reveal(box, { wished, margins, isPressed, size_min_px }) {
      const [west, south, east, north] = box;
      const [{ x: left, y: top }, { x: right, y: bottom }] = [map.project([west, north]), map.project([east, south])];
      if (Math.max(right - left, bottom - top) < size_min_px) return fit(box, { wished, margins });
      const way = wayInto({ left, top, right, bottom }, sizeOf(), margins, isPressed);
      if (way === null) return fit(box, { wished, margins });
      if (way.x !== 0 || way.y !== 0) map.panBy([way.x, way.y], { duration: wished ? MOTION_MS : 0 }, wished ? WISHED : {});
    },
    zoomBy(levels) {
      map.zoomTo(map.getZoom() + levels, { duration: MOTION_MS }, WISHED);
    },
    panBy(x, y) {
      const { width, height } = sizeOf();
      map.panBy([x * width, y * height], { duration: MOTION_MS }, WISHED);
    },
  };
}
