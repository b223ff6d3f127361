// The part of the city that a frame on another site is of: its district stands in the colours of its figures,
// and is all that the legend and the table count; what lies beside it is there to tell where it lies. Pure.

import type { Misread, View } from './state';
import type { Unit, ValueTable } from './values';

/** The district of a code: of `bzd-26` and of `bzd` it is `bzd`. */
export function districtOf(code: string): string {
  return code.split('-')[0] ?? code;
}

/** Whether a unit lies beside the district that is shown; nothing does where that is the whole city (`null`). */
export function isBeside({ district }: Pick<Unit, 'district'>, part: string | null): boolean {
  return part !== null && district !== part;
}

/** A view as it was read without a choice beside the district, and that among what is asked for in vain. */
export function readInPart(view: View, unread: readonly Misread[], part: string | null): { view: View; unread: readonly Misread[] } {
  const { selected } = view;
  if (selected === null || !isBeside({ district: districtOf(selected) }, part)) return { view, unread };
  return { view: { ...view, selected: null }, unread: [...unread, { name: 'select', given: selected }] };
}

/** The table with the units of the district alone. */
export function ownOf(table: ValueTable, part: string | null): ValueTable {
  return part === null ? table : { ...table, units: table.units.filter((unit) => !isBeside(unit, part)) };
}

/**
 * What of the part a still picture can show: the part itself where the lines that are shown have it, else its district;
 * `null` is the whole city. A khoroo that is new in one cycle is not there in the cycle before.
 */
export function areaIn(area: string | null, table: Pick<ValueTable, 'units'> | null): string | null {
  if (area === null || table?.units.some(({ code }) => code === area)) return area;
  const district = districtOf(area);
  return table === null || table.units.some((unit) => unit.district === district) ? district : null;
}
