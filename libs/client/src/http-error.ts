/** An answer that is no success. `detail` is one sentence in the language asked for; programs read `code`. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    /** What the text was filled with. */
    readonly values: Readonly<Record<string, string | number>> = {},
    readonly about: {
      /** For the log of the server. */
      readonly requestId?: string | null;
      /** How long the server asks to wait before the next try. */
      readonly retryAfterMs?: number | null;
    } = {},
  ) {
    super(detail);
  }

  get requestId(): string | null {
    return this.about.requestId ?? null;
  }

  get retryAfterMs(): number | null {
    return this.about.retryAfterMs ?? null;
  }
}

/** The error an answer carries; answers of proxies and other strangers become `internal`. */
export async function errorOf(answer: Response): Promise<HttpError> {
  const body: unknown = await answer.json().catch(() => undefined);
  const { detail, code, values, message, error } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  return new HttpError(
    answer.status,
    typeof code === 'string' ? code : 'internal',
    sentence(detail) ?? sentence(message) ?? sentence(error) ?? `${answer.status} ${answer.statusText}`,
    typeof values === 'object' && values !== null ? (values as Record<string, string | number>) : {},
    {
      requestId: answer.headers.get('x-request-id'),
      retryAfterMs: waitOf(answer.headers.get('retry-after')),
    },
  );
}

/** `detail` is a sentence, or a list of wrong fields. */
function sentence(detail: unknown): string | undefined {
  if (typeof detail === 'string') return detail;
  if (!Array.isArray(detail)) return undefined;
  return detail
    .map((issue: { loc?: unknown[]; msg?: unknown }) => `${(issue.loc ?? []).slice(1).join('.')}: ${String(issue.msg)}`)
    .join('; ');
}

/** RFC 9110: seconds, or a date. */
function waitOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
