import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { dataFolder } from './bootstrap/project.mjs';
import { readStackRecord } from './stack/stack-record';

const OUTPUT = fileURLToPath(new URL('../types/database.ts', import.meta.url));

type Column = {
  relation: string;
  kind: 'table' | 'view';
  name: string;
  type: string;
  nullable: boolean;
  optional: boolean;
  generated: boolean;
};
type Relationship = {
  relation: string;
  name: string;
  columns: string[];
  referenced: string;
  referenced_columns: string[];
  one_to_one: boolean;
};
type Argument = { name: string; type: string; mode: string; has_default: boolean };
type DatabaseFunction = { name: string; arguments: Argument[]; returns: string; returns_set: boolean };
type Enumeration = { name: string; values: string[] };

/**
 * Describes the public schema of a migrated database as TypeScript, in the `Database` shape that supabase-js takes.
 * Differs from the Supabase CLI in one point: function arguments may be null, as they may in SQL.
 * @param databaseUrl direct Postgres address.
 * @returns the text of types/database.ts.
 */
export async function generateDatabaseTypes(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const [columns, relationships, functions, enumerations] = await Promise.all([
      readColumns(sql),
      readRelationships(sql),
      readFunctions(sql),
      readEnumerations(sql),
    ]);
    return render(columns, relationships, functions, enumerations);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function readColumns(sql: postgres.Sql) {
  return sql<Column[]>`
    select c.relname as relation, case when c.relkind in ('r', 'p') then 'table' else 'view' end as kind,
      a.attname as name, t.typname as type,
      not (a.attnotnull or (t.typtype = 'd' and t.typnotnull)) as nullable,
      (a.atthasdef or a.attidentity <> '') as optional,
      (a.attgenerated <> '' or a.attidentity = 'a') as generated
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
      and not c.relispartition and a.attnum > 0 and not a.attisdropped
    order by c.relname collate "C", a.attname collate "C"`;
}

function readRelationships(sql: postgres.Sql) {
  return sql<Relationship[]>`
    select c.relname as relation, k.conname as name, r.relname as referenced,
      array(select a.attname::text from unnest(k.conkey) with ordinality u(num, i)
        join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num order by u.i) as columns,
      array(select a.attname::text from unnest(k.confkey) with ordinality u(num, i)
        join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num order by u.i) as referenced_columns,
      exists (select from pg_catalog.pg_index x where x.indrelid = k.conrelid and x.indisunique and x.indpred is null
        and x.indkey::int2[] <@ k.conkey and x.indkey::int2[] @> k.conkey) as one_to_one
    from pg_catalog.pg_constraint k
    join pg_catalog.pg_class c on c.oid = k.conrelid
    join pg_catalog.pg_class r on r.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and r.relnamespace = 'public'::regnamespace
      and k.conparentid = 0
    order by k.conname collate "C"`;
}

function readFunctions(sql: postgres.Sql) {
  return sql<DatabaseFunction[]>`
    select p.proname as name, t.typname as returns, p.proretset as returns_set,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'name', coalesce(p.proargnames[u.i], ''), 'type', at.typname, 'mode', coalesce(p.proargmodes[u.i], 'i'),
          'has_default', u.i > p.pronargs - p.pronargdefaults) order by u.i), '[]')
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality u(oid, i)
        join pg_catalog.pg_type at on at.oid = u.oid) as arguments
    from pg_catalog.pg_proc p
    join pg_catalog.pg_type t on t.oid = p.prorettype
    where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and t.typname not in ('trigger', 'event_trigger')
      and not exists (select from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.proname collate "C"`;
}

function readEnumerations(sql: postgres.Sql) {
  return sql<Enumeration[]>`
    select t.typname as name, array_agg(e.enumlabel::text order by e.enumsortorder) as values
    from pg_catalog.pg_type t
    join pg_catalog.pg_enum e on e.enumtypid = t.oid
    where t.typnamespace = 'public'::regnamespace
    group by t.typname order by t.typname collate "C"`;
}

function render(
  columns: Column[],
  relationships: Relationship[],
  functions: DatabaseFunction[],
  enumerations: Enumeration[],
): string {
  const toType = typeMapper(columns, enumerations);
  const relations = (kind: Column['kind']) => {
    const names = [...new Set(columns.filter((column) => column.kind === kind).map((column) => column.relation))];
    return block(
      names.map((name) => {
        const own = columns.filter((column) => column.relation === name);
        const keys = relationships.filter((relationship) => relationship.relation === name);
        return `${name}: ${renderRelation(own, keys, toType)}`;
      }),
    );
  };
  const body = block([
    `Tables: ${relations('table')}`,
    `Views: ${relations('view')}`,
    `Functions: ${block(functions.map((one) => `${one.name}: ${renderFunction(one, toType)}`))}`,
    `Enums: ${block(enumerations.map(({ name, values }) => `${name}: ${values.map(quote).join(' | ')}`))}`,
    'CompositeTypes: Record<never, never>',
  ]);
  return [
    '// Generated from the migrated database by scripts/generate-database-types.ts; do not edit.',
    '',
    'export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];',
    '',
    `export type Database = ${indent(block([`public: ${body}`]))};`,
    '',
  ].join('\n');
}

type TypeMapper = (type: string) => string;

function renderRelation(columns: Column[], keys: Relationship[], toType: TypeMapper): string {
  const value = (column: Column) => `${toType(column.type)}${column.nullable ? ' | null' : ''}`;
  const written = (column: Column, optional: boolean) =>
    column.generated ? `${column.name}?: never` : `${column.name}${optional ? '?' : ''}: ${value(column)}`;
  return block([
    `Row: ${block(columns.map((column) => `${column.name}: ${value(column)}`))}`,
    `Insert: ${block(columns.map((column) => written(column, column.optional || column.nullable)))}`,
    `Update: ${block(columns.map((column) => written(column, true)))}`,
    `Relationships: ${keys.length > 0 ? `[\n${keys.map((key) => `${renderRelationship(key)},\n`).join('')}]` : '[]'}`,
  ]);
}

function renderRelationship(key: Relationship): string {
  const list = (names: string[]) => `[${names.map(quote).join(', ')}]`;
  return block([
    `foreignKeyName: ${quote(key.name)}`,
    `columns: ${list(key.columns)}`,
    `isOneToOne: ${key.one_to_one}`,
    `referencedRelation: ${quote(key.referenced)}`,
    `referencedColumns: ${list(key.referenced_columns)}`,
  ]);
}

function renderFunction(one: DatabaseFunction, toType: TypeMapper): string {
  const inputs = one.arguments.filter(({ mode }) => mode === 'i' || mode === 'b' || mode === 'v');
  const outputs = one.arguments.filter(({ mode }) => mode === 'o' || mode === 'b' || mode === 't');
  const args = inputs.map(({ name, type, has_default }) => `${name}${has_default ? '?' : ''}: ${toType(type)} | null`);
  const row =
    outputs.length > 0 ? block(outputs.map(({ name, type }) => `${name}: ${toType(type)}`)) : toType(one.returns);
  const returns = one.returns_set ? `Array<${row}>` : row;
  return block([`Args: ${args.length > 0 ? block(args) : 'never'}`, `Returns: ${returns}`]);
}

const NUMBERS = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric']);

function typeMapper(columns: Column[], enumerations: Enumeration[]): TypeMapper {
  const relations = new Map(columns.map(({ relation, kind }) => [relation, kind === 'table' ? 'Tables' : 'Views']));
  const names = new Set(enumerations.map(({ name }) => name));
  const toType: TypeMapper = (type) => {
    if (type.startsWith('_')) return `Array<${toType(type.slice(1))}>`;
    if (NUMBERS.has(type)) return 'number';
    if (type === 'bool') return 'boolean';
    if (type === 'json' || type === 'jsonb') return 'Json';
    if (type === 'void') return 'undefined';
    if (type === 'record') return 'Record<string, unknown>';
    if (names.has(type)) return `Database['public']['Enums'][${quote(type)}]`;
    const group = relations.get(type);
    return group ? `Database['public']['${group}'][${quote(type)}]['Row']` : 'string';
  };
  return toType;
}

/** An object type with one member a line; indentation is added once, at the end. */
function block(members: string[]): string {
  return members.length === 0 ? 'Record<never, never>' : `{\n${members.map((member) => `${member};\n`).join('')}}`;
}

function indent(text: string): string {
  let depth = 0;
  return text
    .split('\n')
    .map((line) => {
      if (/^[}\]]/.test(line)) depth -= 1;
      const indented = '  '.repeat(depth) + line;
      if (/[{[]$/.test(line)) depth += 1;
      return indented;
    })
    .join('\n');
}

function quote(text: string): string {
  return `'${text}'`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const databaseUrl = process.env.DATABASE_URL ?? readStackRecord(dataFolder(process.env))?.urls.database;
  if (!databaseUrl) {
    console.error('No database: run "npm start" first, or set DATABASE_URL to the address of a migrated database.');
    process.exit(1);
  }
  writeFileSync(OUTPUT, await generateDatabaseTypes(databaseUrl));
  console.log(`Wrote ${OUTPUT}`);
}
