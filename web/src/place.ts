// What is said of a chosen unit beyond its value: facts, steps, its district, other cycles.
//
// Four answers that come in any order; each is shown as it comes, and one that fails only leaves the
// panel shorter.

import { type Api, ApiError, type PlaceFacts, type Step } from './api';
import type { Config } from './config';
import type { Data } from './data';
import { type FigureQuery, keyOf } from './drawn';
import type { Unit, ValueTable } from './values';

export interface PlaceDetails {
  /** Which unit in which figures. */
  of: string;
  facts: PlaceFacts | null;
  /** Empty where they could not be had. */
  steps: readonly Step[] | null;
  /** The same figures by district; `null` for a district, which is compared with nothing. */
  districts: ValueTable | null;
  /** Figures of each cycle's own vintage, by cycle. */
  cycles: ReadonlyMap<string, ValueTable>;
}

export interface PlaceSources {
  api: Api;
  data: Data;
  config: Config;
}

export function detailsKey(code: string, query: FigureQuery, cycle: string): string {
  return `${code} ${keyOf(query)} ${cycle}`;
}

/** Calls `onPart` with what is known so far, each time that more is. */
export async function askDetails(
  { api, data, config }: PlaceSources,
  unit: Unit,
  query: FigureQuery,
  cycle: string,
  signal: AbortSignal,
  onPart: (details: PlaceDetails) => void,
): Promise<void> {
  const { vintage, level } = query;
  let details: PlaceDetails = {
    of: detailsKey(unit.code, query, cycle), facts: null, steps: null, districts: null, cycles: new Map(),
  };
  onPart(details);

  async function part<T>(asked: Promise<T>, put: (answer: T | null) => Partial<PlaceDetails>): Promise<void> {
    let answer: T | null = null;
    try {
      answer = await asked;
    } catch (error) {
      if (!signal.aborted && !(error instanceof ApiError)) throw error;
    }
    if (signal.aborted) return;
    details = { ...details, ...put(answer) };
    onPart(details);
  }

  const others = config.cycles.map((one) =>
    part(data.values({ ...query, vintage: one.vintage }, signal), (table) =>
      table ? { cycles: new Map([...details.cycles, [one.id, table]]) } : {}));
  await Promise.all([
    part(api.place(unit.code, vintage, level, signal), (facts) => (facts ? { facts } : {})),
    // Figures of no cycle are not kept by step.
    config.cycles.length === 0
      ? part(Promise.resolve([]), () => ({ steps: [] }))
      : part(api.steps(unit.code, level, cycle, config.lang, signal), (steps) => ({ steps: steps ?? [] })),
    ...(level === 'khoroo'
      ? [part(data.values({ ...query, level: 'district' }, signal), (districts) => (districts ? { districts } : {}))]
      : []),
    ...others,
  ]);
}
