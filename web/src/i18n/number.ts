// Numbers as people here write them. Chromium has no Mongolian locale, so nothing is left to `Intl`.

import type { Lang } from './index';

/**
 * Digits behind the point of a mean of counts. Of all other figures of a map the server tells them with the figures;
 * its rule is in `src/model/written.rs`.
 */
export const AVERAGE_DECIMALS = 1;

/** Digits behind the point of square kilometres. */
export const AREA_DECIMALS = 2;

const NO_BREAK_SPACE = '\u00a0';
const MINUS = '\u2212';

const SEPARATORS: Record<Lang, { group: string; decimal: string }> = {
  mn: { group: NO_BREAK_SPACE, decimal: '.' },
  en: { group: ',', decimal: '.' },
};

/**
 * Writes a finite number with thousands grouped: `1 596 335` in Mongolian, `1,596,335` in English.
 * `n_decimals` digits follow the point, none by default; the value is rounded to them, halves away from zero as the
 * server does.
 */
export function formatNumber(value: number, lang: Lang, n_decimals = 0): string {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const { group, decimal } = SEPARATORS[lang];
  const unit = 10 ** n_decimals;
  const [whole = '0', fraction] = (Math.round(Math.abs(value) * unit) / unit).toFixed(n_decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  const isZero = !/[1-9]/.test(whole + (fraction ?? ''));
  const sign = value < 0 && !isZero ? MINUS : '';
  return sign + grouped + (fraction === undefined ? '' : decimal + fraction);
}
