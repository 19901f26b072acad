/** Descriptions of what Relay's cursor connections have in common. */
export const connectionOptions = {
  nodeQueryOptions: false,
  nodesQueryOptions: false,
  firstArgOptions: {
    description: 'How many at most, from the start of the range: 1 to 1000, 50 where nothing is said.',
  },
  afterArgOptions: { description: 'Only what comes after the edge with this cursor.' },
  lastArgOptions: { description: 'How many at most, from the end of the range: 1 to 1000.' },
  beforeArgOptions: { description: 'Only what comes before the edge with this cursor.' },
  edgesFieldOptions: { description: 'What was asked for, in order.' },
  cursorFieldOptions: { description: 'Where this edge stands, for `after` and `before`.' },
  nodeFieldOptions: { description: 'What stands here.' },
  pageInfoFieldOptions: { description: 'How to read on.' },
  pageInfoTypeOptions: { description: 'Where a part of a connection begins and ends.' },
  hasNextPageFieldOptions: { description: 'Whether there is more after it.' },
  hasPreviousPageFieldOptions: { description: 'Whether there is more before it.' },
  startCursorFieldOptions: { description: 'Cursor of the first edge; null where there is none.' },
  endCursorFieldOptions: { description: 'Cursor of the last edge; null where there is none.' },
} as const;

/** Whether a list goes on beyond a part of it. */
interface Beyond {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A part of a list as a connection has it. */
export function connectionOf<Node>(
  edges: readonly { readonly node: Node; readonly cursor: string }[],
  { hasNextPage, hasPreviousPage }: Beyond,
) {
  return {
    edges: [...edges],
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
