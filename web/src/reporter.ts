// Says on the root, and on the map, in what state the viewer is; notes when loading takes long.

import { type Message, messageOf, type Parts, type State, stateOf } from './status';

export interface ReporterOptions {
  /** The parts as they are now, but for slowness, which is known here. */
  read(): Omit<Parts, 'slow'>;
  onMessage(message: Message): void;
  /** After every report, with the state before it. */
  onState(state: State, before: State, slow: boolean): void;
}

/** People wait so long without a word. */
const SLOW_MS = 3_000;

/** `data-state` and `data-problem` on the root are for tests and monitors. */
export function createReporter(root: HTMLElement, { read, onMessage, onState }: ReporterOptions) {
  let state: State = 'loading';
  let slow = false;
  let timer = 0;

  function report(): void {
    const before = state;
    state = stateOf({ ...read(), slow });
    watch(state === 'loading');
    const parts: Parts = { ...read(), slow };
    root.dataset.state = state;
    if (state === 'error' && parts.problem !== null) root.dataset.problem = parts.problem;
    else delete root.dataset.problem;
    onMessage(messageOf(parts));
    onState(state, before, slow);
  }

  function watch(loading: boolean): void {
    if (!loading) {
      window.clearTimeout(timer);
      timer = 0;
      slow = false;
    } else if (timer === 0) {
      timer = window.setTimeout(() => {
        slow = true;
        report();
      }, SLOW_MS);
    }
  }

  return { report };
}
