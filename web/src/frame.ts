// The viewer's zones as empty elements: head, notice, panel, control bar, map, table.

import { html, render } from 'lit';
import type { Messages } from './i18n';

export interface Frame {
  notice: HTMLElement;
  heading: HTMLElement;
  legend: HTMLElement;
  figures: HTMLElement;
  notes: HTMLElement;
  controls: HTMLElement;
  map: HTMLElement;
  mapButtons: HTMLElement;
  tooltip: HTMLElement;
  message: HTMLElement;
  table: HTMLElement;
  tableToggle: HTMLButtonElement;
  language: HTMLAnchorElement;
  status: HTMLElement;
}

export interface FrameOptions {
  messages: Messages;
  otherLang: string;
  onToggleTable(): void;
}

export function createFrame(root: HTMLElement, options: FrameOptions): Frame {
  const { messages, otherLang, onToggleTable } = options;
  root.replaceChildren();
  render(
    html`<header>
        <div class="site-head">
          <p><strong>${messages.siteName}</strong> <span>${messages.siteSubtitle}</span></p>
          <a data-part="language" lang=${otherLang} hreflang=${otherLang} title=${messages.otherLanguageHint}
            >${messages.otherLanguage}</a
          >
        </div>
        <p class="notice" role="note" data-part="notice">${messages.illustrative}</p>
      </header>
      <main class="zones">
        <section class="panel" aria-label=${messages.figures}>
          <div data-part="heading" class="heading"></div>
          <div data-part="legend" class="legend-zone"></div>
          <button type="button" class="wide" data-part="tableToggle" @click=${onToggleTable}></button>
          <div data-part="figures" class="figures"></div>
          <div data-part="notes" class="notes"></div>
        </section>
        <section class="controls" data-part="controls" aria-label=${messages.measure}></section>
        <section class="stage" aria-label=${messages.map}>
          <div class="map" data-part="map"></div>
          <div class="map-buttons" data-part="mapButtons" role="group" aria-label=${messages.mapControls}></div>
          <div class="tooltip" data-part="tooltip" aria-hidden="true" hidden></div>
          <div class="message" data-part="message" hidden></div>
        </section>
        <section class="table-zone" data-part="table" aria-label=${messages.showTable} hidden></section>
      </main>
      <p class="visually-hidden" role="status" data-part="status"></p>`,
    root,
  );
  const part = <E extends HTMLElement>(name: string): E => {
    const element = root.querySelector<E>(`[data-part="${name}"]`);
    if (!element) throw new Error(`the frame has no part ${name}`);
    return element;
  };
  return {
    notice: part('notice'),
    heading: part('heading'),
    legend: part('legend'),
    figures: part('figures'),
    notes: part('notes'),
    controls: part('controls'),
    map: part('map'),
    mapButtons: part('mapButtons'),
    tooltip: part('tooltip'),
    message: part('message'),
    table: part('table'),
    tableToggle: part('tableToggle'),
    language: part('language'),
    status: part('status'),
  };
}
