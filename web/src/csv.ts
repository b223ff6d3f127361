// Rows as a CSV file that spreadsheets open as it is meant.

/** A spreadsheet takes text that begins with one of these for a formula. */
const STARTS_FORMULA = /^[=+\-@\t\r]/;

/**
 * Comma-separated rows (RFC 4180) with a byte order mark, without which spreadsheets misread Cyrillic.
 *
 * Numbers stand as they are, unknown is empty. Text that a spreadsheet would run as a formula gets an
 * apostrophe before it, which spreadsheets do not show.
 */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
}

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = STARTS_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}
