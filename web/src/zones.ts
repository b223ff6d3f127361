// The order of the viewer's zones in the document: that in which they are seen, for each width of the window.
//
// What is read aloud and walked through by keyboard follows the document. Style sheets therefore never
// change the order (`order`); where the window becomes wider or narrower, zones are moved.
//
// The stage stays where it is and the others are put around it, so that a map is never taken out.

/** Zones before and after the stage; those of `panel` stand in one column beside it. */
interface Order {
  before: readonly Zone[];
  panel: readonly Zone[];
  after: readonly Zone[];
}

export type Zone = 'search' | 'heading' | 'legend' | 'actions' | 'figures' | 'notes' | 'controls' | 'timeline' | 'table';

const PANEL: readonly Zone[] = ['search', 'heading', 'legend', 'actions', 'figures', 'notes'];

/** Windows in which the style sheets stack the zones, and set them side by side in a frame. */
const SITE_NARROW = '(max-width: 47.99em)';
const FRAME_WIDE = '(min-width: 40em)';

export const ORDERS = {
  siteWide: { before: ['controls'], panel: PANEL, after: ['timeline', 'table'] },
  siteNarrow: {
    before: ['search', 'heading', 'controls'], panel: [], after: ['timeline', 'legend', 'actions', 'table', 'figures', 'notes'],
  },
  frameWide: {
    before: ['heading', 'search', 'controls'], panel: [], after: ['legend', 'timeline', 'figures', 'actions', 'table', 'notes'],
  },
  frameNarrow: {
    before: ['heading', 'search', 'controls'], panel: [], after: ['timeline', 'legend', 'figures', 'actions', 'table', 'notes'],
  },
} satisfies Record<string, Order>;

export interface ZonesOptions {
  stage: HTMLElement;
  /** The column beside the stage, which goes where nothing is in it. */
  panel: HTMLElement;
  zones: Record<Zone, HTMLElement>;
  /** In a frame on another site. */
  isGuest: boolean;
}

/** Puts the zones in order, now and whenever the window asks for another. */
export function keepInOrder({ stage, panel, zones, isGuest }: ZonesOptions): void {
  const query = window.matchMedia(isGuest ? FRAME_WIDE : SITE_NARROW);
  const elements = (names: readonly Zone[]): HTMLElement[] => names.map((name) => zones[name]);

  function arrange(): void {
    const order: Order = isGuest
      ? (query.matches ? ORDERS.frameWide : ORDERS.frameNarrow)
      : (query.matches ? ORDERS.siteNarrow : ORDERS.siteWide);
    const focused = document.activeElement;
    panel.remove();
    panel.append(...elements(order.panel));
    stage.before(...elements(order.before), ...(order.panel.length === 0 ? [] : [panel]));
    stage.after(...elements(order.after));
    // Whoever turns a telephone while they type goes on typing.
    if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
  }

  query.addEventListener('change', arrange);
  arrange();
}
