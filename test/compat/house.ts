import { startMillrace } from '#testing';

/** One API and one worker for all files of this folder; their address travels in the environment. */
export async function setup(): Promise<() => Promise<void>> {
  const millrace = await startMillrace({ backend: 'postgres' });
  process.env['MILLRACE_COMPAT_URL'] = millrace.url;
  return () => millrace.stop();
}
