// All words that are shown, one table per language, of which a page loads its own. A key missing in one of them does
// not compile.

import type { mn } from './mn';

export type Lang = 'mn' | 'en';

export type Messages = typeof mn;

/** Picks `name_mn` or `name_en`; where a name has no English form the Mongolian one stands for it. */
export function nameIn(lang: Lang, named: { name_mn: string; name_en?: string | null }): string {
  return lang === 'en' && named.name_en ? named.name_en : named.name_mn;
}

/** The same for titles. */
export function titleIn(lang: Lang, titled: { title_mn: string; title_en?: string | null }): string {
  return lang === 'en' && titled.title_en ? titled.title_en : titled.title_mn;
}
