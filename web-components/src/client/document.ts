import type { TypedString } from '@oxicount/sdk/slim';

/** A document of our own, with what it answers. Its variables are those that its text declares. */
export function documentOf<Data>(text: string): TypedString<Data, object> {
  return text as TypedString<Data, object>;
}
