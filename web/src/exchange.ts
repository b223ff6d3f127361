// Whom a khoroo copied practices from, and who copied its own: what its lines say, in words. Pure.

import type { Copy } from './api';
import type { Vintage } from './config';
import { titleIn } from './i18n';
import type { Exchange } from './panels/figures';
import { districtOf } from './part';
import { placeAddress } from './place_address';
import { codeOf, placeName, type Reader } from './present';
import type { Unit, ValueTable } from './values';

/** Khoroos named in each direction, beside the unknown. Too low: the panel tells half. Too high: what stands below is out of sight. */
const ROWS_MAX = 10;

export interface ExchangePlaces {
  /** Address of the pages in the reader's language. */
  home: string;
  /** Code of the district that is shown alone: khoroos beside it cannot be chosen. */
  part: string | null;
  /** The boundaries that are shown. */
  vintage: Vintage | null;
}

/** Both directions, without one in which there is nothing. Khoroos stand in the table's order, each with its practices. */
export function exchangesOf({ code }: Unit, table: ValueTable, copies: readonly Copy[], places: ExchangePlaces, reader: Reader): Exchange[] {
  const { messages } = reader;
  const own = placeAddress(places.home, 'khoroo', code, places.vintage);
  const apart = copies.filter(({ from, to }) => from !== to);
  const came = apart.filter(({ to }) => codeOf(to) === code).map((copy) => ({ copy, other: codeOf(copy.from) }));
  const went = apart.filter(({ from }) => codeOf(from) === code).map((copy) => ({ copy, other: codeOf(copy.to) }));
  return [
    { title: messages.copiedFrom, all: came, href: `${own}#replicated` },
    { title: messages.copiedBy, all: went, href: `${own}#copied-by` },
  ].filter(({ all }) => all.length > 0).map(({ title, all, href }) => {
    const { known, unknown } = rowsOf(all, table, places, reader);
    const n_more = known.length - ROWS_MAX;
    const rows = [...known.slice(0, ROWS_MAX), ...unknown];
    return { title, rows, more: n_more > 0 ? { text: messages.moreKhoroos(n_more), href } : null };
  });
}

type Row = Exchange['rows'][number];

/** `unknown`: the row of what nobody answers for, which is no khoroo. */
function rowsOf(
  all: readonly { copy: Copy; other: string | null }[],
  table: ValueTable,
  { home, part, vintage }: ExchangePlaces,
  reader: Reader,
): { known: Row[]; unknown: Row[] } {
  const of = (code: string | null) => {
    const titles = new Map(all.filter(({ other }) => other === code).map(({ copy }) => [copy.practice, titleOf(copy, reader)]));
    return [...titles.values()];
  };
  const known = table.units.filter(({ code }) => all.some(({ other }) => other === code)).map((unit) => ({
    name: placeName(unit, table, reader),
    khoroo: {
      href: placeAddress(home, 'khoroo', unit.code, vintage), code: unit.code,
      isChoosable: part === null || districtOf(unit.code) === part,
    },
    practices: of(unit.code),
  }));
  const homeless = of(null);
  return { known, unknown: homeless.length > 0 ? [{ name: reader.messages.unknownKhoroo, khoroo: null, practices: homeless }] : [] };
}

function titleOf({ practice, title_mn, title_en }: Copy, { lang }: Reader): { title: string; lang: string } {
  return {
    title: titleIn(lang, { title_mn: title_mn ?? practice, title_en }),
    lang: lang === 'en' && title_en ? 'en' : 'mn',
  };
}
