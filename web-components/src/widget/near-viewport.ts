// A screen's height ahead, so that figures are there when the reader arrives.
const AHEAD = '100%';

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Calls back once, when an element comes near what the reader sees; returns how to stop waiting. */
export function whenNear(element: Element, callback: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        const arrived = waiting.get(target);
        forget(target);
        arrived?.();
      }
    },
    { rootMargin: AHEAD },
  );
  waiting.set(element, callback);
  observer.observe(element);
  return () => forget(element);
}

function forget(element: Element): void {
  waiting.delete(element);
  observer?.unobserve(element);
}
