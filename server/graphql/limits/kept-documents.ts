import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { LIMITS } from './limits.ts';

/**
 * Documents that were parsed and validated, and mistakes of others, for those who ask the same again. Bounded by what
 * they hold and not by how many there are: a large one takes a few hundred times the memory of a small one.
 */
export function keptDocuments() {
  return { documentCache: keep<DocumentNode>(), errorCache: keep<Error>() };
}

function keep<Value extends object>(): LRUCache<string, Value> {
  return new LRUCache({
    maxSize: LIMITS.keptDocuments,
    sizeCalculation: (_value, document) => document.length + 1,
  });
}
