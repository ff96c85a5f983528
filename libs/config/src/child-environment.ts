/**
 * The environment for a program we start: our own with `settings` laid over it; undefined takes a variable away. What
 * configures Node for this process (NODE_OPTIONS, the test runner's NODE_ENV) goes along as it is.
 */
export function childEnvironment(
  settings: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return { ...process.env, ...settings };
}
