// The control bar: what is shown, in which form, how it is counted, by which units.
//
// One row wherever it fits: where the window is less wide the measure is a list, and in narrow ones what
// is chosen seldom folds away. What is folded away never holds a choice that nobody sees: it starts open then.

import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { offeredThemes, type Theme } from '../config';
import { hasRate } from '../drawn';
import { type Lang, type Messages, nameIn } from '../i18n';
import type { Form, Level, Rate, View } from '../state';
import { choice, list } from './choice';

export interface ControlsOptions {
  lang: Lang;
  messages: Messages;
  measures: readonly string[];
  themes: readonly Theme[];
  onChange(change: Partial<View>): void;
}

/** How much room the bar has: for all choices side by side, for the measure as a list, or for little. */
export type Room = 'wide' | 'middle' | 'narrow';

export interface ControlsState {
  view: View;
  form: Form;
  room: Room;
}

const MORE_ID = 'hlp-more-choices';

/** Value of the list's line that counts every theme. */
const ALL_THEMES = '';

export function createControls(root: HTMLElement, options: ControlsOptions) {
  const { lang, messages, onChange } = options;
  const measures = options.measures.map((value) => ({ value, label: messages.measures[value] ?? value }));
  const themesFor = (chosen: string | null) => [
    { value: ALL_THEMES, label: messages.allThemes },
    ...offeredThemes(options.themes, chosen).map((theme) => ({ value: theme.code, label: nameIn(lang, theme) })),
  ];
  const levels = (['khoroo', 'district'] as const).map((value) => ({ value, label: messages.levels[value] }));
  const rates = (['count', 'per10000'] as const).map((value) => ({ value, label: messages.rates[value] }));
  const forms = (['map', 'cells'] as const).map((value) => ({ value, label: messages.forms[value] }));

  /** `null` until the visitor opens or closes what is folded away. */
  let open: boolean | null = null;
  let state: ControlsState | null = null;

  function details({ view }: ControlsState): TemplateResult {
    const counted = hasRate(view.measure);
    const themes = themesFor(view.theme);
    return html`${choice('rate', messages.rate, rates, counted ? view.rate : 'count', (rate) => onChange({ rate: rate as Rate }), counted)}
      ${choice('level', messages.level, levels, view.level, (level) => onChange({ level: level as Level }))}
      ${themes.length > 1
        ? list('theme', messages.theme, themes, view.theme ?? ALL_THEMES, (theme) => onChange({ theme: theme === ALL_THEMES ? null : theme }))
        : nothing}`;
  }

  function folded(now: ControlsState): TemplateResult {
    const { rate, level, theme } = now.view;
    open ??= rate !== 'count' || level !== 'khoroo' || theme !== null;
    return html`<button
        type="button"
        class="plain more-toggle toggle"
        aria-expanded=${open}
        aria-controls=${MORE_ID}
        @click=${() => {
          open = !open;
          if (state) update(state);
        }}
      >${messages.moreChoices}</button>
      <div class="more" id=${MORE_ID} ?hidden=${!open}>${details(now)}</div>`;
  }

  function update(next: ControlsState): void {
    state = next;
    const { view, form, room } = next;
    const measure = room === 'wide' ? choice : list;
    const formChoice = choice('form', messages.form, forms, form, (next) => onChange({ form: next as Form }));
    render(
      html`${measure('measure', messages.measure, measures, view.measure, (next) => onChange({ measure: next }))}
      ${formChoice}
      ${room === 'narrow' ? folded(next) : details(next)}`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
