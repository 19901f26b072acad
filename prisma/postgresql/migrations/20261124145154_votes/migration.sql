-- AlterTable. Columns whose default is a constant rewrite no row.
ALTER TABLE "oxi_pages" ADD COLUMN     "vote_changes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "votes_down" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "votes_up" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "oxi_votes" (
    "visitor" BIGINT NOT NULL,
    "voted_at" BIGINT NOT NULL,
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "value" SMALLINT NOT NULL,

    CONSTRAINT "oxi_votes_pkey" PRIMARY KEY ("site_id","day","visitor","page_id")
);

-- CreateTable
CREATE TABLE "oxi_vote_days" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "changes" INTEGER NOT NULL,

    CONSTRAINT "oxi_vote_days_pkey" PRIMARY KEY ("site_id","day","page_id")
);

-- CreateIndex
CREATE INDEX "oxi_votes_page_id_idx" ON "oxi_votes"("page_id");

-- CreateIndex
CREATE INDEX "oxi_vote_days_page_id_idx" ON "oxi_vote_days"("page_id");

-- AddForeignKey
ALTER TABLE "oxi_votes" ADD CONSTRAINT "oxi_votes_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "oxi_pages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oxi_vote_days" ADD CONSTRAINT "oxi_vote_days_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "oxi_pages"("id") ON DELETE CASCADE ON UPDATE CASCADE;
