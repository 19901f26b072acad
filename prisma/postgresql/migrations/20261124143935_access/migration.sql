-- AlterTable
ALTER TABLE "oxi_sites" ADD COLUMN     "visibility" TEXT NOT NULL DEFAULT 'public';
