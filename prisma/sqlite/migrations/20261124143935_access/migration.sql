-- AlterTable. Prisma would make the table anew to have the column in its place, which nothing relies on.
ALTER TABLE "oxi_sites" ADD COLUMN "visibility" TEXT NOT NULL DEFAULT 'public';
