import { Client } from 'pg';
import { openFile } from './sqlite.ts';

/**
 * Runs statements as somebody beside the program would, on a connection of its own.
 * @param url as `OXICOUNT_DATABASE_URL` takes it; of an SQLite file only reads
 */
export async function sql<Row extends object>(url: string, text: string): Promise<Row[]> {
  if (url.startsWith('file:')) {
    const file = openFile(url.slice('file:'.length), { readonly: true });
    try {
      return file.prepare(text).all() as Row[];
    } finally {
      file.close();
    }
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
