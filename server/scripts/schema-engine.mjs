import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

/**
 * The SQL that leads from one Prisma schema to another, from Prisma's migration engine running in this process.
 * The engine is an internal package of theirs: fit for writing and testing migrations, not for the running server.
 *
 * @param {import('@prisma/driver-adapter-utils').SqlMigrationAwareDriverAdapterFactory} adapterFactory of the provider
 * @param {string | null} from the text of a schema, null for an empty database
 * @param {string} to the text of a schema
 * @returns {Promise<string>} empty where the two agree
 */
export async function migrationSql(adapterFactory, from, to) {
  await loadBindings();
  const engine = await bindings.SchemaEngine.new(
    { datamodels: null },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapterFactory),
  );
  const { stdout } = await engine.diff({
    from: from === null ? { tag: 'empty' } : datamodel(from),
    to: datamodel(to),
    script: true,
    shadowDatabaseUrl: null,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout?.includes('empty migration') ? '' : (stdout ?? '');
}

function datamodel(content) {
  return { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] };
}

let loaded;
function loadBindings() {
  loaded ??= (async () => {
    const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    const wasm = readFileSync(file.replace(/\.js$/, '.wasm'));
    const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
    bindings.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
  })();
  return loaded;
}
