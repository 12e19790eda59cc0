import postgres from 'postgres';

/** Makes a database of its own for a peer, on the same server and with the same settings as the ledger's. */
export async function createPeerDatabase(serverUrl: string, name: string): Promise<string> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  await sql.unsafe(`create database ${name}`);
  await sql.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Fresh statistics and no dead rows, so that no run pays for an earlier one. */
export async function tidyDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql.unsafe('vacuum analyze');
  await sql.unsafe('checkpoint');
  await sql.end();
}
