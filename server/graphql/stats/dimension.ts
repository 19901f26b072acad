import type { Dimension } from '../../domain/dimensions/dimension.ts';
import { builder } from '../builder.ts';
import { enumValues } from '../enum-values.ts';

const VALUES: Readonly<Record<Dimension, string>> = {
  page: 'The path of the page, percent-encoded as in URLs.',
  entryPage: 'The path of the page that a visitor saw first on a day. Only that first visit has one.',
  referrer:
    'The host that the reader came from, such as news.example; search engines and networks under one name.',
  campaign: 'What the link named: utm_source / utm_medium / utm_campaign, or ref, in lower case.',
  country: 'ISO 3166-1 alpha-2 code of the country, such as DE.',
  browser: 'Name of the browser, without a version, such as Firefox.',
  system: 'Name of the operating system, without a version, such as Windows.',
  device: 'Kind of device: desktop, mobile, tablet, tv or console.',
  language: 'Code of the language that the reader prefers, such as de.',
};

export const DimensionEnum = builder.enumType('Dimension', {
  description:
    'What visits can be told apart and filtered by. A visit of which a value is not known has none, and is in no list of values.',
  values: enumValues(VALUES),
});

export const StatsFilter = builder.inputType('StatsFilter', {
  description:
    'Only visits and pixel views that have all of these values, each as lists of top values have it: the page /a alone ' +
    'for all about one page, the page /a with the country DE for what readers there made of it. A value that none has ' +
    'leaves none. Filtered figures are read from the visits, and so reach back as far as the site keeps these.',
  fields: (t) => ({
    page: t.string({ description: `${VALUES.page} Normalised as in a registration.` }),
    entryPage: t.string({ description: `${VALUES.entryPage} Normalised as in a registration.` }),
    referrer: t.string({ description: VALUES.referrer }),
    campaign: t.string({ description: VALUES.campaign }),
    country: t.string({ description: VALUES.country }),
    browser: t.string({ description: VALUES.browser }),
    system: t.string({ description: VALUES.system }),
    device: t.string({ description: VALUES.device }),
    language: t.string({ description: VALUES.language }),
  }),
});
