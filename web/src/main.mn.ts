// The viewer in Mongolian.

import { mn } from './i18n/mn';
import { start } from './main';

void start(mn);
