/** What the headers of an answer depend on. */
export type PageKind = 'api' | 'front-end' | 'docs';

const shared = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};
const page = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/** Charts and component libraries write style attributes; scripts come from our own files alone. */
const contentSecurity: Readonly<Record<PageKind, string>> = {
  api: "default-src 'none'; frame-ancestors 'none'",
  'front-end': `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; ${page}`,
  docs: `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src blob:; ${page}`,
};

const headersOf = (kind: PageKind): Readonly<Record<string, string>> =>
  Object.freeze({ ...shared, 'content-security-policy': contentSecurity[kind] });

/** Headers every answer of a kind carries. */
export const securityHeaders: Readonly<Record<PageKind, Readonly<Record<string, string>>>> = {
  api: Object.freeze({ ...headersOf('api'), 'cache-control': 'no-store' }),
  'front-end': headersOf('front-end'),
  docs: headersOf('docs'),
};
