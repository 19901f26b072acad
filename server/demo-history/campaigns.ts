import { addMonths, DAY_MS, type Day, firstOfMonth, formatDay } from '../domain/day.ts';

/** Links that are spread for a while. */
export interface Campaign {
  readonly name: string;
  /** Null where the links are in mails. */
  readonly referrer: string | null;
  readonly from: Day;
  /** Included. */
  readonly to: Day;
  /** Readers that come by it on its first day, as a share of all. */
  readonly share: number;
  /** How many of them there are a day later, as a share of those of the day. */
  readonly lasting: number;
}

const NEWSLETTER_DAY = 8;
/** In which month of each year, from 0 on, what begins, for how many days. */
const SEASONS = [
  { month: 2, day: 3, days: 21, name: 'google / cpc / spring-sale', referrer: 'google.com', share: 0.05 },
  { month: 5, day: 11, days: 5, name: 'producthunt', referrer: 'producthunt.com', share: 0.12 },
  { month: 8, day: 17, days: 10, name: 'mastodon / social / autumn-release', referrer: null, share: 0.06 },
  {
    month: 10,
    day: 19,
    days: 9,
    name: 'linkedin / paid / black-week',
    referrer: 'linkedin.com',
    share: 0.07,
  },
];

/** A newsletter every month, and some campaigns every year. */
export function createCampaigns(first: Day, last: Day): readonly Campaign[] {
  const campaigns: Campaign[] = [];
  // What began in the month before can last until the first days of this one.
  for (let month = addMonths(firstOfMonth(first), -1); month <= last; month = addMonths(month, 1)) {
    campaigns.push(newsletter(month));
    for (const { month: begins, day, days, ...campaign } of SEASONS) {
      if (new Date(month * DAY_MS).getUTCMonth() !== begins) continue;
      const from = month + day;
      campaigns.push({ ...campaign, from, to: from + days - 1, lasting: 0.97 });
    }
  }
  return campaigns.filter(({ from, to }) => to >= first && from <= last);
}

function newsletter(month: Day): Campaign {
  const from = month + NEWSLETTER_DAY;
  const name = `newsletter / email / ${formatDay(month).slice(0, 7)}`;
  return { name, referrer: null, from, to: from + 3, share: 0.14, lasting: 0.35 };
}

/** What goes on on a day, with the share of its readers who come by it. */
export function campaignsOn(
  campaigns: readonly Campaign[],
  day: Day,
): readonly (readonly [Campaign, number])[] {
  return campaigns
    .filter(({ from, to }) => day >= from && day <= to)
    .map((campaign) => [campaign, campaign.share * campaign.lasting ** (day - campaign.from)]);
}
