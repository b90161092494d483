/** The GUID of the first product, and the submissions that an emulator makes first, in order. */
export const PRODUCT = "3f0c7a11-2185-49fe-80d2-000000000001";
export const [FIRST, SECOND, THIRD] = [
  `submission/${PRODUCT}/1152921505690000111`,
  `submission/${PRODUCT}/1152921505690000222`,
  `submission/${PRODUCT}/1152921505690000333`,
] as const;
