import type { Plugin } from 'graphql-yoga';

/** Keeps answers to those who say who they are from caches that others use. */
export function usePrivateAnswers(): Plugin {
  return {
    onResponse({ request, response: { headers } }) {
      headers.append('vary', 'authorization');
      if (request.headers.has('authorization')) headers.set('cache-control', 'private, no-cache');
    },
  };
}
