// What goes on paper: the picture of what is shown, with title, legend, date, source and scale, and none of
// the controls. The same for the page's own button, the keys of the browser, and its menu.
//
// The sheet is always in the page, but a lazy picture that no screen shows is fetched only when it is printed.
// Until it is there nothing is hidden for it, so a picture that does not come leaves no empty paper.
//
// An address says nothing of how new its figures are, and a browser shows what it has once had from there for
// as long as the page lives. So the lazy picture is for the menu, which waits for nobody, and for what has never
// come before; whatever else goes on paper is asked of the server each time.

import { ApiError } from './api';

export interface PrintSheet {
  /** `address` of the picture, as SVG, `null` where there is none; `figures` that are in it, others after a new revision. */
  update(address: string | null, figures: object | null): void;
  /** Opens the browser's dialogue once the picture is there; false where it does not come. */
  print(): Promise<boolean>;
  destroy(): void;
}

export interface PrintSheetOptions {
  /** The picture as it is now. */
  ask(address: string, signal: AbortSignal): Promise<Blob>;
}

export function createPrintSheet({ ask }: PrintSheetOptions): PrintSheet {
  const sheet = document.createElement('img');
  sheet.className = 'print-sheet';
  sheet.alt = '';
  sheet.loading = 'lazy';
  // Beside the viewer, which stays off the paper.
  document.body.append(sheet);
  const stop = new AbortController();
  let wanted: { address: string; figures: object | null } | null = null;
  /** Of which the browser holds a picture, however old. */
  const held = new Set<string>();
  let asked = new AbortController();
  let coming: Promise<boolean> | null = null;
  /** Address of the picture in the browser's memory. */
  let own: string | null = null;

  /** While a new picture is on its way, the old one still stands in the element. */
  function mark(isThere: boolean): void {
    sheet.classList.toggle('ready', isThere);
  }

  function show(picture: Blob): void {
    drop();
    own = URL.createObjectURL(picture);
    sheet.loading = 'eager';
    sheet.src = own;
  }

  function drop(): void {
    if (own !== null) URL.revokeObjectURL(own);
    own = null;
  }

  async function fetchPicture(address: string): Promise<boolean> {
    const { signal } = asked;
    try {
      const picture = await ask(address, signal);
      if (signal.aborted) return false;
      held.add(address);
      show(picture);
      await sheet.decode();
    } catch (error) {
      if (error instanceof ApiError || error instanceof DOMException) return false;
      throw error;
    }
    if (signal.aborted) return false;
    mark(true);
    return true;
  }

  /** Asks once, however often it is wished for meanwhile. */
  function load(address: string): Promise<boolean> {
    if (coming) return coming;
    const mine = fetchPicture(address).finally(() => {
      if (coming === mine) coming = null;
    });
    coming = mine;
    return mine;
  }

  async function print(): Promise<boolean> {
    if (!wanted) return false;
    if (!sheet.classList.contains('ready') && !(await load(wanted.address))) return false;
    window.print();
    return true;
  }

  function update(address: string | null, figures: object | null): void {
    if (wanted?.address === address && wanted.figures === figures) return;
    wanted = address === null ? null : { address, figures };
    asked.abort();
    asked = new AbortController();
    coming = null;
    mark(false);
    drop();
    if (address === null) {
      sheet.removeAttribute('src');
    } else if (held.has(address)) {
      sheet.removeAttribute('src');
      void load(address);
    } else {
      sheet.loading = 'lazy';
      sheet.src = address;
    }
  }

  sheet.addEventListener('load', () => {
    if (wanted) held.add(wanted.address);
    mark(true);
  }, stop);
  // Not every browser waits for a lazy picture before it prints.
  window.addEventListener(
    'keydown',
    (event) => {
      const isPrint = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'p';
      if (!isPrint || !wanted) return;
      event.preventDefault();
      void print().then((done) => {
        if (!done) window.print();
      });
    },
    stop,
  );

  return {
    update,
    print,
    destroy() {
      stop.abort();
      asked.abort();
      drop();
      sheet.remove();
    },
  };
}
