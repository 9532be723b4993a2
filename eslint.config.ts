import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const program = ['{src,workers,schemas,bench}/**/*.{ts,tsx}']
const page = ['src/web/**/*.{ts,tsx}']
const tests = ['**/*.test.ts', '**/*.case.ts', '**/*.child.ts']

const noEnvironment = 'Only src/config.ts reads the environment: take what you need as an option.'

/** Labels of receipts that other documents do not have. */
const vocabulary =
  '^(MERCHANT_NAME|ITEM_(DESCRIPTION|QUANTITY|UNIT_PRICE|AMOUNT)|SUBTOTAL|DISCOUNT|SERVICE_CHARGE|TAX(_[A-Z]+)?|ROUNDING|TIP|TOTAL|TENDERED|CHANGE)$'
const onlyInItsRoom = 'What is known of receipts alone stands in schemas/receipt/ or models/receipt/.'

/** What the package exports, an engine by its name, and the truths of data sets. */
const rooms = ['src/index.ts', 'src/ocr/engines/receipt-dense.ts', 'src/datasets/*.ts']

export default defineConfig(
  globalIgnores([
    'dist/',
    'out/',
    'test-output/',
    'coverage/',
    'training/',
    'models/',
    'samples/',
    '.*',
    '!.dependency-cruiser.mjs',
  ]),
  js.configs.recommended,
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', URL: 'readonly' } } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // What was caught is thrown on as it is.
      '@typescript-eslint/only-throw-error': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      // Templates have a rule of their own; String(value) is said on purpose.
      '@typescript-eslint/no-base-to-string': 'off',
      // A port is asynchronous although one of its adapters is not.
      '@typescript-eslint/require-await': 'off',
      // An index in range, and what a loop or the absence of a terminal changes, are known to the reader only.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'off',
      // Matters of taste: `void count++`, `[...text]`, methods taken off plain objects.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: page,
    plugins: { 'react-hooks': { rules: reactHooks.rules } },
    languageOptions: { parserOptions: { project: './src/web/tsconfig.json' } },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: program,
    rules: {
      complexity: ['error', 20],
      'max-depth': ['error', 4],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 45, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: noEnvironment }],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node:process', importNames: ['env', 'default'], message: noEnvironment }] },
      ],
    },
  },
  { files: ['src/config.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    // What only one document type knows stands in its file and its folders under schemas/ and models/.
    files: ['src/**/*.ts', 'workers/**/*.ts'],
    ignores: [...tests, ...rooms],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `Literal[value=/${vocabulary}/]`, message: onlyInItsRoom },
        { selector: 'Identifier[name=/receipt/i]', message: onlyInItsRoom },
      ],
    },
  },
  {
    // A migration is one list of statements, and knows nothing of today's tables.
    files: ['src/stores/{migrations,sqlite-migrations,postgres-migrations}.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    // A plugin of routes is one list of them, each with its schema.
    files: ['src/api/routes/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: tests,
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'no-restricted-properties': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      // `expect.any(…)` is an any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
)
