import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** How large a document is, with fragments wherever they are used. */
export interface Shape {
  readonly fields: number;
  readonly aliases: number;
  /** Fields within one another, not counting those of introspection. */
  readonly depth: number;
}

const EMPTY: Shape = { fields: 0, aliases: 0, depth: 0 };

/** The fragments of a document by their names. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
}

/**
 * Measures a document that need not be valid. Each fragment is measured once, so that fragments within fragments,
 * which double with every step, cost no time; one within itself is measured up to there, and refused by validation.
 */
export function shapeOf(document: DocumentNode): Shape {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, Shape>();

  function ofFragment(name: string): Shape {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, EMPTY);
    const shape = ofSelections(fragments.get(name)?.selectionSet);
    measured.set(name, shape);
    return shape;
  }

  function ofSelections(set: SelectionSetNode | undefined): Shape {
    let { fields, aliases, depth } = EMPTY;
    for (const selection of set?.selections ?? []) {
      const field = selection.kind === Kind.FIELD;
      const within =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : ofSelections(selection.selectionSet);
      fields += within.fields + (field ? 1 : 0);
      aliases += within.aliases + (field && selection.alias ? 1 : 0);
      const introspects = field && selection.name.value.startsWith('__');
      depth = Math.max(depth, introspects ? 1 : within.depth + (field ? 1 : 0));
    }
    return { fields, aliases, depth };
  }

  const shapes = document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? [ofSelections(one.selectionSet)] : [],
  );
  return {
    fields: shapes.reduce((sum, { fields }) => sum + fields, 0),
    aliases: shapes.reduce((sum, { aliases }) => sum + aliases, 0),
    depth: Math.max(0, ...shapes.map(({ depth }) => depth)),
  };
}
