import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';
import { SWITCHES } from './support/chromium.ts';

const { CI, TEST_CHROMIUM: executablePath = '/usr/bin/chromium' } = process.env;
const present = existsSync(executablePath);

/**
 * A suite that needs a real Chromium. Where there is none it is skipped and says so, except on CI, where a missing
 * browser is a failure.
 */
export function describeInChromium(name: string, suite: () => void): void {
  if (present || CI) describe(name, suite);
  else describe.skip(`${name} (skipped: no Chromium at ${executablePath}; set TEST_CHROMIUM)`, suite);
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...SWITCHES] });
}

/** What a page should not do: raise errors, write them to the console, or ask another host than its own. */
export function complaintsOf(page: Page, origins: readonly string[]): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on(
    'console',
    (message) => message.type() === 'error' && complaints.push(`console: ${message.text()}`),
  );
  page.on('request', (request) => {
    if (!origins.includes(new URL(request.url()).origin)) complaints.push(`request to ${request.url()}`);
  });
  return complaints;
}
