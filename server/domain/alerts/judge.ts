import { operator } from '../access.ts';
import { dayOf } from '../day.ts';
import type { Clock, RandomBytes, Storage } from '../ports.ts';
import type { Site } from '../site.ts';
import type { Span, TopRow } from '../statistics/figures.ts';
import type { Stats } from '../statistics/stats.ts';
import { readDigest } from './digest.ts';
import { type DigestPeriod, settledDigests } from './due.ts';
import { messageOf } from './message.ts';
import { isCalm, spikeThreshold, USUAL_DAYS } from './spike.ts';
import { ALERT_KINDS, type AlertKind, type Webhook } from './webhook.ts';

const HOUR_MS = 3_600_000;
/** Visits that a new referrer has brought before it is told. */
const NEW_REFERRER_VISITS = 5;
/** Days and weeks that are told later, where nothing ran when they were over. */
const CAUGHT_UP: Readonly<Record<DigestPeriod, number>> = { daily: 3, weekly: 2 };
// Pages and referrers beyond are those with fewer visits.
const LOOKED_AT = 50;
const USUAL_PAGES = 200;

export interface JudgeOptions {
  readonly storage: Pick<Storage, 'webhooks' | 'sites' | 'statistics'>;
  readonly stats: Pick<Stats, 'open'>;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/** Looks at every site that has webhooks for what there is to tell, at a cost that does not grow with its visits. */
export function createJudge({ storage, stats, clock, randomBytes }: JudgeOptions): () => Promise<void> {
  const { webhooks, statistics } = storage;

  async function visitsByValue(
    siteId: number,
    dimension: 'page' | 'referrer',
    span: Span,
    limit: number,
    search: string | null = null,
  ): Promise<TopRow[]> {
    const scope = { siteId, span, filter: {} };
    return statistics.top({ scope, dimension, orderBy: 'visits', search, after: null, limit });
  }

  function tell(
    site: Site,
    event: AlertKind,
    subject: string,
    data: object,
    madeBefore: number | null = null,
  ) {
    const at = clock();
    const message = messageOf({ event, site, at, data }, randomBytes);
    return webhooks.tell({ siteId: site.id, event, subject, at, madeBefore }, message);
  }

  async function judgeSpikes(site: Site): Promise<void> {
    const now = clock();
    const today = dayOf(now, site.timeZone);
    const hour: Span = { unit: 'instants', from: now - HOUR_MS, to: now };
    const usual: Span = { unit: 'days', from: today - USUAL_DAYS, to: today - 1 };
    const [ofHour, ofDays, pages, usualPages, told] = await Promise.all([
      statistics.totals({ siteId: site.id, span: hour, filter: {} }),
      statistics.totals({ siteId: site.id, span: usual, filter: {} }),
      visitsByValue(site.id, 'page', hour, LOOKED_AT),
      visitsByValue(site.id, 'page', usual, USUAL_PAGES),
      webhooks.told(site.id, 'spike'),
    ]);
    const byPath = new Map(usualPages.map(({ value, visits }) => [value, visits]));
    // Of a page that is not in the list no more is known than that it has not more than the last.
    const beyond = usualPages.length < USUAL_PAGES ? 0 : (usualPages.at(-1)?.visits ?? 0);
    const subjects = [
      { page: null, subject: '', visits: ofHour.visits, threshold: spikeThreshold(ofDays.visits) },
      ...pages.map(({ value, visits }) => ({
        page: value,
        subject: value,
        visits,
        threshold: spikeThreshold(byPath.get(value) ?? beyond),
      })),
    ];
    for (const { page, subject, visits, threshold } of subjects) {
      if (visits < threshold || told.has(subject)) continue;
      const from = new Date(now - HOUR_MS).toISOString();
      await tell(site, 'spike', subject, { page, from, to: new Date(now).toISOString(), visits, threshold });
    }
    for (const subject of told) {
      const one = subjects.find((other) => other.subject === subject);
      if (!one || isCalm(one.visits, one.threshold)) await webhooks.forget(site.id, 'spike', subject);
    }
  }

  async function judgeReferrers(site: Site): Promise<void> {
    const today = dayOf(clock(), site.timeZone);
    const first = await statistics.firstDay(site.id);
    const lately: Span = { unit: 'days', from: today - 1, to: today };
    const told = await webhooks.told(site.id, 'new_referrer');
    for (const { value, visits } of await visitsByValue(site.id, 'referrer', lately, LOOKED_AT)) {
      if (visits < NEW_REFERRER_VISITS || told.has(value)) continue;
      const cause = {
        siteId: site.id,
        event: 'new_referrer',
        subject: value,
        at: clock(),
        madeBefore: null,
      } as const;
      const isOld =
        first !== null &&
        first < lately.from &&
        (
          await visitsByValue(
            site.id,
            'referrer',
            { unit: 'days', from: first, to: lately.from - 1 },
            LOOKED_AT,
            value,
          )
        ).some((row) => row.value === value);
      if (isOld) await webhooks.tell(cause, null);
      else await tell(site, 'new_referrer', value, { referrer: value, visits });
    }
  }

  async function judgeDigests(site: Site, period: DigestPeriod, own: readonly Webhook[]): Promise<void> {
    const event = `digest.${period}` as const;
    const told = await webhooks.told(site.id, event);
    const oldest = Math.min(...own.map(({ createdAt }) => createdAt));
    const settled = settledDigests(period, site.timeZone, clock(), CAUGHT_UP[period]).toReversed();
    for (const days of settled) {
      if (told.has(days.key) || days.end <= oldest) continue;
      const digest = await readDigest(stats, { site: site.slug, reader: operator }, days);
      await tell(site, event, days.key, digest, days.end);
    }
  }

  return async () => {
    const all = (await webhooks.list(null)).filter(({ stopped }) => stopped === null);
    if (all.length === 0) return;
    for (const site of await storage.sites()) {
      const own = (event: AlertKind) =>
        all.filter(({ siteId, events }) => siteId === site.id && events.includes(event));
      for (const event of ALERT_KINDS) {
        const listening = own(event);
        if (listening.length === 0) continue;
        if (event === 'spike') await judgeSpikes(site);
        else if (event === 'new_referrer') await judgeReferrers(site);
        else await judgeDigests(site, event === 'digest.daily' ? 'daily' : 'weekly', listening);
      }
    }
  };
}
