/** The numbers of a tag such as `v1.20.3`; undefined for everything else, such as a prerelease or `v1` itself. */
function readVersion(tag: string): readonly [major: bigint, minor: bigint, patch: bigint] | undefined {
  const [, major, minor, patch] = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(tag) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  return [BigInt(major), BigInt(minor), BigInt(patch)];
}

/** Whether a tag names the highest version of its major among these tags; a prerelease never does. */
export function isHighest(tag: string, tags: readonly string[]): boolean {
  const own = readVersion(tag);
  if (own === undefined) return false;
  return tags.every((each) => {
    const other = readVersion(each);
    if (other === undefined || other[0] !== own[0]) return true;
    return other[1] < own[1] || (other[1] === own[1] && other[2] <= own[2]);
  });
}
