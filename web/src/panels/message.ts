// What lies on the map while there is none: loading, a failure with what to do, no WebGL.

import { html, nothing, render } from 'lit';
import type { Messages } from '../i18n';
import type { Message } from '../status';

export function createMessage(root: HTMLElement, options: { messages: Messages; onRetry(): void }) {
  const { messages, onRetry } = options;

  function update(message: Message): void {
    root.hidden = message === null;
    if (message === null) {
      render(nothing, root);
      return;
    }
    const failed = message === 'data' || message === 'tiles' || message === 'offline';
    const calm = message === 'loading' || message === 'slow' || message === 'empty';
    render(
      html`<p role=${calm ? 'status' : 'alert'}>${messages.states[message]}</p>
        ${failed ? html`<button type="button" @click=${onRetry}>${messages.retry}</button>` : nothing}`,
      root,
    );
  }

  return { update, destroy: () => render(nothing, root) };
}
