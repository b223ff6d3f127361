// Where the server draws what is on screen as a still picture, with title, legend, date and source.

import type { Drawn } from './drawn';
import type { Lang } from './i18n';
import type { Form, View } from './state';

export type PictureFormat = 'png' | 'svg';

export function pictureAddress(
  { base, lang, view, shown, form }: { base: string; lang: Lang; view: View; shown: Drawn; form: Form },
  format: PictureFormat,
): string {
  const query = new URLSearchParams({ lang, cycle: view.cycle, level: shown.level, rate: shown.rate, form });
  if (shown.theme !== null) query.set('theme', shown.theme);
  return `${base}/maps/${shown.measure}.${format}?${query}`;
}
