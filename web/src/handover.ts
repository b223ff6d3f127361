// Puts the live viewer in the place of what the server wrote, once it has something to show.
//
// Until then the server's page stays, to be read and scrolled; the viewer is built beside it unseen,
// at its full size, so that the map is drawn when it appears and nothing moves afterwards. Whoever reads
// already is not interrupted: the page is theirs until they ask for the map.

import type { Messages } from './i18n';

export interface Handover {
  /** Where the viewer is built. */
  readonly live: HTMLElement;
  /** The viewer is shown, or waits for the visitor to ask for it. */
  readonly done: boolean;
  /** Says above the server's page that the map is coming. */
  say(message: 'loading' | 'slow'): void;
  /** Shows the viewer and takes the server's page away, or offers to with `words`; a second call does nothing. */
  reveal(words: string): void;
}

export interface HandoverOptions {
  messages: Messages;
  /** The viewer is shown. */
  onShown(): void;
}

/** Less than the head is no reading. */
const READING_FROM_PX = 48;

export function createHandover(root: HTMLElement, { messages, onShown }: HandoverOptions): Handover {
  const written = [...root.childNodes];
  const live = document.createElement('div');
  live.className = 'live preparing';
  live.inert = true;
  const note = document.createElement('div');
  note.className = 'coming';
  const words = document.createElement('p');
  words.setAttribute('role', 'status');
  note.append(words);
  root.append(live);
  // Above what is read, in room that style sheets keep for it.
  (root.querySelector('.document') ?? live).before(note);
  let done = false;
  // Coming back is no reading: where somebody was in the viewer says nothing of the server's page.
  history.scrollRestoration = 'manual';

  const holdsFocus = (): boolean =>
    document.activeElement !== document.body && [...written, note].some((node) => node.contains(document.activeElement));

  function show(): void {
    const hadFocus = holdsFocus();
    for (const node of [...written, note]) node.parentNode?.removeChild(node);
    live.inert = false;
    live.classList.remove('preparing');
    window.scrollTo(0, 0);
    if (hadFocus) focusMain(live);
    onShown();
  }

  return {
    live,
    get done() {
      return done;
    },
    say(message) {
      if (!done) words.textContent = messages.states[message];
    },
    reveal(sentence) {
      if (done) return;
      done = true;
      if (window.scrollY < READING_FROM_PX && !holdsFocus()) return show();
      const button = document.createElement('button');
      Object.assign(button, { type: 'button', textContent: messages.showLive, onclick: show });
      words.textContent = sentence;
      note.append(button);
    },
  };
}

/** The keyboard goes on from where the page begins anew. */
function focusMain(live: HTMLElement): void {
  const main = live.querySelector('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus({ preventScroll: true });
}
