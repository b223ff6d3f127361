// Civil dates in words. They arrive as `YYYY-MM-DD` in Asia/Ulaanbaatar and are never shifted.

import type { Lang } from './index';

const MONTHS_EN = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];

/** `2022 оны 1 сарын 1`, `1 January 2022`. A text that is no civil date comes back as it is. */
export function formatDate(civil: string, lang: Lang): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(civil);
  if (!match) return civil;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (lang === 'mn') return `${year} оны ${month} сарын ${day}`;
  const name = MONTHS_EN[month - 1];
  return name === undefined ? civil : `${day} ${name} ${year}`;
}
