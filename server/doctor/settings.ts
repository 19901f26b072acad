import { broken, type Check, type Finding, fine, warning } from './finding.ts';

/** What is to know of where the configuration comes from, and what is wrong with it. */
export interface Settings {
  readonly file: { readonly path: string; readonly variable: string } | null;
  readonly variables: readonly string[];
  readonly inherited: readonly { readonly variable: string; readonly now: string }[];
  readonly mistakes: readonly string[];
}

/** Where the settings come from, mistakes in them, and names that are those of OxiTraffic. */
export function settingsCheck(settings: Settings): Check {
  return {
    group: 'Configuration',
    name: 'settings',
    limitMs: 1_000,
    look: async () => judgeSettings(settings),
  };
}

export function judgeSettings({ file, variables, inherited, mistakes }: Settings): readonly Finding[] {
  const from = [
    ...(file === null ? [] : [`${file.path} (${file.variable})`]),
    ...(variables.length === 0 ? [] : [variables.join(', ')]),
  ];
  const where =
    from.length === 0
      ? fine('no file and no variables: all defaults. OXICOUNT_CONFIG_FILE would name a file')
      : fine(`from ${from.join(' and ')}`);
  return [
    where,
    ...mistakes.map((mistake) =>
      broken(
        mistake,
        'The service does not start with this. What follows was looked at with the default instead.',
      ),
    ),
    ...(inherited.length === 0
      ? []
      : [
          warning(
            `named as OxiTraffic names them: ${inherited.map(({ variable }) => variable).join(', ')}`,
            `They are read for the sake of moving over. Call them ${inherited.map(({ now }) => now).join(', ')}, so that nobody looks for another program.`,
          ),
        ]),
  ];
}
