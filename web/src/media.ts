// What the reader's window and system ask for: colours, motion, room for the control bar.

import type { Room } from './panels/controls';
import type { Scheme } from './style/theme';

/** Windows in which the control bar has room for all choices in a row, and for all with the measure as a list. */
const WIDE_FROM_EM = 90;
const MIDDLE_FROM_EM = 64;

export interface Media {
  readonly scheme: Scheme;
  /** Nothing is to move by itself. */
  readonly still: boolean;
  readonly room: Room;
}

export function createMedia({ onScheme, onStill }: { onScheme(): void; onStill(): void }): Media {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  const wide = window.matchMedia(`(min-width: ${WIDE_FROM_EM}em)`);
  const middle = window.matchMedia(`(min-width: ${MIDDLE_FROM_EM}em)`);
  dark.addEventListener('change', onScheme);
  still.addEventListener('change', onStill);
  return {
    get scheme() {
      return dark.matches ? 'dark' : 'light';
    },
    get still() {
      return still.matches;
    },
    get room() {
      return wide.matches ? 'wide' : middle.matches ? 'middle' : 'narrow';
    },
  };
}
