// What an address asks for and there is not, as sentences that say what is shown instead. Pure, but for the
// address of a frame.

import type { BoardState } from './board';
import type { Config } from './config';
import { lostArea } from './embed/offered';
import { type Messages, titleIn } from './i18n';

export interface Told {
  config: Config;
  messages: Messages;
  titleOfCycle(id: string): string;
  /** What districts are called, by code. */
  districts: ReadonlyMap<string, string>;
}

export function misreadOf({ view, shown, form, unread, table, unit }: BoardState, { config, messages, titleOfCycle, districts }: Told): string[] {
  const { none, byDistrict, boundaries } = messages.shownInstead;
  const area = config.embed?.area;
  const told: Record<string, readonly [thing: string, instead: string]> = {
    measure: [messages.measure, messages.measureTitles[view.measure] ?? view.measure],
    cycle: [messages.cycle, titleOfCycle(view.cycle)],
    vintage: [boundaries, shown.vintageInfo ? titleIn(config.lang, shown.vintageInfo) : none],
    theme: [messages.theme, messages.allThemes],
    rate: [messages.rate, messages.rates[view.rate]],
    level: [messages.level, messages.levels[shown.level]],
    form: [messages.form, messages.forms[form]],
    layers: [messages.layers, view.layers.map((layer) => messages.layerNames[layer]).join(', ') || none],
    // A frame of one khoroo has that one chosen.
    select: [messages.figures, area && view.selected === area.code ? area.name : none],
    in: [messages.columns.district, messages.allDistricts],
    view: [messages.table, messages.map],
    order: [messages.sorted, byDistrict],
    at: [messages.place, none],
  };
  const sentences = unread.flatMap(({ name, given }) => {
    const [thing, instead] = told[name] ?? [];
    return thing === undefined || instead === undefined ? [] : [messages.notThere(thing, given, instead)];
  });
  const lost = lostArea(config, location.search);
  if (lost !== null) sentences.push(messages.notThere(messages.part, lost, messages.city));
  const isOfLevel = (code: string): boolean => code.includes('-') === (table?.level === 'khoroo');
  const isLost = view.selected !== null && table !== null && !unit && isOfLevel(view.selected);
  return isLost && view.selected !== null ? [...sentences, lostPlace(view.selected, messages, districts)] : sentences;
}

/** A place that other boundaries may have, by its name; what can be none by what was asked. */
function lostPlace(code: string, messages: Messages, districts: ReadonlyMap<string, string>): string {
  const [, district, number] = /^([a-z]+)(?:-(\d+))?$/.exec(code) ?? [];
  const name = district === undefined ? undefined : districts.get(district);
  if (name === undefined) return messages.notInBoundaries(code);
  return messages.placeNotInBoundaries(number === undefined ? name : `${name}, ${messages.khoroo(Number(number))}`);
}
