// Bands under the head: the data is invented; what is shown may no longer be the newest; the page
// may be older than what there is to choose.

import { html, nothing, render } from 'lit/html.js';
import type { Freshness } from '../freshness';
import type { Messages } from '../i18n';

export interface NoticesState {
  illustrative: boolean;
  freshness: Freshness;
  /** Time of the figures that are shown, in words. */
  asOf: string;
  /** What the address asks for in vain, in sentences. */
  misread: readonly string[];
  /** Only a new page has all that can be chosen. */
  outdated: boolean;
}

export function createNotices(root: HTMLElement, options: { messages: Messages; onReload(): void }) {
  const { messages, onReload } = options;

  function update({ illustrative, freshness, asOf, misread, outdated }: NoticesState): void {
    render(
      html`${illustrative ? html`<p class="notice" role="note">${messages.illustrative}</p>` : nothing}
        <div role="status">
          ${misread.map((sentence) => html`<p class="notice" data-misread>${sentence}</p>`)}
          ${freshness === 'fresh'
            ? nothing
            : html`<p class="notice old" data-freshness=${freshness}>${messages.freshness[freshness](asOf)}</p>`}
          ${outdated
            ? html`<p class="notice" data-outdated>
                ${messages.outdated} <button type="button" class="plain" @click=${onReload}>${messages.reload}</button>
              </p>`
            : nothing}
        </div>`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
