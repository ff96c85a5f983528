/** Whether a text fits a shell pattern, as Python's `fnmatch` reads it: `*` crosses slashes, a leading or inner `**` with its slash may be nothing. */
export function fitsGlob(text: string, pattern: string): boolean {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern[at]!;
    if (pattern.startsWith('**/', at)) {
      source += '(?:.*/)?';
      at += 2;
    } else if (sign === '*') source += '.*';
    else if (sign === '?') source += '.';
    else if (sign === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) source += String.raw`\[`;
      else {
        source += classOf(pattern.slice(at + 1, end));
        at = end;
      }
    } else source += sign.replaceAll(/[$()+.\\^{|}]/g, String.raw`\$&`);
  }
  return new RegExp(`^(?:${source})$`, 'su').test(text);
}

function classOf(members: string): string {
  const [not, rest] = members.startsWith('!') ? ['^', members.slice(1)] : ['', members];
  return `[${not}${rest.replaceAll(/[[\\\]^]/g, String.raw`\$&`)}]`;
}

/** Whether a text is a pattern at all. */
export const isGlob = (text: string): boolean => /[*?[]/.test(text);
