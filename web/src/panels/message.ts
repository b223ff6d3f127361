// What lies on the map while there is none: loading, a failure with what to do, no WebGL.

import { html, nothing, render } from 'lit';
import type { Messages } from '../i18n';

export type MessageState = 'loading' | 'data' | 'tiles' | 'webgl' | null;

export function createMessage(root: HTMLElement, options: { messages: Messages; onRetry(): void }) {
  const { messages, onRetry } = options;

  function update(state: MessageState): void {
    root.hidden = state === null;
    if (state === null) return;
    const failed = state === 'data' || state === 'tiles';
    const text = failed ? messages.failed : state === 'webgl' ? messages.noWebgl : messages.loading;
    render(
      html`<p role=${state === 'loading' ? 'status' : 'alert'}>${text}</p>
        ${failed ? html`<button type="button" @click=${onRetry}>${messages.retry}</button>` : nothing}`,
      root,
    );
  }

  return { update, destroy: () => render(null, root) };
}
