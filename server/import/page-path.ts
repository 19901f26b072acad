// What pages are made of and what is loaded down, by the end of the name. Names without one of these are pages, also
// those that end in .html or .php, or in a number, as versions do.
const FILES: ReadonlySet<string> = new Set(
  `7z aac apk appcache asc atom avi avif bin bmp bz2 cfg conf crx css csv cur deb dmg doc docx eot epub exe flac flv
  geojson gif gz heic ico ics img ini iso jar jpeg jpg js json jsonld jxl log m3u m3u8 m4a m4v map md5 mid mjs mkv mov
  mp3 mp4 mpg mpeg msi odp ods odt oga ogg ogv opus otf pdf pkg png ppt pptx ps rar rpm rss sha1 sha256 sig sql svg svgz
  swf tar tgz tif tiff ttf txt vtt wasm wav webm webmanifest webp woff woff2 wmv xls xlsx xml xpi xsd xsl xz yaml yml
  zip zst`.split(/\s+/),
);
const EXTENSION = /\.([A-Za-z0-9]{1,12})$/;
// Programs read these by the hour, in the name of whoever subscribed.
const FEED = /\/(?:feed|rss|atom)\/?$/i;
// What is not for readers: `/.well-known/`, `/.git/config`, and the back office of WordPress.
const HIDDEN = /\/\.|^\/(?:wp-admin|wp-json|wp-login\.php|xmlrpc\.php|wp-cron\.php)(?:\/|$)/;

/**
 * Whether a path may be one of a page, and not of a picture, a style sheet, a feed or a download.
 * @param also endings in lower case without their dots that are pages here all the same
 */
export function isPagePath(path: string, also: ReadonlySet<string>): boolean {
  if (HIDDEN.test(path) || FEED.test(path)) return false;
  const extension = EXTENSION.exec(path)?.[1]?.toLowerCase();
  return extension === undefined || !FILES.has(extension) || also.has(extension);
}
