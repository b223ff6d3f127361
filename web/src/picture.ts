// All that one view is drawn from, asked for together: figures, names, the layout of cells, lines between
// them, addresses of tiles.
//
// What is on screen belongs together: the picture of one view stays, with its title, colours and legend,
// until all of the next one has come. Where that does not come, it goes on standing.

import { type Api, ApiError, type CellLayout, type Copy, type District } from './api';
import { type CellLink, linksOf } from './cell_links';
import { type Config, readConfig } from './config';
import type { Answers, Data } from './data';
import { drawn } from './drawn';
import { tileSetsOf } from './map_stage';
import type { Form, View } from './state';
import type { ValueTable } from './values';

export interface Picture {
  /** What it was asked for. */
  view: View;
  /** The form that was asked for, by the visitor or by the window. */
  form: Form;
  table: ValueTable;
  /** Only needed for equal cells. */
  layout: CellLayout | null;
  /** What was copied from whom; `null` unless the lines are asked for. */
  copies: readonly Copy[] | null;
  links: readonly CellLink[];
  districts: readonly District[];
}

/** A view of which a picture is wanted: the form that is asked for, and the one that can be drawn. */
export interface Wish {
  config: Config;
  view: View;
  asked: Form;
  form: Form;
}

/** `view` with what decides a picture as in `pictured`; choice, camera and rows stay those of `view`. */
export function asPictured(view: View, pictured: View): View {
  const { measure, cycle, rate, theme, level, form, layers } = pictured;
  return { ...view, measure, cycle, rate, theme, level, form, layers };
}

/** `withTiles`: addresses of tiles are asked for too, so that a map that is looked at stays if they do not come. */
export async function askPicture(from: Answers, wish: Wish, withTiles: boolean, signal: AbortSignal): Promise<Picture> {
  const { config, view, form } = wish;
  const query = drawn(config, view);
  const [districts, table, layout, copies] = await Promise.all([
    from.districts(signal),
    from.values(query, signal),
    form === 'cells' ? from.cells(query.vintage, signal) : null,
    copiesFrom(from, wish, signal),
    ...(withTiles ? tilesFrom(from, wish, signal) : []),
  ]);
  const links = layout && copies ? linksOf(copies, layout) : [];
  return { view, form: wish.asked, table, layout, copies, links, districts };
}

/**
 * Asks for all of a picture anew, and for the page, which knows what there is to choose from by now.
 * Nothing of what was there before is forgotten where that does not come: `null`.
 */
export async function renewPicture(api: Api, data: Data, wish: Wish): Promise<Config | null> {
  const { signal } = new AbortController();
  const isEmpty = wish.config.vintages.length === 0;
  let now = wish.config;
  try {
    await data.renew(async (fresh) => {
      const [page] = await Promise.all([
        api.page(location.pathname + location.search, signal),
        isEmpty ? null : askPicture(fresh, wish, true, signal),
      ]);
      now = readConfig(new DOMParser().parseFromString(page, 'text/html'));
    });
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
  return now;
}

function tilesFrom(from: Answers, { config, view, form }: Wish, signal: AbortSignal) {
  if (form !== 'map') return [];
  return tileSetsOf(drawn(config, view).vintage, view.layers).map((name) => from.tileSet(name, signal));
}

/** The map draws its lines from tiles, cells from these; both count them for the chosen place. */
async function copiesFrom(from: Answers, { config, view }: Wish, signal: AbortSignal): Promise<readonly Copy[] | null> {
  if (!view.layers.includes('replications') || config.cycles.length === 0 || view.vintage !== null) return null;
  return from.copies(view.cycle, view.theme, signal);
}
