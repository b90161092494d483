/** The GUID of the first product, and the numbers of the submissions that an emulator makes first, in order. */
export const PRODUCT = "3f0c7a11-2185-49fe-80d2-000000000001";
export const [FIRST, SECOND] = ["1152921505690000222", "1152921505690000223"] as const;
