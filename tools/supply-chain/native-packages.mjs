// @ts-check

/**
 * @typedef {{ os?: string[], cpu?: string[], libc?: string[], hasInstallScript?: boolean,
 *   optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ os: string, cpu: string, libc: string }} Platform
 */

/**
 * Resolves a lock file's packages for one platform and names what would not work there without a compiler or a
 * download: a package whose prebuilt binaries lack the platform, and one that needs its install script.
 *
 * @param {Record<string, LockedPackage>} packages the lock file's `packages`
 * @param {Platform} platform
 * @param {(path: string) => boolean} shipsBinary whether the installed package holds its own binary for the platform
 * @returns {string[]} faults, empty if there is none
 */
export function nativeFaults(packages, platform, shipsBinary) {
  const faults = [];
  for (const [path, locked] of Object.entries(packages)) {
    if (path === '' || !fits(locked, platform)) continue;
    const variants = platformVariants(path, locked, packages);
    const prebuilt = variants.some((variant) => fits(variant, platform));
    if (variants.length > 0 && !prebuilt) faults.push(`${path}: no prebuilt binary for ${describe(platform)}`);
    if (locked.hasInstallScript && !prebuilt && !shipsBinary(path)) faults.push(`${path}: needs its install script`);
  }
  return faults;
}

/**
 * The optional dependencies of a package that are builds of it for some platform.
 *
 * @param {string} path @param {LockedPackage} locked @param {Record<string, LockedPackage>} packages
 */
function platformVariants(path, locked, packages) {
  return Object.keys(locked.optionalDependencies ?? {}).flatMap((name) => {
    const variant = folders(path)
      .map((folder) => packages[`${folder}node_modules/${name}`])
      .find(Boolean);
    return variant?.cpu && variant.os ? [variant] : [];
  });
}

/**
 * Where node looks for a package's dependencies: inside it, then beside it, up to the root.
 *
 * @param {string} path
 */
function folders(path) {
  const parts = path.split('node_modules/');
  return parts.map((_, depth) => parts.slice(0, parts.length - depth).join('node_modules/')).map(withSlash);
}

/** @param {string} folder */
const withSlash = (folder) => (folder === '' || folder.endsWith('/') ? folder : `${folder}/`);

/** @param {LockedPackage} locked @param {Platform} platform */
function fits(locked, { os, cpu, libc }) {
  return admits(locked.os, os) && admits(locked.cpu, cpu) && admits(locked.libc, libc);
}

/** @param {string[] | undefined} list @param {string} value */
function admits(list, value) {
  if (!list) return true;
  const allowed = list.filter((entry) => !entry.startsWith('!'));
  return !list.includes(`!${value}`) && (allowed.length === 0 || allowed.includes(value));
}

/** @param {Platform} platform */
const describe = ({ os, cpu, libc }) => `${os}/${cpu} (${libc})`;
