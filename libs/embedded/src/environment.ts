/**
 * What the Postgres programs see of the environment: none of a person's PG… variables, the plain locale, one time zone.
 * Windows adds the variables of the system by itself.
 */
export const environment: Readonly<Record<string, string>> = { LC_ALL: 'C', TZ: 'UTC' };
