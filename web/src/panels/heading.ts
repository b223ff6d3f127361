// The title as a sentence, with the city's figures under it: the figure first, its base right after.

import { html, nothing, render } from 'lit/html.js';
import { type Figure, reading } from './figures';

export interface HeadingState {
  title: string;
  /** Of the whole city, a share with what it is of; none where nothing was reported. */
  totals: readonly Figure[];
  /** What the totals are of, or what stands in their place. */
  base: string;
}

export function createHeading(root: HTMLElement) {
  function update({ title, totals, base }: HeadingState): void {
    const [only, ...others] = totals;
    const oneLine = only !== undefined && others.length === 0;
    render(
      html`<h1>${title}</h1>
        ${oneLine
          ? reading({ value: only.value, label: [only.label, base].filter((words) => words.trim() !== '').join(' · ') || base })
          : html`${totals.map(reading)}<p class="base">${base}</p>`}`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
