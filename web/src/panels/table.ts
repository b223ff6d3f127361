// The table twin: every unit with its value, in reach of keyboard and screen reader, and without WebGL.

import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { Messages } from '../i18n';
import type { Row, TotalRow } from '../rows';
import { type Column, type Level, nextOrder, type Order } from '../state';

export interface TableState {
  caption: string;
  level: Level;
  order: Order;
  rows: readonly Row[];
  /** How many rows there are without the filter. */
  n_all: number;
  /** The line below the rows. */
  total: TotalRow | null;
  /** Heads of the columns of figures: one, or two of a pair. */
  figures: readonly string[];
  filter: string;
  within: string | null;
  /** Districts to choose from, by name. */
  districts: readonly { code: string; name: string }[];
  selected: string | null;
}

export interface TableOptions {
  messages: Messages;
  onChoose(code: string): void;
  onHover(code: string | null): void;
  onOrder(order: Order): void;
  onFilter(filter: string): void;
  onWithin(district: string | null): void;
  onDownload(): void;
  onClose(): void;
}

const CAPTION_ID = 'hlp-table-caption';

export function createTable(root: HTMLElement, options: TableOptions) {
  const { messages, onChoose, onHover, onOrder } = options;
  const { columns } = messages;

  function head(label: string, column: Column, { order }: TableState, className: string): TemplateResult {
    const active = order.column === column;
    const direction = order.descending ? 'descending' : 'ascending';
    return html`<th scope="col" class=${className} aria-sort=${active ? direction : 'none'}>
      <button type="button" class="plain" @click=${() => onOrder(nextOrder(order, column))}>
        ${label}<span aria-hidden="true">${active ? (order.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>`;
  }

  function filters({ filter, within, districts, rows, n_all }: TableState): TemplateResult {
    return html`<div class="table-filters">
      <label
        ><span>${messages.filter}</span>
        <input
          type="search"
          .value=${filter}
          placeholder=${messages.filterHint}
          maxlength="60"
          @input=${(event: Event) => options.onFilter((event.target as HTMLInputElement).value)}
        />
      </label>
      <label
        ><span>${columns.district}</span>
        <select @change=${(event: Event) => options.onWithin((event.target as HTMLSelectElement).value || null)}>
          <option value="" ?selected=${within === null}>${messages.allDistricts}</option>
          ${districts.map(({ code, name }) => html`<option value=${code} ?selected=${code === within}>${name}</option>`)}
        </select>
      </label>
      <p role="status">${messages.nRows(rows.length, n_all)}</p>
      <button type="button" class="plain" @click=${options.onDownload}>${messages.downloadCsv}</button>
    </div>`;
  }

  function line(row: Row, state: TableState): TemplateResult {
    const chosen = row.code === state.selected;
    const pick = html`<button type="button" class="plain" aria-pressed=${chosen} @click=${() => onChoose(row.code)}>
      ${row.name}
    </button>`;
    return html`<tr
      class=${chosen ? 'marked' : ''}
      data-code=${row.code}
      @pointerenter=${() => onHover(row.code)}
      @pointerleave=${() => onHover(null)}
      @focusin=${() => onHover(row.code)}
      @focusout=${() => onHover(null)}
    >
      ${state.level === 'khoroo'
        ? html`<td>${row.district}</td><th scope="row">${pick}</th>`
        : html`<th scope="row">${pick}</th>`}
      <td class="number">${row.value}</td>
      ${row.second === null ? nothing : html`<td class="number">${row.second}</td>`}
      <td class="number">${row.residents}</td>
    </tr>`;
  }

  function foot({ label, value, second, residents }: TotalRow, level: Level): TemplateResult {
    return html`<tfoot>
      <tr>
        <th scope="row" colspan=${level === 'khoroo' ? 2 : 1}>${label}</th>
        <td class="number">${value}</td>
        ${second === null ? nothing : html`<td class="number">${second}</td>`}
        <td class="number">${residents}</td>
      </tr>
    </tfoot>`;
  }

  function update(state: TableState): void {
    const [first = '', second] = state.figures;
    render(
      html`<div class="table-head">
          <p id=${CAPTION_ID} tabindex="-1">${state.caption}</p>
          <button type="button" class="plain" @click=${options.onClose}>${messages.hideTable}</button>
        </div>
        ${filters(state)}
        <div class="table-scroll" tabindex="0" role="region" aria-labelledby=${CAPTION_ID}>
          <table aria-labelledby=${CAPTION_ID} class=${`${state.level === 'khoroo' ? 'of-khoroos' : ''} ${second === undefined ? '' : 'of-pairs'}`}>
            <thead>
              <tr>
                ${head(columns.district, 'district', state, '')}
                ${state.level === 'khoroo' ? head(columns.place, 'number', state, '') : nothing}
                ${head(first, 'value', state, 'number')}
                ${second === undefined ? nothing : head(second, 'second', state, 'number')}
                ${head(columns.residents, 'residents', state, 'number')}
              </tr>
            </thead>
            <tbody>
              ${state.rows.map((row) => line(row, state))}
            </tbody>
            ${state.total === null ? nothing : foot(state.total, state.level)}
          </table>
          ${state.rows.length === 0 ? html`<p class="hint empty">${messages.noRows}</p>` : nothing}
        </div>`,
      root,
    );
  }

  /** Brings the chosen row into view, if the table is shown; nothing but the rows moves. */
  function reveal(code: string): void {
    const row = root.querySelector<HTMLElement>(`tr[data-code="${CSS.escape(code)}"]`);
    const scroller = root.querySelector<HTMLElement>('.table-scroll');
    const head = root.querySelector<HTMLElement>('thead');
    if (!row || !scroller || !head) return;
    // Head and total lie over the rows.
    const foot_px = root.querySelector<HTMLElement>('tfoot')?.offsetHeight ?? 0;
    const [top, bottom] = [row.offsetTop - head.offsetHeight, row.offsetTop + row.offsetHeight + foot_px - scroller.clientHeight];
    if (scroller.scrollTop > top) scroller.scrollTop = top;
    else if (scroller.scrollTop < bottom) scroller.scrollTop = bottom;
  }

  /** Puts the keyboard at its beginning. */
  function focus(): void {
    root.querySelector<HTMLElement>(`#${CAPTION_ID}`)?.focus();
  }

  return { update, reveal, focus, destroy: () => render(nothing, root) };
}
