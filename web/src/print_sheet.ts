// What goes on paper: the picture of what is shown, with title, legend, date, source and scale, and none of
// the controls. The same for the page's own button, the keys of the browser, and its menu.
//
// The sheet is always in the page, but a lazy picture that no screen shows is fetched only when it is printed.
// Until it is there nothing is hidden for it, so a picture that does not come leaves no empty paper.

export interface PrintSheet {
  /** - address: of the picture, as SVG. */
  update(address: string): void;
  /** Opens the browser's dialogue once the picture is there; false where it does not come. */
  print(): Promise<boolean>;
  destroy(): void;
}

export function createPrintSheet(): PrintSheet {
  const sheet = document.createElement('img');
  sheet.className = 'print-sheet';
  sheet.alt = '';
  sheet.loading = 'lazy';
  // Beside the viewer, which stays off the paper.
  document.body.append(sheet);
  const stop = new AbortController();

  /** While a new picture is on its way, the old one still stands in the element. */
  function mark(isThere: boolean): void {
    sheet.classList.toggle('ready', isThere);
  }

  async function print(): Promise<boolean> {
    sheet.loading = 'eager';
    try {
      await sheet.decode();
    } catch {
      return false;
    }
    mark(true);
    window.print();
    return true;
  }

  function update(address: string): void {
    if (sheet.getAttribute('src') === address) return;
    sheet.loading = 'lazy';
    sheet.src = address;
    mark(false);
  }

  sheet.addEventListener('load', () => mark(true), stop);
  // Not every browser waits for a lazy picture before it prints.
  window.addEventListener(
    'keydown',
    (event) => {
      const isPrint = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'p';
      if (!isPrint || !sheet.src) return;
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
      sheet.remove();
    },
  };
}
