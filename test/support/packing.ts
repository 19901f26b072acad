/** The parts of a release, which are scripts. */
export interface Packing {
  /** Packs a package, by its folder, as it was built. */
  packPackage(name: string, folder: string): Promise<Packed>;
  /** Unpacks it into the modules of a project, beside links to what it depends on, and gives its folder. */
  unpackPackage(archive: string, name: string, project: string): Promise<string>;
  packageComplaints(name: string, packed: Packed, home: string): Promise<readonly string[]>;
}

export interface Packed {
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  readonly files: readonly string[];
}

export const packing = (): Promise<Packing> => releaseScript('packages');

/** Loads a script of a release. */
export function releaseScript<T>(name: 'packages' | 'entries' | 'versions'): Promise<T> {
  return import(new URL(`../../server/scripts/release-${name}.mjs`, import.meta.url).href);
}
