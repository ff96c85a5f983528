import { Initial1785000000000 } from './initial-1785000000000.js';
import { JobGuard1785000001000 } from './job-guard-1785000001000.js';
import { JobPayload1785000040000 } from './job-payload-1785000040000.js';
import { RunNotify1785000041000 } from './run-notify-1785000041000.js';
import { RunSplitSizes1785100000000 } from './run-split-sizes-1785100000000.js';
import { Generative1785200000000 } from './generative-1785200000000.js';
import { PredictionFindings1785300000000 } from './prediction-findings-1785300000000.js';
import { Plugin1785300001000 } from './plugin-1785300001000.js';
import { ReportsAndTests1785300002000 } from './reports-and-tests-1785300002000.js';
import { TrackedRuns1785400000000 } from './tracked-runs-1785400000000.js';
import { AccessToken1785400001000 } from './access-token-1785400001000.js';
import { Trial1785400002000 } from './trial-1785400002000.js';
import { Hub1785400003000 } from './hub-1785400003000.js';
import { PlatformRuns1785400004000 } from './platform-runs-1785400004000.js';
import { TrackedLevels1785500000000 } from './tracked-levels-1785500000000.js';
import { TrackedMoves1785600000000 } from './tracked-moves-1785600000000.js';
import { CheapMoves1785700000000 } from './cheap-moves-1785700000000.js';

/** In the order they run; a released one is never edited. */
export const migrations = [
  Initial1785000000000,
  JobGuard1785000001000,
  JobPayload1785000040000,
  RunNotify1785000041000,
  RunSplitSizes1785100000000,
  Generative1785200000000,
  PredictionFindings1785300000000,
  Plugin1785300001000,
  ReportsAndTests1785300002000,
  TrackedRuns1785400000000,
  AccessToken1785400001000,
  Trial1785400002000,
  Hub1785400003000,
  PlatformRuns1785400004000,
  TrackedLevels1785500000000,
  TrackedMoves1785600000000,
  CheapMoves1785700000000,
];
