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
INSERT INTO _prisma_migrations VALUES('dcfe7e5f-fe08-4ff4-822d-e0524aededc0','255b6d8c7bb98a70b2f6dd92bc4427e544e54edc641d3351ade9d01d0d6bc551',1796091960632,'20261124000000_init',NULL,NULL,1796091960632,1);
CREATE TABLE IF NOT EXISTS "oxi_sites" (
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
INSERT INTO oxi_sites VALUES(1,'blog','Blog','https://origin.example','UTC',0,'[]',1,1796091960821,NULL);
INSERT INTO oxi_sites VALUES(2,'docs','Docs','https://origin.example','UTC',0,'["/user/:id"]',1,1796091960821,NULL);
CREATE TABLE IF NOT EXISTS "oxi_base_urls" (
    "origin" TEXT NOT NULL PRIMARY KEY,
    "site_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    CONSTRAINT "oxi_base_urls_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO oxi_base_urls VALUES('https://blog.example',1,0);
INSERT INTO oxi_base_urls VALUES('https://docs.example',2,0);
INSERT INTO oxi_base_urls VALUES('https://www.docs.example',2,1);
CREATE TABLE IF NOT EXISTS "oxi_pages" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "site_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "visits" BIGINT NOT NULL DEFAULT 0,
    "added_at" BIGINT NOT NULL,
    CONSTRAINT "oxi_pages_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO oxi_pages VALUES(1,1,'/a',2,1796091962177);
INSERT INTO oxi_pages VALUES(2,1,'/b',1,1796091962477);
INSERT INTO oxi_pages VALUES(3,2,'/user/:id',2,1796091962527);
CREATE TABLE IF NOT EXISTS "oxi_referrers" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "host" TEXT NOT NULL
);
INSERT INTO oxi_referrers VALUES(1,'news.example');
INSERT INTO oxi_referrers VALUES(2,'search.example');
CREATE TABLE IF NOT EXISTS "oxi_visits" (
    "site_id" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "registered_at" BIGINT NOT NULL,
    "nonce" BIGINT NOT NULL,
    "referrer_id" INTEGER,
    "spent_seconds" INTEGER,

    PRIMARY KEY ("site_id", "page_id", "registered_at", "nonce")
-- The key is the table: no second tree to write and to store.
) WITHOUT ROWID;
INSERT INTO oxi_visits VALUES(1,1,1796091962202,227848847404552,1,2);
INSERT INTO oxi_visits VALUES(1,1,1796091962369,114217920886188,2,1);
INSERT INTO oxi_visits VALUES(1,2,1796091962494,176169470390957,NULL,NULL);
INSERT INTO oxi_visits VALUES(2,3,1796091962564,74809806307554,NULL,2);
INSERT INTO oxi_visits VALUES(2,3,1796091962581,238085576617165,NULL,NULL);
CREATE TABLE IF NOT EXISTS "oxi_secrets" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "value" BLOB NOT NULL,
    "created_at" BIGINT NOT NULL
);
INSERT INTO oxi_secrets VALUES(1,X'b1953d28de2167e89b600550deb67efa34b01bc6db2cad9f8f2328f66cf37426',1796091961193);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('oxi_sites',2);
INSERT INTO sqlite_sequence VALUES('oxi_secrets',1);
INSERT INTO sqlite_sequence VALUES('oxi_pages',3);
INSERT INTO sqlite_sequence VALUES('oxi_referrers',2);
CREATE UNIQUE INDEX "oxi_sites_slug_key" ON "oxi_sites"("slug");
CREATE INDEX "oxi_base_urls_site_id_idx" ON "oxi_base_urls"("site_id");
CREATE UNIQUE INDEX "oxi_pages_site_id_path_key" ON "oxi_pages"("site_id", "path");
CREATE UNIQUE INDEX "oxi_referrers_host_key" ON "oxi_referrers"("host");
COMMIT;
