// The table twin: every unit with its value, in reach of keyboard and screen reader, and without WebGL.

import { html, render } from 'lit';
import type { Messages } from '../i18n';
import type { Level, Order } from '../state';

export interface Row {
  code: string;
  district: string;
  name: string;
  value: string;
  residents: string;
}

export interface TableState {
  caption: string;
  level: Level;
  order: Order;
  rows: readonly Row[];
  selected: string | null;
}

export interface TableOptions {
  messages: Messages;
  onChoose(code: string): void;
  onOrder(order: Order): void;
  onClose(): void;
}

export function createTable(root: HTMLElement, options: TableOptions) {
  const { messages, onChoose, onOrder, onClose } = options;
  const { columns } = messages;

  function sortable(label: string, own: Order, state: TableState, className: string) {
    const direction = own === 'value' ? 'descending' : 'ascending';
    const active = own === state.order;
    return html`<th scope="col" class=${className} aria-sort=${active ? direction : 'none'}>
      <button type="button" class="plain" @click=${() => onOrder(own)}>
        ${label}<span aria-hidden="true">${active ? (own === 'value' ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>`;
  }

  function update(state: TableState): void {
    const byKhoroo = state.level === 'khoroo';
    render(
      html`<div class="table-head">
          <p id="hlp-table-caption">${state.caption}</p>
          <button type="button" class="plain" @click=${onClose}>${messages.hideTable}</button>
        </div>
        <div class="table-scroll" tabindex="0" role="region" aria-labelledby="hlp-table-caption">
          <table aria-labelledby="hlp-table-caption">
            <thead>
              <tr>
                ${sortable(columns.district, 'place', state, '')}
                ${byKhoroo ? html`<th scope="col">${columns.place}</th>` : null}
                ${sortable(columns.value, 'value', state, 'number')}
                <th scope="col" class="number">${columns.residents}</th>
              </tr>
            </thead>
            <tbody>
              ${state.rows.map((row) => {
                const chosen = row.code === state.selected;
                const pick = html`<button
                  type="button"
                  class="plain"
                  aria-pressed=${chosen}
                  @click=${() => onChoose(row.code)}
                >
                  ${row.name}
                </button>`;
                return html`<tr class=${chosen ? 'marked' : ''} data-code=${row.code}>
                  ${byKhoroo
                    ? html`<td>${row.district}</td><th scope="row">${pick}</th>`
                    : html`<th scope="row">${pick}</th>`}
                  <td class="number">${row.value}</td>
                  <td class="number">${row.residents}</td>
                </tr>`;
              })}
            </tbody>
          </table>
        </div>`,
      root,
    );
  }

  /** Brings the chosen row into view, if the table is shown. */
  function reveal(code: string): void {
    root.querySelector(`tr[data-code="${CSS.escape(code)}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  return { update, reveal, destroy: () => render(null, root) };
}
