// What goes on paper of a map of which the twin holds no ready picture: the city of a ready one, in the colours and with
// the mark of what is shown. Title, legend and notes are those of the page, whose style sheet sets them around it.
//
// It is made at once, and is little: the menu's own command to print waits for nobody.

import { type Api, ApiError } from '../api';
import { nameIn } from '../i18n';
import type { OnPaper, Paper } from '../paper';
import { pictureAddress } from '../picture_address';
import { districtName, paints } from '../present';
import type { Unit } from '../values';
import { type Painted, repainted } from './repainted';

export interface PaperOptions extends Pick<Api, 'picture' | 'pictureAt'> {
  onPaper(isOnPaper: boolean): void;
}

export function createPaper(stage: HTMLElement, { picture, pictureAt, onPaper }: PaperOptions): Paper {
  const sheet = document.createElement('div');
  sheet.className = 'print-map';
  stage.append(sheet);
  const known = new Map<string, Promise<string>>();
  let isPage = false;
  let isCells = false;
  let isOnPaper = false;
  /** Ground, figures, cycle and chosen place of what is drawn. */
  let drawn: readonly unknown[] = [];
  let coming = Promise.resolve();

  /** A still picture of the ground, whatever is shown on it: of the figure that every cycle has. */
  function groundOf({ view, shown, form, reader: { lang } }: OnPaper): string | null {
    const bare = { ...view, measure: 'identifications', selected: null };
    return pictureAt(pictureAddress({ lang, view: bare, shown: { ...shown, theme: null, rate: 'count' }, form, area: null }, 'svg'));
  }

  function textOf(address: string): Promise<string> {
    const text = known.get(address) ?? picture(address, new AbortController().signal).then((blob) => blob.text());
    known.set(address, text);
    text.catch(() => known.delete(address));
    return text;
  }

  async function draw(ground: string, units: ReadonlyMap<string, Painted>, of: readonly unknown[]): Promise<void> {
    try {
      const text = await textOf(ground);
      if (of === drawn) sheet.replaceChildren(repainted(text, units));
    } catch (error) {
      // The map stands on paper as it stands on screen.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  window.addEventListener('beforeprint', () => {
    // A map that has not come leaves that of the screen on paper, whose colours the legend then keeps.
    isOnPaper = isPage && (isCells || sheet.hasChildNodes());
    if (isOnPaper) onPaper(true);
  });
  window.addEventListener('afterprint', () => {
    if (isOnPaper) onPaper(false);
    isOnPaper = false;
  });

  return {
    update(next) {
      const ground = next === null || next.table === null || next.form === 'cells' ? null : groundOf(next);
      isCells = next?.form === 'cells';
      isPage = next?.table != null && (isCells || ground !== null);
      const now = ground === null || !next ? [] : [ground, next.table, next.view.cycle, next.view.selected];
      if (now.length === drawn.length && now.every((one, idx) => one === drawn[idx])) return isPage;
      drawn = now;
      sheet.replaceChildren();
      coming = ground === null || !next ? Promise.resolve() : draw(ground, unitsOf(next), now);
      return isPage;
    },
    async print() {
      if (!isPage) return false;
      await coming;
      window.print();
      return true;
    },
  };
}

/** By the names that pictures have for them, `Khoroo 26, Bayanzurkh`; what is called like another cannot be told from it. */
function unitsOf({ table, view, reader }: OnPaper): Map<string, Painted> {
  if (table === null) return new Map();
  const painted = paints(table, view.cycle, 'light');
  const nameOf = (unit: Unit): string => [nameIn(reader.lang, unit), ...(table.level === 'district' ? [] : [districtName(unit, reader)])].join(', ');
  const units = new Map<string, Painted>();
  for (const unit of table.units) {
    const name = nameOf(unit);
    const paint = units.has(name) ? undefined : painted.get(unit.id);
    units.set(name, { paint, isChosen: paint !== undefined && unit.code === view.selected });
  }
  return units;
}
