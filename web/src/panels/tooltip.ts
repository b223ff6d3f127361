// Name and value beside the pointer. It is a convenience: the same is in the panel and the table.
//
// It can be sent away, so that what lies under it is seen without moving the pointer (WCAG 1.4.13); of the same
// place it comes back only once there has been another, or none.

export interface TooltipState {
  /** What is spoken of, whatever is said of it. */
  of: string;
  text: string;
  point: TooltipPoint;
  /** They stand beside what the keyboard is on, and the pointer can come to them; others go where it goes. */
  stays: boolean;
}

/** CSS pixels from the map's upper left corner: the pointer, or the upper right corner of something so wide that is not to be hidden. */
export interface TooltipPoint {
  x: number;
  y: number;
  width?: number;
}

const GAP_PX = 14;

export function createTooltip(root: HTMLElement) {
  let shown: string | null = null;
  let dismissed: string | null = null;

  function update(state: TooltipState | null): void {
    shown = state?.of ?? null;
    if (shown !== dismissed) dismissed = null;
    root.hidden = state === null || dismissed !== null;
    if (state === null || dismissed !== null) return;
    root.textContent = state.text;
    root.classList.toggle('stays', state.stays);
    const { clientWidth } = root.parentElement ?? document.body;
    const { x: right, y, width = 0 } = state.point;
    const overflows = right + GAP_PX + root.offsetWidth > clientWidth;
    const x = overflows ? right - width - GAP_PX - root.offsetWidth : right + GAP_PX;
    root.style.setProperty('transform', `translate(${Math.max(0, x)}px, ${y + GAP_PX}px)`);
  }

  /** False where there is none. */
  function dismiss(): boolean {
    if (root.hidden) return false;
    dismissed = shown;
    root.hidden = true;
    return true;
  }

  return { update, dismiss, destroy: () => root.replaceChildren() };
}
