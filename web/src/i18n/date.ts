// Civil dates in words. They arrive as `YYYY-MM-DD` in Asia/Ulaanbaatar and are never shifted.

import type { Lang } from './index';

const MONTHS_EN = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];

const NO_BREAK_SPACE = '\u00a0';

/**
 * `2022 оны 1 сарын 1`, `1 January 2022`; a line ends behind the Mongolian year at most. A text that is no civil date
 * comes back as it is.
 */
export function formatDate(civil: string, lang: Lang): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(civil);
  if (!match) return civil;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (lang === 'mn') return [`${year}${NO_BREAK_SPACE}оны`, [month, 'сарын', day].join(NO_BREAK_SPACE)].join(' ');
  const name = MONTHS_EN[month - 1];
  return name === undefined ? civil : [day, name, year].join(NO_BREAK_SPACE);
}

/** Hours ahead of UTC in Ulaanbaatar, all the year. */
const UTC_OFFSET_H = 8;

/**
 * A moment in words, as clocks in Ulaanbaatar show it: `2022 оны 1 сарын 1, 09:05`, `1 January 2022,
 * 09:05`. A text that is no moment comes back as it is.
 */
export function formatMoment(utc: string, lang: Lang): string {
  const moment = Date.parse(utc);
  if (Number.isNaN(moment)) return utc;
  const local = new Date(moment + UTC_OFFSET_H * 3_600_000).toISOString();
  return `${formatDate(local.slice(0, 10), lang)}, ${local.slice(11, 16)}`;
}
