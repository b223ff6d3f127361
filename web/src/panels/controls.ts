// The control bar: what is shown, how it is counted, by which units, in which form.
//
// In narrow windows the measure is a list and what is chosen seldom folds away.

import { html, nothing, render, type TemplateResult } from 'lit';
import type { Theme } from '../config';
import { hasRate } from '../drawn';
import { type Lang, type Messages, nameIn } from '../i18n';
import type { Form, Layer, Level, Rate, View } from '../state';
import { LAYERS } from '../state';
import { choice, list, tick } from './choice';

export interface ControlsOptions {
  lang: Lang;
  messages: Messages;
  measures: readonly string[];
  themes: readonly Theme[];
  onChange(change: Partial<View>): void;
}

export interface ControlsState {
  view: View;
  form: Form;
  /** The window is narrow. */
  compact: boolean;
}

/** Value of the list's line that counts every theme. */
const ALL_THEMES = '';

export function createControls(root: HTMLElement, options: ControlsOptions) {
  const { lang, messages, onChange } = options;
  const measures = options.measures.map((value) => ({ value, label: messages.measures[value] ?? value }));
  const themes = [
    { value: ALL_THEMES, label: messages.allThemes },
    ...options.themes.map((theme) => ({ value: theme.code, label: nameIn(lang, theme) })),
  ];
  const levels = (['khoroo', 'district'] as const).map((value) => ({ value, label: messages.levels[value] }));
  const rates = (['count', 'per10000'] as const).map((value) => ({ value, label: messages.rates[value] }));
  const forms = (['map', 'cells'] as const).map((value) => ({ value, label: messages.forms[value] }));

  function details({ view, form }: ControlsState): TemplateResult {
    const onLayer = (layer: Layer, on: boolean): void =>
      onChange({ layers: LAYERS.filter((known) => (known === layer ? on : view.layers.includes(known))) });
    return html`${hasRate(view.measure)
        ? choice('rate', messages.rate, rates, view.rate, (rate) => onChange({ rate: rate as Rate }))
        : nothing}
      ${choice('level', messages.level, levels, view.level, (level) => onChange({ level: level as Level }))}
      ${themes.length > 1
        ? list('theme', messages.theme, themes, view.theme ?? ALL_THEMES, (theme) => onChange({ theme: theme === ALL_THEMES ? null : theme }))
        : nothing}
      ${form === 'map'
        ? html`<fieldset class="choice ticks">
            <legend>${messages.layers}</legend>
            <div class="options">
              ${LAYERS.map((layer) =>
                tick(layer, messages.layerNames[layer], view.layers.includes(layer), (on) => onLayer(layer, on)))}
            </div>
          </fieldset>`
        : nothing}`;
  }

  function update(state: ControlsState): void {
    const { view, form, compact } = state;
    const measure = compact ? list : choice;
    const formChoice = choice('form', messages.form, forms, form, (next) => onChange({ form: next as Form }));
    render(
      html`${measure('measure', messages.measure, measures, view.measure, (next) => onChange({ measure: next }))}
      ${formChoice}
      ${compact
        ? html`<details><summary>${messages.moreChoices}</summary><div class="more">${details(state)}</div></details>`
        : details(state)}`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
