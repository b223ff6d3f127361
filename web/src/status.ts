// What state the viewer is in, from what is known of its parts. Pure.
//
// `state` is the root's `data-state`; `message` is what lies on the map, if anything must.

/** What failed: figures, tiles of the map, or drawing itself. */
export type Problem = 'data' | 'tiles' | 'webgl';

export type State = 'loading' | 'ready' | 'error';

export type Message = 'loading' | 'slow' | 'offline' | 'empty' | 'data' | 'tiles' | 'webgl' | null;

export interface Parts {
  problem: Problem | null;
  /** Figures of the view are there. */
  hasFigures: boolean;
  /** The surface shows something already. */
  hasPicture: boolean;
  /** Something handed to it is not drawn yet. */
  drawing: boolean;
  /** Loading has taken longer than people wait without a word. */
  slow: boolean;
  /** The browser says that there is no network. */
  offline: boolean;
  /** There is nothing to show: neither boundaries nor a list of khoroos. */
  empty: boolean;
}

export function stateOf({ problem, empty, hasFigures, drawing }: Parts): State {
  if (empty) return 'ready';
  if (problem !== null) return 'error';
  return hasFigures && !drawing ? 'ready' : 'loading';
}

export function messageOf(parts: Parts): Message {
  const { problem, offline, empty, slow, hasPicture } = parts;
  if (empty) return 'empty';
  if (problem === 'webgl') return problem;
  if (problem !== null) return offline ? 'offline' : problem;
  if (stateOf(parts) !== 'loading') return null;
  if (slow) return offline ? 'offline' : 'slow';
  return hasPicture ? null : 'loading';
}
