/**
 * Hosts that are sent as referrers to be seen in statistics, by programs that read nothing; their subdomains count
 * too. Those seen most, of the list that Matomo's community keeps in the public domain
 * (https://github.com/matomo-org/referrer-spam-list). Hosts that also link in earnest are left out.
 */
export const SPAM_HOSTS: ReadonlySet<string> = new Set(
  `100dollars-seo.com 4webmasters.org 7makemoneyonline.com
  autoseo-traffic.com
  best-seo-offer.com best-seo-solution.com bestwebsitesawards.com blackhatworth.com
  buttons-for-website.com buttons-for-your-website.com buy-cheap-online.info
  cenokos.ru cenoval.ru cheap-trusted-backlinks.com copyrightclaims.org
  dailyrank.net darodar.com domain-tracker.com
  e-buyeasy.com econom.co event-tracking.com
  fix-website-errors.com floating-share-buttons.com free-floating-buttons.com free-share-buttons.com
  free-social-buttons.com free-social-buttons.xyz free-video-tool.com free-website-traffic.com
  get-free-social-traffic.com get-free-traffic-now.com get-seo-help.com ghostvisitor.com googlsucks.com guardlink.org
  hosting-tracker.com howtostopreferralspam.eu hulfingtonpost.com humanorightswatch.org
  ilovevitaly.co ilovevitaly.com ilovevitaly.info ilovevitaly.org ilovevitaly.ru ilovevitaly.xyz
  kambasoft.com keywords-monitoring-success.com keywords-monitoring-your-success.com
  lumb.co
  monetizationking.net
  o-o-6-o-o.com o-o-8-o-o.com
  priceg.com
  rank-checker.online rankings-analytics.com ranksonic.info ranksonic.net ranksonic.org
  semalt.com semaltmedia.com seo-platform.com share-buttons-for-free.com share-buttons.xyz sharebutton.net
  sharebutton.to simple-share-buttons.com site-auditor.online slow-website.xyz social-buttons.com
  social-traffic-1.xyz social-widget.xyz socialseet.ru success-seo.com
  theguardlan.com top1-seo-service.com track-rankings.online traffic2cash.org traffic2cash.xyz traffic2money.com
  trafficmonetize.org trafficmonetizer.org
  videos-for-your-business.com
  webmaster-traffic.com webmonetizer.net website-analyzer.info website-speed-check.site website-speed-checker.site
  websites-reviews.com`.split(/\s+/),
);
