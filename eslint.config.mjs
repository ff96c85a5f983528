import checkFile from 'eslint-plugin-check-file';
import tseslint from 'typescript-eslint';

const noAmbient = [
  { object: 'process', property: 'env', message: 'Read configuration through #config.' },
  { object: 'Math', property: 'random', message: 'Use the seeded random of the context.' },
];

/** What in a script without types is never meant: a name or a key twice, a value nobody reads, a branch nobody reaches. */
const neverMeant = Object.fromEntries(
  [
    'no-const-assign',
    'no-constant-binary-expression',
    'no-dupe-args',
    'no-dupe-class-members',
    'no-dupe-else-if',
    'no-dupe-keys',
    'no-duplicate-case',
    'no-fallthrough',
    'no-func-assign',
    'no-import-assign',
    'no-redeclare',
    'no-self-assign',
    'no-self-compare',
    'no-sparse-arrays',
    'no-unreachable',
    'no-unused-vars',
    'use-isnan',
    'valid-typeof',
  ].map((name) => [name, 'error']),
);

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'vendor', 'libs/linalg/assembly', '*.ts', '**/*.mts', '**/generated/**'] },
  {
    files: ['**/*.mjs'],
    // A name beside a rest is how a key is left out.
    rules: { ...neverMeant, 'no-unused-vars': ['error', { ignoreRestSiblings: true }] },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'check-file': checkFile },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
      complexity: ['error', 20],
      'no-restricted-properties': ['error', ...noAmbient],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'TSEnumDeclaration', message: 'Use an `as const` tuple.' },
      ],
      'check-file/filename-naming-convention': [
        'error',
        { '**/*.{ts,tsx}': 'KEBAB_CASE' },
        { ignoreMiddleExtensions: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'typeLike', format: ['PascalCase'] },
        { selector: 'interface', format: ['PascalCase'], custom: { regex: '^I[A-Z]', match: false } },
      ],
    },
  },
  {
    files: ['libs/{linalg,learn,components,frame,plots}/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...noAmbient,
        { object: 'Date', property: 'now', message: 'Pure code has no clock.' },
      ],
      // Numeric kernels are long by nature: loops over typed arrays, kept in one function for the optimiser.
      'max-lines-per-function': ['error', { max: 160, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 40],
      'max-params': 'off',
    },
  },
  {
    files: ['libs/config/**', 'libs/sdk/src/settings.ts', 'libs/testing/**', 'test/**', 'bench/**'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-floating-promises': 'off' },
  },
);
