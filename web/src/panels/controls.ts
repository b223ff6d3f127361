// The control bar: what is shown, of which cycle, by which units.

import { html, nothing, render } from 'lit';
import type { Cycle } from '../config';
import { type Lang, type Messages, titleIn } from '../i18n';
import type { Level, View } from '../state';
import { choice } from './choice';

export interface ControlsOptions {
  lang: Lang;
  messages: Messages;
  measures: readonly string[];
  cycles: readonly Cycle[];
  onChange(change: Partial<Pick<View, 'measure' | 'cycle' | 'level'>>): void;
}

export function createControls(root: HTMLElement, options: ControlsOptions) {
  const { lang, messages, onChange } = options;
  const measures = options.measures.map((value) => ({ value, label: messages.measures[value] ?? value }));
  const cycles = options.cycles.map((cycle) => ({ value: cycle.id, label: titleIn(lang, cycle) }));
  const levels = (['khoroo', 'district'] as const).map((value) => ({ value, label: messages.levels[value] }));

  function update(view: View): void {
    render(
      html`${choice('measure', messages.measure, measures, view.measure, (measure) => onChange({ measure }))}
      ${cycles.length === 0 ? nothing : choice('cycle', messages.cycle, cycles, view.cycle, (cycle) => onChange({ cycle }))}
      ${choice('level', messages.level, levels, view.level, (level) => onChange({ level: level as Level }))}`,
      root,
    );
  }

  return { update, destroy: () => render(null, root) };
}
