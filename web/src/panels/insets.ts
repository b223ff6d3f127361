// Small frames on the map for districts that lie far from the city, coloured like the map.
//
// A frame hides while the map itself shows its district whole.

import { html, nothing, render, svg, type TemplateResult } from 'lit/html.js';
import type { Box } from '../api';
import type { Messages } from '../i18n';
import type { TilePolygon } from '../mvt';
import type { Paints } from '../paint';
import { fillOf, hatchFill, hatchPattern } from './ground';

export interface Inset {
  code: string;
  /** The district's name. */
  name: string;
  box: Box;
  /** Part of the tile that is shown: x, y, width, height in the tile's units. */
  viewBox: readonly [number, number, number, number];
  units: readonly TilePolygon[];
}

export interface InsetsState {
  insets: readonly Inset[];
  paints: Paints;
  selected: number | null;
  /** True where the map shows the district by itself. */
  isSeen(inset: Inset): boolean;
}

export interface InsetsOptions {
  messages: Messages;
  onGo(box: Box): void;
  onChoose(id: number): void;
  onHover(id: number | null, event: PointerEvent): void;
}

/** Room around a district, as a share of its larger side. */
const MARGIN = 0.06;

export function createInsets(root: HTMLElement, options: InsetsOptions) {
  const { messages, onGo, onChoose, onHover } = options;

  function frame(inset: Inset, { paints, selected }: InsetsState): TemplateResult {
    const [x, y, width, height] = inset.viewBox;
    const margin = Math.max(width, height) * MARGIN;
    const stroke = (width + 2 * margin) / 110;
    return html`<div class="inset" data-code=${inset.code}>
      <button type="button" @click=${() => onGo(inset.box)} title=${messages.goTo(inset.name)}>${inset.name}</button>
      <svg
        viewBox=${[x - margin, y - margin, width + 2 * margin, height + 2 * margin].join(' ')}
        aria-hidden="true"
        @pointerleave=${(event: PointerEvent) => onHover(null, event)}
      >
        <defs>${hatchPattern(inset.code, stroke * 5)}</defs>
        ${inset.units.map(({ id, path }) => {
          const paint = paints.get(id);
          return svg`<path d=${path} fill=${fillOf(paint)} stroke-width=${stroke} data-id=${id}
            @click=${() => onChoose(id)} @pointermove=${(event: PointerEvent) => onHover(id, event)} />
            ${paint?.hatch ? svg`<path class="over" d=${path} fill=${hatchFill(inset.code)} />` : nothing}`;
        })}
        ${inset.units
          .filter(({ id }) => id === selected)
          .map(({ path }) => svg`<path class="over chosen" d=${path} fill="none" stroke-width=${stroke * 3} />`)}
      </svg>
    </div>`;
  }

  function update(state: InsetsState): void {
    render(html`${state.insets.filter((inset) => !state.isSeen(inset)).map((inset) => frame(inset, state))}`, root);
  }

  return { update, destroy: () => render(nothing, root) };
}
