// Buttons on the map: views, zoom, and moving without a drag (WCAG 2.2, 2.5.7).

import { html, nothing, render, type SVGTemplateResult, svg } from 'lit/html.js';
import type { Messages } from '../i18n';

export interface MapButtonsOptions {
  messages: Messages;
  onCore(): void;
  onCity(): void;
  /** Looks at the district of what is chosen. */
  onDistrict(): void;
  onKhoroo(): void;
  onZoom(levels: number): void;
  /** Shares of the map's size, east and south positive. */
  onPan(x: number, y: number): void;
}

export interface MapButtonsState {
  /** Name of the part of the city that is shown alone, to which the first button leads back; `null` for the whole city. */
  part: string | null;
  /** Its built-up part is a view of its own. */
  hasCore: boolean;
  /** Name of the district of what is chosen. */
  district: string | null;
  /** Name of the chosen khoroo. */
  khoroo: string | null;
}

const PAN_SHARE = 0.3;

const ICONS = {
  plus: svg`<path d="M8 3v10M3 8h10" />`,
  minus: svg`<path d="M3 8h10" />`,
  up: svg`<path d="M3 10l5-5 5 5" />`,
  down: svg`<path d="M3 6l5 5 5-5" />`,
  left: svg`<path d="M10 3L5 8l5 5" />`,
  right: svg`<path d="M6 3l5 5-5 5" />`,
};

export function createMapButtons(root: HTMLElement, options: MapButtonsOptions) {
  const { messages, onCore, onCity, onDistrict, onKhoroo, onZoom, onPan } = options;

  const button = (className: string, name: string, icon: SVGTemplateResult, press: () => void) =>
    html`<button type="button" class=${className} aria-label=${name} title=${name} @click=${press}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${icon}</svg>
    </button>`;

  function update({ part, hasCore, district, khoroo }: MapButtonsState): void {
    render(
      html`<div class="views">
          ${part === null
            ? html`<button type="button" @click=${onCore}>${messages.viewCore}</button>
                <button type="button" @click=${onCity}>${messages.viewCity}</button>`
            : html`${hasCore ? html`<button type="button" @click=${onCore}>${messages.viewBuiltUp}</button>` : nothing}
                <button type="button" data-part-of-city @click=${onCity}>${part}</button>`}
          ${district === null ? nothing : html`<button type="button" @click=${onDistrict}>${district}</button>`}
          ${khoroo === null ? nothing : html`<button type="button" @click=${onKhoroo}>${khoroo}</button>`}
        </div>
        <div class="zoom">
          ${button('', messages.zoomIn, ICONS.plus, () => onZoom(1))}
          ${button('', messages.zoomOut, ICONS.minus, () => onZoom(-1))}
        </div>
        <div class="pan">
          ${button('up', messages.panUp, ICONS.up, () => onPan(0, -PAN_SHARE))}
          ${button('left', messages.panLeft, ICONS.left, () => onPan(-PAN_SHARE, 0))}
          ${button('right', messages.panRight, ICONS.right, () => onPan(PAN_SHARE, 0))}
          ${button('down', messages.panDown, ICONS.down, () => onPan(0, PAN_SHARE))}
        </div>`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
