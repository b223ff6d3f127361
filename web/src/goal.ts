// What going to something that was found changes in the view.
//
// In a frame on another site it stays within what the frame's code has named: the part of the city, and
// every choice that is locked. Pure.

import type { Found } from './api';
import type { Config } from './config';
import { drawn } from './drawn';
import { ALL_CYCLES, type View } from './state';
import type { Unit } from './values';

/** A wish of the visitor, without what is not theirs to choose; the page around may. */
export function permitted(wish: Partial<View>, config: Config, view: View): Partial<View> {
  const locked = config.embed?.locked ?? [];
  // Who names a cycle names the boundaries that it was counted on.
  const isLocked = (name: string): boolean => locked.includes(name === 'vintage' ? 'cycle' : name);
  const left: Partial<View> = Object.fromEntries(Object.entries(wish).filter(([name]) => !isLocked(name)));
  // What was to be chosen at another level is not to be seen at this one.
  if (locked.includes('level') && wish.level !== undefined && wish.level !== view.level) delete left.selected;
  return left;
}

/**
 * What is found is shown on its own ground: by the newest cycle of its vintage, and where nothing was counted there
 * yet by the vintage alone. The same code may be other ground on the lines that are shown.
 */
export function wishForUnit({ kind, code, vintage }: Found & { kind: View['level'] }, config: Config, view: View): Partial<View> {
  const isShown = drawn(config, view).vintage === vintage || config.embed?.locked.includes('cycle');
  const newest = config.cycles.findLast((cycle) => cycle.vintage === vintage);
  const shown = newest ? { cycle: newest.id, vintage: null } : { cycle: ALL_CYCLES, vintage };
  const { cycle, vintage: lines } = isShown ? view : shown;
  return { level: kind, cycle, vintage: lines, selected: code, mark: null };
}

/** The khoroo of a place, or its district where only districts are to be seen. */
export function wishForPlace({ code, district }: Pick<Unit, 'code' | 'district'>, config: Config, view: View): Partial<View> {
  const isByDistrict = view.level === 'district' && config.embed?.locked.includes('level');
  return isByDistrict ? { selected: district } : { level: 'khoroo', selected: code };
}

/** Whether a khoroo belongs to the part of the city that is shown; `null` is a place outside all of them. */
export function isInPart(khoroo: Pick<Unit, 'code' | 'district'> | null, { embed }: Config): boolean {
  const area = embed?.area?.code;
  return area === undefined || area === khoroo?.code || area === khoroo?.district;
}
