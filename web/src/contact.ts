// Keeps in touch with the server while the page is seen: is there a new revision, does it still answer.

import { type Api, ApiError, type Revision } from './api';
import { type Contact as Known, type Freshness, freshnessOf } from './freshness';

export interface Contact {
  readonly freshness: Freshness;
  readonly online: boolean;
  /** UTC, of the figures that are shown; `null` until the server has said so. */
  readonly publishedAt: string | null;
  /** Asks now. */
  ask(): Promise<void>;
}

export interface ContactOptions {
  api: Api;
  /** Of the page. */
  revision: number;
  /** The server has a newer revision; true once it is shown, and until then it is called again for it. */
  onRevision(): Promise<boolean>;
  /** `freshness` or `online` is another than before. */
  onChange(): void;
  /** `publishedAt` is. */
  onDated(): void;
}

/** How often the revision is asked for while the page is seen. */
const POLL_MS = 30_000;

export function createContact(options: ContactOptions): Contact {
  const { api, onRevision, onChange, onDated } = options;
  let { revision } = options;
  let publishedAt: string | null = null;
  let known: Known = { online: navigator.onLine, now_ms: Date.now(), answered_ms: Date.now(), current: true };

  let asking = false;
  /** Asked for while an older question was under way, whose answer may be older too. */
  let again = false;

  async function ask(): Promise<void> {
    if (document.hidden) return;
    again = asking;
    if (asking) return;
    asking = true;
    const { signal } = new AbortController();
    try {
      const current = api.isCurrent(signal);
      // That it fails is known where it is waited for.
      current.catch(() => undefined);
      const now = await api.revision(signal);
      const isShown = now.revision === revision || (await onRevision());
      if (isShown) date(now);
      // What the server has and does not give is missing here all the same.
      note({ answered_ms: Date.now(), current: (await current) && isShown });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      note({});
    } finally {
      asking = false;
      if (again) void ask();
    }
  }

  /** The time is known as soon as it is told: without a network it is all that can be said. */
  function date(now: Revision): void {
    const isNews = now.published_at !== publishedAt;
    revision = now.revision;
    publishedAt = now.published_at;
    if (isNews) onDated();
  }

  function note(more: Partial<Known>): void {
    const [freshness, online] = [freshnessOf(known), known.online];
    known = { ...known, ...more, online: navigator.onLine, now_ms: Date.now() };
    if (freshnessOf(known) !== freshness || known.online !== online) onChange();
  }

  window.addEventListener('offline', () => note({}));
  window.addEventListener('online', () => {
    note({});
    void ask();
  });
  document.addEventListener('visibilitychange', () => void ask());
  window.setInterval(() => void ask(), POLL_MS);

  return {
    get freshness() {
      return freshnessOf(known);
    },
    get online() {
      return known.online;
    },
    get publishedAt() {
      return publishedAt;
    },
    ask,
  };
}
