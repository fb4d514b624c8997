/** A message's header fields by lower-case name, decoded and unfolded; several of a name in their order. */
export type Headers = ReadonlyMap<string, readonly string[]>;
