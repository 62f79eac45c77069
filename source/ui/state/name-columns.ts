const nameColumns: Readonly<Record<string, string>> = {
  api_key_id: 'api_key_name',
  project_id: 'project_name',
  user_id: 'user_email',
};

/** The column that names what a column of ids tells apart. */
export function nameColumnOf(ids: string): string | undefined {
  return Object.hasOwn(nameColumns, ids) ? nameColumns[ids] : undefined;
}
