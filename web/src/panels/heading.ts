// The title as a sentence, with the city's total under it: the figure first, its base right after.

import { html, render } from 'lit';

export interface HeadingState {
  title: string;
  /** `null` while it is not known. */
  total: string | null;
  base: string;
}

export function createHeading(root: HTMLElement) {
  function update({ title, total, base }: HeadingState): void {
    render(
      html`<h1>${title}</h1>
        <p class="total"><span class="figure">${total ?? '–'}</span> <span class="base">${base}</span></p>`,
      root,
    );
  }

  return { update, destroy: () => render(null, root) };
}
