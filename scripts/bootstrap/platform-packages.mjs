/**
 * @typedef {{ version?: string, optional?: boolean, optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile
 * @typedef {{ platform: string, arch: string, libc: 'glibc' | 'musl' | null }} Platform
 */

/** @returns {Platform} what this process runs on */
export function currentPlatform() {
  return { platform: process.platform, arch: process.arch, libc: currentLibc() };
}

/**
 * The native packages for this platform that some locked package asks for: `esbuild` names `@esbuild/linux-x64` and one
 * more for every other platform, all optional.
 * @param {Lockfile} lock
 * @param {Platform} platform
 * @returns {string[]} package names
 */
export function platformPackages(lock, platform) {
  const names = Object.values(lock.packages ?? {}).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  return [...new Set(names)].filter((name) => isFor(name, platform)).sort();
}

/**
 * The native packages of this platform that the lock knows by name only. A lock written where other platforms' packages
 * could not be seen lacks their entries, and an installation that follows it would silently leave them out.
 * @param {Lockfile} lock
 * @param {Platform} platform
 * @returns {string[]} package names, empty when the lock covers the platform
 */
export function missingFromLock(lock, platform) {
  const locked = Object.keys(lock.packages ?? {});
  return platformPackages(lock, platform).filter(
    (name) => !locked.some((path) => path.endsWith(`node_modules/${name}`)),
  );
}

/** @param {string} name @param {Platform} platform */
function isFor(name, { platform, arch, libc }) {
  const words = name.split('/').at(-1)?.split('-') ?? [];
  const system = platform === 'win32' ? ['win32', 'windows'] : [platform, `${platform}musl`];
  const at = words.findIndex((word) => system.includes(word));
  if (at === -1 || words[at + 1] !== arch) return false;
  const suffix = words[at]?.endsWith('musl') ? 'musl' : words[at + 2];
  if (libc === null || suffix === undefined) return true;
  return suffix === 'musl' ? libc === 'musl' : libc === 'glibc' || !suffix.startsWith('gnu');
}

function currentLibc() {
  if (process.platform !== 'linux') return null;
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header?.glibcVersionRuntime ? 'glibc' : 'musl';
}
