import type { ComplexAttributeConverter } from 'lit';

/** An attribute that holds JSON; what is none is as if it were not there. */
export const jsonAttribute: ComplexAttributeConverter = {
  fromAttribute(text) {
    if (text === null) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  },
  toAttribute: (value) => (value === undefined ? null : JSON.stringify(value)),
};
