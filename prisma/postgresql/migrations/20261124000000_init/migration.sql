-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "sites" (
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

    CONSTRAINT "sites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "base_urls" (
    "origin" TEXT NOT NULL,
    "site_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "base_urls_pkey" PRIMARY KEY ("origin")
);

-- CreateTable
CREATE TABLE "pages" (
    "id" SERIAL NOT NULL,
    "site_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "visits" BIGINT NOT NULL DEFAULT 0,
    "added_at" BIGINT NOT NULL,

    CONSTRAINT "pages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "referrers" (
    "id" SERIAL NOT NULL,
    "host" TEXT NOT NULL,

    CONSTRAINT "referrers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visits" (
    "site_id" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "registered_at" BIGINT NOT NULL,
    "nonce" BIGINT NOT NULL,
    "referrer_id" INTEGER,
    "spent_seconds" INTEGER,

    CONSTRAINT "visits_pkey" PRIMARY KEY ("site_id","page_id","registered_at","nonce")
);

-- CreateTable
CREATE TABLE "secrets" (
    "id" INTEGER NOT NULL,
    "value" BYTEA NOT NULL,
    "created_at" BIGINT NOT NULL,

    CONSTRAINT "secrets_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sites_slug_key" ON "sites"("slug");

-- CreateIndex
CREATE INDEX "base_urls_site_id_idx" ON "base_urls"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "pages_site_id_path_key" ON "pages"("site_id", "path");

-- CreateIndex
CREATE UNIQUE INDEX "referrers_host_key" ON "referrers"("host");

-- AddForeignKey
ALTER TABLE "base_urls" ADD CONSTRAINT "base_urls_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pages" ADD CONSTRAINT "pages_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id") ON DELETE CASCADE ON UPDATE CASCADE;
