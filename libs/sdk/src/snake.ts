/** Lets the Python names of methods work too: `log_summary` beside `logSummary`. Classes declare the names they mean. */
export function alsoSnake(...classes: readonly { readonly prototype: object; readonly name: string }[]): void {
  for (const { prototype } of classes)
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      if (snake !== name && !Object.hasOwn(prototype, snake)) Object.defineProperty(prototype, snake, property);
    }
}
