import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/**
 * How often the most repeated field stands in one place of an answer. GraphQL merges those, and to know that they can be
 * merged compares each with each other.
 * @param set of a document of which it is known that it is not too large with all of its fragments
 */
export function repeatsIn(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number {
  const places = new Map<string, FieldNode[]>();
  const spread = new Set<string>();

  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const place = (selection.alias ?? selection.name).value;
        const fields = places.get(place);
        if (fields) fields.push(selection);
        else places.set(place, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  }

  collect(set);
  let most = 0;
  for (const fields of places.values()) {
    const selections = fields.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
    const within = selections.length > 0 ? repeatsIn({ kind: Kind.SELECTION_SET, selections }, fragments) : 0;
    most = Math.max(most, fields.length, within);
  }
  return most;
}
