-- CreateTable
CREATE TABLE "oxi_webhooks" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "site_id" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "old_secret" TEXT,
    "old_secret_until" BIGINT,
    "events" TEXT NOT NULL,
    "created_at" BIGINT NOT NULL,
    "stopped_at" BIGINT,
    "stop_reason" TEXT,
    "failing_since" BIGINT,
    "last_success_at" BIGINT,
    "last_failure_at" BIGINT,
    "last_error" TEXT,
    CONSTRAINT "oxi_webhooks_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "oxi_sites" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "oxi_deliveries" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "webhook_id" INTEGER NOT NULL,
    "site_id" INTEGER NOT NULL,
    "message_id" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" BIGINT NOT NULL,
    "due_at" BIGINT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "delivered_at" BIGINT,
    CONSTRAINT "oxi_deliveries_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "oxi_webhooks" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "oxi_told" (
    "site_id" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    PRIMARY KEY ("site_id", "event", "subject")
);

-- CreateIndex
CREATE INDEX "oxi_webhooks_site_id_idx" ON "oxi_webhooks"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "oxi_deliveries_message_id_key" ON "oxi_deliveries"("message_id");

-- CreateIndex
CREATE INDEX "oxi_deliveries_webhook_id_id_idx" ON "oxi_deliveries"("webhook_id", "id");

-- CreateIndex
CREATE INDEX "oxi_deliveries_site_id_id_idx" ON "oxi_deliveries"("site_id", "id");

-- CreateIndex
CREATE INDEX "oxi_deliveries_due_at_idx" ON "oxi_deliveries"("due_at");
