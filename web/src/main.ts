// Starts the viewer in the page that the server wrote for it, with the words of its language.

import './viewer.css';
import './css/controls.css';
import './css/stage.css';
import './css/place.css';
import './css/embed.css';
import { createApi } from './api';
import { readConfig } from './config';
import type { Messages } from './i18n';
import { startViewer } from './viewer';

export async function start(messages: Messages): Promise<void> {
  const root = document.getElementById('viewer');
  if (!root) return;
  try {
    const config = readConfig(document);
    if (config.is_twin) (await import('./twin/twin')).startTwin(root, config, messages);
    else startViewer(root, config, messages, createApi(config.base));
  } catch (error) {
    root.dataset.state = 'error';
    root.dataset.problem = 'data';
    throw error;
  }
}
