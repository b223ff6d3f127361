// The head of an arrow, as a small picture that points east; MapLibre turns it along its line.

import type { Picture } from './hatch';

/**
 * A filled triangle, `size_px` high and wide, with its tip in the middle of the right edge. `colour`
 * is `#rrggbb`; pixels on its sloping sides are covered by share.
 */
export function arrow(colour: string, size_px: number): Picture {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!match) throw new RangeError(`not a colour like #1a5fb4: ${colour}`);
  const rgb = match.slice(1).map((hex) => Number.parseInt(hex, 16));
  const data = new Uint8ClampedArray(size_px * size_px * 4);
  const middle = size_px / 2;
  for (let y = 0; y < size_px; y += 1) {
    for (let x = 0; x < size_px; x += 1) {
      const halfHeight = (middle * (size_px - x - 0.5)) / size_px;
      const covered = Math.min(1, Math.max(0, halfHeight - Math.abs(y + 0.5 - middle) + 0.5));
      data.set([...rgb, Math.round(covered * 255)], (y * size_px + x) * 4);
    }
  }
  return { width: size_px, height: size_px, data };
}
