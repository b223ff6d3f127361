// Name and value beside the pointer. It is a convenience: the same is in the panel and the table.

export interface TooltipState {
  text: string;
  /** CSS pixels from the map's upper left corner. */
  point: { x: number; y: number };
}

const GAP_PX = 14;

export function createTooltip(root: HTMLElement) {
  function update(state: TooltipState | null): void {
    root.hidden = state === null;
    if (state === null) return;
    root.textContent = state.text;
    const { clientWidth } = root.parentElement ?? document.body;
    const overflows = state.point.x + GAP_PX + root.offsetWidth > clientWidth;
    const x = overflows ? state.point.x - GAP_PX - root.offsetWidth : state.point.x + GAP_PX;
    root.style.setProperty('transform', `translate(${Math.max(0, x)}px, ${state.point.y + GAP_PX}px)`);
  }

  return { update, destroy: () => root.replaceChildren() };
}
