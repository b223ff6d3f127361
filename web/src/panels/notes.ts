// Small print that belongs to the map: whose boundaries, since when, from where, and what a reader has
// to know about the figures.

import { html, nothing, render } from 'lit/html.js';
import type { Source, Vintage } from '../config';
import { type Lang, type Messages, titleIn } from '../i18n';
import { formatDate } from '../i18n/date';
import { sourceLinks } from './sources';

export interface NotesState {
  vintage: Vintage | null;
  /** True where districts stand in for khoroos. */
  withoutLines: boolean;
  /** The one that the address names, where it cannot be shown. */
  beside: Vintage | null;
  /** Remarks that the server makes on the figures. */
  remarks: readonly string[];
}

export interface NotesOptions {
  lang: Lang;
  messages: Messages;
  /** Whom the context on the map comes from. */
  sources: readonly Source[];
}

export function createNotes(root: HTMLElement, { lang, messages, sources }: NotesOptions) {
  function update({ vintage, withoutLines, beside, remarks }: NotesState): void {
    if (vintage === null) {
      render(nothing, root);
      return;
    }
    const from = formatDate(vintage.valid_from, lang);
    const to = vintage.valid_to === null ? null : formatDate(vintage.valid_to, lang);
    render(
      html`${withoutLines ? html`<p class="remark">${messages.noLines}</p>` : nothing}
        ${beside === null ? nothing : html`<p class="remark">${messages.otherVintage(titleIn(lang, beside))}</p>`}
        ${remarks.map((remark) => html`<p class="remark">${remark}</p>`)}
        <p>${titleIn(lang, vintage)}, ${messages.validity(from, to)}.</p>
        <p>${messages.source}: ${vintage.source}</p>
        ${sources.length === 0 ? nothing : html`<p>${messages.contextSource}: ${sourceLinks(sources)}</p>`}`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
