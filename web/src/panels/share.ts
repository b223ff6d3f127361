// Ways out of the page with what is shown, under a button: closed, they leave the chosen place its room.
//
// Copies the address; where the browser keeps the clipboard to itself, it is shown to be copied by hand.
// Leads to the same view as a picture and to the page that makes code for other sites. On paper goes the
// picture, which has title, legend, date, source and scale, and none of the controls.

import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { Messages } from '../i18n';
import type { PictureFormat } from '../picture_address';

export interface ShareLinks {
  /** Address of the page that makes code for other sites, with what is shown; `null` where no site can be told. */
  embed: string | null;
  /** `null` where there is none. */
  picture(format: PictureFormat): string | null;
  /** There is something to put on paper. */
  isPrinted: boolean;
}

const WAYS_ID = 'hlp-share-ways';

/** How long the button says that it has copied. */
const SAID_MS = 2500;

export function createShare(root: HTMLElement, options: { messages: Messages; onCopied(sentence: string): void; print(): Promise<boolean> }) {
  const { messages, onCopied } = options;
  let open = false;
  let copied = false;
  let byHand: string | null = null;
  let timer = 0;
  let links: ShareLinks | null = null;

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

  function picture(format: PictureFormat): TemplateResult | typeof nothing {
    const name = format.toUpperCase();
    const address = links?.picture(format) ?? null;
    return address === null ? nothing : html`<a href=${address} download><span class="visually-hidden">${messages.picture} </span>${name}</a>`;
  }

  function draw(): void {
    render(
      html`<button type="button" class="wide toggle" aria-expanded=${open} aria-controls=${WAYS_ID} @click=${toggle}>
          ${messages.shareTitle}
        </button>
        <div class="share-ways" id=${WAYS_ID} role="group" aria-label=${messages.shareTitle} ?hidden=${!open}>
          <button type="button" class="plain" @click=${() => void copy()}>${copied ? messages.linkCopied : messages.share}</button>
          ${links === null || links.embed === null ? nothing : html`<a href=${links.embed}>${messages.embed}</a>`}
          ${picture('png')}${picture('svg')}
          ${links?.isPrinted !== true
            ? nothing
            : html`<button type="button" class="plain" @click=${() => void print()}>${messages.print}</button>`}
          ${byHand === null
            ? nothing
            : html`<input class="address" type="text" readonly aria-label=${messages.copyByHand} .value=${byHand} />`}
        </div>`,
      root,
    );
  }

  function toggle(): void {
    open = !open;
    draw();
  }

  // What else is open on the page stays as it is.
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    toggle();
    root.querySelector('button')?.focus();
  });

  draw();
  function update(next: ShareLinks): void {
    links = next;
    draw();
  }

  return { update, destroy: () => render(nothing, root) };
}
