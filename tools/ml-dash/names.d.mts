/** Ids of projects, experiments and nodes, by the order in which they were seen: `{node:2}`. */
export declare class Names {
  learn(url: string, answer: Buffer): void;
  inPath(url: string): string;
  inJson(value: object): object;
  inForm(text: string): string;
  resolve(text: string): string;
}
