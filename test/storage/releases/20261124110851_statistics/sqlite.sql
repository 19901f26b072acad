PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
        "id" TEXT PRIMARY KEY NOT NULL,
        "checksum" TEXT NOT NULL,
        "finished_at" DATETIME,
        "migration_name" TEXT NOT NULL,
        "logs" TEXT,
        "rolled_back_at" DATETIME,
        "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
        "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
      );
INSERT INTO _prisma_migrations VALUES('99091b7c-b1a6-4dd9-9dfd-c43ed1817af6','255b6d8c7bb98a70b2f6dd92bc4427e544e54edc641d3351ade9d01d0d6bc551',1796091979617,'20261124000000_init',NULL,NULL,1796091979617,1);
INSERT INTO _prisma_migrations VALUES('d6504a39-9c78-42dd-8402-7989993722e9','352f6c10ccc3de2959724380f30ba161598be674febdeb07e313da1eba48acfd',1796091979619,'20261124110851_statistics',NULL,NULL,1796091979619,1);
CREATE TABLE IF NOT EXISTS "oxi_base_urls" (
    "origin" TEXT NOT NULL PRIMARY KEY,
    "site_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    CONSTRAINT "oxi_base_urls_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO oxi_base_urls VALUES('https://blog.example',1,0);
INSERT INTO oxi_base_urls VALUES('https://docs.example',2,0);
INSERT INTO oxi_base_urls VALUES('https://www.docs.example',2,1);
CREATE TABLE IF NOT EXISTS "oxi_secrets" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "value" BLOB NOT NULL,
    "created_at" BIGINT NOT NULL
);
INSERT INTO oxi_secrets VALUES(1,X'004ea9bdefa43f52760416a05d70aa50612c4aa2807cf691a44b6f36c36abb69',1796091980371);
CREATE TABLE IF NOT EXISTS "oxi_dimension_values" (
    "dimension" INTEGER NOT NULL,
    "id" INTEGER NOT NULL,
    "value" TEXT NOT NULL,

    PRIMARY KEY ("dimension", "id")
) WITHOUT ROWID;
INSERT INTO oxi_dimension_values VALUES(3,1,'news.example');
INSERT INTO oxi_dimension_values VALUES(3,2,'search.example');
INSERT INTO oxi_dimension_values VALUES(4,1,'letter');
INSERT INTO oxi_dimension_values VALUES(6,1,'Firefox');
INSERT INTO oxi_dimension_values VALUES(6,2,'Safari');
INSERT INTO oxi_dimension_values VALUES(7,1,'Linux');
INSERT INTO oxi_dimension_values VALUES(7,2,'macOS');
INSERT INTO oxi_dimension_values VALUES(8,1,'desktop');
INSERT INTO oxi_dimension_values VALUES(9,1,'de');
INSERT INTO oxi_dimension_values VALUES(9,2,'en');
CREATE TABLE IF NOT EXISTS "oxi_visitors" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "visitor" BIGINT NOT NULL,
    "visits" INTEGER NOT NULL,
    "returned" BOOLEAN NOT NULL,
    "language_id" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "visitor")
) WITHOUT ROWID;
INSERT INTO oxi_visitors VALUES(1,20788,24953138660218,2,0,1);
INSERT INTO oxi_visitors VALUES(1,20788,89750412088445,1,0,2);
INSERT INTO oxi_visitors VALUES(2,20788,56519963563059,1,0,2);
INSERT INTO oxi_visitors VALUES(2,20788,248476281395055,1,0,1);
CREATE TABLE IF NOT EXISTS "oxi_seen" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "visitor" BIGINT NOT NULL,
    "dimension" INTEGER NOT NULL,
    "value_id" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "visitor", "dimension", "value_id")
) WITHOUT ROWID;
INSERT INTO oxi_seen VALUES(1,20788,24953138660218,1,1);
INSERT INTO oxi_seen VALUES(1,20788,24953138660218,1,2);
INSERT INTO oxi_seen VALUES(1,20788,24953138660218,3,1);
INSERT INTO oxi_seen VALUES(1,20788,24953138660218,4,1);
INSERT INTO oxi_seen VALUES(1,20788,89750412088445,1,1);
INSERT INTO oxi_seen VALUES(1,20788,89750412088445,3,2);
INSERT INTO oxi_seen VALUES(2,20788,56519963563059,1,3);
INSERT INTO oxi_seen VALUES(2,20788,248476281395055,1,3);
CREATE TABLE IF NOT EXISTS "oxi_salts" (
    "day" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "value" BLOB NOT NULL
);
INSERT INTO oxi_salts VALUES(20788,X'6a4a6fe593600c782ee4a59435f67316afd7872a41b0218e149f30eeec721ed1');
CREATE TABLE IF NOT EXISTS "oxi_rollups" (
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
INSERT INTO oxi_rollups VALUES(3,1,0,0,20788,0,3,1,2,0,1,2);
INSERT INTO oxi_rollups VALUES(3,1,0,1,20788,0,3,1,2,0,1,2);
INSERT INTO oxi_rollups VALUES(3,1,1,0,20788,1,2,0,2,0,0,2);
INSERT INTO oxi_rollups VALUES(0,1,1,0,20788,2,1,1,1,0,1,0);
INSERT INTO oxi_rollups VALUES(3,1,1,1,20788,1,2,0,2,0,0,2);
INSERT INTO oxi_rollups VALUES(0,1,1,1,20788,2,1,1,1,0,1,0);
INSERT INTO oxi_rollups VALUES(3,1,2,0,20788,1,2,0,2,0,0,2);
INSERT INTO oxi_rollups VALUES(3,1,2,1,20788,1,2,0,2,0,0,2);
INSERT INTO oxi_rollups VALUES(2,1,3,0,20788,1,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(1,1,3,0,20788,2,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(2,1,3,1,20788,1,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(1,1,3,1,20788,2,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(2,1,4,0,20788,1,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(2,1,4,1,20788,1,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(2,1,6,0,20788,1,2,0,1,0,1,1);
INSERT INTO oxi_rollups VALUES(1,1,6,0,20788,2,1,1,1,0,0,1);
INSERT INTO oxi_rollups VALUES(2,1,6,1,20788,1,2,0,1,0,1,1);
INSERT INTO oxi_rollups VALUES(1,1,6,1,20788,2,1,1,1,0,0,1);
INSERT INTO oxi_rollups VALUES(2,1,7,0,20788,1,2,0,1,0,1,1);
INSERT INTO oxi_rollups VALUES(1,1,7,0,20788,2,1,1,1,0,0,1);
INSERT INTO oxi_rollups VALUES(2,1,7,1,20788,1,2,0,1,0,1,1);
INSERT INTO oxi_rollups VALUES(1,1,7,1,20788,2,1,1,1,0,0,1);
INSERT INTO oxi_rollups VALUES(3,1,8,0,20788,1,3,1,2,0,1,2);
INSERT INTO oxi_rollups VALUES(3,1,8,1,20788,1,3,1,2,0,1,2);
INSERT INTO oxi_rollups VALUES(2,1,9,0,20788,1,2,0,1,0,1,1);
INSERT INTO oxi_rollups VALUES(1,1,9,0,20788,2,1,1,1,0,0,1);
INSERT INTO oxi_rollups VALUES(2,1,9,1,20788,1,2,0,1,0,1,1);
INSERT INTO oxi_rollups VALUES(1,1,9,1,20788,2,1,1,1,0,0,1);
INSERT INTO oxi_rollups VALUES(2,2,0,0,20788,0,2,0,2,0,0,1);
INSERT INTO oxi_rollups VALUES(2,2,0,1,20788,0,2,0,2,0,0,1);
INSERT INTO oxi_rollups VALUES(2,2,1,0,20788,3,2,0,2,0,0,1);
INSERT INTO oxi_rollups VALUES(2,2,1,1,20788,3,2,0,2,0,0,1);
INSERT INTO oxi_rollups VALUES(2,2,2,0,20788,3,2,0,2,0,0,1);
INSERT INTO oxi_rollups VALUES(2,2,2,1,20788,3,2,0,2,0,0,1);
INSERT INTO oxi_rollups VALUES(0,2,6,0,20788,1,1,0,1,0,0,0);
INSERT INTO oxi_rollups VALUES(2,2,6,0,20788,2,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(0,2,6,1,20788,1,1,0,1,0,0,0);
INSERT INTO oxi_rollups VALUES(2,2,6,1,20788,2,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(0,2,7,0,20788,1,1,0,1,0,0,0);
INSERT INTO oxi_rollups VALUES(2,2,7,0,20788,2,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(0,2,7,1,20788,1,1,0,1,0,0,0);
INSERT INTO oxi_rollups VALUES(2,2,7,1,20788,2,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(2,2,8,0,20788,1,2,0,2,0,0,1);
INSERT INTO oxi_rollups VALUES(2,2,8,1,20788,1,2,0,2,0,0,1);
INSERT INTO oxi_rollups VALUES(0,2,9,0,20788,1,1,0,1,0,0,0);
INSERT INTO oxi_rollups VALUES(2,2,9,0,20788,2,1,0,1,0,0,1);
INSERT INTO oxi_rollups VALUES(0,2,9,1,20788,1,1,0,1,0,0,0);
INSERT INTO oxi_rollups VALUES(2,2,9,1,20788,2,1,0,1,0,0,1);
CREATE TABLE IF NOT EXISTS "oxi_filtered_hits" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "hits" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "reason")
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "oxi_jobs" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "leased_until" BIGINT NOT NULL,
    "finished_at" BIGINT
);
INSERT INTO oxi_jobs VALUES('roll-ups',0,1796091983669);
INSERT INTO oxi_jobs VALUES('retention',0,1796091983701);
CREATE TABLE IF NOT EXISTS "oxi_sites" (
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
INSERT INTO oxi_sites VALUES(1,'blog','Blog','https://origin.example','UTC',0,'[]',0,NULL,0,NULL,NULL,1,1796091979892,NULL);
INSERT INTO oxi_sites VALUES(2,'docs','Docs','https://origin.example','UTC',0,'["/user/:id"]',0,NULL,0,NULL,NULL,1,1796091979892,NULL);
CREATE TABLE IF NOT EXISTS "oxi_pages" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "site_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "visits" BIGINT NOT NULL DEFAULT 0,
    "pixel_views" BIGINT NOT NULL DEFAULT 0,
    "added_at" BIGINT NOT NULL,
    CONSTRAINT "oxi_pages_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO oxi_pages VALUES(1,1,'/a',2,0,1796091980831);
INSERT INTO oxi_pages VALUES(2,1,'/b',1,1,1796091981073);
INSERT INTO oxi_pages VALUES(3,2,'/user/:id',2,0,1796091981129);
CREATE TABLE IF NOT EXISTS "oxi_visits" (
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
INSERT INTO oxi_visits VALUES(1796091980874,153972862412534,24953138660218,1,1,1,1,2,0,1,1,1,1,58);
INSERT INTO oxi_visits VALUES(1796091981014,33993621989429,89750412088445,1,1,2,0,1,0,2,2,1,2,26);
INSERT INTO oxi_visits VALUES(1796091981080,31187655015647,24953138660218,1,2,0,0,NULL,0,1,1,1,1,12);
INSERT INTO oxi_visits VALUES(1796091984331,143383077174724,0,1,2,0,0,NULL,0,2,2,1,2,1);
INSERT INTO oxi_visits VALUES(1796091981181,174091961009770,56519963563059,2,3,0,0,2,0,2,2,1,2,10);
INSERT INTO oxi_visits VALUES(1796091981193,280341834918086,248476281395055,2,3,0,0,NULL,0,1,1,1,1,10);
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 VALUES('oxi_visits','oxi_visits','1000000 100000 2 1');
INSERT INTO sqlite_stat1 VALUES('oxi_visits','oxi_visits_site_id_page_id_registered_at_nonce_idx','1000000 100000 1000 2 1');
ANALYZE sqlite_schema;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('oxi_sites',2);
INSERT INTO sqlite_sequence VALUES('oxi_pages',3);
INSERT INTO sqlite_sequence VALUES('oxi_secrets',1);
INSERT INTO sqlite_sequence VALUES('oxi_salts',20788);
CREATE INDEX "oxi_base_urls_site_id_idx" ON "oxi_base_urls"("site_id");
CREATE UNIQUE INDEX "oxi_sites_slug_key" ON "oxi_sites"("slug");
CREATE UNIQUE INDEX "oxi_pages_site_id_path_key" ON "oxi_pages"("site_id", "path");
CREATE INDEX "oxi_visits_site_id_page_id_registered_at_nonce_idx" ON "oxi_visits"("site_id", "page_id", "registered_at", "nonce");
CREATE UNIQUE INDEX "oxi_dimension_values_dimension_value_key" ON "oxi_dimension_values"("dimension", "value");
COMMIT;
