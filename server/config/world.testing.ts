import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

/** Variables of a test, of which a few are read back by name. */
export interface Variables {
  readonly OXICOUNT_CONFIG_FILE?: string;
  readonly OXITRAFFIC_CONFIG_FILE?: string;
  readonly [variable: string]: string | undefined;
}

/** Writes a configuration file that lasts as long as the test. */
export function configFile(toml: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'oxicount-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'config.toml');
  writeFileSync(file, toml);
  return file;
}

/** The environment that names such a file, and more variables. */
export function environment(toml: string, variables: Variables = {}): Variables {
  return { OXICOUNT_CONFIG_FILE: configFile(toml), ...variables };
}

/** The mistakes that are found in an environment; the path of its file is written FILE. */
export function mistakesIn(env: Variables): string[] {
  const file = env.OXICOUNT_CONFIG_FILE ?? env.OXITRAFFIC_CONFIG_FILE ?? 'none';
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.mistakes.map((mistake) => mistake.replaceAll(file, 'FILE'));
    throw error;
  }
  return [];
}
