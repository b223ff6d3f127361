// The chosen khoroo or district: its value at once, what it is compared with and its steps when they
// arrive, and the way to its own page.
//
// Below 768 px it is a sheet that comes from below: name and value, so that what was chosen stays in view; the
// rest unfolds.

import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { Messages } from '../i18n';

/** A figure of the place with the words that belong to it. */
export interface Figure {
  label: string;
  value: string;
}

/** One cycle of a trend. */
export interface TrendPoint {
  label: string;
  value: string;
  /** Share of the highest, 0 to 1; `null` where there is no figure. */
  share: number | null;
  isShown: boolean;
}

/** Khoroos that practices came from, or went to. */
export interface Exchange {
  title: string;
  rows: readonly {
    /** The khoroo's name, or that it is not known. */
    name: string;
    /** `null` where nobody answers for it within these boundaries. */
    khoroo: { href: string; code: string; isChoosable: boolean } | null;
    practices: readonly { title: string; lang: string }[];
  }[];
  /** Those that are left out, and where they are told. */
  more: { text: string; href: string } | null;
}

export interface PlaceState {
  title: string;
  /** Address of its own page. */
  href: string;
  /** Address of those it could learn from; `null` for districts and for boundaries of the past. */
  partners: string | null;
  /** Of the measure shown, written large. */
  readings: readonly Figure[];
  /** The district's average, as a sentence; `null` while it is not known or means nothing. */
  average: string | null;
  /** Why fewer practices have a page than the figure counts. */
  entered: string | null;
  /** Without those that are empty. */
  exchanges: readonly Exchange[];
  /** Over the cycles; none with only one. */
  trend: readonly TrendPoint[];
  /** The trend crosses other boundaries. */
  crosses: boolean;
  /** Headlines of the six steps; `null` while they are loading. */
  steps: readonly Figure[] | null;
  /** Residents and the like; `null` while they are loading. */
  facts: readonly Figure[] | null;
}

export interface FiguresState {
  hint: string;
  /** Name of the landmark that is marked, with its language. */
  landmark: { title: string; lang: string } | null;
  place: PlaceState | null;
}

/** Width of a trend's longest bar. */
const BAR_PX = 96;

/** A figure written large, its words after it. */
export function reading({ value, label }: Figure): TemplateResult {
  return html`<p class="total"><span class="figure">${value}</span> <span class="base">${label}</span></p>`;
}

export function createFigures(root: HTMLElement, options: { messages: Messages; onClose(): void; onChoose(code: string): void }) {
  const { messages, onClose, onChoose } = options;
  let state: FiguresState | null = null;
  let isUnfolded = false;

  const lines = (figures: readonly Figure[]): TemplateResult[] =>
    figures.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`);

  function trend({ trend: points, crosses }: PlaceState): TemplateResult {
    return html`<h3>${messages.valuesByCycle}</h3>
      <dl class="trend">
        ${points.map(
          ({ label, value, share, isShown }) => html`<div class=${isShown ? 'now' : ''}>
            <dt>${label}</dt>
            <dd>
              <svg width=${BAR_PX} height="8" viewBox="0 0 ${BAR_PX} 8" aria-hidden="true">
                <rect width=${(share ?? 0) * BAR_PX} height="8" fill="currentColor" />
              </svg>
              <span>${value}</span>
            </dd>
          </div>`,
        )}
      </dl>
      ${crosses ? html`<p class="base">${messages.trendCrosses}</p>` : nothing}`;
  }

  /** A link to a page for whoever wants it elsewhere; here it chooses, and the reader goes on from the head of what comes. */
  function follow(event: MouseEvent, code: string): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onChoose(code);
    root.querySelector('h2')?.focus();
  }

  const exchange = ({ title, rows, more }: Exchange): TemplateResult => html`<h3>${title}</h3>
    <ul class="exchange">
      ${rows.map(({ name, khoroo, practices }) => html`<li>
        ${khoroo === null ? html`<span class="unknown">${name}</span>`
          : khoroo.isChoosable ? html`<a href=${khoroo.href} @click=${(event: MouseEvent) => follow(event, khoroo.code)}>${name}</a>`
            : html`<a href=${khoroo.href}>${name}</a>`}
        ${practices.map((practice) => html`<span lang=${practice.lang}>${practice.title}</span>`)}
      </li>`)}
      ${more === null ? nothing : html`<li><a href=${more.href}>${more.text}</a></li>`}
    </ul>`;

  /** The dot is that of the map. */
  const marked = (landmark: FiguresState['landmark']): TemplateResult | typeof nothing =>
    landmark === null ? nothing : html`<p class="landmark" lang=${landmark.lang}><span class="dot" aria-hidden="true"></span>${landmark.title}</p>`;

  function unfold(): void {
    isUnfolded = !isUnfolded;
    root.scrollTop = 0;
    if (state) update(state);
  }

  function update(next: FiguresState): void {
    const { hint, landmark, place } = next;
    if (place?.href !== state?.place?.href) isUnfolded = false;
    state = next;
    root.classList.toggle('open', place !== null);
    root.classList.toggle('unfolded', isUnfolded);
    if (place === null) {
      render(html`<h2 class="quiet-heading">${messages.figures}</h2>${marked(landmark)}<p class="hint">${hint}</p>`, root);
      return;
    }
    render(
      html`<div class="figures-head">
          <h2 tabindex="-1">${place.title}</h2>
          <div class="ways">
            <button type="button" class="plain unfold" aria-expanded=${isUnfolded} @click=${unfold}>${isUnfolded ? messages.showLess : messages.showMore}</button>
            <button type="button" class="plain" @click=${onClose}>${messages.close}</button>
          </div>
        </div>
        ${marked(landmark)}
        ${place.readings.map(reading)}
        ${place.average === null ? nothing : html`<p class="base average">${place.average}</p>`}
        ${place.entered === null ? nothing : html`<p class="base entered">${place.entered}</p>`}
        <p class="more"><a href=${place.href}>${messages.placePage}</a></p>
        ${place.partners === null ? nothing : html`<p class="more"><a href=${place.partners}>${messages.partners}</a></p>`}
        ${place.exchanges.map(exchange)}
        ${place.trend.length > 1 ? trend(place) : nothing}
        <h3>${messages.sixSteps}</h3>
        <dl class="steps" aria-busy=${place.steps === null}>${lines(place.steps ?? [])}</dl>
        <h3>${messages.facts}</h3>
        <dl class="facts" aria-busy=${place.facts === null}>${lines(place.facts ?? [])}</dl>`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
