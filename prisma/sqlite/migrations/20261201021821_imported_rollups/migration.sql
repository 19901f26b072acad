-- CreateTable
CREATE TABLE "oxi_imported_rollups" (
    "spent_seconds" BIGINT NOT NULL,
    "site_id" INTEGER NOT NULL,
    "dimension" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "value_id" INTEGER NOT NULL,
    "visits" INTEGER NOT NULL,
    "pixel_views" INTEGER NOT NULL,
    "visitors" INTEGER NOT NULL,
    "returning_visitors" INTEGER NOT NULL,
    "second_visits" INTEGER NOT NULL,
    "timed_visits" INTEGER NOT NULL,
    "source" TEXT NOT NULL,

    PRIMARY KEY ("site_id", "day", "dimension", "value_id", "source")
) WITHOUT ROWID;
