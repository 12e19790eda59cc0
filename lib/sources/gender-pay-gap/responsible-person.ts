/** Words that are no name: some employers name an office, a firm or nobody. */
const NAME = /^\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{L}[\p{L}\p{M}'’.-]*){1,4}$/u;

/**
 * The person who answers for a return, as exports write it: `Jane Doe (Group HR Director)`.
 * @returns null where the text is not a name with a title.
 */
export function responsiblePerson(text: string): { name: string; role: string } | null {
  const [, name = '', role = ''] = /^([^(]+?)\s*\((.+)\)\s*$/.exec(text.trim()) ?? [];
  return NAME.test(name) && /\p{L}{2}/u.test(role) ? { name, role: role.trim() } : null;
}
