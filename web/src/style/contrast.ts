// Which ink can be read on a fill.

/**
 * Relative luminance of `#rrggbb`, from 0 (black) to 1 (white).
 *
 * Source: WCAG 2.2, definition of relative luminance.
 */
export function luminance(colour: string): number {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (!match) throw new RangeError(`not a colour like #1f2933: ${colour}`);
  const [red, green, blue] = match.slice(1).map((hex) => {
    const channel = Number.parseInt(hex, 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** The one of two inks that stands out more on a fill. */
export function inkOn(fill: string, inks: readonly [string, string]): string {
  return contrast(fill, inks[0]) >= contrast(fill, inks[1]) ? inks[0] : inks[1];
}
