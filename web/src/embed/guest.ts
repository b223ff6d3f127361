// The viewer's side of a frame on another site's page.
//
// It speaks to the window around and to nobody else, and only where the server has said from which
// origin that page comes (`config.embed.origin`). Without one it says nothing but that it is there, and hears nothing.

import type { Config } from '../config';
import type { Choices, View } from '../state';
import { writeView } from '../state';
import type { State } from '../status';
import { type Incoming, isOurs, type Outgoing, readIncoming, sayHello, shownOf, VERSION, type Wish } from './protocol';

export interface GuestOptions {
  config: Config;
  choices: Choices;
  /** Where the viewer is built. */
  live: HTMLElement;
  /** Words of the link to the city's page. */
  linkText: string;
  onSet(wish: Wish): void;
  onSelect(code: string | null): void;
}

export interface Guest {
  /** After every change of the view. */
  show(view: View): void;
  /** Tells of a problem once, until it is another or none. */
  report(state: State, problem: string | null): void;
  /** Tells that a message asked for what there is not. */
  refuse(): void;
}

export function createGuest({ config, choices, live, linkText, onSet, onSelect }: GuestOptions): Guest {
  const origin = config.embed?.origin ?? null;
  const foot = document.createElement('footer');
  const link = document.createElement('a');
  foot.className = 'embed-foot';
  Object.assign(link, { target: '_blank', rel: 'noopener', textContent: linkText });
  foot.append(link);
  live.append(foot);
  live.classList.toggle('part', config.embed?.area != null);
  sayHello();
  let view: View | null = null;
  let isReady = false;
  let said = '';
  /** The problem that was last told of; `null` once it is over. */
  let failing: string | null = null;

  function say(message: Outgoing): void {
    if (origin !== null) window.parent.postMessage({ v: VERSION, ...message }, origin);
  }

  function refuse(): void {
    say({ type: 'error', problem: 'message' });
  }

  function hear(message: Incoming): void {
    if (message.type === 'set') onSet(message.view);
    else onSelect(message.code);
  }

  if (origin !== null) {
    window.addEventListener('message', (event) => {
      // The page around may speak with others too, in other ways.
      if (event.source !== window.parent || event.origin !== origin || !isOurs(event.data)) return;
      const message = readIncoming(event.data, choices);
      if (message) hear(message);
      else refuse();
    });
    // What the server wrote is told of too, so nothing jumps when the map takes its place.
    new ResizeObserver(() => sayHeight()).observe(document.body);
  }

  let height = 0;
  function sayHeight(): void {
    const now = Math.ceil(document.body.getBoundingClientRect().height);
    if (now === height || now === 0) return;
    height = now;
    say({ type: 'resize', height });
  }

  return {
    refuse,
    show(next) {
      const before = view;
      view = next;
      link.href = `${config.base}/${config.lang}/${writeView(next, '', choices).search}`;
      if (!isReady) return;
      const state = shownOf(next);
      if (before?.selected !== next.selected) say({ type: 'select', code: next.selected });
      if (said !== JSON.stringify(state)) say({ type: 'state', state });
      said = JSON.stringify(state);
    },
    report(state, problem) {
      const now = state === 'error' ? (problem ?? 'unknown') : null;
      if (now !== null && now !== failing) say({ type: 'error', problem: now });
      failing = now;
      if (state !== 'ready' || isReady || !view) return;
      isReady = true;
      said = JSON.stringify(shownOf(view));
      say({ type: 'ready', state: shownOf(view) });
    },
  };
}
