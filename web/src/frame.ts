// The viewer's zones: the head that all pages of the site have (`src/pages/layout.rs` writes the same), and
// as empty elements notices, control bar, panel, map, slider, table. In what order they stand, `zones.ts` knows.

import { html, nothing, render } from 'lit/html.js';
import type { Messages } from './i18n';
import { keepInOrder } from './zones';

const PARTS = [
  'notices', 'panel', 'search', 'heading', 'legend', 'actions', 'figures', 'notes', 'controls', 'stage', 'field', 'map', 'cells', 'insets', 'mapButtons', 'sources',
  'tooltip', 'message', 'timeline', 'table', 'share', 'status',
] as const;

export interface Frame extends Record<(typeof PARTS)[number], HTMLElement> {
  tableToggle: HTMLButtonElement;
  language: HTMLAnchorElement;
}

export interface FrameOptions {
  messages: Messages;
  /** Path of the service's pages in this language, such as `/mn`. */
  home: string;
  otherLang: string;
  /** In a frame on another site. */
  isGuest: boolean;
  onToggleTable(isByKeyboard: boolean): void;
  /** Moves the keyboard past all that stands before it. */
  onSkip(to: 'map' | 'table'): void;
}

export function createFrame(root: HTMLElement, options: FrameOptions): Frame {
  const { messages, home, otherLang, isGuest, onToggleTable, onSkip } = options;
  // The address's end is the camera's.
  const skip = (to: 'map' | 'table', words: string) => html`<a class="skip" href="#${to}" @click=${(event: Event) => {
    event.preventDefault();
    onSkip(to);
  }}>${words}</a>`;
  render(
    html`<header>
        ${skip('map', messages.skipToMap)}${isGuest ? nothing : skip('table', messages.skipToTable)}
        <div class="site">
          <div class="inner">
            <a class="brand" href="${home}/">${messages.siteName}</a>
            <span class="subtitle">${messages.siteSubtitle}</span>
            <nav aria-label=${messages.siteLinks}>
              <ul>
                <li><a href="${home}/" aria-current="page">${messages.map}</a></li>
                <li><a href="${home}/tracker">${messages.tracker}</a></li>
                <li><a href="${home}/practices">${messages.practices}</a></li>
                <li><a href="${home}/visits">${messages.visits}</a></li>
                <li><a href="${home}/about">${messages.about}</a></li>
              </ul>
            </nav>
            <a class="language" data-part="language" lang=${otherLang} hreflang=${otherLang}>${messages.otherLanguage}</a>
          </div>
        </div>
        <div data-part="notices"></div>
      </header>
      <main class="zones">
        <section class="panel" data-part="panel" aria-label=${messages.figures}>
          <div data-part="search" class="search" role="search"></div>
          <div data-part="heading" class="heading"></div>
          <div data-part="legend" class="legend-zone"></div>
          <div data-part="actions" class="actions">
            <button type="button" class="wide" data-part="tableToggle" @click=${({ detail }: MouseEvent) => onToggleTable(detail === 0)}></button>
            <div data-part="share" class="share"></div>
          </div>
          <div data-part="figures" class="figures"></div>
          <div data-part="notes" class="notes"></div>
        </section>
        <section class="controls" data-part="controls" aria-label=${messages.choices}></section>
        <section class="stage" data-part="stage" tabindex="-1" aria-label=${messages.map}>
          <div class="message" data-part="message" hidden></div>
          <div class="field" data-part="field">
            <div class="map" data-part="map"></div>
            <div class="cells" data-part="cells" hidden></div>
            <div class="map-buttons" data-part="mapButtons" role="group" aria-label=${messages.mapControls}></div>
            <div class="insets" data-part="insets" role="group" aria-label=${messages.farDistricts}></div>
            <p class="sources" data-part="sources"></p>
            <div class="tooltip" data-part="tooltip" aria-hidden="true" hidden></div>
          </div>
        </section>
        <section class="timeline" data-part="timeline" aria-label=${messages.cycle}></section>
        <section class="table-zone" data-part="table" aria-label=${messages.table} hidden></section>
      </main>
      <p class="visually-hidden" role="status" data-part="status"></p>`,
    root,
  );
  const part = <E extends HTMLElement>(name: string): E => {
    const element = root.querySelector<E>(`[data-part="${name}"]`);
    if (!element) throw new Error(`the frame has no part ${name}`);
    return element;
  };
  const zones = Object.fromEntries(PARTS.map((name) => [name, part(name)])) as Record<(typeof PARTS)[number], HTMLElement>;
  keepInOrder({ stage: zones.stage, panel: zones.panel, zones, isGuest });
  return { ...zones, tableToggle: part('tableToggle'), language: part('language') };
}
