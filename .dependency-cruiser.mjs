/**
 * The layers, lowest first: a layer imports itself and what stands above it in this list, never its neighbours in the
 * same line and nothing below.
 */
const tiers = [
  ['src/core', 'src/identity'],
  ['src/contract'],
  ['src/timing'],
  ['src/values', 'src/amounts', 'src/discover.ts', 'src/imaging', 'src/compute'],
  ['src/onnx'],
  [
    'src/ocr',
    'src/ner',
    'src/vlm',
    'src/templating',
    'src/e-invoices',
    'src/scoring',
    'src/routing',
    'src/trust',
    'src/stores',
    'src/queue',
  ],
  ['src/authoring.ts', 'src/datasets'],
  ['src/extractors', 'src/segmenting', 'src/classifying', 'schemas'],
  ['src/document-types', 'src/report'],
  ['src/service'],
  ['src/config.ts'],
  ['src/app'],
  ['src/api', 'src/library', 'src/client'],
  ['src/index.ts', 'src/web', 'src/cli', 'workers', 'bench'],
  ['scripts'],
]

/** The rooms of `src/service`, in the same way. */
const rooms = [
  ['files', 'types', 'access', 'webhooks', 'health'],
  ['judging'],
  ['results'],
  ['reading', 'submitting', 'deletion'],
  ['reviewing', 'certifying', 'backup'],
  ['exporting'],
  ['training'],
].map((tier) => tier.map((room) => `src/service/${room}`))

const tests = '\\.(test|case|child)\\.ts$'
const own = '^(src|schemas|workers|bench|scripts)/'

const pathOf = (layer) => `^${layer.replace('.', '\\.')}${layer.endsWith('.ts') ? '$' : '/'}`

const layerRule = (layer, tier) => ({
  name: `layer ${layer}`,
  severity: 'error',
  comment: `${layer} imports only itself and the layers below it`,
  from: { path: pathOf(layer), pathNot: tests },
  to: { path: own, pathNot: [layer, ...tiers.slice(0, tier).flat()].map(pathOf) },
})

const roomRule = (room, tier) => ({
  name: `room ${room}`,
  severity: 'error',
  comment: `${room} imports only itself and the rooms below it`,
  from: { path: pathOf(room), pathNot: tests },
  to: { path: '^src/service/', pathNot: [room, ...rooms.slice(0, tier).flat()].map(pathOf) },
})

export default {
  forbidden: [
    ...rooms.flatMap((all, tier) => all.map((room) => roomRule(room, tier))),
    ...tiers.flatMap((layers, tier) => layers.map((layer) => layerRule(layer, tier))),
    {
      name: 'every file has a layer',
      severity: 'error',
      from: { path: own, pathNot: [tests, ...tiers.flat().map(pathOf)] },
      to: {},
    },
    {
      name: 'core needs zod only',
      severity: 'error',
      from: { path: '^src/core/', pathNot: tests },
      to: { dependencyTypesNot: ['local'], pathNot: '^node_modules/zod/' },
    },
    {
      name: 'a document type is written as users write theirs',
      severity: 'error',
      from: { path: '^schemas/[^/]+$', pathNot: tests },
      to: { path: own, pathNot: '^(src/authoring\\.ts$|schemas/)' },
    },
    {
      name: 'extractors see ports, never adapters',
      severity: 'error',
      from: { path: '^src/extractors/', pathNot: tests },
      to: { path: '^src/(ocr|ner|vlm|stores|queue)/' },
    },
    {
      name: 'documents are told apart by words alone',
      severity: 'error',
      from: { path: '^src/segmenting/', pathNot: tests },
      to: {
        path: own,
        pathNot: ['^src/(segmenting|core|values|ner/rules)/', '^src/templating/captions/lexicon[.]ts$'],
      },
    },
    {
      name: 'adapters never import each other',
      severity: 'error',
      from: { path: '^src/([^/]+)/engines/([^/.]+)' },
      to: { path: '^src/[^/]+/engines/', pathNot: '^src/$1/engines/$2[./]' },
    },
    {
      name: 'adapters are found by their registry',
      severity: 'error',
      from: { path: own, pathNot: [tests, '^src/[^/]+/engines/'] },
      to: { path: '^src/[^/]+/engines/' },
    },
    {
      name: 'the page and the client see the contract, not the service',
      severity: 'error',
      from: { path: '^src/(web|client)/', pathNot: tests },
      to: { path: own, pathNot: '^src/($1|contract|core)/' },
    },
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'every import is found', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'tests stay among tests',
      severity: 'error',
      from: { path: own, pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'the package declares what it imports',
      severity: 'error',
      // What the page imports is built into it.
      from: { path: '^(src|schemas|workers)/', pathNot: [tests, '^src/web/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
