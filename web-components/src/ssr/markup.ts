/**
 * Attributes by name. `true` stands for one without a value, `false` and what is undefined for none; an object, such as
 * `data` or `filter`, is written as JSON.
 */
export type ElementAttributes = Readonly<
  Record<string, string | number | boolean | object | null | undefined>
>;

/** The parts of an element's HTML. */
export interface Markup {
  readonly tag: string;
  readonly attributes: ElementAttributes;
  /** HTML between the tags. */
  readonly content: string;
  /** HTML of its shadow root. Absent: it has none yet. */
  readonly shadow?: string;
}

/** The attributes that are there, as texts. */
export function attributesOf(attributes: ElementAttributes): [name: string, value: string][] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    if (value === undefined || value === null || value === false) return [];
    if (value === true) return [[name, '']];
    return [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]];
  });
}

/** HTML of an element, with a declarative shadow root where it has one. */
export function markupOf({ tag, attributes, content, shadow }: Markup): string {
  const written = attributesOf(attributes).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
  const root = shadow === undefined ? '' : `<template shadowrootmode="open">${shadow}</template>`;
  return `<${tag}${written.join('')}>${root}${content}</${tag}>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
