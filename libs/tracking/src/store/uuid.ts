const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Those that can be ids of rows; anything else names nothing, and the database would refuse it. */
export const uuidsOf = (ids: readonly string[]): string[] => ids.filter((id) => UUID.test(id));
