// The viewer in English.

import { en } from './i18n/en';
import { start } from './main';

void start(en);
