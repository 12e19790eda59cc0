/**
 * Which part may import which; every comment names what to do instead.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two modules import each other: move what both need into a third one, or pass it as an argument.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-imports-app',
      severity: 'error',
      comment: 'Pages and routes are the outermost layer: move what is shared to lib/ or components/.',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'nothing-imports-workers',
      severity: 'error',
      comment: 'Entry points are only started: move what is shared to lib/queue/.',
      from: { pathNot: '^workers/' },
      to: { path: '^workers/' },
    },
    {
      name: 'app-and-lib-know-no-scripts',
      severity: 'error',
      comment: 'The product must run without the tools around it: move what is shared to lib/.',
      from: { path: '^(app|components|lib|workers)/' },
      to: { path: '^(scripts|sandbox|tests|bench)/' },
    },
    {
      name: 'sandbox-knows-no-product',
      severity: 'error',
      comment:
        'The sandbox speaks the provider’s contract, not ours: a stand-in that shares our code shares our mistakes.',
      from: { path: '^sandbox/' },
      to: { path: '^(app|components|lib|workers)/' },
    },
    {
      name: 'lib-knows-no-interface',
      severity: 'error',
      comment: 'The domains know no interface: return data and draw it in components/.',
      from: { path: '^lib/' },
      to: { path: '^components/' },
    },
    {
      name: 'workers-import-lib-only',
      severity: 'error',
      comment: 'A worker process is lib/ and its packages: move what it needs there.',
      from: { path: '^workers/' },
      to: { path: '^(app|components|sandbox|scripts|tests|bench)/' },
    },
    {
      name: 'components-import-schemas-only',
      severity: 'error',
      comment:
        'Components draw data: import types and schemas (lib/**/schema.ts, types/), and fetch in app/ or through the API.',
      from: { path: '^components/' },
      to: { path: '^lib/', pathNot: 'schema\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domains-meet-through-schemas',
      severity: 'error',
      comment:
        'A domain sees another only through its schema.ts: let the queue’s processor compose them and pass results in.',
      from: { path: '^lib/(research|enrichment|scoring|signals)/' },
      to: {
        path: '^lib/(research|enrichment|scoring|signals)/',
        pathNot: ['^lib/$1/', 'schema\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'bull-stays-in-queue',
      severity: 'error',
      comment: 'The queue engine can be exchanged: use the functions of lib/queue instead of bull or ioredis.',
      from: { pathNot: ['^lib/queue/', '^tests/', '^bench/'] },
      to: { path: 'node_modules/(bull|ioredis)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'supabase-stays-in-clients',
      severity: 'error',
      comment:
        'Make clients through lib/supabase: it sets timeouts, maps errors and supplies the WebSocket that Node 20 lacks.',
      from: { pathNot: ['^lib/supabase/', '^scripts/local-supabase/', '^tests/', '^bench/'] },
      to: { path: 'node_modules/@supabase/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'request-scope-stays-in-app',
      severity: 'error',
      comment: 'next/headers works inside a request only: read it in app/ or lib/auth and pass the values on.',
      from: { pathNot: ['^app/', '^lib/auth/', '^lib/supabase/session-client\\.ts$'] },
      to: { path: 'node_modules/next/headers' },
    },
    {
      name: 'product-needs-no-dev-packages',
      severity: 'error',
      comment: 'Images carry no development packages: move the package to "dependencies".',
      from: { path: '^(app|components|lib|workers)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      comment: 'This import leads nowhere: correct its path, or install the package.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
