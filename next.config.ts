import type { NextConfig } from 'next';

const config: NextConfig = {
  // The container image is built with BUILD_STANDALONE=1; `next start` serves an ordinary build.
  ...(process.env.BUILD_STANDALONE === '1' ? { output: 'standalone' } : {}),
  // Bull forks through a computed path that bundlers cannot resolve, and Bull Board checks `instanceof Bull`: one shared copy.
  serverExternalPackages: ['bull', 'ioredis', '@bull-board/api', '@bull-board/express', '@bull-board/ui', 'ws'],
  // Bull Board finds its page and assets through a computed require: the tracer cannot see them.
  outputFileTracingIncludes: {
    // The fonts of PDF exports are opened by their path.
    '/api/reports/*/export': ['./node_modules/@expo-google-fonts/source-sans-3/{400Regular,600SemiBold}/*.ttf'],
    '/api/admin/bull-board/**': [
      './node_modules/@bull-board/ui/package.json',
      './node_modules/@bull-board/ui/dist/**/*',
    ],
  },
  typedRoutes: true,
  poweredByHeader: false,
  // Types are checked by `npm run check`; doing it twice would double the time of a first start.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
};

export default config;
