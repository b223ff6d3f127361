// Places that are marked on the map beside what is chosen: a landmark that was looked for, and where the
// reader is, once they asked, which no address and no storage keeps.
//
// An address tells a landmark's name, but anybody can write one: it is shown only where the table of landmarks has it at
// that very place, and as the table writes it in the page's language.

import { type Api, ApiError } from './api';
import type { Place } from './coordinates';
import type { Lang, Messages } from './i18n';
import type { MarkedPlace } from './map_mark';
import type { Landmark } from './state';

export interface LandmarkName {
  title: string;
  lang: string;
}

/** Addresses tell a place to a hundred-thousandth of a degree, a metre. */
const SAME_PLACE_DEG = 2e-5;
/** Branches of one name that are looked through. */
const LOOKED_AT_MAX = 100;

export interface MarkedOptions {
  api: Pick<Api, 'search'>;
  lang: Lang;
  messages: Pick<Messages, 'youAreHere'>;
  /** A name is known now, or the reader is elsewhere. */
  onChange(): void;
}

export function createMarked({ api, lang, messages, onChange }: MarkedOptions) {
  const known = new Map<string, LandmarkName | null>();
  let here: Place | null = null;
  const keyOf = ({ lon, lat, name }: Landmark): string => `${lon.toFixed(5)} ${lat.toFixed(5)} ${name}`;

  async function ask(mark: Landmark, key: string): Promise<void> {
    const { signal } = new AbortController();
    try {
      const { items: found } = await api.search(mark.name, lang, { kinds: ['landmark'], limit: LOOKED_AT_MAX }, signal);
      const one = found.find(({ point }) =>
        point !== null && Math.abs(point[0] - mark.lon) < SAME_PLACE_DEG && Math.abs(point[1] - mark.lat) < SAME_PLACE_DEG);
      if (!one) return;
      known.set(key, { title: one.title, lang: one.title_lang });
      onChange();
    } catch (error) {
      // The place is marked without its name.
      if (!(error instanceof ApiError)) throw error;
      known.delete(key);
    }
  }

  /** `null` while it is not known; `onChange` is called once it is. */
  function nameOf(mark: Landmark | null): LandmarkName | null {
    if (mark === null || mark.name.trim() === '') return null;
    const key = keyOf(mark);
    if (!known.has(key)) {
      known.set(key, null);
      void ask(mark, key);
    }
    return known.get(key) ?? null;
  }

  return {
    nameOf,
    setHere(place: Place | null): void {
      here = place;
      onChange();
    },
    marks(mark: Landmark | null): MarkedPlace[] {
      const landmark = mark && { ...mark, kind: 'landmark' as const, label: nameOf(mark)?.title ?? '' };
      const reader = here && { ...here, kind: 'here' as const, label: messages.youAreHere };
      return [landmark, reader].filter((one) => one !== null);
    },
  };
}
