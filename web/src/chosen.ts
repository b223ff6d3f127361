// The chosen place: what is known of it beyond its value, and that it is in view.
//
// Where it lies is known only once the server has told, and where the map looks only once it stands: what
// is to be brought into view waits for both.

import type { Api } from './api';
import type { Config } from './config';
import type { Data } from './data';
import { drawn, type FigureQuery } from './drawn';
import { askDetails, detailsKey, type PlaceDetails } from './place';
import type { View } from './state';
import type { Surface } from './surface';
import type { Unit } from './values';

/**
 * How the chosen place comes into view: `found`, the map goes there and the page to the map; `listed`, the map
 * goes there while the visitor stays where the list is; `seen`, both move only as far as they have to, and still
 * less for what was `pressed`; `stepped` is seen without the page moving.
 */
export type Goal = 'found' | 'listed' | 'seen' | 'pressed' | 'stepped';

export interface ChosenOptions {
  api: Api;
  data: Data;
  config: Config;
  surface: Pick<Surface, 'form' | 'stands' | 'reveal' | 'show'>;
  /** The view that is on screen. */
  read(): View;
  unit(): Unit | undefined;
  /** There is a viewer to look at. */
  isShown(): boolean;
  /** More is known than before. */
  onChange(): void;
}

/** A chosen khoroo is at least so wide or high where nobody has chosen yet where to look. */
const SIZE_MIN_PX = 72;

export function createChosen({ api, data, config, surface, read, unit, isShown, onChange }: ChosenOptions) {
  let details: PlaceDetails | null = null;
  let goal: Goal | null = null;
  let asked = new AbortController();

  function detailsOf({ code }: Unit, query: FigureQuery, cycle: string): PlaceDetails | null {
    return details?.of === detailsKey(code, query, cycle) ? details : null;
  }

  function now(): PlaceDetails | null {
    const chosen = unit();
    return chosen ? detailsOf(chosen, drawn(config, read()), read().cycle) : null;
  }

  /** Brings it into view as was wished, once that can be done. */
  function go(): void {
    const chosen = unit();
    const box = now()?.facts?.bbox ?? null;
    if (goal === null || !chosen || !isShown() || !surface.stands || (surface.form === 'map' && !box)) return;
    const isWanted = goal === 'found' || goal === 'listed';
    if (isWanted) surface.show(chosen.code, box);
    if (goal !== 'listed') {
      const { camera, table } = read();
      // Beside a table the city is so small that a khoroo is a speck; who has chosen where to look keeps it.
      const size_min_px = goal !== 'pressed' && camera === null && table ? SIZE_MIN_PX : 0;
      surface.reveal(chosen.code, isWanted ? null : box, {
        wished: camera !== null, isPressed: goal === 'pressed', size_min_px, withPage: goal !== 'stepped',
      });
    }
    goal = null;
  }

  return {
    detailsOf,
    /** As soon as it has been described. */
    aim(next: Goal | null): void {
      goal = next;
    },
    come(how: Goal): void {
      goal ??= how;
      go();
    },
    go,
    /** What is known is of an older revision: it stays, and is asked for again. */
    expire(): void {
      if (details) details = { ...details, isWhole: false };
    },
    /** Asks for what is not known yet. */
    async describe(): Promise<void> {
      asked.abort();
      asked = new AbortController();
      const chosen = unit();
      if (!chosen) return;
      if (now()?.isWhole) return go();
      const { cycle } = read();
      await askDetails({ api, data, config }, chosen, drawn(config, read()), cycle, details, asked.signal, (known) => {
        details = known;
        onChange();
        go();
      });
    },
  };
}
