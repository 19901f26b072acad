import { nothing } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

/** Sets properties of the element that it stands on, so that elements which are given the same are given it once. */
class Given extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT)
      throw new TypeError('given() stands on an element, as an attribute does.');
  }

  override update({ element }: ElementPart, [properties]: [object]): typeof nothing {
    Object.assign(element, properties);
    return nothing;
  }

  render(_properties: object): typeof nothing {
    return nothing;
  }
}

/** `<oxi-top ${given({ site, path })}>` */
export const given = directive(Given);
