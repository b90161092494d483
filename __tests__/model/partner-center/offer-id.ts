/** The offer of every run. */
export const OFFER_ID = "contoso-app";
