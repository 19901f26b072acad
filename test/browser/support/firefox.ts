import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';
import { describe } from 'vitest';

const EXECUTABLE = process.env['TEST_FIREFOX'] ?? '/usr/bin/firefox-esr';

/** A suite that needs Firefox: left out, and said so, where there is none; but never in CI. */
export function describeInFirefox(name: string, suite: () => void): void {
  if (existsSync(EXECUTABLE) || process.env['CI']) describe(name, suite);
  else describe.skip(`${name} (skipped: no Firefox at ${EXECUTABLE}, see TEST_FIREFOX)`, suite);
}

/** Starts Firefox as it is released, which is driven over WebDriver BiDi. */
export function launchFirefox(): Promise<Browser> {
  return puppeteer.launch({ browser: 'firefox', executablePath: EXECUTABLE, headless: true });
}
