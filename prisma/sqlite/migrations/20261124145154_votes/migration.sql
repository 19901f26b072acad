-- CreateTable
CREATE TABLE "oxi_votes" (
    "visitor" BIGINT NOT NULL,
    "voted_at" BIGINT NOT NULL,
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "value" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "visitor", "page_id"),
    CONSTRAINT "oxi_votes_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "oxi_pages" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "oxi_vote_days" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "changes" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "page_id"),
    CONSTRAINT "oxi_vote_days_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "oxi_pages" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- AlterTable. Prisma would make the table anew to have the columns in their place, which nothing relies on.
ALTER TABLE "oxi_pages" ADD COLUMN "votes_up" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "oxi_pages" ADD COLUMN "votes_down" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "oxi_pages" ADD COLUMN "vote_changes" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "oxi_votes_page_id_idx" ON "oxi_votes"("page_id");

-- CreateIndex
CREATE INDEX "oxi_vote_days_page_id_idx" ON "oxi_vote_days"("page_id");
