import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';

const EXECUTABLE = process.env['TEST_CHROMIUM'] ?? '/usr/bin/chromium';
/** As of a reader's browser: what calls itself headless is kept out of all figures. */
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';

/** Switches of a Chromium that keeps to itself and passes for a reader's. */
export const SWITCHES: readonly string[] = [
  `--user-agent=${USER_AGENT}`,
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A suite that needs Chromium: left out, and said so, where there is none; but never in CI. */
export function describeInChromium(name: string, suite: () => void): void {
  if (existsSync(EXECUTABLE) || process.env['CI']) describe(name, suite);
  else describe.skip(`${name} (skipped: no Chromium at ${EXECUTABLE}, see TEST_CHROMIUM)`, suite);
}

/** A browser that behaves as a reader's does: real tabs that hide each other, a back/forward cache, throttled timers. */
export interface TestBrowser {
  browser: Browser;
  context: BrowserContext;
  /** Opens an address in a tab behind the present one. Resolves to how to turn to it, as a reader would. */
  openInBackground(url: string): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/**
 * Starts Chromium and connects to it. What `chromium.launch` starts is no use for pages that care about visibility:
 * its switches and overrides keep each page in sight and the back/forward cache off.
 */
export async function launchBrowser(): Promise<TestBrowser> {
  const { child, stop } = start('--remote-debugging-port=0', 'about:blank');
  const browser = await chromium.connectOverCDP(await endpoint(child), { noDefaults: true });
  const context = browser.contexts()[0] as BrowserContext;
  const session = await browser.newBrowserCDPSession();
  return {
    browser,
    context,
    async openInBackground(url) {
      const { targetId } = await session.send('Target.createTarget', { url, background: true });
      return async () => void (await session.send('Target.activateTarget', { targetId }));
    },
    async close() {
      await browser.close();
      await stop();
    },
  };
}

/** Opens an address in a browser that nothing is attached to: prerendering is off under a debugger. */
export function openUnwatched(url: string): { close(): Promise<void> } {
  const { stop } = start(url);
  return { close: stop };
}

/** Freezes a tab that is hidden, as browsers do to save power. */
export async function freeze(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
}

function start(...args: string[]) {
  const profile = mkdtempSync(join(tmpdir(), 'oxicount-chromium-'));
  const child = spawn(EXECUTABLE, ['--headless=new', ...SWITCHES, `--user-data-dir=${profile}`, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.resume();
  // Its own children write to the profile for as long as they hold the pipe.
  const gone = new Promise((resolve) => child.once('close', resolve));
  return {
    child,
    async stop() {
      child.kill();
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

function endpoint(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stderr?.on('data', (chunk) => {
      output += chunk;
      const [, url] = /listening on (ws:\S+)/.exec(output) ?? [];
      if (url) resolve(url);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`Chromium did not start: ${output}`)));
  });
}
