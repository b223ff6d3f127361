// The chosen khoroo or district: its value at once, its facts when they arrive.
//
// Below 768 px it is a sheet that comes from below; the map's middle stays free.

import { html, render, type TemplateResult } from 'lit';
import type { PlaceFacts } from '../api';
import type { Lang, Messages } from '../i18n';
import { formatNumber } from '../i18n/number';

/** A figure of the place with the words that belong to it. */
export interface Figure {
  label: string;
  value: string;
}

export interface FiguresState {
  hint: string;
  place: {
    title: string;
    /** Of the measure shown, written large. */
    readings: readonly Figure[];
    /** Of other measures and cycles. */
    others: readonly Figure[];
    /** `null` while it is loading. */
    facts: PlaceFacts | null;
  } | null;
}

/** A figure written large, its words after it. */
export function reading({ value, label }: Figure): TemplateResult {
  return html`<p class="total"><span class="figure">${value}</span> <span class="base">${label}</span></p>`;
}

export function createFigures(
  root: HTMLElement,
  options: { lang: Lang; messages: Messages; onClose(): void },
) {
  const { lang, messages, onClose } = options;

  function factLines(facts: PlaceFacts): Figure[] {
    const unknown = messages.notReported;
    const number = (value: number | null, n_decimals = 0): string =>
      value === null ? unknown : formatNumber(value, lang, n_decimals);
    const area = facts.area_km2;
    return [
      {
        label: facts.population_year === null ? messages.residents : messages.residentsYear(facts.population_year),
        value: number(facts.population),
      },
      { label: messages.households, value: number(facts.households) },
      {
        label: messages.area,
        value: area === null ? unknown : messages.squareKilometres(number(area, area < 10 ? 2 : 0)),
      },
    ];
  }

  function update({ hint, place }: FiguresState): void {
    root.classList.toggle('open', place !== null);
    if (place === null) {
      render(html`<h2 class="quiet-heading">${messages.figures}</h2><p class="hint">${hint}</p>`, root);
      return;
    }
    render(
      html`<div class="figures-head">
          <h2>${place.title}</h2>
          <button type="button" class="plain" @click=${onClose}>${messages.close}</button>
        </div>
        ${place.readings.map(reading)}
        <dl aria-busy=${place.facts === null}>
          ${[...place.others, ...(place.facts ? factLines(place.facts) : [])].map(
            ({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`,
          )}
        </dl>`,
      root,
    );
  }

  return { update, destroy: () => render(null, root) };
}
