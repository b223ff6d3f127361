// The part of a map that nothing lies over, and how what is to be seen gets there. Pure.

/** How much is left out from each side, CSS pixels. */
export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

interface Size {
  width: number;
  height: number;
}

/** CSS pixels from the map's upper left corner. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Buttons above and beside, scale and sources below, with some air, for letters of the usual size. */
const FURNITURE: Margins = { top: 56, right: 56, bottom: 32, left: 16 };
const AIR_PX = 12;

/** Margins never take more than this share of a side. */
const TAKEN_MAX = 0.5;

/** A unit too large for the map is seen where it covers this share of the free part, and its middle lies there. */
const SEEN_MIN = 0.25;

/**
 * `letters`: how many times the usual size letters have, and buttons with them; `corner` is what lies in the lower
 * left corner, measured from there; `null` where nothing does.
 */
export function marginsOf({ width, height }: Size, letters: number, corner: Size | null): Margins {
  const { top, right, bottom, left } = FURNITURE;
  const margins: Margins = { top: top * letters, right: right * letters, bottom: bottom * letters, left };
  if (corner) {
    const [left, bottom] = [Math.max(margins.left, corner.width + AIR_PX), Math.max(margins.bottom, corner.height + AIR_PX)];
    // Beside it or above it, whichever leaves more.
    const beside = (width - left - margins.right) * (height - margins.top - margins.bottom);
    const above = (width - margins.left - margins.right) * (height - margins.top - bottom);
    if (beside > above) margins.left = left;
    else margins.bottom = bottom;
  }
  const [across, down] = [(width * TAKEN_MAX) / (margins.left + margins.right), (height * TAKEN_MAX) / (margins.top + margins.bottom)]
    .map((share) => Math.min(1, share)) as [number, number];
  return { top: margins.top * down, bottom: margins.bottom * down, left: margins.left * across, right: margins.right * across };
}

/**
 * How far the view has to move so that `unit` lies in the free part, pixels to the right and down; `null` where
 * no move at this scale is enough. What is too large may stay where it is, if it `mayReachOut`, as long as
 * enough of it is seen.
 */
export function wayInto(unit: Rect, size: Size, margins: Margins, mayReachOut: boolean): { x: number; y: number } | null {
  const free = { left: margins.left, top: margins.top, right: size.width - margins.right, bottom: size.height - margins.bottom };
  const way = (from: number, to: number, low: number, high: number): number | null =>
    to - from > high - low ? null : from < low ? from - low : to > high ? to - high : 0;
  const [x, y] = [way(unit.left, unit.right, free.left, free.right), way(unit.top, unit.bottom, free.top, free.bottom)];
  if (x !== null && y !== null) return { x, y };
  if (!mayReachOut) return null;
  const seen = overlap(unit, free) / ((free.right - free.left) * (free.bottom - free.top));
  const middle = { x: (unit.left + unit.right) / 2, y: (unit.top + unit.bottom) / 2 };
  const isIn = middle.x > free.left && middle.x < free.right && middle.y > free.top && middle.y < free.bottom;
  return isIn && seen >= SEEN_MIN ? { x: 0, y: 0 } : null;
}

function overlap(one: Rect, other: Rect): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return Math.max(0, width) * Math.max(0, height);
}
