-- CreateTable
CREATE TABLE "oxi_sites" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "callback_origin" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "min_delay_secs" INTEGER NOT NULL,
    "path_patterns" TEXT NOT NULL DEFAULT '[]',
    "declared" BOOLEAN NOT NULL,
    "created_at" BIGINT NOT NULL,
    "archived_at" BIGINT
);

-- CreateTable
CREATE TABLE "oxi_base_urls" (
    "origin" TEXT NOT NULL PRIMARY KEY,
    "site_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    CONSTRAINT "oxi_base_urls_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "oxi_pages" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "site_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "visits" BIGINT NOT NULL DEFAULT 0,
    "added_at" BIGINT NOT NULL,
    CONSTRAINT "oxi_pages_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "oxi_referrers" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "host" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "oxi_visits" (
    "site_id" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "registered_at" BIGINT NOT NULL,
    "nonce" BIGINT NOT NULL,
    "referrer_id" INTEGER,
    "spent_seconds" INTEGER,

    PRIMARY KEY ("site_id", "page_id", "registered_at", "nonce")
-- The key is the table: no second tree to write and to store.
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "oxi_secrets" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "value" BLOB NOT NULL,
    "created_at" BIGINT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "oxi_sites_slug_key" ON "oxi_sites"("slug");

-- CreateIndex
CREATE INDEX "oxi_base_urls_site_id_idx" ON "oxi_base_urls"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "oxi_pages_site_id_path_key" ON "oxi_pages"("site_id", "path");

-- CreateIndex
CREATE UNIQUE INDEX "oxi_referrers_host_key" ON "oxi_referrers"("host");
