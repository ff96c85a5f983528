type Child = Node | string | null;
interface Attributes {
  readonly class?: string;
  readonly [name: string]: string | number | boolean | ((event: Event) => void) | undefined;
}

/**
 * One element. Text only ever becomes a text node, whatever it says; `onclick` and the like take functions, everything
 * else is an attribute, and `false` or `undefined` leaves it out.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') made.addEventListener(name.replace(/^on/, ''), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}
