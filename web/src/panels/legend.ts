// The legend: each class with its colour, its meaning and how many units it holds now.
//
// A bivariate measure is a square of the pairs that can occur, at most 3 × 3, each with its count; all others are a list. Below stand
// the records that can lie over the colours, each with the mark it would have.

import { html, nothing, render, svg, type TemplateResult } from 'lit/html.js';
import type { Lang, Messages } from '../i18n';
import { formatNumber } from '../i18n/number';
import { type Form, type Layer, LAYERS } from '../state';
import { inkOn } from '../style/contrast';
import { type Scheme, THEMES } from '../style/theme';
import { type LegendClass, type LegendPlace, type ValueTable } from '../values';
import { tick } from './choice';
import { swatch } from './swatch';

export interface LegendState {
  table: ValueTable;
  /** Units in each class, by its index, of all that stand in their colours. */
  counts: readonly number[];
  scheme: Scheme;
  /** Class of the chosen unit. */
  marked: number | null;
  /** Where the district's average lies, and what is said of it. */
  average: (LegendPlace & { text: string }) | null;
  /** What has to be known of the figures before their colours. */
  remark: string | null;
  /** Which lines are the chosen place's, or why there are none; `null` where neither is to be said. */
  lines: string | null;
  /** Records that lie over the colours. */
  layers: readonly Layer[];
  form: Form;
}

interface Line {
  entry: LegendClass;
  idx: number;
  count: number;
}

const BAR_PX = 72;

export interface LegendOptions {
  lang: Lang;
  messages: Messages;
  onLayers(layers: readonly Layer[]): void;
}

export function createLegend(root: HTMLElement, options: LegendOptions) {
  const { lang, messages, onLayers } = options;
  const label = (entry: LegendClass): string => (lang === 'en' ? entry.label_en : entry.label_mn);

  function list(lines: readonly Line[], { table, scheme, marked, average }: LegendState): TemplateResult {
    const most = Math.max(1, ...lines.map(({ count }) => count));
    const unitWord = messages.legendCount[table.level];
    return html`<table class="legend">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">${table.rate === 'per10000' ? messages.rates.per10000 : (messages.measures[table.measure] ?? messages.columns.value)}</th>
          <th scope="col">${unitWord}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          ({ entry, idx, count }) => html`<tr class=${idx === marked ? 'marked' : count === 0 ? 'nobody' : ''} data-class=${idx}>
            <th scope="row">
              ${swatch(entry.colour[scheme], entry.kind === 'no_data')}
              <span>${label(entry)}</span>
              ${idx === marked ? html`<span class="visually-hidden">(${messages.chosen})</span>` : nothing}
              ${idx === average?.idx ? html`<span class=${average?.isBelow ? 'average below' : 'average'}><span aria-hidden="true">◆ </span>${average.text}</span>` : nothing}
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
      <tfoot aria-hidden="true">
        <tr>
          <td></td>
          <td>${unitWord}</td>
        </tr>
      </tfoot>
    </table>`;
  }

  function square(lines: readonly Line[], { table, scheme, marked }: LegendState): TemplateResult {
    const [columns, rows] = table.side_labels;
    const field = (x: number, y: number): TemplateResult => {
      const line = lines.find(({ entry }) => entry.pair?.[0] === x && entry.pair[1] === y);
      if (!line) return html`<td></td>`;
      const colour = line.entry.colour[scheme];
      return html`<td class=${line.idx === marked ? 'marked' : ''} data-class=${line.idx}>
        <svg width="72" height="36" viewBox="0 0 72 36" role="img" aria-label="${label(line.entry)}: ${line.count}">
          <rect width="72" height="36" fill=${colour} />
          <text x="36" y="23" text-anchor="middle" fill=${inkOn(colour, THEMES[scheme].inks)}>
            ${formatNumber(line.count, lang)}
          </text>
        </svg>
      </td>`;
    };
    return html`<table class="square">
      <thead>
        <tr>
          <td></td>
          <th scope="colgroup" colspan=${columns.length}>${messages.measures.identifications}\u00a0→</th>
        </tr>
        <tr>
          <th scope="col">${messages.measures.replications}\u00a0↓</th>
          ${columns.map((column) => html`<th scope="col">${column[lang]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, y) => html`<tr>
            <th scope="row">${row[lang]}</th>
            ${columns.map((_, x) => field(x, y))}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** Dots and arrows in the colour that the map gives them. Cells have no places for dots. */
  function records({ layers, scheme, form, lines }: LegendState): TemplateResult {
    const { record } = THEMES[scheme];
    const offered = LAYERS.filter((layer) => form === 'map' || layer === 'replications');
    const onTick = (layer: Layer, on: boolean): void =>
      onLayers(LAYERS.filter((known) => (known === layer ? on : layers.includes(known))));
    return html`<fieldset class="records">
      <legend>${messages.layers}</legend>
      <ul class="record-legend">
      ${offered.map(
        (layer) => html`<li>
          ${tick(layer, messages.layerNames[layer], layers.includes(layer), (on) => onTick(layer, on))}
          <svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true">
            ${layer === 'practices'
              ? svg`<circle cx="14" cy="7" r="5" fill=${record} />`
              : svg`<path d="M1 7h20" stroke=${record} stroke-width="2" /><path d="M18 2l9 5-9 5z" fill=${record} />`}
          </svg>
          ${layers.includes(layer) ? html`<p class="base">${messages.layerLegend[layer]}</p>` : nothing}
          ${layer === 'replications' && lines !== null ? html`<p class="own-lines">${lines}</p>` : nothing}
        </li>`,
      )}
      </ul>
    </fieldset>`;
  }

  function update(state: LegendState): void {
    const all = state.table.classes.map((entry, idx) => ({ entry, idx, count: state.counts[idx] ?? 0 }));
    const pairs = all.filter(({ entry }) => entry.kind === 'pair');
    // The scale is that of the city, so that colours compare: classes that nobody is in stay, and say so quietly.
    // "No data" is explained only where it occurs.
    const others = all.filter(({ entry, count }) => entry.kind !== 'pair' && (entry.kind !== 'no_data' || count > 0));
    render(
      html`<h2 class="quiet-heading">${messages.legend}</h2>
        ${state.remark === null ? nothing : html`<p class="remark">${state.remark}</p>`}
        ${pairs.length > 0 ? square(pairs, state) : nothing} ${others.length > 0 ? list(others, state) : nothing}
        ${records(state)}`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
