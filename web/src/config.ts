// What the page tells the viewer before its first request: languages, vintages, cycles, measures.
//
// The server writes it as JSON into the page, so it is of the same revision as the page's figures.

import type { Box } from './api';
import type { Lang } from './i18n';
import { ALL_CYCLES, type Choices } from './state';

export interface Vintage {
  id: string;
  title_mn: string;
  title_en: string;
  /** Civil dates, which may lie ahead; `null` while the vintage is the newest. */
  valid_from: string;
  valid_to: string | null;
  /** Where the lines come from, in words. */
  source: string;
  /** False where only a list of khoroos is known: such a vintage shows by district. */
  has_lines: boolean;
  n_khoroos: number;
  /** Places are meant on its ground where an address names no boundaries. */
  in_force: boolean;
}

export interface Cycle {
  id: string;
  title_mn: string;
  title_en: string;
  /** The vintage whose khoroos took part. */
  vintage: string;
  /** False where nobody counted what was replicated. */
  replications_reported?: boolean;
}

/** A code with its names. */
export interface Theme {
  code: string;
  name_mn: string;
  name_en: string;
  /** False for one that is shown to who asks for it, and not offered. */
  active: boolean;
}

/** Words that name a source, with the address of the web that they lead to, if any. */
export interface Source {
  text: string;
  href: string | null;
}

export interface Config {
  lang: Lang;
  /** Path under which the service lies, without a slash at its end: `` or `/hlp`. */
  base: string;
  vintages: Vintage[];
  /** Id of the one valid today, which `current` stands for in addresses; `null` where there is none. */
  current: string | null;
  /** By date, the newest last; none where only boundaries are there yet. */
  cycles: Cycle[];
  measures: string[];
  /** Subjects of practices, in their order. */
  themes: Theme[];
  revision: number;
  illustrative: boolean;
  /** Whom the context under and over the colours comes from; missing where nobody has to be named. */
  context?: Source[];
  /** What is seen first of the city; `null` where nothing has lines. */
  core: Box | null;
  /** In a frame on the page of another site. */
  embed?: EmbedConfig;
  /** A copy that no service stands behind: files on any web server. */
  is_twin?: boolean;
}

export interface EmbedConfig {
  /** The part of the city that is shown, with its name in the page's language; `core` is what of it is seen first, if not all. */
  area: { code: string; name: string; box: Box | null; core: Box | null } | null;
  /** Names of the parameters that the visitor may not change. */
  locked: string[];
  /** Origin of the page around, if it may be spoken with. */
  origin: string | null;
}

/** Reads the page's `#hlp-config`. Throws with a sentence if the page carries none. */
export function readConfig(document: Document): Config {
  const text = document.getElementById('hlp-config')?.textContent;
  if (!text) throw new Error('the page has no #hlp-config');
  const config = JSON.parse(text) as Config;
  if (config.measures.length === 0) throw new Error('#hlp-config names no measure');
  return config;
}

/** True where a page of now would let choose among other things than this one does. */
export function offersOthers(before: Config, now: Config): boolean {
  const offered = ({ vintages, cycles, themes, measures }: Config): string =>
    JSON.stringify([vintages.map(({ id }) => id), cycles.map(({ id }) => id), themes.map(({ code, active }) => [code, active]), measures]);
  return offered(before) !== offered(now);
}

/** Themes to choose from: those in use, and one that is chosen all the same. */
export function offeredThemes(themes: readonly Theme[], chosen: string | null): Theme[] {
  return themes.filter(({ code, active }) => active || code === chosen);
}

export function choicesOf(config: Config): Choices {
  const cycles = config.cycles.map((cycle) => cycle.id);
  const themes = config.themes.map(({ code }) => code);
  // By date, so that the last of a vintage stays.
  const newestCycleOf = new Map(config.cycles.map(({ id, vintage }) => [vintage, id]));
  const vintages = config.vintages.map(({ id }) => id);
  return { measures: config.measures, cycles, defaultCycle: cycles.at(-1) ?? ALL_CYCLES, newestCycleOf, vintages, current: config.current, themes };
}

/** The vintage that an address names though its cycle was not counted on it. */
export function vintageBeside(config: Config, search: string, cycleId: string): Vintage | null {
  const vintage = vintageNamed(config, new URLSearchParams(search).get('vintage'));
  const shown = vintageOf(config, cycleId);
  return vintage === undefined || shown === undefined || vintage === shown ? null : vintage;
}

/** The vintage that an address names: by its id, or as the one valid today. */
function vintageNamed({ vintages, current }: Config, given: string | null): Vintage | undefined {
  return vintages.find(({ id }) => id === (given === 'current' ? current : given));
}

/** The vintage in whose khoroos a cycle is counted. */
export function vintageOf(config: Config, cycleId: string): Vintage | undefined {
  const cycle = config.cycles.find((c) => c.id === cycleId);
  return config.vintages.find((v) => v.id === cycle?.vintage);
}
