// A legend's colour field. The colour is an attribute of an SVG shape: the pages' security policy
// forbids style attributes, and shapes keep their colour in print.

import { svg, type SVGTemplateResult, html, type TemplateResult } from 'lit/html.js';

export function swatch(colour: string, hatched: boolean): TemplateResult {
  return html`<svg class="swatch" width="28" height="18" viewBox="0 0 28 18" aria-hidden="true">
    <rect x="0.5" y="0.5" width="27" height="17" fill=${colour} stroke="currentColor" stroke-opacity="0.3" />
    ${hatched ? strokes() : null}
  </svg>`;
}

function strokes(): SVGTemplateResult {
  return svg`<path d="M1 8 8 1M1 14 14 1M4 17 20 1M10 17 26 1M16 17 27 6M22 17 27 12" stroke="#9aa5b1" fill="none" />`;
}
