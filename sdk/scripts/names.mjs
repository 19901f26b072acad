/** What the generated modules call things. An operation `LiveCount` is the method `liveCount`. */
export const methodName = ({ name }) => name.value[0].toLowerCase() + name.value.slice(1);
export const variablesName = ({ name }) => `${name.value}Variables`;
export const dataName = ({ name }) => `${name.value}Data`;
export const documentName = ({ name }) => `${name.value}Document`;

/** The interface of a fragment is called as the type that it picks from. */
export const fragmentType = ({ typeCondition }) => typeCondition.name.value;

/**
 * @param {string | null | undefined} text
 * @param {string} indent
 */
export function docComment(text, indent = '') {
  if (!text) return '';
  const lines = text.trim().split('\n');
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}
