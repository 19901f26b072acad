-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "oxi_sites" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "callback_origin" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "min_delay_secs" INTEGER NOT NULL,
    "path_patterns" TEXT NOT NULL DEFAULT '[]',
    "declared" BOOLEAN NOT NULL,
    "created_at" BIGINT NOT NULL,
    "archived_at" BIGINT,

    CONSTRAINT "oxi_sites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oxi_base_urls" (
    "origin" TEXT NOT NULL,
    "site_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "oxi_base_urls_pkey" PRIMARY KEY ("origin")
);

-- CreateTable
CREATE TABLE "oxi_pages" (
    "id" SERIAL NOT NULL,
    "site_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "visits" BIGINT NOT NULL DEFAULT 0,
    "added_at" BIGINT NOT NULL,

    CONSTRAINT "oxi_pages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oxi_referrers" (
    "id" SERIAL NOT NULL,
    "host" TEXT NOT NULL,

    CONSTRAINT "oxi_referrers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oxi_visits" (
    "site_id" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "registered_at" BIGINT NOT NULL,
    "nonce" BIGINT NOT NULL,
    "referrer_id" INTEGER,
    "spent_seconds" INTEGER,

    CONSTRAINT "oxi_visits_pkey" PRIMARY KEY ("site_id","page_id","registered_at","nonce")
);

-- CreateTable
CREATE TABLE "oxi_secrets" (
    "id" INTEGER NOT NULL,
    "value" BYTEA NOT NULL,
    "created_at" BIGINT NOT NULL,

    CONSTRAINT "oxi_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "oxi_sites_slug_key" ON "oxi_sites"("slug");

-- CreateIndex
CREATE INDEX "oxi_base_urls_site_id_idx" ON "oxi_base_urls"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "oxi_pages_site_id_path_key" ON "oxi_pages"("site_id", "path");

-- CreateIndex
CREATE UNIQUE INDEX "oxi_referrers_host_key" ON "oxi_referrers"("host");

-- AddForeignKey
ALTER TABLE "oxi_base_urls" ADD CONSTRAINT "oxi_base_urls_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oxi_pages" ADD CONSTRAINT "oxi_pages_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites"("id") ON DELETE CASCADE ON UPDATE CASCADE;
