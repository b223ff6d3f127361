// The search box: khoroos, districts, practices and landmarks in either script, coordinates, and "where am I".
//
// A combobox with a list of suggestions (ARIA Authoring Practices): the keyboard stays in the field,
// arrow keys move through the list, Enter takes, Escape closes. The position is asked for on the
// button's press only, and goes nowhere but into the question which khoroo it lies in.

import { html, nothing, render } from 'lit/html.js';
import { ApiError, type Findings, type Found } from '../api';
import { type Place, readCoordinates } from '../coordinates';
import type { Lang, Messages } from '../i18n';
import type { PlaceKind } from '../travel';

export interface SearchOptions {
  lang: Lang;
  messages: Messages;
  find(words: string, signal: AbortSignal): Promise<Findings>;
  onFound(found: Found): void;
  /** Called while the reader's position is waited for: false once they have gone elsewhere. */
  onLocate(): () => boolean;
  /** Goes to a place, and marks it where it is a landmark or the reader's own; tells why where it cannot, else nothing. */
  onPlace(place: Place, kind: PlaceKind, name: string): Promise<string>;
}

type Suggestion = { kind: 'found'; found: Found } | { kind: 'place'; place: Place };

/** While somebody types, only where they stop is asked. */
const ASK_AFTER_MS = 180;
const POSITION_TIMEOUT_MS = 10_000;
/** A position of the last minute is as good as a new one here. */
const POSITION_AGE_MAX_MS = 60_000;

const LIST_ID = 'hlp-search-list';

export function createSearch(root: HTMLElement, options: SearchOptions) {
  const { lang, messages, find, onFound, onLocate, onPlace } = options;
  let suggestions: readonly Suggestion[] = [];
  /** How many fit, of which these are the best. */
  let n_fitting = 0;
  let active = -1;
  let open = false;
  /** A sentence under the field: nothing found, outside the city, no position. */
  let remark = '';
  let asked = new AbortController();
  let timer = 0;
  /** What was typed and is not answered yet; the list still belongs to what stood there before. */
  let pending: string | null = null;
  /** Enter was pressed on what is pending: its best answer is taken when it comes. */
  let isToTake = false;

  const input = (): HTMLInputElement | null => root.querySelector('input');

  function titleOf(suggestion: Suggestion): string {
    return suggestion.kind === 'found'
      ? suggestion.found.title
      : messages.coordinates(suggestion.place.lon, suggestion.place.lat);
  }

  function addressOf(suggestion: Suggestion): string {
    const address = suggestion.kind === 'found' ? suggestion.found.address : null;
    return address === null ? '' : `, ${address}`;
  }

  /** What tells practices of one title apart. */
  function homeOf(suggestion: Suggestion): string {
    if (suggestion.kind !== 'found') return '';
    const { place, year } = suggestion.found;
    return [place, year].filter((part) => part != null).join(' · ');
  }

  function kindOf(suggestion: Suggestion): string {
    return suggestion.kind === 'found' ? messages.foundKinds[suggestion.found.kind] : messages.foundKinds.place;
  }

  const countText = (): string => messages.nFound(suggestions.length, n_fitting);

  function draw(): void {
    render(
      html`<div class="search-field">
          <input
            type="text"
            role="combobox"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="search"
            maxlength="100"
            aria-label=${messages.search}
            placeholder=${messages.searchHint}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-expanded=${open}
            aria-controls=${LIST_ID}
            aria-activedescendant=${open && active >= 0 ? `hlp-found-${active}` : nothing}
            @input=${(event: Event) => typed((event.target as HTMLInputElement).value)}
            @keydown=${onKey}
            @blur=${() => isToTake || close()}
          />
          <button type="button" class="here" aria-label=${messages.whereAmI} title=${messages.whereAmI} @click=${locate}>
            <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
              <circle cx="8" cy="8" r="4" /><path d="M8 1v3M8 12v3M1 8h3M12 8h3" />
            </svg>
          </button>
        </div>
        <div class="found" ?hidden=${!open}>
        <ul id=${LIST_ID} role="listbox" aria-label=${messages.suggestions}>
          ${suggestions.map(
            (suggestion, idx) => html`<li
              role="option"
              id=${`hlp-found-${idx}`}
              aria-selected=${idx === active}
              lang=${suggestion.kind === 'found' && suggestion.found.title_lang !== lang ? suggestion.found.title_lang : nothing}
              @pointerdown=${(event: Event) => event.preventDefault()}
              @click=${() => take(suggestion)}
            >
              <span>${titleOf(suggestion)}${addressOf(suggestion)}${homeOf(suggestion) === ''
                ? nothing
                : html` <span class="home" lang=${lang}>${homeOf(suggestion)}</span>`}</span> <span class="kind">${kindOf(suggestion)}</span>
            </li>`,
          )}
        </ul>
        ${n_fitting > suggestions.length ? html`<p class="n-found" aria-hidden="true">${countText()}</p>` : nothing}
        </div>
        <p class=${remark === '' ? 'remark' : 'remark said'} role="status">
          ${remark}<span class="visually-hidden">${open ? countText() : ''}</span>
        </p>`,
      root,
    );
  }

  /** Nothing that is still on its way counts any more. */
  function cancel(): void {
    window.clearTimeout(timer);
    asked.abort();
    pending = null;
    isToTake = false;
  }

  function close(): void {
    cancel();
    open = false;
    active = -1;
    draw();
  }

  function typed(words: string): void {
    cancel();
    remark = '';
    const place = readCoordinates(words);
    if (place) return offer([{ kind: 'place', place }]);
    if (words.trim() === '') return offer([]);
    pending = words;
    timer = window.setTimeout(() => void ask(words), ASK_AFTER_MS);
    active = -1;
    draw();
  }

  async function ask(words: string): Promise<void> {
    window.clearTimeout(timer);
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const { items: found, total } = await find(words, signal);
      if (signal.aborted) return;
      if (found.length === 0) remark = messages.nothingFound;
      const [best] = found;
      if (isToTake && best) take({ kind: 'found', found: best });
      else offer(found.map((one) => ({ kind: 'found', found: one })), total);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiError)) throw error;
      remark = messages.searchFailed;
      offer([]);
    }
  }

  function offer(next: readonly Suggestion[], total = next.length): void {
    cancel();
    suggestions = next;
    n_fitting = total;
    active = -1;
    open = next.length > 0;
    draw();
  }

  function onKey(event: KeyboardEvent): void {
    const n = suggestions.length;
    if (event.key === 'Escape') {
      if (!open && pending === null) return;
      event.stopPropagation();
      return close();
    }
    if (event.key === 'Enter') {
      const marked = suggestions[active];
      const chosen = marked ?? suggestions[0];
      event.preventDefault();
      if (pending !== null && !marked) takeWhenAnswered(pending);
      else if (open && chosen) take(chosen);
      return;
    }
    if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || n === 0) return;
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    active = open ? (active + step + n + (active < 0 && step < 0 ? 1 : 0)) % n : step > 0 ? 0 : n - 1;
    open = true;
    draw();
    root.querySelector(`#hlp-found-${active}`)?.scrollIntoView({ block: 'nearest' });
  }

  function takeWhenAnswered(words: string): void {
    if (isToTake) return;
    isToTake = true;
    open = false;
    draw();
    void ask(words);
  }

  function take(suggestion: Suggestion): void {
    const field = input();
    if (field) field.value = suggestion.kind === 'found' ? titleOf(suggestion) : field.value;
    close();
    if (suggestion.kind === 'place') void go(suggestion.place, 'typed');
    else if (suggestion.found.kind === 'landmark' && suggestion.found.point) {
      const [lon, lat] = suggestion.found.point;
      void go({ lon, lat }, 'landmark', suggestion.found.title);
    } else onFound(suggestion.found);
  }

  async function go(place: Place, kind: PlaceKind, name = ''): Promise<void> {
    try {
      remark = await onPlace(place, kind, name);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      remark = messages.searchFailed;
    }
    draw();
  }

  function locate(): void {
    remark = messages.locating;
    draw();
    const refused = (code: number | null): void => {
      remark = code === GeolocationPositionError.PERMISSION_DENIED ? messages.positionDenied : messages.positionUnknown;
      draw();
    };
    if (!('geolocation' in navigator)) return refused(null);
    const isWanted = onLocate();
    const answer = (act: () => void): void => {
      if (isWanted()) return act();
      if (remark === messages.locating) remark = '';
      draw();
    };
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => answer(() => void go({ lon: coords.longitude, lat: coords.latitude }, 'here')),
      ({ code }) => answer(() => refused(code)),
      { timeout: POSITION_TIMEOUT_MS, maximumAge: POSITION_AGE_MAX_MS },
    );
  }

  draw();
  return { destroy: () => render(nothing, root) };
}
