const LONGEST = 255;

/** Names of metrics and tracks stand in addresses. @throws RangeError for those that cannot. */
export function checkLabel(name: string, what: string): void {
  if (name === '' || name === '.' || name === '..')
    throw new RangeError(`A ${what} cannot be called ${JSON.stringify(name)}`);
  if (name.length > LONGEST) throw new RangeError(`The name of a ${what} has at most ${LONGEST} characters`);
}
