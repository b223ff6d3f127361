// Fill and hatch of units that are drawn as SVG: equal cells and the small frames.

import { svg, type SVGTemplateResult } from 'lit/html.js';
import type { Paint } from '../paint';

/** The pattern of "no data"; its id is unique in the page by `name`. */
export function hatchPattern(name: string, size: number): SVGTemplateResult {
  return svg`<pattern id=${`hlp-hatch-${name}`} width=${size} height=${size} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
    <path class="hatch" d=${`M0 0V${size}`} stroke-width=${size / 3} />
  </pattern>`;
}

/** Value of a `fill` attribute. */
export function fillOf(paint: Paint | undefined): string {
  return paint?.fill ?? 'none';
}

export function hatchFill(name: string): string {
  return `url(#hlp-hatch-${name})`;
}
