// Goes to what the search found: a unit or a place of the map, a practice's page.

import type { Api, Found } from './api';
import type { Config } from './config';
import type { Place } from './coordinates';
import { drawn } from './drawn';
import { isInPart, wishForPlace, wishForUnit } from './goal';
import type { Messages } from './i18n';
import type { View } from './state';
import type { Surface } from './surface';

/** Near enough to tell one building from the next. */
const LANDMARK_ZOOM = 15;

export interface TravelOptions {
  config: Config;
  messages: Messages;
  api: Api;
  surface: Pick<Surface, 'form' | 'moveTo'>;
  read(): View;
  /** `andShow`: the map goes to what is chosen. */
  change(wish: Partial<View>, andShow: boolean): void;
}

export function createTravel({ config, messages, api, surface, read, change }: TravelOptions) {
  const { base, lang } = config;

  /** A page of the site; from a frame it opens beside the page around. */
  function leaveFor(address: string): void {
    if (config.embed) window.open(address, '_blank', 'noopener');
    else location.assign(address);
  }

  return {
    toFound(found: Found): void {
      if (found.kind === 'landmark') return;
      if (found.kind === 'practice') return leaveFor(`${base}/${lang}/practices/${found.id}`);
      change(wishForUnit({ ...found, kind: found.kind }, config, read()), true);
    },
    /** Tells why where it cannot go there, else nothing. */
    async toPlace({ lon, lat }: Place, isLandmark: boolean): Promise<string> {
      const { signal } = new AbortController();
      const khoroo = await api.khorooAt(lon, lat, drawn(config, read()).vintage, signal);
      if (!khoroo && !isLandmark) return messages.outsideCity;
      if (!isInPart(khoroo, config)) return messages.outsidePart;
      const chosen = khoroo ? wishForPlace(khoroo, config, read()) : {};
      if (!isLandmark) {
        change({ ...chosen, mark: null }, true);
        return '';
      }
      // A landmark is what was looked for; of a mere place, the khoroo. Equal cells show no landmark.
      const camera = { zoom: LANDMARK_ZOOM, lat, lon };
      const form: Partial<View> = surface.form === 'cells' ? { form: 'map' } : {};
      change({ ...chosen, ...form, mark: { lon, lat }, camera }, false);
      surface.moveTo(camera);
      return khoroo || surface.form === 'map' ? '' : messages.notInCells;
    },
  };
}
