// Starts the viewer in the page that the server wrote for it.

import './viewer.css';
import './css/controls.css';
import './css/stage.css';
import './css/place.css';
import './css/embed.css';
import { readConfig } from './config';
import { startViewer } from './viewer';

const root = document.getElementById('viewer');
if (root) {
  try {
    startViewer(root, readConfig(document));
  } catch (error) {
    root.dataset.state = 'error';
    root.dataset.problem = 'data';
    throw error;
  }
}
