// The legend: one line a class with its colour, its meaning and how many units it holds now.

import { html, render } from 'lit';
import type { Lang, Messages } from '../i18n';
import { formatNumber } from '../i18n/number';
import type { LegendClass } from '../values';
import type { Level } from '../state';
import { swatch } from './swatch';

export interface LegendState {
  classes: readonly LegendClass[];
  /** Units in each class, by its index. */
  counts: readonly number[];
  level: Level;
  /** Class of the chosen unit. */
  marked: number | null;
}

const BAR_PX = 72;

export function createLegend(root: HTMLElement, options: { lang: Lang; messages: Messages }) {
  const { lang, messages } = options;

  function update({ classes, counts, level, marked }: LegendState): void {
    const most = Math.max(1, ...counts);
    // "No data" is explained only where it occurs.
    const lines = classes
      .map((entry, idx) => ({ entry, idx, count: counts[idx] ?? 0 }))
      .filter(({ entry, count }) => entry.kind !== 'no_data' || count > 0);
    render(
      html`<h2 class="quiet-heading">${messages.legend}</h2>
        <table class="legend">
          <thead class="visually-hidden">
            <tr>
              <th scope="col">${messages.columns.value}</th>
              <th scope="col">${messages.legendCount[level]}</th>
            </tr>
          </thead>
          <tbody>
            ${lines.map(
              ({ entry, idx, count }) => html`<tr class=${idx === marked ? 'marked' : ''} data-class=${idx}>
                <th scope="row">
                  ${swatch(entry.colour, entry.kind === 'no_data')}
                  <span>${lang === 'en' ? entry.label_en : entry.label_mn}</span>
                </th>
                <td>
                  <svg class="bar" width=${BAR_PX} height="6" viewBox="0 0 ${BAR_PX} 6" aria-hidden="true">
                    <rect width=${(count / most) * BAR_PX} height="6" fill="currentColor" />
                  </svg>
                  <span class="count">${formatNumber(count, lang)}</span>
                </td>
              </tr>`,
            )}
          </tbody>
          <tfoot>
            <tr>
              <td></td>
              <td>${messages.legendCount[level]}</td>
            </tr>
          </tfoot>
        </table>`,
      root,
    );
  }

  return { update, destroy: () => render(null, root) };
}
