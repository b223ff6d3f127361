// `<hlp-map>`: the map as an element of any page. One small classic script under a fixed address.
//
//   <script src="https://…/embed.js" async></script>
//   <hlp-map measure="replications" area="bzd"><a href="https://…/mn/">…</a></hlp-map>
//
// What stands inside is seen without script. Where the browser refuses the frame, because the service does not
// allow the site, a few words stand in its place. Attributes: `area measure cycle theme rate level form select
// lang still height title`. It fires `hlp-ready`, `hlp-state`, `hlp-select`, `hlp-error` with the message
// as `detail`; `set({ cycle: '2020' })` and `select('bzd-26')` change the view.

import { isOurs, sayHello, VERSION, type Wish } from './protocol';
import { REFUSED } from './refused';

const script = document.currentScript as HTMLScriptElement | null;
const base = new URL('.', script?.src ?? location.href);

/** These change in a map that stands; any other attribute loads it anew. */
const WISHES = ['measure', 'cycle', 'theme', 'rate', 'level', 'form'];
const ATTRIBUTES = [...WISHES, 'select', 'area', 'lang', 'still', 'height', 'title'];
const HEIGHTS_PX = [120, 4000] as const;
/**
 * From when a frame has loaded until it must have said that it is there: its script has run by then, so this is
 * but for slow machines. What comes later takes the words away again.
 */
const HELLO_MS = 3_000;
/** Until the map tells its own height. */
const HEIGHT_PX = 560;

class HlpMap extends HTMLElement {
  static readonly observedAttributes = ATTRIBUTES;
  #frame: HTMLIFrameElement | null = null;
  #ready = false;
  #isThere = false;
  #timer = 0;
  #words: HTMLElement | null = null;
  /** What stands inside may be parsed after the element, and changed. */
  readonly #inside = new MutationObserver(() => this.#name());

  connectedCallback(): void {
    if (this.#frame) return;
    const frame = document.createElement('iframe');
    frame.loading = 'lazy';
    frame.referrerPolicy = 'strict-origin-when-cross-origin';
    Object.assign(frame.style, { display: 'block', width: '100%', border: '0' });
    this.style.display ||= 'block';
    // A frame that is refused loads the browser's own page, which tells nobody.
    frame.addEventListener('load', () => {
      window.clearTimeout(this.#timer);
      if (!this.#isThere) this.#timer = window.setTimeout(() => this.#show(this.#refusal(frame.src)), HELLO_MS);
    });
    this.#frame = frame;
    this.#setHeight(Number(this.getAttribute('height')) || HEIGHT_PX);
    this.#load();
    (this.shadowRoot ?? this.attachShadow({ mode: 'open' })).replaceChildren(frame);
    this.#inside.observe(this, { childList: true, characterData: true, subtree: true });
    window.addEventListener('message', this.#hear);
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.#hear);
    window.clearTimeout(this.#timer);
    this.#inside.disconnect();
    this.#frame = null;
    this.#ready = false;
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (!this.#frame || before === value) return;
    if (name === 'height') this.#setHeight(Number(value) || HEIGHT_PX);
    else if (name === 'title') this.#name();
    else if (name === 'select' && this.#ready) this.select(value);
    else if (WISHES.includes(name) && this.#ready && (value !== null || name === 'theme' || name === 'form')) this.set({ [name]: value });
    else this.#load();
  }

  set(view: Wish): void {
    this.#say({ type: 'set', ...view });
  }

  select(code: string | null): void {
    this.#say({ type: 'select', code });
  }

  #say(message: object): void {
    this.#frame?.contentWindow?.postMessage({ v: VERSION, ...message }, base.origin);
  }

  readonly #hear = (event: MessageEvent): void => {
    if (event.origin !== base.origin || event.source !== this.#frame?.contentWindow || !isOurs(event.data)) return;
    const { type, height } = event.data;
    window.clearTimeout(this.#timer);
    if (!this.#isThere) this.#show(null);
    this.#isThere = true;
    if (type === 'resize' && typeof height === 'number' && !this.hasAttribute('height')) this.#setHeight(height);
    if (type === 'ready') this.#ready = true;
    if (/^(ready|state|select|error)$/.test(type)) this.dispatchEvent(new CustomEvent(`hlp-${type}`, { detail: event.data }));
  };

  #setHeight(height: number): void {
    const [least, most] = HEIGHTS_PX;
    if (this.#frame && Number.isFinite(height)) this.#frame.style.height = `${Math.min(Math.max(Math.ceil(height), least), most)}px`;
  }

  /** Words in the frame's place, or the frame, which is never moved: that would load it anew. */
  #show(words: HTMLElement | null): void {
    if (!this.#frame) return;
    this.#frame.style.display = words ? 'none' : 'block';
    this.#words?.remove();
    this.#words = words;
    if (words) this.shadowRoot?.append(words);
  }

  /** With the way to the same view on the service's own page. */
  #refusal(address: string): HTMLElement {
    const lang = (this.getAttribute('lang') || document.documentElement.lang).startsWith('en') ? 'en' : 'mn';
    const query = new URL(address).searchParams;
    const area = query.get('area');
    if (area?.includes('-') && !query.has('select')) query.set('select', area);
    for (const name of ['area', 'lang', 'origin', 'still']) query.delete(name);
    const words = document.createElement('p');
    words.lang = lang;
    words.setAttribute('role', 'status');
    Object.assign(words.style, { margin: '0', padding: '1rem', border: '1px solid', font: 'inherit' });
    const link = document.createElement('a');
    Object.assign(link, { href: `${base.href}${lang}/?${query}`, target: '_blank', rel: 'noopener', textContent: REFUSED[lang].link });
    link.style.display = 'inline-block';
    words.append(`${REFUSED[lang].words} `, link);
    return words;
  }

  #load(): void {
    const query = new URLSearchParams();
    for (const name of ATTRIBUTES) {
      const value = this.getAttribute(name);
      if (value && name !== 'height' && name !== 'title') query.set(name, value);
    }
    if (this.hasAttribute('still')) query.set('still', '1');
    query.set('origin', location.origin);
    this.#ready = false;
    this.#isThere = false;
    window.clearTimeout(this.#timer);
    this.#show(null);
    this.#name();
    if (this.#frame) this.#frame.src = `${base.href}embed?${query}`;
  }

  #name(): void {
    if (this.#frame) this.#frame.title = this.getAttribute('title') || this.textContent?.trim() || 'HLP Tracker';
  }
}

// In the frame of a still picture this script is the only one.
if (document.querySelector('#viewer[data-embed]')) sayHello();
if (!customElements.get('hlp-map')) customElements.define('hlp-map', HlpMap);
