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
INSERT INTO _prisma_migrations VALUES('1ffc00bf-d562-4cec-85d3-d6fb91a34cba','255b6d8c7bb98a70b2f6dd92bc4427e544e54edc641d3351ade9d01d0d6bc551',1796092030745,'20261124000000_init',NULL,NULL,1796092030745,1);
INSERT INTO _prisma_migrations VALUES('73e5a036-ddf8-428b-b436-7a2ee1eecce7','352f6c10ccc3de2959724380f30ba161598be674febdeb07e313da1eba48acfd',1796092030747,'20261124110851_statistics',NULL,NULL,1796092030747,1);
INSERT INTO _prisma_migrations VALUES('62231e5e-1a2b-4065-a718-fe766ee2ea58','b9b84bb83508bf1b6ca5ead56f1dd3292d340cd914a5884a1a2ce492f3f8ef35',1796092030747,'20261124143935_access',NULL,NULL,1796092030747,1);
INSERT INTO _prisma_migrations VALUES('e8cee929-1ac8-469c-8853-ed5213e26575','10b348e637c0bc44443f3abfa6801d93ad15dbf96d6b365617222dbc21c091ba',1796092030747,'20261124145154_votes',NULL,NULL,1796092030747,1);
INSERT INTO _prisma_migrations VALUES('b4bac202-b02b-4349-9819-960d8b50e730','4a7dff25b7e8e5c61c38e1b3661c4d8a173adb92611155dd913ada702ce19520',1796092030753,'20261124185212_administration',NULL,NULL,1796092030753,1);
CREATE TABLE IF NOT EXISTS "oxi_base_urls" (
    "origin" TEXT NOT NULL PRIMARY KEY,
    "site_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    CONSTRAINT "oxi_base_urls_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO oxi_base_urls VALUES('https://blog.example',1,0);
INSERT INTO oxi_base_urls VALUES('https://docs.example',2,0);
INSERT INTO oxi_base_urls VALUES('https://www.docs.example',2,1);
INSERT INTO oxi_base_urls VALUES('https://shop.example',3,0);
CREATE TABLE IF NOT EXISTS "oxi_secrets" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "value" BLOB NOT NULL,
    "created_at" BIGINT NOT NULL
);
INSERT INTO oxi_secrets VALUES(1,X'e8b952a253e522799004611ffc5e01d753f2fd0292e44a0a656543a4aed3db6f',1796092031460);
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
INSERT INTO oxi_visitors VALUES(1,20788,134595539888415,2,0,1);
INSERT INTO oxi_visitors VALUES(1,20788,264911580536728,1,0,2);
INSERT INTO oxi_visitors VALUES(2,20788,87538558671112,1,0,2);
INSERT INTO oxi_visitors VALUES(2,20788,211938734032405,1,0,1);
CREATE TABLE IF NOT EXISTS "oxi_seen" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "visitor" BIGINT NOT NULL,
    "dimension" INTEGER NOT NULL,
    "value_id" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "visitor", "dimension", "value_id")
) WITHOUT ROWID;
INSERT INTO oxi_seen VALUES(1,20788,134595539888415,1,1);
INSERT INTO oxi_seen VALUES(1,20788,134595539888415,1,2);
INSERT INTO oxi_seen VALUES(1,20788,134595539888415,3,1);
INSERT INTO oxi_seen VALUES(1,20788,134595539888415,4,1);
INSERT INTO oxi_seen VALUES(1,20788,264911580536728,1,1);
INSERT INTO oxi_seen VALUES(1,20788,264911580536728,3,2);
INSERT INTO oxi_seen VALUES(2,20788,87538558671112,1,3);
INSERT INTO oxi_seen VALUES(2,20788,211938734032405,1,3);
CREATE TABLE IF NOT EXISTS "oxi_salts" (
    "day" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "value" BLOB NOT NULL
);
INSERT INTO oxi_salts VALUES(20788,X'ddf8ab5ee7f57aafe811402b52513f20580936b5e4855dbde15875234534b207');
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
INSERT INTO oxi_jobs VALUES('roll-ups',0,1796092034921);
INSERT INTO oxi_jobs VALUES('deletion',0,1796092034996);
INSERT INTO oxi_jobs VALUES('retention',0,1796092035050);
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
, "visibility" TEXT NOT NULL DEFAULT 'public', "public_pages" TEXT NOT NULL DEFAULT '[]', "public_figures" TEXT NOT NULL DEFAULT '[]', "deleted_at" BIGINT, "removed_rows" BIGINT NOT NULL DEFAULT 0, "removed_visits" BIGINT NOT NULL DEFAULT 0);
INSERT INTO oxi_sites VALUES(1,'blog','Blog','https://origin.example','UTC',0,'[]',0,NULL,0,NULL,NULL,1,1796092031144,NULL,'public','[]','[]',NULL,0,0);
INSERT INTO oxi_sites VALUES(2,'docs','Docs','https://origin.example','UTC',0,'["/user/:id"]',0,NULL,0,NULL,NULL,1,1796092031144,NULL,'public','[]','[]',NULL,0,0);
INSERT INTO oxi_sites VALUES(3,'shop','shop','https://shop.example','UTC',0,'[]',0,NULL,0,NULL,NULL,0,1796092038079,NULL,'private','[]','[]',NULL,0,0);
CREATE TABLE IF NOT EXISTS "oxi_pages" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "site_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "visits" BIGINT NOT NULL DEFAULT 0,
    "pixel_views" BIGINT NOT NULL DEFAULT 0,
    "added_at" BIGINT NOT NULL, "votes_up" INTEGER NOT NULL DEFAULT 0, "votes_down" INTEGER NOT NULL DEFAULT 0, "vote_changes" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "oxi_pages_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO oxi_pages VALUES(1,1,'/a',2,0,1796092032117,1,1,2);
INSERT INTO oxi_pages VALUES(2,1,'/b',1,1,1796092032543,0,0,0);
INSERT INTO oxi_pages VALUES(3,2,'/user/:id',2,0,1796092032613,0,0,0);
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
INSERT INTO oxi_visits VALUES(1796092032191,217494061360839,134595539888415,1,1,1,1,2,0,1,1,1,1,58);
INSERT INTO oxi_visits VALUES(1796092032438,185683330827640,264911580536728,1,1,2,0,1,0,2,2,1,2,26);
INSERT INTO oxi_visits VALUES(1796092032581,56554783361406,134595539888415,1,2,0,0,NULL,0,1,1,1,1,12);
INSERT INTO oxi_visits VALUES(1796092035768,139134585573262,0,1,2,0,0,NULL,0,2,2,1,2,1);
INSERT INTO oxi_visits VALUES(1796092032640,82259793949484,87538558671112,2,3,0,0,2,0,2,2,1,2,10);
INSERT INTO oxi_visits VALUES(1796092032653,192504540940894,211938734032405,2,3,0,0,NULL,0,1,1,1,1,10);
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 VALUES('oxi_visits','oxi_visits','1000000 100000 2 1');
INSERT INTO sqlite_stat1 VALUES('oxi_visits','oxi_visits_site_id_page_id_registered_at_nonce_idx','1000000 100000 1000 2 1');
ANALYZE sqlite_schema;
CREATE TABLE IF NOT EXISTS "oxi_votes" (
    "visitor" BIGINT NOT NULL,
    "voted_at" BIGINT NOT NULL,
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "value" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "visitor", "page_id"),
    CONSTRAINT "oxi_votes_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "oxi_pages" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
INSERT INTO oxi_votes VALUES(134595539888415,1796092035870,1,20788,1,1);
INSERT INTO oxi_votes VALUES(264911580536728,1796092035963,1,20788,1,-1);
CREATE TABLE IF NOT EXISTS "oxi_vote_days" (
    "site_id" INTEGER NOT NULL,
    "day" INTEGER NOT NULL,
    "page_id" INTEGER NOT NULL,
    "changes" INTEGER NOT NULL,

    PRIMARY KEY ("site_id", "day", "page_id"),
    CONSTRAINT "oxi_vote_days_page_id_fkey" FOREIGN KEY ("page_id") REFERENCES "oxi_pages" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
INSERT INTO oxi_vote_days VALUES(1,20788,1,2);
CREATE TABLE IF NOT EXISTS "oxi_tokens" (
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
INSERT INTO oxi_tokens VALUES(1,'c3a5c2d7ed61',X'f0998d56a1a8ecf1eba60bbc5658248af6215814cea2153940736dd050ffcf69','first token','["ADMINISTER_INSTANCE"]',NULL,NULL,NULL,1796092031593,NULL,NULL,NULL);
INSERT INTO oxi_tokens VALUES(2,'612b5bf30fea',X'0fa8265b8db9536a62ef2eeec68f3a59c11ff01a7a0edb0c5bee7a756a935246','reports','["READ"]',3,NULL,NULL,1796092040746,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "oxi_audit_entries" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "site_id" INTEGER,
    "site" TEXT,
    "token" TEXT,
    "changes" TEXT NOT NULL
);
INSERT INTO oxi_audit_entries VALUES(1,1796092031144,'configuration','SITE_CREATED',1,'blog',NULL,'{}');
INSERT INTO oxi_audit_entries VALUES(2,1796092031144,'configuration','SITE_CREATED',2,'docs',NULL,'{}');
INSERT INTO oxi_audit_entries VALUES(3,1796092031593,'first start','TOKEN_CREATED',NULL,NULL,'first token (c3a5c2d7ed61)','{"scopes":[null,["ADMINISTER_INSTANCE"]]}');
INSERT INTO oxi_audit_entries VALUES(4,1796092038079,'command line','SITE_CREATED',3,'shop',NULL,'{}');
INSERT INTO oxi_audit_entries VALUES(5,1796092040764,'command line','TOKEN_CREATED',3,'shop','reports (612b5bf30fea)','{"scopes":[null,["READ"]]}');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('oxi_sites',3);
INSERT INTO sqlite_sequence VALUES('oxi_pages',3);
INSERT INTO sqlite_sequence VALUES('oxi_audit_entries',5);
INSERT INTO sqlite_sequence VALUES('oxi_secrets',1);
INSERT INTO sqlite_sequence VALUES('oxi_tokens',2);
INSERT INTO sqlite_sequence VALUES('oxi_salts',20788);
CREATE INDEX "oxi_base_urls_site_id_idx" ON "oxi_base_urls"("site_id");
CREATE UNIQUE INDEX "oxi_sites_slug_key" ON "oxi_sites"("slug");
CREATE UNIQUE INDEX "oxi_pages_site_id_path_key" ON "oxi_pages"("site_id", "path");
CREATE INDEX "oxi_visits_site_id_page_id_registered_at_nonce_idx" ON "oxi_visits"("site_id", "page_id", "registered_at", "nonce");
CREATE UNIQUE INDEX "oxi_dimension_values_dimension_value_key" ON "oxi_dimension_values"("dimension", "value");
CREATE INDEX "oxi_votes_page_id_idx" ON "oxi_votes"("page_id");
CREATE INDEX "oxi_vote_days_page_id_idx" ON "oxi_vote_days"("page_id");
CREATE UNIQUE INDEX "oxi_tokens_prefix_key" ON "oxi_tokens"("prefix");
CREATE INDEX "oxi_tokens_site_id_idx" ON "oxi_tokens"("site_id");
CREATE INDEX "oxi_audit_entries_site_id_id_idx" ON "oxi_audit_entries"("site_id", "id");
COMMIT;
