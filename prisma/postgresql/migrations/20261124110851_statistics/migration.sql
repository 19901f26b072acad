-- AlterTable
ALTER TABLE "oxi_sites" ADD COLUMN     "pruned_before" BIGINT,
ADD COLUMN     "pruned_through" INTEGER,
ADD COLUMN     "respect_dnt" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "retention_days" INTEGER,
ADD COLUMN     "rollups_due" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "oxi_pages" ADD COLUMN     "pixel_views" BIGINT NOT NULL DEFAULT 0,
-- Ordered and folded as in SQLite, whatever the locale of the database.
ALTER COLUMN "path" TYPE TEXT COLLATE "C";

-- CreateTable
CREATE TABLE "oxi_dimension_values" (
    "dimension" SMALLINT NOT NULL,
    "id" INTEGER NOT NULL,
    -- Ordered and folded as in SQLite, whatever the locale of the database.
    "value" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "oxi_dimension_values_pkey" PRIMARY KEY ("dimension","id")
);

-- Referrers keep their numbers and are dimension 3 from now on.
INSERT INTO "oxi_dimension_values" ("dimension", "id", "value") SELECT 3, "id", "host" FROM "oxi_referrers";
DROP TABLE "oxi_referrers";

-- A new table and not new columns, which would stand at the end and waste eight bytes a visit on alignment.
ALTER TABLE "oxi_visits" RENAME TO "old_oxi_visits";
ALTER TABLE "old_oxi_visits" RENAME CONSTRAINT "oxi_visits_pkey" TO "old_oxi_visits_pkey";
CREATE TABLE "oxi_visits" (
    "registered_at" BIGINT NOT NULL,
    "nonce" BIGINT NOT NULL,
    "visitor" BIGINT NOT NULL DEFAULT 0,
    "site_id" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "referrer_id" INTEGER NOT NULL DEFAULT 0,
    "campaign_id" INTEGER NOT NULL DEFAULT 0,
    "spent_seconds" INTEGER,
    "country_id" SMALLINT NOT NULL DEFAULT 0,
    "browser_id" SMALLINT NOT NULL DEFAULT 0,
    "system_id" SMALLINT NOT NULL DEFAULT 0,
    "device_id" SMALLINT NOT NULL DEFAULT 0,
    "language_id" SMALLINT NOT NULL DEFAULT 0,
    "flags" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "oxi_visits_pkey" PRIMARY KEY ("site_id","registered_at","nonce")
);
INSERT INTO "oxi_visits" ("registered_at", "nonce", "site_id", "page_id", "referrer_id", "spent_seconds")
SELECT "registered_at", "nonce", "site_id", "page_id", coalesce("referrer_id", 0), "spent_seconds" FROM "old_oxi_visits";
DROP TABLE "old_oxi_visits";

-- CreateTable
CREATE TABLE "oxi_visitors" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "visitor" BIGINT NOT NULL,
    "visits" INTEGER NOT NULL,
    "returned" BOOLEAN NOT NULL,
    "language_id" SMALLINT NOT NULL,

    CONSTRAINT "oxi_visitors_pkey" PRIMARY KEY ("site_id","day","visitor")
);

-- CreateTable
CREATE TABLE "oxi_seen" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "visitor" BIGINT NOT NULL,
    "dimension" SMALLINT NOT NULL,
    "value_id" INTEGER NOT NULL,

    CONSTRAINT "oxi_seen_pkey" PRIMARY KEY ("site_id","day","visitor","dimension","value_id")
);

-- CreateTable
CREATE TABLE "oxi_salts" (
    "day" INTEGER NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "oxi_salts_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "oxi_rollups" (
    "spent_seconds" BIGINT NOT NULL,
    "site_id" INTEGER NOT NULL,
    "dimension" SMALLINT NOT NULL,
    "period" SMALLINT NOT NULL,
    "day" INTEGER NOT NULL,
    "value_id" INTEGER NOT NULL,
    "visits" INTEGER NOT NULL,
    "pixel_views" INTEGER NOT NULL,
    "visitors" INTEGER NOT NULL,
    "returning_visitors" INTEGER NOT NULL,
    "second_visits" INTEGER NOT NULL,
    "timed_visits" INTEGER NOT NULL,

    CONSTRAINT "oxi_rollups_pkey" PRIMARY KEY ("site_id","dimension","period","day","value_id")
)
-- The same few rows are updated again and again: with room on their page no index has to be touched.
WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "oxi_filtered_hits" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "hits" INTEGER NOT NULL,

    CONSTRAINT "oxi_filtered_hits_pkey" PRIMARY KEY ("site_id","day","reason")
);

-- CreateTable
CREATE TABLE "oxi_jobs" (
    "name" TEXT NOT NULL,
    "leased_until" BIGINT NOT NULL,
    "finished_at" BIGINT,

    CONSTRAINT "oxi_jobs_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "oxi_dimension_values_dimension_value_key" ON "oxi_dimension_values"("dimension", "value");

-- CreateIndex
CREATE INDEX "oxi_visits_site_id_page_id_registered_at_nonce_idx" ON "oxi_visits"("site_id", "page_id", "registered_at", "nonce");
