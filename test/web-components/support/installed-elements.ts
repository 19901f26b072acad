import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Consumer, createConsumer } from '../../sdk/support/consumer.ts';
import { packing } from '../../support/packing.ts';

const PACKAGES = ['sdk', 'web-components'] as const;

type Package = (typeof PACKAGES)[number];

/** A project with both packages as they would be published. */
export interface InstalledElements extends Consumer {
  /** Files in the packages, by the name of their folder. */
  readonly packed: Readonly<Record<Package, readonly string[]>>;
  /** The `package.json` of the elements. */
  readonly manifest: {
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  };
}

/**
 * Packs both packages and unpacks them into a new project, beside links to what they say they depend on, and to nothing
 * else: that needs no network, and what is not declared is not found.
 */
export async function installElements(): Promise<InstalledElements> {
  const packed: Record<Package, readonly string[]> = { sdk: [], 'web-components': [] };
  const { packPackage, unpackPackage } = await packing();
  const consumer = await createConsumer(async (folder) => {
    for (const name of PACKAGES) {
      const { filename, files } = await packPackage(name, folder);
      await unpackPackage(join(folder, filename), name, folder);
      packed[name] = files;
    }
  });
  const home = join(consumer.folder, 'node_modules/@oxicount/web-components');
  return {
    ...consumer,
    packed,
    manifest: JSON.parse(await readFile(join(home, 'package.json'), 'utf8')),
  };
}
