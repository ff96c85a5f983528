/** What of a loader's description counts here. */
interface Loader {
  readonly name: string;
  readonly metadata?: unknown;
}

/** Answers which loader reads a file of this name, with its settings; CSV where none knows the ending, or several do. */
export function loaderFor(fileName: string, loaders: readonly Loader[], settings: CsvSettings): object {
  const ending = /\.[^.]+$/.exec(fileName.toLowerCase())?.[0] ?? '';
  const fitting = loaders.filter(({ metadata }) => endingsOf(metadata).includes(ending));
  const dataloader = fitting.length === 1 ? fitting[0]!.name : 'CSVDataLoader';
  // Spreadsheets of half the world part their cells by semicolons.
  return dataloader === 'CSVDataLoader' ? { dataloader, separator: 'auto', ...settings } : { dataloader };
}

interface CsvSettings {
  readonly encoding: string;
  readonly on_bad_lines: string;
}

function endingsOf(metadata: unknown): readonly unknown[] {
  const endings = (metadata as { supported_extensions?: unknown } | null | undefined)?.supported_extensions;
  return Array.isArray(endings) ? endings : [];
}
