import { builder } from './builder.ts';

export const VisibilityEnum = builder.enumType('Visibility', {
  description: 'Who may read the figures of a site. Its readers are counted either way.',
  values: {
    PUBLIC: { value: 'public', description: 'Anybody.' },
    SELECTED: {
      value: 'selected',
      description: 'Anybody, of the pages and kinds of figures that were chosen; the rest as PRIVATE.',
    },
    PRIVATE: { value: 'private', description: 'Whoever has a token. To others there is no such site.' },
  } as const,
});
