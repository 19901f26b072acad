import type { Source } from './live-reading.ts';
import type { Site } from './operations.ts';
import { Overview } from './overview.ts';
import { PageDetail } from './page-detail.ts';
import type { Place } from './place.ts';
import { SiteList } from './site-list.ts';

/** What one dashboard shows: the sites of an instance, and the view of the place that was asked for. */
export class Showing {
  readonly sites: SiteList;
  readonly #source: Omit<Source, 'site'>;
  #view: Overview | PageDetail | undefined;
  #viewed = '';

  /** Begins to read the sites at once. */
  constructor(source: Omit<Source, 'site'>) {
    this.#source = source;
    this.sites = new SiteList(source);
    void this.sites.read();
  }

  /** The view of the last place looked at; undefined until its site is known. */
  get view(): Overview | PageDetail | undefined {
    return this.#view;
  }

  /** The site that a place is on; undefined until the sites are read, and when there is no such site. */
  siteAt({ site }: Place): Site | undefined {
    const sites = this.sites.latest.value;
    return site === undefined ? sites?.[0] : sites?.find(({ id }) => id === site);
  }

  /** Makes the view the one of this place, unless it is that already. */
  look(place: Place): void {
    const site = this.siteAt(place);
    const wanted = site ? JSON.stringify([site.id, place.path]) : '';
    if (wanted === this.#viewed) return;
    this.#viewed = wanted;
    this.#view?.figures.stop();
    const source = site && { ...this.#source, site: site.id };
    if (!source) this.#view = undefined;
    else this.#view = place.path === undefined ? new Overview(source) : new PageDetail(source, place.path);
    this.#view?.figures.start();
  }

  /** Ends all reading and listening; a showing is not used again. */
  stop(): void {
    this.sites.stop();
    this.#view?.figures.stop();
  }
}
