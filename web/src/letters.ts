// How large the reader has set letters, for drawings that do not follow style sheets.

const USUAL_PX = 16;

/** 1 for the usual size, 2 for letters twice as large. */
export function letterScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PX;
}

/** Calls `onChange` whenever the size becomes another. */
export function watchLetters(onChange: () => void): { destroy(): void } {
  let scale = letterScale();
  // There is no event for it: an element as wide as a letter says so.
  const probe = document.createElement('span');
  probe.className = 'letter';
  probe.setAttribute('aria-hidden', 'true');
  document.body.append(probe);
  const resized = new ResizeObserver(() => {
    const now = letterScale();
    if (now === scale) return;
    scale = now;
    onChange();
  });
  resized.observe(probe);
  return {
    destroy() {
      resized.disconnect();
      probe.remove();
    },
  };
}
