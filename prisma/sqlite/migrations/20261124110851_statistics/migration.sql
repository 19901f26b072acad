-- CreateTable
CREATE TABLE "oxi_dimension_values" (
    "dimension" INTEGER NOT NULL,
    "id" INTEGER NOT NULL,
    "value" TEXT NOT NULL,

    PRIMARY KEY ("dimension", "id")
) WITHOUT ROWID;

-- Referrers keep their numbers and are dimension 3 from now on.
INSERT INTO "oxi_dimension_values" ("dimension", "id", "value") SELECT 3, "id", "host" FROM "oxi_referrers";
DROP INDEX "oxi_referrers_host_key";
DROP TABLE "oxi_referrers";

-- CreateTable
CREATE TABLE "oxi_visitors" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "visitor" BIGINT NOT NULL,
    "visits" INTEGER NOT NULL,
    "returned" BOOLEAN NOT NULL,
    "language_id" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "visitor")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "oxi_seen" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "visitor" BIGINT NOT NULL,
    "dimension" INTEGER NOT NULL,
    "value_id" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "visitor", "dimension", "value_id")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "oxi_salts" (
    "day" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "value" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "oxi_rollups" (
    "spent_seconds" BIGINT NOT NULL,
    "site_id" INTEGER NOT NULL,
    "dimension" INTEGER NOT NULL,
    "period" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "value_id" INTEGER NOT NULL,
    "visits" INTEGER NOT NULL,
    "pixel_views" INTEGER NOT NULL,
    "visitors" INTEGER NOT NULL,
    "returning_visitors" INTEGER NOT NULL,
    "second_visits" INTEGER NOT NULL,
    "timed_visits" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "dimension", "period", "day", "value_id")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "oxi_filtered_hits" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "hits" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "reason")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "oxi_jobs" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "leased_until" BIGINT NOT NULL,
    "finished_at" BIGINT
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_oxi_sites" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "callback_origin" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "min_delay_secs" INTEGER NOT NULL,
    "path_patterns" TEXT NOT NULL DEFAULT '[]',
    "respect_dnt" BOOLEAN NOT NULL DEFAULT false,
    "retention_days" INTEGER,
    "rollups_due" BOOLEAN NOT NULL DEFAULT true,
    "pruned_before" BIGINT,
    "pruned_through" INTEGER,
    "declared" BOOLEAN NOT NULL,
    "created_at" BIGINT NOT NULL,
    "archived_at" BIGINT
);
INSERT INTO "new_oxi_sites" ("archived_at", "callback_origin", "created_at", "declared", "id", "min_delay_secs", "name", "path_patterns", "slug", "time_zone") SELECT "archived_at", "callback_origin", "created_at", "declared", "id", "min_delay_secs", "name", "path_patterns", "slug", "time_zone" FROM "oxi_sites";
DROP TABLE "oxi_sites";
ALTER TABLE "new_oxi_sites" RENAME TO "oxi_sites";
CREATE UNIQUE INDEX "oxi_sites_slug_key" ON "oxi_sites"("slug");
CREATE TABLE "new_oxi_pages" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "site_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "visits" BIGINT NOT NULL DEFAULT 0,
    "pixel_views" BIGINT NOT NULL DEFAULT 0,
    "added_at" BIGINT NOT NULL,
    CONSTRAINT "oxi_pages_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_oxi_pages" ("added_at", "id", "path", "site_id", "visits") SELECT "added_at", "id", "path", "site_id", "visits" FROM "oxi_pages";
DROP TABLE "oxi_pages";
ALTER TABLE "new_oxi_pages" RENAME TO "oxi_pages";
CREATE UNIQUE INDEX "oxi_pages_site_id_path_key" ON "oxi_pages"("site_id", "path");
CREATE TABLE "new_oxi_visits" (
    "registered_at" BIGINT NOT NULL,
    "nonce" BIGINT NOT NULL,
    "visitor" BIGINT NOT NULL DEFAULT 0,
    "site_id" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "referrer_id" INTEGER NOT NULL DEFAULT 0,
    "campaign_id" INTEGER NOT NULL DEFAULT 0,
    "spent_seconds" INTEGER,
    "country_id" INTEGER NOT NULL DEFAULT 0,
    "browser_id" INTEGER NOT NULL DEFAULT 0,
    "system_id" INTEGER NOT NULL DEFAULT 0,
    "device_id" INTEGER NOT NULL DEFAULT 0,
    "language_id" INTEGER NOT NULL DEFAULT 0,
    "flags" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("site_id", "registered_at", "nonce")
-- The key is the table: what happens at one time lies side by side, and there is no second tree to write.
) WITHOUT ROWID;
INSERT INTO "new_oxi_visits" ("nonce", "page_id", "referrer_id", "registered_at", "site_id", "spent_seconds") SELECT "nonce", "page_id", coalesce("referrer_id", 0) AS "referrer_id", "registered_at", "site_id", "spent_seconds" FROM "oxi_visits";
DROP TABLE "oxi_visits";
ALTER TABLE "new_oxi_visits" RENAME TO "oxi_visits";
CREATE INDEX "oxi_visits_site_id_page_id_registered_at_nonce_idx" ON "oxi_visits"("site_id", "page_id", "registered_at", "nonce");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "oxi_dimension_values_dimension_value_key" ON "oxi_dimension_values"("dimension", "value");

-- What ANALYZE would find in a database with some sites. Without it SQLite takes the key to be as good as the index, and
-- reads all visits of a site to find those of a page. See https://sqlite.org/optoverview.html#manctrl.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('oxi_visits', 'oxi_visits', '1000000 100000 2 1'),
    ('oxi_visits', 'oxi_visits_site_id_page_id_registered_at_nonce_idx', '1000000 100000 1000 2 1');
