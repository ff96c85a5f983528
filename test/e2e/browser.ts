import { hasPrograms } from './programs.js';

/** The browser that tests drive, where there is one; `CHROMIUM_PATH` names another. */
export const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
export const hasBrowser = hasPrograms(CHROMIUM);

/** It runs as root, without a display, and asks nobody outside. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
