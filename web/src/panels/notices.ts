// Bands under the head: the data is invented; what is shown may no longer be the newest.

import { html, nothing, render } from 'lit';
import type { Freshness } from '../freshness';
import type { Messages } from '../i18n';

export interface NoticesState {
  illustrative: boolean;
  freshness: Freshness;
  /** Time of the figures that are shown, in words. */
  asOf: string;
}

export function createNotices(root: HTMLElement, options: { messages: Messages }) {
  const { messages } = options;

  function update({ illustrative, freshness, asOf }: NoticesState): void {
    render(
      html`${illustrative ? html`<p class="notice" role="note">${messages.illustrative}</p>` : nothing}
        <div role="status">
          ${freshness === 'fresh'
            ? nothing
            : html`<p class="notice old" data-freshness=${freshness}>${messages.freshness[freshness](asOf)}</p>`}
        </div>`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
