import { Experiment } from './experiment/experiment.js';
import { completeAtEnd } from './experiment/exit.js';
import { readSettings } from './settings.js';

/** An experiment for trying things out: `scratch/dxp` in `.dash`, started on import, complete when the process ends. */
export const dxp = new Experiment({ prefix: `${readSettings().user}/scratch/dxp`, dashRoot: '.dash' });

completeAtEnd(dxp);
void dxp.run.start();
