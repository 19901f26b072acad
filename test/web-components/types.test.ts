import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { strict } from '../sdk/support/consumer.ts';
import { type InstalledElements, installElements } from './support/installed-elements.ts';

// A compiler that shares its cores with others.
const PATIENCE = 120_000;

const PLAIN = `import '@oxicount/web-components/oxi-count';
import { CountElement, type CountData } from '@oxicount/web-components/count-element';
import { renderElement, styleHash } from '@oxicount/web-components/ssr';
const count: number | undefined = document.querySelector('oxi-count')!.count;
const made: CountElement = document.createElement('oxi-count');
made.path = '/a';
made.live = true;
made.data = { count: 3 };
const html: string = await renderElement('oxi-count', { url: '', live: true, data: { count: 3 } });
const source: string = await styleHash('oxi-count');
made.addEventListener('oxi-change', (event) => (event as CustomEvent<CountData>).detail.count);
// @ts-expect-error
made.live = 'yes';
// @ts-expect-error
made.data = { count: '3' };
// @ts-expect-error
made.count = 3;
// @ts-expect-error
await renderElement('oxi-nothing', {});
`;

const REACT = `import '@oxicount/web-components/oxi-count';
import type { CountElement } from '@oxicount/web-components/count-element';
import type {} from '@oxicount/web-components/react';
import { createRef } from 'react';
const ref = createRef<CountElement>();
export const right = (
  <p>
    <oxi-count />
    <oxi-count
      ref={ref}
      key="a"
      className="number"
      lang="de"
      url="https://count.example"
      site={null}
      path="/a"
      scope="site"
      live
      data={{ count: 3 }}
      onoxi-change={(event) => event.detail.count.toFixed()}
      onoxi-error={({ detail }) => detail.code.toLowerCase()}
    >
      <b>–</b>
    </oxi-count>
  </p>
);
export const wrong = [
  // @ts-expect-error
  <oxi-count live="yes" />,
  // @ts-expect-error
  <oxi-count scope="world" />,
  // @ts-expect-error
  <oxi-count pth="/a" />,
  // @ts-expect-error
  <oxi-count data={{ count: '3' }} />,
  // @ts-expect-error
  <oxi-count onoxi-change={(event: CustomEvent<{ none: true }>) => event} />,
  // @ts-expect-error
  <oxi-count ref={createRef<HTMLAnchorElement>()} />,
  // @ts-expect-error
  <oxi-nothing />,
];
`;

let project: InstalledElements;
beforeAll(async () => {
  project = await installElements();
});
afterAll(() => project?.remove());

describe.each(['typescript 7', 'typescript 5.9'] as const)('under %s', (typescript) => {
  test(
    'a page has the types of the elements, and what is wrong does not compile',
    async () => {
      await project.write('page.ts', PLAIN);
      await project.write('tsconfig.page.json', configuration('page.ts'));
      expect(await project.compile(typescript, 'tsconfig.page.json')).toBe('');
    },
    PATIENCE,
  );

  test(
    'a React application has the types of the elements, and what is wrong does not compile',
    async () => {
      await project.write('application.tsx', REACT);
      await project.write('tsconfig.react.json', configuration('application.tsx', { jsx: 'react-jsx' }));
      expect(await project.compile(typescript, 'tsconfig.react.json')).toBe('');
    },
    PATIENCE,
  );
});

function configuration(file: string, options: object = {}): string {
  const lib = ['es2023', 'dom', 'dom.iterable'];
  return JSON.stringify({ compilerOptions: { ...strict, lib, ...options }, files: [file] });
}
