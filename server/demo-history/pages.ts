import type { Day } from '../domain/day.ts';
import { createPicker, type Picker } from './picker.ts';
import type { Random } from './random.ts';
import { slug } from './words.ts';

/** A page of the site, as its readers find it. */
export interface HistoryPage {
  readonly path: string;
  /** The first day that it is there; before the history for one that was there long ago. */
  readonly from: Day;
  /** How much it is read, compared to others, once it is no longer new. */
  readonly appeal: number;
  readonly isPost: boolean;
  /** Seconds that half of its readers stay less than. */
  readonly readingSecs: number;
}

const STANDING = ['/', '/about', '/archive', '/projects', '/contact', '/now', '/privacy'];
const SECTIONS = ['guide', 'how-to', 'reference', 'recipes', 'concepts'];
/** Of the pages below, those that are posts. */
const POSTS = 0.7;
/** Of the posts and of the others, those that are older than the history. */
const OLD_POSTS = 0.4;
const OLD_DOCS = 0.8;
/** What is read most is read so often, the next half as often, the one after that a third: as Zipf's law has it. */
const ZIPF_EXPONENT = 0.95;
/** How much a post is read for being new, on its first day; all are, more alike than they are later. */
const NEWS_APPEAL = 0.6;
const NEWS_HALF_LIFE_DAYS = 3;
const NEWS_DAYS = 30;

/** The pages of a site. The first one is the front page, which is read most and was always there. */
export function createPages(random: Random, count: number, first: Day, last: Day): readonly HistoryPage[] {
  const standing = STANDING.slice(0, Math.ceil(count / 10));
  const ranks = shuffled(random, count - 1);
  return Array.from({ length: count }, (_, index) => {
    const { oldShare, ...page } = pageOf(random, index, standing[index]);
    const isOld = random.chance(oldShare);
    const rank = 1 + (ranks[index - 1] ?? 0);
    return {
      ...page,
      from: isOld ? first - NEWS_DAYS : first + random.below(last - first + 1),
      appeal: rank ** -ZIPF_EXPONENT,
    };
  });
}

function pageOf(random: Random, index: number, standing: string | undefined) {
  if (standing !== undefined) return { path: standing, isPost: false, readingSecs: 20, oldShare: 1 };
  if (random.chance(POSTS)) {
    const readingSecs = 40 + random.below(200);
    return { path: `/posts/${slug(index)}`, isPost: true, readingSecs, oldShare: OLD_POSTS };
  }
  const section = SECTIONS[random.below(SECTIONS.length)];
  const readingSecs = 30 + random.below(120);
  return { path: `/docs/${section}/${slug(index)}`, isPost: false, readingSecs, oldShare: OLD_DOCS };
}

/** What people read. */
export interface Reading {
  readonly frontPage: HistoryPage;
  /** Draws what is read on a day. */
  pickOn(day: Day): Picker<HistoryPage>;
}

/** @param pages those of {@link createPages} */
export function createReading(pages: readonly HistoryPage[]): Reading {
  const [frontPage] = pages;
  if (!frontPage) throw new Error('A site has at least one page.');
  const pickAny = createPicker(pages, ({ appeal }) => appeal);
  const appealOfAll = pages.reduce((sum, { appeal }) => sum + appeal, 0);
  const postsByDay = new Map<Day, HistoryPage[]>();
  for (const page of pages.filter(({ isPost }) => isPost)) {
    const others = postsByDay.get(page.from);
    if (others) others.push(page);
    else postsByDay.set(page.from, [page]);
  }

  function newsOn(day: Day): HistoryPage[] {
    const days = Array.from({ length: NEWS_DAYS }, (_, age) => day - age);
    return days.flatMap((from) => postsByDay.get(from) ?? []);
  }

  return {
    frontPage,
    pickOn(day) {
      const news = newsOn(day);
      const appealOfNews = news.reduce((sum, post) => sum + newsAppeal(post, day), 0);
      const pickNews = createPicker(news, (post) => newsAppeal(post, day));
      const newsShare = appealOfNews / (appealOfAll + appealOfNews);
      return (random) => {
        while (true) {
          const page = random.chance(newsShare) ? pickNews(random) : pickAny(random);
          // A page that is not there yet is drawn in vain, so that not every day needs a table of all pages.
          if (page.from <= day) return page;
        }
      };
    },
  };
}

function newsAppeal({ from, appeal }: HistoryPage, day: Day): number {
  return NEWS_APPEAL * Math.sqrt(appeal) * 2 ** ((from - day) / NEWS_HALF_LIFE_DAYS);
}

/** The numbers from 1 to a count in any order. */
function shuffled(random: Random, count: number): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    const [one, two] = [numbers[at], numbers[other]];
    if (one !== undefined && two !== undefined) [numbers[at], numbers[other]] = [two, one];
  }
  return numbers;
}
