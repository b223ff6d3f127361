// Where the server draws what is on screen as a still picture, with title, legend, date and source, and
// where it makes the code that shows the same on another site.

import type { Drawn } from './drawn';
import type { Lang } from './i18n';
import { type Choices, type Form, type View, writeView } from './state';

export type PictureFormat = 'png' | 'svg';

export interface Pictured {
  lang: Lang;
  view: View;
  shown: Drawn;
  form: Form;
  /** Code of the part of the city that is shown; `null` for all of it. */
  area: string | null;
}

/** Its path with the query, below the site's own place. */
export function pictureAddress({ lang, view, shown, form, area }: Pictured, format: PictureFormat): string {
  const query = new URLSearchParams({ lang, cycle: view.cycle, level: shown.level, rate: shown.rate, form });
  if (view.vintage !== null) query.set('vintage', view.vintage);
  if (area !== null) query.set('area', area);
  if (shown.theme !== null) query.set('theme', shown.theme);
  if (view.selected !== null) query.set('select', view.selected);
  // Not the one figure that is known: of two the picture says itself which was not counted.
  return `/maps/${view.measure}.${format}?${query}`;
}

/** Without what a map on another site cannot be told: layers, table, camera. */
export function embedAddress({ base, lang, view }: { base: string; lang: Lang; view: View }, choices: Choices): string {
  const told: View = { ...view, layers: [], table: false, order: { column: 'district', descending: false }, filter: '', within: null };
  return `${base}/${lang}/embed${writeView(told, '', choices).search}`;
}
