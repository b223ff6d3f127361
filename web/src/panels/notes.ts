// Small print that belongs to the map: whose boundaries, since when, from where.

import { html, nothing, render } from 'lit';
import type { Vintage } from '../config';
import { type Lang, type Messages, titleIn } from '../i18n';
import { formatDate } from '../i18n/date';

export interface NotesState {
  vintage: Vintage | null;
  /** True where districts stand in for khoroos. */
  withoutLines: boolean;
}

export function createNotes(root: HTMLElement, options: { lang: Lang; messages: Messages }) {
  const { lang, messages } = options;

  function update({ vintage, withoutLines }: NotesState): void {
    if (vintage === null) {
      render(nothing, root);
      return;
    }
    const from = formatDate(vintage.valid_from, lang);
    const to = vintage.valid_to === null ? null : formatDate(vintage.valid_to, lang);
    render(
      html`${withoutLines ? html`<p class="remark">${messages.noLines}</p>` : nothing}
        <p>${titleIn(lang, vintage)}, ${messages.validity(from, to)}.</p>
        <p>${messages.source}: ${vintage.source}</p>`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
