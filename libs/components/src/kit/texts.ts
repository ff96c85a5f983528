import type { FieldText, Fields, Locale, LocalText } from '#contract';
import { inEveryLanguage } from '#contract';

/** Texts of a component in one language: its name, one sentence ending in a full stop, and a label and help per parameter. */
export interface Text<K extends string = string> {
  readonly name: string;
  readonly summary: string;
  readonly params: Readonly<Record<K, readonly [label: string, help: string]>>;
}
export type TextsFor<K extends string> = Readonly<Record<Locale, Text<K>>>;
export type Texts<P extends Fields = Fields> = TextsFor<keyof P & string>;

/** Name and summary of a component, or label and help of a parameter, in every language. */
export type Pairs = Readonly<Record<Locale, readonly [name: string, help: string]>>;

/** Texts written parameter by parameter, so that components with a parameter in common can share its texts. */
export function textsOf<K extends string = never>(head: Pairs, params: Readonly<Record<K, Pairs>>): TextsFor<K> {
  return inEveryLanguage((locale) => ({
    name: head[locale][0],
    summary: head[locale][1],
    params: Object.fromEntries(Object.entries<Pairs>(params).map(([key, pairs]) => [key, pairs[locale]])) as Record<
      K,
      readonly [string, string]
    >,
  }));
}

/** Texts of a component that is called by one name everywhere and takes no parameters. */
export function namedTexts(name: string, summary: LocalText): TextsFor<never> {
  return inEveryLanguage((locale) => ({ name, summary: summary[locale], params: {} }));
}

/** The texts turned round: language inside, as manifests carry them. */
export function localTexts(texts: Texts): { name: LocalText; summary: LocalText; fields: Record<string, FieldText> } {
  const fields = Object.fromEntries(
    Object.keys(texts.en.params).map((key) => [
      key,
      {
        title: inEveryLanguage((l) => texts[l].params[key]![0]),
        description: inEveryLanguage((l) => texts[l].params[key]![1]),
      },
    ]),
  );
  return { name: inEveryLanguage((l) => texts[l].name), summary: inEveryLanguage((l) => texts[l].summary), fields };
}
