// Copies the address of what is shown. Where the browser keeps the clipboard to itself, the address is
// shown to be copied by hand.

import { html, nothing, render } from 'lit';
import type { Messages } from '../i18n';

/** How long the button says that it has copied. */
const SAID_MS = 2500;

export function createShare(root: HTMLElement, options: { messages: Messages; onCopied(sentence: string): void }) {
  const { messages, onCopied } = options;
  let copied = false;
  let byHand: string | null = null;
  let timer = 0;

  async function copy(): Promise<void> {
    const address = window.location.href;
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      byHand = address;
      draw();
      root.querySelector('input')?.select();
      return;
    }
    copied = true;
    byHand = null;
    draw();
    onCopied(messages.linkCopied);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      copied = false;
      draw();
    }, SAID_MS);
  }

  function draw(): void {
    render(
      html`<button type="button" class="plain" @click=${() => void copy()}>${copied ? messages.linkCopied : messages.share}</button>
        ${byHand === null
          ? nothing
          : html`<input class="address" type="text" readonly aria-label=${messages.copyByHand} .value=${byHand} />`}`,
      root,
    );
  }

  draw();
  return { destroy: () => render(nothing, root) };
}
