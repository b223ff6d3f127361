// A row of choices of which one holds: native radio buttons, drawn as words side by side.

import { html, type TemplateResult } from 'lit';

export interface Choice {
  value: string;
  label: string;
}

export function choice(
  name: string,
  legend: string,
  choices: readonly Choice[],
  chosen: string,
  onChoose: (value: string) => void,
): TemplateResult {
  return html`<fieldset class="choice">
    <legend>${legend}</legend>
    <div class="options">
      ${choices.map(
        ({ value, label }) => html`<label>
          <input
            type="radio"
            name=${`hlp-${name}`}
            value=${value}
            .checked=${value === chosen}
            @change=${() => onChoose(value)}
          /><span>${label}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}
