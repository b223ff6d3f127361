// Goes to what the search found: a unit or a place of the map, a practice's page.

import type { Api, Found, NearestKhoroo } from './api';
import type { Config } from './config';
import type { Place } from './coordinates';
import { formatNumber } from './i18n/number';
import { drawn } from './drawn';
import { isInPart, wishForPlace, wishForUnit } from './goal';
import type { Messages } from './i18n';
import type { View } from './state';
import type { Surface } from './surface';

/** How a place was come by: typed as numbers, found among landmarks, told by the reader's device. */
export type PlaceKind = 'typed' | 'landmark' | 'here';

/** Near enough to tell one building from the next. */
const LANDMARK_ZOOM = 15;

/** To a metre: no more of a place has to be told to find its khoroo. */
const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

export interface TravelOptions {
  config: Config;
  messages: Messages;
  api: Api;
  surface: Pick<Surface, 'form' | 'moveTo'>;
  read(): View;
  /** `andShow`: the map goes to what is chosen. */
  change(wish: Partial<View>, andShow: boolean): void;
  /** Where the reader is: shown, and kept nowhere. */
  onHere(place: Place): void;
  /** Name of a khoroo with its district's. */
  nameOf(khoroo: NearestKhoroo): string;
}

export function createTravel({ config, messages, api, surface, read, change, onHere, nameOf }: TravelOptions) {
  const { lang } = config;
  let asked = new AbortController();

  /** A page of the site; from a frame it opens beside the page around. */
  function leaveFor(address: string): void {
    if (config.embed) window.open(address, '_blank', 'noopener');
    else location.assign(address);
  }

  /** That a place lies in no khoroo, and which is nearest. */
  function outside(nearest: NearestKhoroo | null): string {
    if (nearest === null) return messages.outsideCity;
    const { distance_m } = nearest;
    const distance = distance_m < 1000
      ? `${formatNumber(Math.round(distance_m), lang)} ${messages.metres}`
      : `${formatNumber(distance_m / 1000, lang, 1)} ${messages.kilometres}`;
    return `${messages.outsideCity} ${messages.nearestKhoroo(nameOf(nearest), distance)}`;
  }

  /** `null` where no khoroo is near, or the answer is not wanted any more. */
  async function askKhoroo({ lon, lat }: Place, signal: AbortSignal): Promise<NearestKhoroo | null> {
    try {
      return await api.khorooAt(rounded(lon), rounded(lat), drawn(config, read()).vintage, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  return {
    toFound(found: Found): void {
      if (found.kind === 'landmark') return;
      if (found.kind === 'practice') return leaveFor(api.pageAt(`/${lang}/practices/${found.id}`));
      change(wishForUnit({ ...found, kind: found.kind }, config, read()), true);
    },
    /** Tells why where it cannot go there, else nothing. */
    async toPlace({ lon, lat }: Place, kind: PlaceKind, name: string): Promise<string> {
      // Of two places that are asked for, the later one counts.
      asked.abort();
      asked = new AbortController();
      const { signal } = asked;
      if (kind === 'here') onHere({ lon, lat });
      const nearest = await askKhoroo({ lon, lat }, signal);
      if (signal.aborted) return '';
      const khoroo = nearest?.distance_m === 0 ? nearest : null;
      if (!khoroo && kind !== 'landmark') {
        // What was chosen before is not what was asked for.
        change({ selected: null, mark: null }, false);
        return outside(nearest);
      }
      if (!isInPart(khoroo, config)) return messages.outsidePart;
      const chosen = khoroo ? wishForPlace(khoroo, config, read()) : {};
      // The page around a frame is told what is chosen, but not where its reader is.
      if (kind === 'here' && config.embed) return '';
      if (kind !== 'landmark') {
        change({ ...chosen, mark: null }, true);
        return '';
      }
      // A landmark is what was looked for; of a mere place, the khoroo. Equal cells show no landmark.
      const camera = { zoom: LANDMARK_ZOOM, lat, lon };
      const form: Partial<View> = surface.form === 'cells' ? { form: 'map' } : {};
      change({ ...chosen, ...form, mark: { lon, lat, name }, camera }, false);
      surface.moveTo(camera);
      return khoroo || surface.form === 'map' ? '' : messages.notInCells;
    },
  };
}
