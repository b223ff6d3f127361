// The title as a sentence, with the city's total under it: the figure first, its base right after.

import { html, nothing, render } from 'lit';

export interface HeadingState {
  title: string;
  /** `null` where nothing was reported. */
  total: string | null;
  /** What the total is of, or what stands in its place. */
  base: string;
}

export function createHeading(root: HTMLElement) {
  function update({ title, total, base }: HeadingState): void {
    render(
      html`<h1>${title}</h1>
        <p class="total">
          ${total === null ? nothing : html`<span class="figure">${total}</span>`} <span class="base">${base}</span>
        </p>`,
      root,
    );
  }

  return { update, destroy: () => render(null, root) };
}
