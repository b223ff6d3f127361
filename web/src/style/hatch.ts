// The fine hatch of "no data", as a small picture that repeats without a seam.

export interface Picture {
  width: number;
  height: number;
  /** RGBA, row by row. */
  data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * Diagonal strokes on a transparent ground: `size_px` × `size_px`, one stroke of `stroke_px` each way
 * round. `colour` is `#rrggbb`.
 */
export function hatch(colour: string, size_px: number, stroke_px: number): Picture {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!match) throw new RangeError(`not a colour like #9aa5b1: ${colour}`);
  const rgb = match.slice(1).map((hex) => Number.parseInt(hex, 16));
  const data = new Uint8ClampedArray(size_px * size_px * 4);
  for (let y = 0; y < size_px; y += 1) {
    for (let x = 0; x < size_px; x += 1) {
      if ((x + y) % size_px < stroke_px) data.set([...rgb, 255], (y * size_px + x) * 4);
    }
  }
  return { width: size_px, height: size_px, data };
}
