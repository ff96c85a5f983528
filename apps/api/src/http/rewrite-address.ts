/**
 * Some clients put a name with slashes raw into a path where one segment is due: ML-Dash's metrics and topics, SwanLab's tags.
 * The name is what stands between the known words around it; here it becomes one percent-encoded segment, so that routes stay plain.
 */
const NAMES: readonly RegExp[] = [
  /^(\/api\/experiments\/[^/]+\/metrics\/)(.+)(\/(?:append|append-batch|data|rows|stats|chunks\/\d+)\/?)$/,
  /^(\/api\/experiments\/[^/]+\/tracks\/)(.+)(\/(?:append|append_batch|data)\/?)$/,
  /^((?:\/compat\/swanlab\/[^/]+)?\/api\/v1\/experiment\/[^/]+\/tag\/)(.+?)(\/?)$/,
];

/** The address with such a name as one segment; every other address as it is. */
export function rewriteAddress(url: string): string {
  if (!url.startsWith('/api/experiments/') && !url.includes('/api/v1/experiment/')) return url;
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  for (const pattern of NAMES) {
    const found = pattern.exec(path);
    if (found) return found[1]! + found[2]!.replaceAll('/', '%2F') + found[3]! + url.slice(path.length);
  }
  return url;
}
