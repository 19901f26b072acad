import { startOf } from '../dimensions/header.ts';

// Names that come first in the user agents of HTTP libraries, and of what runs them and sends with theirs (WordPress),
// in lower case.
const LIBRARIES = new Set(
  `aiohttp ahc apache-httpasyncclient apache-httpclient async-http-client axios bruno-runtime bun cpp-httplib
  curl dart deno faraday go-http-client go-resty got grequests guzzlehttp hackney http.rb httpie httpx
  httpx.rb hyper insomnia java java-http-client jersey ktor-client libcurl libwww-perl lua-resty-http needle
  node node-fetch node-superagent node.js nodejs okhttp php postmanruntime python python-httpx
  python-requests python-urllib python-urllib3 reactornetty req request reqwest rest-client restsharp ruby
  superagent symfony typhoeus undici unirest-java ureq urllib3 wget wget2 wordpress xh`.split(/\s+/),
);
const FIRST_NAME = /^[^\s/(;,]+/;
// PowerShell's begins as a browser's does.
const POWERSHELL = /\b(?:Windows)?PowerShell\//;
// Crawlers that are made with a library say both.
const CRAWLER = /bot\b|crawl|spider/i;

/**
 * Whether a user agent is that of an HTTP library, as from `fetch` in Node or from curl; also where there is none.
 * It says which program sent a request, and nothing of the reader whom it was sent for.
 */
export function isLibrary(userAgent: string | null): boolean {
  if (!userAgent) return true;
  const start = startOf(userAgent);
  const name = FIRST_NAME.exec(start)?.[0].toLowerCase() ?? '';
  return (LIBRARIES.has(name) || POWERSHELL.test(start)) && !CRAWLER.test(start);
}
