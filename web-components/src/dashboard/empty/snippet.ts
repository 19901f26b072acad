/** The line that an owner pastes into the pages of a site, which is named where the instance has several. */
export function snippetFor(instance: string, site: string | undefined): string {
  const script = new URL('count.js', instance).href;
  // Slugs hold letters, digits and hyphens; anything else would have to be escaped here.
  const attribute = site === undefined ? '' : ` data-site="${site.replace(/[^\w-]/g, '')}"`;
  return `<script defer src="${script}"${attribute}></script>`;
}
