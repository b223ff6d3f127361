// Rows as a CSV file that spreadsheets open as it is meant; loaded when somebody asks for one.

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

/** Hands rows to the browser as a file. */
export function saveCsv(name: string, rows: Parameters<typeof toCsv>[0]): void {
  const url = URL.createObjectURL(new Blob([toCsv(rows)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
