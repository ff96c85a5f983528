export const layers: Readonly<Record<string, readonly string[]>>;
export const pure: readonly string[];
