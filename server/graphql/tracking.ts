import type { Registration } from '../domain/visits.ts';
import { builder } from './builder.ts';

const VISIT_ID_ARGUMENT = 'The visit id that the registration gave.';

const RegistrationObject = builder.objectRef<Registration>('Registration').implement({
  description: 'A page view that has begun.',
  fields: (t) => ({
    visitId: t.exposeID('visitId', { description: 'Sealed; for postSleep and pageLeft within 48 hours.' }),
    minDelaySecs: t.expose('minDelaySecs', {
      type: 'NonNegativeInt',
      description: 'Visible seconds to wait before postSleep.',
    }),
  }),
});

const PostSleepPayload = builder.objectRef<{ counted: boolean }>('PostSleepPayload').implement({
  description: 'What became of a visit.',
  fields: (t) => ({
    counted: t.exposeBoolean('counted', {
      description: 'True where this call counted the visit, false where it was counted before.',
    }),
  }),
});

const PageLeftPayload = builder.objectRef<{ spentSeconds: number }>('PageLeftPayload').implement({
  description: 'What became of a report on leaving.',
  fields: (t) => ({
    spentSeconds: t.expose('spentSeconds', {
      type: 'NonNegativeInt',
      description: 'The seconds that now stand: the largest report, at most the time since the registration.',
    }),
  }),
});

builder.mutationFields((t) => ({
  register: t.field({
    type: RegistrationObject,
    description: 'Begins a page view. A path seen for the first time is checked against the site.',
    args: {
      site: t.arg.id({
        description:
          'The id of the site; may be left out where the instance has one or the Origin header says it.',
      }),
      path: t.arg.string({
        required: true,
        description: 'The path of the page, without query and fragment.',
      }),
    },
    resolve: (_root, args, { domain, caller }) => domain.visits.register(args, caller),
  }),
  postSleep: t.field({
    type: PostSleepPayload,
    description: 'Counts the visit once the minimum delay has passed. The same visit id counts once.',
    args: {
      visitId: t.arg.id({ required: true, description: VISIT_ID_ARGUMENT }),
      referrer: t.arg.string({ description: 'URL or origin of the page that led here; kept as its host.' }),
      query: t.arg.string({
        description:
          "Query string of the page's URL; its campaign is kept: utm_source, utm_medium and utm_campaign, or ref.",
      }),
    },
    resolve: (_root, args, { domain, caller }) => domain.visits.postSleep(args, caller),
  }),
  pageLeft: t.field({
    type: PageLeftPayload,
    description: 'Reports how long the page was visible so far; may come several times.',
    args: {
      visitId: t.arg.id({ required: true, description: VISIT_ID_ARGUMENT }),
      secondsOnPage: t.arg({
        type: 'NonNegativeInt',
        required: true,
        description: 'Seconds the page was visible since the registration.',
      }),
    },
    resolve: (_root, args, { domain, caller }) => domain.visits.pageLeft(args, caller),
  }),
}));
