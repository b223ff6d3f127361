// The cycles in their order: a native slider with a label under each stop, and a button that goes
// through them.
//
// Cycles of different years are counted in different khoroos; the line below says so wherever the
// slider crosses such a border. With reduced motion the button goes one cycle on at each press.

import { html, nothing, render } from 'lit/html.js';
import type { Cycle, Vintage } from '../config';
import { type Lang, type Messages, titleIn } from '../i18n';

/** Keys that lead to the first stop from the first stop. */
const FIRST_KEYS = ['ArrowLeft', 'ArrowDown', 'PageDown', 'Home'];

export interface TimelineOptions {
  lang: Lang;
  messages: Messages;
  cycles: readonly Cycle[];
  vintages: readonly Vintage[];
  /** One district or khoroo is shown, whose own number of khoroos nobody has told. */
  isPart: boolean;
  onCycle(id: string): void;
  onPlay(): void;
}

export interface TimelineState {
  cycle: string;
  playing: boolean;
  /** Each press goes one cycle on, nothing moves by itself. */
  stepwise: boolean;
}

export function createTimeline(root: HTMLElement, options: TimelineOptions) {
  const { lang, messages, cycles, vintages, isPart, onCycle, onPlay } = options;
  const vintageOf = ({ vintage }: Cycle): Vintage | undefined => vintages.find(({ id }) => id === vintage);
  const stops = cycles.map((cycle) => {
    const n_khoroos = isPart ? undefined : vintageOf(cycle)?.n_khoroos;
    const title = titleIn(lang, cycle);
    return { id: cycle.id, title, units: n_khoroos === undefined ? '' : messages.nKhoroos(n_khoroos) };
  });
  const counts = cycles.map((cycle) => vintageOf(cycle)?.n_khoroos).filter((n, idx, all) => n !== undefined && n !== all[idx - 1]);
  const crosses = new Set(cycles.map(({ vintage }) => vintage)).size > 1;

  function update({ cycle, playing, stepwise }: TimelineState): void {
    root.hidden = stops.length < 2;
    const at = stops.findIndex(({ id }) => id === cycle);
    const now = stops[at];
    const isUnset = now === undefined;
    // Where the thumb is not seen it stands at the first stop, which a key or press there could not choose otherwise.
    const chooseFirst = () => isUnset && stops[0] && onCycle(stops[0].id);
    const name = stepwise ? messages.nextCycle : playing ? messages.pause : messages.play;
    render(
      html`<button type="button" class="play" aria-label=${name} title=${name} @click=${onPlay}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=${stepwise ? 'M4 3l6 5-6 5zM11 3h2v10h-2z' : playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5l9 5.5-9 5.5z'} />
          </svg>
          <span>${stepwise ? messages.nextShort : playing ? messages.pauseShort : messages.playShort}</span>
        </button>
        <div class="track">
          <input
            type="range"
            min="0"
            max=${stops.length - 1}
            step="1"
            aria-label=${messages.cycle}
            class=${isUnset ? 'unset' : ''}
            aria-valuetext=${now ? [now.title, now.units].filter(Boolean).join(', ') : messages.noCycleHere}
            .value=${String(Math.max(at, 0))}
            @click=${chooseFirst}
            @keyup=${({ key }: KeyboardEvent) => FIRST_KEYS.includes(key) && chooseFirst()}
            @input=${(event: Event) => onCycle(stops[Number((event.target as HTMLInputElement).value)]?.id ?? cycle)}
          />
          <ol aria-hidden="true">
            ${stops.map(
              ({ id, title, units }) => html`<li class=${id === cycle ? 'now' : ''} @click=${() => onCycle(id)}>
                ${title}<span>${units}</span>
              </li>`,
            )}
          </ol>
        </div>
        ${crosses ? html`<p class="crossing">${messages.crossing(isPart ? '' : ` (${counts.map((n) => messages.nKhoroos(n ?? 0)).join(' → ')})`)}</p>` : nothing}`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
