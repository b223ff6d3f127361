// What is said above the map: loading, a failure with what to do, no WebGL. It takes its own room, so that it
// hides nothing of what stands.

import { html, nothing, render } from 'lit/html.js';
import type { Messages } from '../i18n';
import type { Message } from '../status';

export function createMessage(root: HTMLElement, options: { messages: Messages; onRetry(): void }) {
  const { messages, onRetry } = options;

  /** `kept` is the title of what did not come, while what was there before stays; `asOf` of which time that is, in a sentence. */
  function update(message: Message, kept: string | null, asOf: string): void {
    root.hidden = message === null;
    if (message === null) {
      render(nothing, root);
      return;
    }
    const failed = message === 'data' || message === 'tiles' || message === 'offline';
    const words = kept === null || !failed || message === 'tiles' ? messages.states[message] : messages.stays[message](kept);
    const calm = message === 'loading' || message === 'slow' || message === 'empty';
    render(
      html`<p role=${calm ? 'status' : 'alert'}>${failed && asOf !== '' ? `${words} ${asOf}` : words}</p>
        ${failed ? html`<button type="button" @click=${onRetry}>${messages.retry}</button>` : nothing}`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
