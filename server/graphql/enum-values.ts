/** The values of an enum from what the domain has, with what each is: `entryPage` is ENTRY_PAGE. */
export function enumValues<Value extends string>(
  descriptions: Readonly<Record<Value, string>>,
): Record<string, { readonly value: Value; readonly description: string }> {
  return Object.fromEntries(
    Object.entries<string>(descriptions).map(([value, description]) => [
      value.replace(/[a-z](?=[A-Z])/g, '$&_').toUpperCase(),
      { value: value as Value, description },
    ]),
  );
}
