import { createHash } from 'node:crypto';
import { DIMENSION_CODES } from '../dimensions.ts';
import { FLAGS } from '../flags.ts';
import { ADD_TO_ROLLUP, DAILY, ROLLUP_COLUMNS, ROLLUP_ROWS } from '../rollup-sql.ts';

const { page, referrer, campaign } = DIMENSION_CODES;

const RECORD = `"siteId" int, "pageId" int, "registeredAt" bigint, nonce bigint, day int, month int, pixel smallint,
      "spentSeconds" int, visitor bigint, "visitorDay" int, earlier jsonb, "referrerId" int, "campaignId" int,
      "countryId" smallint, "browserId" smallint, "systemId" smallint, "deviceId" smallint, "languageId" smallint`;

/**
 * What names a row in a JSON object of rows. The parts of a batch are joined by look-ups in such objects: the planner
 * takes a batch for a row or two, and would join a thousand rows with a thousand by comparing them all.
 */
const key = (...parts: readonly (string | number)[]) =>
  `concat_ws(':', ${['"siteId"', ...parts].join(', ')})`;

const PLACE =
  'site_id, page_id, referrer_id, campaign_id, country_id, browser_id, system_id, device_id, language_id';

/**
 * What writes a batch: a function in the database, so that a batch is one round trip and its statements are planned
 * once a connection. It takes its locks in one order (site, pages, visitors, what they were seen with, visits,
 * roll-ups; rows of one table in the order of their keys), so that writers wait for each other and never in a circle.
 * Every statement begins after those locks are held that it relies on, and so sees what others committed meanwhile.
 */
const BODY = `
BEGIN
  -- Whoever waits for this has given up by then, and would come back to a second one that waits.
  PERFORM set_config('lock_timeout', '4s', true);
  PERFORM sites.id FROM oxi_sites AS sites
  JOIN jsonb_to_recordset(given_zones) AS given("siteId" int, "timeZone" text)
    ON sites.id = given."siteId" AND sites.time_zone = given."timeZone"
  ORDER BY sites.id FOR SHARE OF sites;
  GET DIAGNOSTICS found = ROW_COUNT;
  IF found < jsonb_array_length(given_zones) THEN
    RETURN QUERY SELECT 'zone', 0, 0, 0::bigint, 0::bigint, NULL::text, NULL::bigint, NULL::bigint, NULL::int;
    RETURN;
  END IF;

  IF jsonb_array_length(given_visits) > 0 THEN
    PERFORM id FROM oxi_pages
    WHERE id IN (SELECT "pageId" FROM jsonb_to_recordset(given_visits) AS given("pageId" int))
    ORDER BY id FOR UPDATE;

    RETURN QUERY
    WITH given AS MATERIALIZED (
      SELECT given.* FROM jsonb_to_recordset(given_visits) AS given(${RECORD})
      JOIN oxi_pages AS pages ON pages.id = given."pageId" AND pages.site_id = given."siteId"
      WHERE NOT EXISTS (
        -- The page says nothing more, but without it an index that begins with site and page looks as good as the key
        -- as long as the table was never analysed, and would be searched for all visits of the site.
        SELECT FROM oxi_visits AS counted WHERE counted.site_id = given."siteId" AND counted.page_id = given."pageId"
          AND counted.registered_at = given."registeredAt" AND counted.nonce = given.nonce)
    ), beside AS (
      SELECT jsonb_object_agg(${key('"visitorDay"', 'visitor')}, true) AS found FROM given WHERE visitor <> 0
    ), visitors AS (
      INSERT INTO oxi_visitors (site_id, day, visitor, visits, returned, language_id)
      SELECT "siteId", "visitorDay", visitor, count(*),
        bool_or(EXISTS (
          SELECT FROM jsonb_array_elements(given.earlier) AS other
          WHERE (SELECT found FROM beside) ? ${key('other ->> 0', 'other ->> 1')} OR (
            -- A scalar, for what EXISTS asks might be hashed, and so read whole for each visit.
            SELECT true FROM oxi_visitors AS before WHERE before.site_id = given."siteId"
              AND before.day = (other ->> 0)::int AND before.visitor = (other ->> 1)::bigint)
        )),
        (array_agg("languageId" ORDER BY "registeredAt", nonce))[1]
      FROM given WHERE visitor <> 0
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (site_id, day, visitor) DO UPDATE SET visits = oxi_visitors.visits + excluded.visits
      RETURNING site_id AS "siteId", day, visitor, visits, returned, language_id
    ), standing AS (
      SELECT jsonb_object_agg(${key('day', 'visitor')}, jsonb_build_array(visits, returned, language_id)) AS found
      FROM visitors
    ), seen AS (
      INSERT INTO oxi_seen (site_id, day, visitor, dimension, value_id)
      SELECT DISTINCT "siteId", "visitorDay", visitor, kind.dimension, kind.value_id
      FROM given CROSS JOIN LATERAL (
        VALUES (${page}, "pageId"), (${referrer}, "referrerId"), (${campaign}, "campaignId")
      ) AS kind(dimension, value_id)
      WHERE visitor <> 0 AND kind.value_id <> 0 AND (SELECT count(*) FROM standing) IS NOT NULL
      ORDER BY 1, 2, 3, 4, 5
      ON CONFLICT DO NOTHING
      RETURNING site_id AS "siteId", day, visitor, dimension, value_id
    ), firsts AS (
      SELECT jsonb_object_agg(${key('day', 'visitor', 'dimension', 'value_id')}, true) AS found FROM seen
    ), numbered AS (
      SELECT given.*, (SELECT found FROM standing) -> ${key('"visitorDay"', 'visitor')} AS known,
        row_number() OVER (PARTITION BY "siteId", "visitorDay", visitor ORDER BY "registeredAt", nonce) AS nth,
        count(*) OVER (PARTITION BY "siteId", "visitorDay", visitor) AS together,
        row_number() OVER (PARTITION BY "siteId", "visitorDay", visitor, "pageId" ORDER BY "registeredAt", nonce) = 1
          AND (SELECT found FROM firsts) ? ${key('"visitorDay"', 'visitor', page, '"pageId"')} AS first_on_page,
        row_number() OVER (PARTITION BY "siteId", "visitorDay", visitor, "referrerId" ORDER BY "registeredAt", nonce) = 1
          AND (SELECT found FROM firsts) ? ${key('"visitorDay"', 'visitor', referrer, '"referrerId"')} AS first_of_referrer,
        row_number() OVER (PARTITION BY "siteId", "visitorDay", visitor, "campaignId" ORDER BY "registeredAt", nonce) = 1
          AND (SELECT found FROM firsts) ? ${key('"visitorDay"', 'visitor', campaign, '"campaignId"')} AS first_of_campaign
      FROM given
    ), flagged AS MATERIALIZED (
      SELECT numbered.*, pixel * ${FLAGS.pixel} + CASE WHEN visitor = 0 THEN 0 ELSE
          CASE (known ->> 0)::int - together + nth WHEN 1 THEN ${FLAGS.first} WHEN 2 THEN ${FLAGS.second} ELSE 0 END
          + CASE WHEN first_on_page THEN ${FLAGS.firstOnPage} ELSE 0 END
          + CASE WHEN first_of_referrer THEN ${FLAGS.firstOfReferrer} ELSE 0 END
          + CASE WHEN first_of_campaign THEN ${FLAGS.firstOfCampaign} ELSE 0 END
          + CASE WHEN (known ->> 1)::boolean THEN ${FLAGS.returning} ELSE 0 END
        END AS flags,
        coalesce((known ->> 2)::smallint, "languageId") AS language_id
      FROM numbered
    ), fresh AS (
      INSERT INTO oxi_visits (registered_at, nonce, visitor, spent_seconds, flags, ${PLACE})
      SELECT "registeredAt", nonce, visitor, "spentSeconds", flags,
        "siteId", "pageId", "referrerId", "campaignId", "countryId", "browserId", "systemId", "deviceId", language_id
      FROM flagged ORDER BY "siteId", "registeredAt", nonce
    ), tally AS (
      UPDATE oxi_pages AS pages
      SET visits = pages.visits + more.visits, pixel_views = pages.pixel_views + more.pixel_views
      FROM (SELECT "pageId", sum(1 - pixel) AS visits, sum(pixel) AS pixel_views FROM flagged GROUP BY 1) AS more
      WHERE pages.id = more."pageId"
      RETURNING pages.id, pages.path, pages.visits, pages.pixel_views
    ), change AS (
      SELECT "siteId" AS site_id, day, month, "pageId" AS page_id, "referrerId" AS referrer_id, "campaignId" AS campaign_id,
        "countryId" AS country_id, "browserId" AS browser_id, "systemId" AS system_id, "deviceId" AS device_id,
        language_id, flags, 1 AS counted,
        ("spentSeconds" IS NOT NULL)::int AS timed, coalesce("spentSeconds", 0) AS spent
      FROM flagged WHERE (SELECT count(*) FROM tally) IS NOT NULL
    ), daily AS MATERIALIZED (${DAILY}
    ), rolled AS (
      INSERT INTO oxi_rollups (${ROLLUP_COLUMNS}) ${ROLLUP_ROWS} ${ADD_TO_ROLLUP}
    ), totals AS (
      SELECT jsonb_object_agg(id::text, jsonb_build_array(path, visits, pixel_views)) AS found FROM tally
    ), counted AS (
      SELECT flagged.*, (SELECT found FROM totals) -> "pageId"::text AS total FROM flagged
    )
    SELECT 'counted', "siteId", "pageId", "registeredAt", nonce,
      total ->> 0, (total ->> 1)::bigint, (total ->> 2)::bigint, NULL::int
    FROM counted;
  END IF;

  IF jsonb_array_length(given_leaves) > 0 THEN
    RETURN QUERY
    WITH report AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(given_leaves)
        AS report("siteId" int, "pageId" int, "registeredAt" bigint, nonce bigint, day int, month int, seconds int)
    ), visit AS MATERIALIZED (
      SELECT visits.*, report.day, report.month, report.seconds, greatest(visits.spent_seconds, report.seconds) AS now
      FROM oxi_visits AS visits
      JOIN report ON visits.site_id = report."siteId" AND visits.page_id = report."pageId"
        AND visits.registered_at = report."registeredAt" AND visits.nonce = report.nonce
      WHERE visits.flags & ${FLAGS.pixel} = 0
      ORDER BY visits.site_id, visits.registered_at, visits.nonce
      FOR UPDATE OF visits
    ), reported AS (
      UPDATE oxi_visits AS visits SET spent_seconds = visit.now
      FROM visit
      WHERE visits.site_id = visit.site_id AND visits.page_id = visit.page_id
        AND visits.registered_at = visit.registered_at AND visits.nonce = visit.nonce
        AND visits.spent_seconds IS DISTINCT FROM visit.now
    ), change AS (
      SELECT ${PLACE}, day, month, flags, 0 AS counted,
        (spent_seconds IS NULL)::int AS timed, now - coalesce(spent_seconds, 0) AS spent
      FROM visit WHERE spent_seconds IS DISTINCT FROM now
    ), daily AS MATERIALIZED (${DAILY}
    ), rolled AS (
      INSERT INTO oxi_rollups (${ROLLUP_COLUMNS}) ${ROLLUP_ROWS} ${ADD_TO_ROLLUP}
    )
    SELECT 'left', site_id, page_id, registered_at, nonce, NULL::text, NULL::bigint, NULL::bigint, now FROM visit;
  END IF;

  IF jsonb_array_length(given_filtered) > 0 THEN
    INSERT INTO oxi_filtered_hits (site_id, day, reason, hits)
    SELECT * FROM jsonb_to_recordset(given_filtered) AS hit("siteId" int, day int, reason text, hits int)
    ORDER BY 1, 2, 3
    ON CONFLICT (site_id, day, reason) DO UPDATE SET hits = oxi_filtered_hits.hits + excluded.hits;
  END IF;
END`;

/**
 * The name says what is in it, so that replicas of two versions each find their own on one database.
 */
export const BATCH_FUNCTION = `oxi_apply_batch_${createHash('sha256').update(BODY).digest('hex').slice(0, 12)}`;

/** Makes the function. */
export const CREATE_BATCH_FUNCTION = `
  CREATE OR REPLACE FUNCTION ${BATCH_FUNCTION}(given_visits jsonb, given_leaves jsonb, given_filtered jsonb, given_zones jsonb)
  RETURNS TABLE (kind text, "siteId" int, "pageId" int, "registeredAt" bigint, nonce bigint, path text, visits bigint,
    "pixelViews" bigint, "spentSeconds" int)
  LANGUAGE plpgsql AS $oxicount$
#variable_conflict use_column
DECLARE
  found int;${BODY}
$oxicount$`;
