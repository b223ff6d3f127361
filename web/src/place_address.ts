// Addresses of the server's pages of khoroos and districts.

import type { Vintage } from './config';
import type { Level } from './state';

/** `within`: the boundaries that the place is of. Where none are named the server takes those in force, in which the code may be other ground's. */
export function placeAddress(home: string, level: Level, code: string, within: Vintage | null): string {
  return `${home}/${level}s/${code}${within !== null && !within.in_force ? `?${new URLSearchParams({ vintage: within.id })}` : ''}`;
}
