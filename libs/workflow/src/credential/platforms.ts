import type { Config } from '#config';

/** A platform whose keys are kept here. */
export interface Platform {
  /** What only somebody it knows may read. */
  readonly privateUrl: (config: Config) => string;
  /** The header that shows a key. */
  readonly authorization: (key: string) => string;
}

const bearer = (key: string): string => `Bearer ${key}`;

/** By the name of the credential. */
export const platforms: Readonly<Record<string, Platform>> = {
  HuggingFaceCredential: {
    privateUrl: ({ modelHub }) => `${modelHub}/api/whoami-v2`,
    authorization: bearer,
  },
  KaggleCredential: {
    privateUrl: ({ dataHubs }) => `${dataHubs['KaggleDatasetSource']!}/api/v1/datasets/list?group=my`,
    // `name:key`, as kaggle.json has them, or one of the newer access tokens, which hold no colon.
    authorization: (key) => (key.includes(':') ? `Basic ${Buffer.from(key).toString('base64')}` : bearer(key)),
  },
};
