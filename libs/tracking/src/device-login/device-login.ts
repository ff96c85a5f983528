import type { Asked } from '../node/tracked-node.js';

/** A device that asks to be let in. */
export interface DeviceLogin {
  readonly code: string;
  readonly client: string;
  /** `taken`: its token was handed out, to be exchanged once. */
  readonly state: 'pending' | 'approved' | 'denied' | 'taken';
  /** Whom it was let in as, and to which project; null for all. */
  readonly owner: string | null;
  readonly projectId: number | null;
  readonly expires: Date;
}
/** A new one; the secret itself never leaves the device. */
export interface NewDeviceLogin {
  readonly secretHash: string;
  readonly code: string;
  readonly client: string;
  readonly seconds: number;
  /** Lets it in at once. */
  readonly owner: string | null;
}

const LOGIN = `code, client, state, owner, project_id AS "projectId", expires`;

/** The device's sign-in begins; one it began before is forgotten, and so are all that have run out. */
export async function beginDeviceLogin(db: Asked, login: NewDeviceLogin): Promise<void> {
  const { secretHash, code, client, seconds, owner } = login;
  await db.query('DELETE FROM tracked_device_login WHERE expires < now()');
  await db.query(
    `INSERT INTO tracked_device_login (secret_hash, code, client, expires, owner, state)
     VALUES (decode($1, 'hex'), $2, $3, now() + $4 * interval '1 second', $5::text, CASE WHEN $5::text IS NULL THEN 'pending' ELSE 'approved' END)
     ON CONFLICT (secret_hash) DO UPDATE SET code = excluded.code, client = excluded.client, expires = excluded.expires,
       owner = excluded.owner, project_id = NULL, token_sha256 = NULL, state = excluded.state, polled_at = NULL`,
    [secretHash, code, client, seconds, owner],
  );
}

/** What a device asks for; `tooFast` when it asked within the pause before. */
export async function pollDeviceLogin(
  db: Asked,
  secretHash: string,
  pauseMs: number,
): Promise<(DeviceLogin & { tooFast: boolean }) | undefined> {
  const [login] = await db.query<(DeviceLogin & { tooFast: boolean })[]>(
    `WITH before AS (SELECT secret_hash, polled_at FROM tracked_device_login WHERE secret_hash = decode($1, 'hex') AND expires > now() FOR UPDATE),
     now_polled AS (UPDATE tracked_device_login l SET polled_at = clock_timestamp() FROM before b WHERE l.secret_hash = b.secret_hash
       RETURNING l.*, coalesce(b.polled_at > clock_timestamp() - $2 * interval '1 millisecond', false) AS "tooFast")
     SELECT ${LOGIN}, "tooFast" FROM now_polled`,
    [secretHash, pauseMs],
  );
  return login;
}

/** Marks an approved sign-in as taken by the bearer of a token; false when another poll was faster. */
export async function takeDeviceLogin(db: Asked, secretHash: string, tokenHash: Buffer): Promise<boolean> {
  const taken = await db.query<unknown[]>(
    `WITH taken AS (UPDATE tracked_device_login SET state = 'taken', token_sha256 = $2
       WHERE secret_hash = decode($1, 'hex') AND state = 'approved' AND expires > now() RETURNING code) SELECT * FROM taken`,
    [secretHash, tokenHash],
  );
  return taken.length > 0;
}

/** Ends the sign-in whose token this is: it is good for one exchange. */
export async function endDeviceLogin(db: Asked, tokenHash: Buffer): Promise<DeviceLogin | undefined> {
  const [login] = await db.query<DeviceLogin[]>(
    `WITH ended AS (DELETE FROM tracked_device_login WHERE token_sha256 = $1 AND expires > now() RETURNING *) SELECT ${LOGIN} FROM ended`,
    [tokenHash],
  );
  return login;
}

/** The sign-in a person was shown the code of. */
export async function findDeviceLogin(db: Asked, code: string): Promise<DeviceLogin | undefined> {
  const [login] = await db.query<DeviceLogin[]>(
    `SELECT ${LOGIN} FROM tracked_device_login WHERE code = $1 AND expires > now()`,
    [code],
  );
  return login;
}

/** Lets a waiting device in as somebody, to one project or all, or not; undefined when none waits with this code. */
export async function decideDeviceLogin(
  db: Asked,
  code: string,
  owner: string | null,
  projectId: number | null,
): Promise<DeviceLogin | undefined> {
  const [login] = await db.query<DeviceLogin[]>(
    `WITH decided AS (UPDATE tracked_device_login SET owner = $2::text, project_id = $3, state = CASE WHEN $2::text IS NULL THEN 'denied' ELSE 'approved' END
       WHERE code = $1 AND state = 'pending' AND expires > now() RETURNING *) SELECT ${LOGIN} FROM decided`,
    [code, owner, projectId],
  );
  return login;
}
