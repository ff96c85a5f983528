/** What a star stands for. */
export interface GlobStyle {
  /** A single star passes slashes. */
  readonly crossing: boolean;
}

/**
 * A glob as a regular expression that Postgres and JavaScript read alike, anchored at both ends. `*` and `?` stay within one name
 * unless `crossing`; `**` passes slashes, and a leading `**\/` may stand for nothing; `[a-c]` and `[!a]` are sets. A bracket that makes
 * no set stands for itself.
 */
export function globExpression(glob: string, { crossing }: GlobStyle = { crossing: false }): string {
  let made = '';
  // Repeated stars mean no more than two.
  const text = glob.replaceAll(/(?:\*\*\/)+/g, '**/').replaceAll(/\*{2,}(?!\/)/g, '**');
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const set = char === '[' ? /^\[(!?)([^\]]+)\]/.exec(text.slice(at)) : null;
    if (text.startsWith('**/', at)) {
      made += '(.*/)?';
      at += 2;
    } else if (text.startsWith('**', at)) {
      made += '.*';
      at += 1;
    } else if (char === '*') made += crossing ? '.*' : '[^/]*';
    else if (char === '?') made += crossing ? '.' : '[^/]';
    else if (set !== null && isSet(set[2]!)) {
      made += `[${set[1] === '!' ? '^' : ''}${escapedSet(set[2]!)}]`;
      at += set[0].length - 1;
    } else made += escaped(char);
  }
  return `^${made}$`;
}

const escaped = (char: string): string => (/[\\^$.|?*+()[\]{}]/.test(char) ? `\\${char}` : char);
const escapedSet = (inner: string): string => inner.replaceAll(/[\\^[]/g, '\\$&');

/** Ranges that run backwards are an error for both readers. */
function isSet(inner: string): boolean {
  try {
    new RegExp(`[${escapedSet(inner)}]`, 'u');
    return true;
  } catch {
    return false;
  }
}
