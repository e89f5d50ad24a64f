/**
 * What brat takes in the name of a type. Its own server wants ASCII (`^[a-zA-Z0-9_-]*$`); letters of other
 * scripts are let stand, as what else reads its files takes them, and nothing of them would be left.
 */
export function typeName(name: string): string {
  const clean = name.replace(/[^\p{L}\p{M}\p{N}_-]/gu, '_');
  // A line of hyphens parts the types from each other in a configuration.
  return /^-*$/.test(clean) ? `_${clean}` : clean;
}
