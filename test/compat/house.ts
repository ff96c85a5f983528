import { startMillrace } from '#testing';

import { startPretendedHubs } from './pretended-hubs.js';

/** One API and one worker for all files of this folder; their address travels in the environment. */
export async function setup(): Promise<() => Promise<void>> {
  const hubs = await startPretendedHubs();
  const millrace = await startMillrace({
    backend: 'postgres',
    env: { MILLRACE_MODEL_HUB: hubs.url, MILLRACE_OPENML_URL: hubs.url, MILLRACE_ZENODO_URL: hubs.url },
  });
  process.env['MILLRACE_COMPAT_URL'] = millrace.url;
  return async () => {
    await millrace.stop();
    await hubs.stop();
  };
}
