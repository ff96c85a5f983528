import type { Task } from '../host.js';
import { readRun } from '../runs/run-blob.js';
import { fitData } from './fit-data.js';
import { givenData } from './given-data.js';

/** Says column by column how data fit a run, without predicting them. */
export const checkRows: Task<'check-rows'> = async ({ stateKey, source, policy, training }, host) => {
  host.progress(0, 'loading-data');
  const record = await readRun(host.storage, stateKey);
  const given = await givenData(source, record.inputTypes, host);
  const { columns, findings } = await fitData(
    record,
    given,
    { ...(policy && { policy }), ...(training && { training }) },
    host,
  );
  return { rowCount: given.rows, columns, findings };
};
