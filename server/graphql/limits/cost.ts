import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';
import { COSTS, ROOT_COST, SIZES, USUAL_SIZE } from './costs.ts';
import { fragmentsOf } from './shape.ts';

/** An operation that is about to be executed. */
export interface Costly {
  readonly schema: GraphQLSchema;
  /** Valid for the schema. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As they came, of whatever type. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * What an operation costs at most, in about as many values of an answer. A field costs what {@link COSTS} has for it,
 * and what is within, as often as its list has values: as many as `first` or `last` ask for, or {@link SIZES} has.
 */
export function costOf({ schema, document, operation, variables }: Costly): number {
  const fragments = fragmentsOf(document);
  const known = new Map<string, number>();
  const root = schema.getRootType(operation.operation);

  function ofSelections(set: SelectionSetNode | undefined, type: GraphQLNamedType | undefined): number {
    let cost = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) cost += ofField(selection, type);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += ofFragment(selection.name.value);
      else {
        const narrowed = selection.typeCondition?.name.value;
        cost += ofSelections(
          selection.selectionSet,
          narrowed === undefined ? type : schema.getType(narrowed),
        );
      }
    }
    return cost;
  }

  function ofFragment(name: string): number {
    let cost = known.get(name);
    if (cost === undefined) {
      const fragment = fragments.get(name);
      cost = ofSelections(
        fragment?.selectionSet,
        fragment && schema.getType(fragment.typeCondition.name.value),
      );
      known.set(name, cost);
    }
    return cost;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined): number {
    const field = fieldOf(node, parent);
    if (!field || !parent) return 1;
    const key = `${parent.name}.${field.name}`;
    const own = COSTS[key] ?? (parent === root ? ROOT_COST : 1);
    return own + sizeOf(key, field, node) * ofSelections(node.selectionSet, getNamedType(field.type));
  }

  function sizeOf(key: string, field: GraphQLField<unknown, unknown>, node: FieldNode): number {
    const bounds = field.args.filter(({ name }) => name === 'first' || name === 'last');
    if (bounds.length > 0) {
      const sizes = bounds
        .map(({ name, defaultValue }) => {
          const given = node.arguments?.find((argument) => argument.name.value === name);
          return numberIn(given?.value) ?? defaultValue;
        })
        .filter((size): size is number => typeof size === 'number' && size > 0);
      return Math.max(1, ...(sizes.length > 0 ? sizes : [USUAL_SIZE]));
    }
    // The connection around them was asked for so many.
    if (key.endsWith('Connection.edges') || !isListType(getNullableType(field.type))) return 1;
    return SIZES[key] ?? USUAL_SIZE;
  }

  /** What is no number is refused by execution. */
  function numberIn(value: ValueNode | undefined): number | undefined {
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind !== Kind.VARIABLE) return undefined;
    const { name } = value;
    const given = variables[name.value];
    if (typeof given === 'number') return given;
    const definition = operation.variableDefinitions?.find(
      ({ variable }) => variable.name.value === name.value,
    );
    return numberIn(definition?.defaultValue);
  }

  return ofSelections(operation.selectionSet, root ?? undefined);
}

function fieldOf(
  { name: { value: name } }: FieldNode,
  parent: GraphQLNamedType | undefined,
): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}
