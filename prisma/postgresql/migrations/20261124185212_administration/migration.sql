-- AlterTable
ALTER TABLE "oxi_sites" ADD COLUMN     "deleted_at" BIGINT,
ADD COLUMN     "public_figures" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "public_pages" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "removed_rows" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "removed_visits" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "oxi_tokens" (
    "id" SERIAL NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "site_id" INTEGER,
    "filter" TEXT,
    "range" TEXT,
    "created_at" BIGINT NOT NULL,
    "expires_at" BIGINT,
    "last_used_at" BIGINT,
    "revoked_at" BIGINT,

    CONSTRAINT "oxi_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oxi_audit_entries" (
    "id" SERIAL NOT NULL,
    "at" BIGINT NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "site_id" INTEGER,
    "site" TEXT,
    "token" TEXT,
    "changes" TEXT NOT NULL,

    CONSTRAINT "oxi_audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "oxi_tokens_prefix_key" ON "oxi_tokens"("prefix");

-- CreateIndex
CREATE INDEX "oxi_tokens_site_id_idx" ON "oxi_tokens"("site_id");

-- CreateIndex
CREATE INDEX "oxi_audit_entries_site_id_id_idx" ON "oxi_audit_entries"("site_id", "id");

-- AddForeignKey
ALTER TABLE "oxi_tokens" ADD CONSTRAINT "oxi_tokens_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites"("id") ON DELETE CASCADE ON UPDATE CASCADE;
