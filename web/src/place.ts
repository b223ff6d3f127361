// What is said of a chosen unit beyond its value: facts, steps, its district, other cycles, who copied from whom.
//
// Several answers that come in any order; each is shown as it comes, and one that fails only leaves the
// panel shorter.

import { type Api, ApiError, type Copy, type PlaceFacts, type Progress } from './api';
import type { Config } from './config';
import type { Data } from './data';
import { countsReplications, type FigureQuery, keyOf } from './drawn';
import type { Unit, ValueTable } from './values';

export interface PlaceDetails {
  /** Which unit in which figures. */
  of: string;
  facts: PlaceFacts | null;
  /** Without steps where they could not be had. */
  progress: Progress | null;
  /** All copies of the cycle; `null` where they are not known, and for districts. */
  copies: readonly Copy[] | null;
  /** The same figures by district; `null` for a district, which is compared with nothing. */
  districts: ValueTable | null;
  /** Figures of each cycle's own vintage, by cycle. */
  cycles: ReadonlyMap<string, ValueTable>;
  /** All has come; nothing is to be asked for. */
  isWhole: boolean;
}

export interface PlaceSources {
  api: Api;
  data: Data;
  config: Config;
}

const NO_PROGRESS: Progress = { steps: [], entered: null };

export function detailsKey(code: string, query: FigureQuery, cycle: string): string {
  return `${code} ${keyOf(query)} ${cycle}`;
}

/** Calls `onPart` with what is known so far, each time that more is. What was known `before` of the same stays until then. */
export async function askDetails(
  { api, data, config }: PlaceSources,
  unit: Unit,
  query: FigureQuery,
  cycle: string,
  before: PlaceDetails | null,
  signal: AbortSignal,
  onPart: (details: PlaceDetails) => void,
): Promise<void> {
  const { vintage, level } = query;
  const of = detailsKey(unit.code, query, cycle);
  let details: PlaceDetails = before?.of === of
    ? { ...before, isWhole: false }
    : { of, facts: null, progress: null, copies: null, districts: null, cycles: new Map(), isWhole: false };
  let n_missing = 0;
  onPart(details);

  async function part<T>(asked: Promise<T>, put: (answer: T | null) => Partial<PlaceDetails>): Promise<void> {
    let answer: T | null = null;
    try {
      answer = await asked;
    } catch (error) {
      if (!signal.aborted && !(error instanceof ApiError)) throw error;
    }
    if (signal.aborted) return;
    if (answer === null) n_missing += 1;
    details = { ...details, ...put(answer) };
    onPart(details);
  }

  const isCounted = config.cycles.some(({ id }) => id === cycle);
  const hasCopies = level === 'khoroo' && isCounted && countsReplications(config, cycle);
  const others = config.cycles.map((one) =>
    part(data.values({ ...query, vintage: one.vintage }, signal), (table) =>
      table ? { cycles: new Map([...details.cycles, [one.id, table]]) } : {}));
  await Promise.all([
    part(api.place(unit.code, vintage, level, signal), (facts) => (facts ? { facts } : {})),
    // Figures of no cycle are not kept by step.
    !isCounted
      ? part(Promise.resolve(NO_PROGRESS), (progress) => ({ progress }))
      : part(api.progress(unit.code, level, cycle, config.lang, signal), (progress) => ({ progress: progress ?? details.progress ?? NO_PROGRESS })),
    ...(hasCopies ? [part(data.copies(cycle, query.theme, signal), (copies) => (copies ? { copies } : {}))] : []),
    ...(level === 'khoroo'
      ? [part(data.values({ ...query, level: 'district' }, signal), (districts) => (districts ? { districts } : {}))]
      : []),
    ...others,
  ]);
  if (!signal.aborted && n_missing === 0) onPart({ ...details, isWhole: true });
}
