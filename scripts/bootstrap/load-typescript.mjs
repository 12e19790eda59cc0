/** Lets this process import TypeScript, with the paths of tsconfig.json. Needs the packages. */
export async function enableTypeScript() {
  const [{ register: registerModules }, { register: registerRequire }] = await Promise.all([
    import('tsx/esm/api'),
    import('tsx/cjs/api'),
  ]);
  registerModules();
  registerRequire();
}
