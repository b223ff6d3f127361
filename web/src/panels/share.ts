// Copies the address of what is shown. Where the browser keeps the clipboard to itself, the address is
// shown to be copied by hand.
//
// Leads to the same view as a picture; on paper goes that picture, which has title, legend, date, source
// and scale, and none of the controls.

import { html, nothing, render, type TemplateResult } from 'lit';
import type { Messages } from '../i18n';
import type { PictureFormat } from '../picture_address';

/** How long the button says that it has copied. */
const SAID_MS = 2500;

export function createShare(root: HTMLElement, options: { messages: Messages; onCopied(sentence: string): void; print(): Promise<boolean> }) {
  const { messages, onCopied } = options;
  let copied = false;
  let byHand: string | null = null;
  let timer = 0;
  let addressOf: ((format: PictureFormat) => string) | null = null;

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

  async function print(): Promise<void> {
    if (!(await options.print())) onCopied(messages.states.data);
  }

  function picture(format: PictureFormat): TemplateResult {
    const name = format.toUpperCase();
    return html`<a href=${addressOf?.(format) ?? ''} download><span class="visually-hidden">${messages.picture} </span>${name}</a>`;
  }

  function draw(): void {
    render(
      html`<button type="button" class="plain" @click=${() => void copy()}>${copied ? messages.linkCopied : messages.share}</button>
        ${addressOf === null
          ? nothing
          : html`${picture('png')}${picture('svg')}
              <button type="button" class="plain" @click=${() => void print()}>${messages.print}</button>`}
        ${byHand === null
          ? nothing
          : html`<input class="address" type="text" readonly aria-label=${messages.copyByHand} .value=${byHand} />`}`,
      root,
    );
  }

  draw();
  function update(next: (format: PictureFormat) => string): void {
    addressOf = next;
    draw();
  }

  return { update, destroy: () => render(nothing, root) };
}
