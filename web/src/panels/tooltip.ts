// Name and value beside the pointer. It is a convenience: the same is in the panel and the table.

export interface TooltipState {
  text: string;
  point: TooltipPoint;
}

/** CSS pixels from the map's upper left corner: the pointer, or the upper right corner of something so wide that is not to be hidden. */
export interface TooltipPoint {
  x: number;
  y: number;
  width?: number;
}

const GAP_PX = 14;

export function createTooltip(root: HTMLElement) {
  function update(state: TooltipState | null): void {
    root.hidden = state === null;
    if (state === null) return;
    root.textContent = state.text;
    const { clientWidth } = root.parentElement ?? document.body;
    const { x: right, y, width = 0 } = state.point;
    const overflows = right + GAP_PX + root.offsetWidth > clientWidth;
    const x = overflows ? right - width - GAP_PX - root.offsetWidth : right + GAP_PX;
    root.style.setProperty('transform', `translate(${Math.max(0, x)}px, ${y + GAP_PX}px)`);
  }

  return { update, destroy: () => root.replaceChildren() };
}
