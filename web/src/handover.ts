// Puts the live viewer in the place of what the server wrote, once it has something to show.
//
// Until then the server's page stays, to be read and scrolled; the viewer is built beside it unseen,
// at its full size, so that the map is drawn when it appears and nothing moves afterwards.

import type { Messages } from './i18n';

export interface Handover {
  /** Where the viewer is built. */
  readonly live: HTMLElement;
  readonly done: boolean;
  /** Says under the server's page that the map is coming. */
  say(message: 'loading' | 'slow'): void;
  /** Shows the viewer and takes the server's page away; a second call does nothing. */
  reveal(): void;
}

export function createHandover(root: HTMLElement, messages: Messages): Handover {
  const written = [...root.childNodes];
  const live = document.createElement('div');
  live.className = 'live preparing';
  live.inert = true;
  const note = document.createElement('p');
  note.className = 'coming';
  note.setAttribute('role', 'status');
  root.append(live, note);
  let done = false;

  return {
    live,
    get done() {
      return done;
    },
    say(message) {
      if (!done) note.textContent = messages.states[message];
    },
    reveal() {
      if (done) return;
      done = true;
      const hadFocus = written.some((node) => node.contains(document.activeElement) && document.activeElement !== document.body);
      for (const node of [...written, note]) node.parentNode?.removeChild(node);
      live.inert = false;
      live.classList.remove('preparing');
      window.scrollTo(0, 0);
      if (hadFocus) focusMain(live);
    },
  };
}

/** The keyboard goes on from where the page begins anew. */
function focusMain(live: HTMLElement): void {
  const main = live.querySelector('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus();
}
