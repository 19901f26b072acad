-- CreateTable
CREATE TABLE "oxi_tokens" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "prefix" TEXT NOT NULL,
    "hash" BLOB NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "site_id" INTEGER,
    "filter" TEXT,
    "range" TEXT,
    "created_at" BIGINT NOT NULL,
    "expires_at" BIGINT,
    "last_used_at" BIGINT,
    "revoked_at" BIGINT,
    CONSTRAINT "oxi_tokens_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "oxi_audit_entries" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "site_id" INTEGER,
    "site" TEXT,
    "token" TEXT,
    "changes" TEXT NOT NULL
);

-- AlterTable
ALTER TABLE "oxi_sites" ADD COLUMN "public_pages" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "oxi_sites" ADD COLUMN "public_figures" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "oxi_sites" ADD COLUMN "deleted_at" BIGINT;
ALTER TABLE "oxi_sites" ADD COLUMN "removed_rows" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "oxi_sites" ADD COLUMN "removed_visits" BIGINT NOT NULL DEFAULT 0;

-- CreateIndex
CREATE UNIQUE INDEX "oxi_tokens_prefix_key" ON "oxi_tokens"("prefix");

-- CreateIndex
CREATE INDEX "oxi_tokens_site_id_idx" ON "oxi_tokens"("site_id");

-- CreateIndex
CREATE INDEX "oxi_audit_entries_site_id_id_idx" ON "oxi_audit_entries"("site_id", "id");
