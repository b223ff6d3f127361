// Choices of which one holds: native radio buttons drawn as words side by side, or a native list
// where there are too many words for a row.

import { html, type TemplateResult } from 'lit/html.js';

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
  isOffered = true,
): TemplateResult {
  return html`<fieldset class="choice" ?disabled=${!isOffered}>
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
          /><span data-label=${label}>${label}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

export function list(
  name: string,
  legend: string,
  choices: readonly Choice[],
  chosen: string,
  onChoose: (value: string) => void,
): TemplateResult {
  return html`<label class="list">
    <span>${legend}</span>
    <select
      name=${`hlp-${name}`}
      .value=${chosen}
      @change=${(event: Event) => onChoose((event.target as HTMLSelectElement).value)}
    >
      ${choices.map(({ value, label }) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
    </select>
  </label>`;
}

/** A choice that holds beside others. */
export function tick(name: string, label: string, ticked: boolean, onTick: (ticked: boolean) => void): TemplateResult {
  return html`<label class="tick">
    <input
      type="checkbox"
      name=${`hlp-${name}`}
      .checked=${ticked}
      @change=${(event: Event) => onTick((event.target as HTMLInputElement).checked)}
    /><span>${label}</span>
  </label>`;
}
