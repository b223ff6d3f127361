// Starts the viewer in the page that the server wrote for it, with the words of its language.

import './viewer.css';
import './css/controls.css';
import './css/stage.css';
import './css/place.css';
import './css/embed.css';
import { readConfig } from './config';
import type { Messages } from './i18n';
import { startViewer } from './viewer';

export function start(messages: Messages): void {
  const root = document.getElementById('viewer');
  if (!root) return;
  try {
    startViewer(root, readConfig(document), messages);
  } catch (error) {
    root.dataset.state = 'error';
    root.dataset.problem = 'data';
    throw error;
  }
}
