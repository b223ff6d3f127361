// How one unit is painted, in either form of the map.

export interface Paint {
  /** Colour of its class, `#rrggbb`; `null` leaves the ground. */
  fill: string | null;
  /** Colour of its name. */
  ink: string | null;
  /** True where the fill is too pale to end by itself: zero, and "no data". */
  outline: boolean;
  /** True for "no data". */
  hatch: boolean;
}

/** By feature id. */
export type Paints = ReadonlyMap<number, Paint>;

export function samePaint(a: Paint | undefined, b: Paint): boolean {
  return a !== undefined && a.fill === b.fill && a.ink === b.ink && a.outline === b.outline && a.hatch === b.hatch;
}
