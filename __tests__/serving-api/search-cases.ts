import type { StepPlan } from "../../emulator/step/runner.ts";
import type { Asked, SearchOptions } from "./search-scenario.ts";

/** What the three APIs say, what the step was given, and what becomes of it. */
export interface SearchCase {
  readonly what: string;
  readonly options: SearchOptions;
  readonly with?: StepPlan["with"];
  /** A token for that API is handed in, in place of the sign-in. */
  readonly token?: Asked;
  /** Every request, by the API that got it. */
  readonly asked: Readonly<Partial<Record<Asked, readonly string[]>>>;
  /** The output `api`, and what `result` says of why; nothing when no API was found. */
  readonly api?: readonly [name: string, by: string];
  /** Nothing where a dry run has found no go-live. */
  readonly status?: string;
  /** What the last word, or the log where there is none, says among other things. */
  readonly says?: readonly string[];
}

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
export const GUID = "3f0c7a11-2185-49fe-80d2-00000000000a";
const OTHER_GUID = "3f0c7a11-2185-49fe-80d2-00000000000b";
const offerId = "contoso-vm";

/** The offer in each of them, ready to go live. */
const VM = { ingestion: { products: [{ offerId }] } } as const;
const APP = { center: { products: [{ offerId }] } } as const;
const PORTAL = { portal: { offers: [OFFER] } } as const;
/** Whoever is asked to start something could do so. */
const EVERYWHERE = { ...VM, ...APP, ...PORTAL } as const;

const FIND = { ingestion: ["GET product"], center: ["GET products"] } as const;
/** Where Partner Center lists no application, it is asked once more, for any type. */
const FIND_NONE = { ...FIND, center: ["GET products", "GET products"] } as const;
const START = {
  ingestion: ["GET product", "GET submissions", "POST configure"],
  center: ["GET products", "GET submissions", "POST promote"],
  portal: ["GET list", "GET status", "POST goLive"],
} as const;
/** The tries of a question that nobody answers. */
const SIX = { ingestion: Array<string>(6).fill("GET product"), center: Array<string>(6).fill("GET products") } as const;

const INGESTION = ["productIngestion", "offerType"] as const;
const CENTER_BY_TYPE = ["partnerCenter", "offerType"] as const;
const CENTER = ["partnerCenter", "listing"] as const;
const LEFT = ["cloudPartnerPortal", "noOther"] as const;
const UNTOLD = "could not be told which API serves the offer";

function typed(type: string): SearchOptions {
  return { ...EVERYWHERE, ingestion: { products: [{ offerId, type }] } };
}

/** The Product Ingestion API answers the question after the product so, the given times or always. */
function failing(act: object, nth?: number | readonly number[]): SearchOptions {
  const fault = { on: "product", ...(nth === undefined ? {} : { nth }), act } as never;
  return { ...EVERYWHERE, ingestion: { ...VM.ingestion, faults: [fault] } };
}

/** The same of Partner Center, after the other one has listed nothing. */
function centerFailing(act: object, nth?: number | readonly number[]): SearchOptions {
  const fault = { on: "products", ...(nth === undefined ? {} : { nth }), act } as never;
  return { ...APP, ...PORTAL, center: { ...APP.center, faults: [fault] } };
}

const status = (code: number): object => ({ kind: "status", status: code });
const TWO_KINDS = {
  ...APP,
  center: { products: [{ offerId, productId: OTHER_GUID }] },
  ingestion: {
    products: [
      { offerId, productId: GUID },
      { offerId, productId: OTHER_GUID, type: "azureApplication", publisherId: "fabrikam" },
    ],
  },
} as const satisfies SearchOptions;
const TWO_ALIKE = {
  ...EVERYWHERE,
  ingestion: {
    products: [
      { offerId, productId: GUID },
      { offerId, productId: OTHER_GUID, publisherId: "fabrikam" },
    ],
  },
} as const satisfies SearchOptions;

/** What the Product Ingestion API lists decides. */
const BY_TYPE: readonly SearchCase[] = [
  ...["azureVirtualMachine", "coreVirtualMachine", "azureContainer", "softwareAsAService"].map((type): SearchCase => ({
    what: `the offer is ${type}`,
    options: typed(type),
    asked: { ingestion: [...FIND.ingestion, ...START.ingestion] },
    api: INGESTION,
    status: "running",
    says: [`API: the Product Ingestion API (it says that the offer is of the type “${type}”).`],
  })),
  {
    what: "the offer is azureApplication",
    options: typed("azureApplication"),
    asked: { ingestion: FIND.ingestion, center: START.center },
    api: CENTER_BY_TYPE,
    status: "running",
    says: [
      "API: the Partner Center submission API (the Product Ingestion API says that the offer is of the type “azureApplication”).",
    ],
  },
  {
    what: "an application that Partner Center does not list",
    options: { ...typed("azureApplication"), center: { products: [] } },
    asked: FIND_NONE,
    api: CENTER_BY_TYPE,
    status: "rejected",
    says: ["shows no such offer"],
  },
  {
    what: "an application in a tenant that does not know Partner Center",
    options: { ...typed("azureApplication"), unknown: ["center"] },
    asked: { ingestion: FIND.ingestion },
    api: CENTER_BY_TYPE,
    status: "rejected",
    says: ["Sign-in failed: “AADSTS500011"],
  },
  {
    what: "a type that nobody knows",
    options: typed("powerBIVisual"),
    asked: { ingestion: FIND.ingestion },
    status: "rejected",
    says: [UNTOLD, "says that the offer is of the type “powerBIVisual”", "Name with `api` the API"],
  },
  {
    what: "a type that nobody knows, and a dry run",
    options: typed("dynamics365BusinessCentral"),
    with: { dryRun: "true" },
    asked: { ingestion: FIND.ingestion },
    status: "unknown",
    says: [UNTOLD, "“dynamics365BusinessCentral”", "Nothing was sent (`dryRun`)."],
  },
  {
    what: "two products of one kind",
    options: TWO_ALIKE,
    asked: { ingestion: [...FIND.ingestion, "GET product"] },
    api: INGESTION,
    status: "rejected",
    says: ["2 products have this offer id, and nobody guesses", "`productId`"],
  },
  {
    what: "two products of one kind, one of which is named",
    options: TWO_ALIKE,
    with: { productId: GUID },
    asked: { ingestion: [...FIND.ingestion, ...START.ingestion] },
    api: INGESTION,
    status: "running",
  },
  {
    what: "two products of two kinds",
    options: TWO_KINDS,
    asked: { ingestion: FIND.ingestion },
    status: "rejected",
    says: ["2 products have this offer id, and nobody guesses", "`productId`"],
  },
  {
    what: "two products of two kinds, and the application is named",
    options: TWO_KINDS,
    with: { productId: OTHER_GUID },
    asked: { ingestion: FIND.ingestion, center: ["GET product", "GET submissions", "POST promote"] },
    api: CENTER_BY_TYPE,
    status: "running",
  },
  {
    what: "a product that is none of the offer's",
    options: EVERYWHERE,
    with: { productId: OTHER_GUID },
    asked: { ingestion: FIND.ingestion },
    status: "rejected",
    says: ["`productId` names another product than the one with this offer id"],
  },
  {
    what: "a product that is none of the offer's, and a dry run",
    options: EVERYWHERE,
    with: { productId: OTHER_GUID, dryRun: "true" },
    asked: { ingestion: FIND.ingestion },
    says: ["would not be accepted now: `productId` names another product"],
  },
  {
    what: "a virtual machine, and a dry run",
    options: VM,
    with: { dryRun: "true" },
    asked: { ingestion: [...FIND.ingestion, "GET product", "GET submissions"] },
    api: INGESTION,
    says: ["would be accepted now"],
  },
];

/** The Product Ingestion API does not serve the offer, and Partner Center does. */
const BY_LISTING: readonly SearchCase[] = [
  ...(
    [
      ["lists nothing", { ...APP, ...PORTAL }, ["GET product"], "lists no product of this offer id"],
      [
        "turns the app away with 403",
        { ...EVERYWHERE, stranger: ["ingestion"] },
        ["GET product", "GET product"],
        "turned the question away: “The application is no user of the Partner Center account with the role Manager.” [HTTP 403",
      ],
      ["knows no such place (404)", failing(status(404)), ["GET product", "GET product"], "HTTP 404"],
      ["does not take two tokens (401)", failing(status(401)), ["GET product", "GET product"], "HTTP 401"],
      [
        "is unknown in the tenant",
        { ...EVERYWHERE, unknown: ["ingestion"] },
        undefined,
        "There is no token for the Product Ingestion API in this tenant (AADSTS500011).",
      ],
      [
        "is not among the app's permissions",
        { ...EVERYWHERE, notPermitted: ["ingestion"] },
        undefined,
        "There is no token for the Product Ingestion API in this tenant (AADSTS650057).",
      ],
    ] satisfies readonly (readonly [string, SearchOptions, readonly string[] | undefined, string])[]
  ).map(([what, options, asked, text]): SearchCase => ({
    what: `Product Ingestion ${what}, Partner Center lists an application`,
    options,
    asked: { ...(asked === undefined ? {} : { ingestion: asked }), center: [...FIND.center, ...START.center] },
    api: CENTER,
    status: "running",
    says: [text, "API: the Partner Center submission API (it lists the offer, of the type “AzureApplication”)."],
  })),
  {
    what: "a stray 403 of Product Ingestion",
    options: failing(status(403), 1),
    asked: { ingestion: [...FIND.ingestion, ...FIND.ingestion, ...START.ingestion] },
    api: INGESTION,
    status: "running",
  },
  {
    what: "a stray 404 of Partner Center",
    options: centerFailing(status(404), 1),
    asked: { ingestion: FIND.ingestion, center: [...FIND.center, ...FIND.center, ...START.center] },
    api: CENTER,
    status: "running",
  },
  {
    what: "Partner Center refuses to filter by type",
    options: { ...PORTAL, center: { ...APP.center, behaviour: { refusedFilters: "withType" } } },
    asked: {
      ingestion: FIND.ingestion,
      center: ["GET products", "GET products", "GET products", ...START.center],
    },
    api: CENTER,
    status: "running",
  },
  {
    what: "Partner Center refuses to look the offer up",
    options: { ...PORTAL, center: { ...APP.center, behaviour: { refusedFilters: "all" } } },
    asked: FIND_NONE,
    status: "rejected",
    says: ["refuses to look it up by its id", "Set `productId`"],
  },
  {
    what: "Partner Center refuses to look the offer up, and its product is named",
    options: { ...PORTAL, center: { products: [{ offerId, productId: GUID }], behaviour: { refusedFilters: "all" } } },
    with: { productId: GUID },
    asked: {
      ingestion: FIND.ingestion,
      center: ["GET products", "GET products", "GET product", "GET product", "GET submissions", "POST promote"],
    },
    api: CENTER,
    status: "running",
  },
  {
    what: "Partner Center refuses to look the offer up, and the product that is named is another offer's",
    options: {
      ...PORTAL,
      center: { products: [{ offerId: "contoso-app", productId: GUID }], behaviour: { refusedFilters: "all" } },
    },
    with: { productId: GUID },
    asked: { ingestion: FIND.ingestion, center: ["GET products", "GET products", "GET product"] },
    status: "rejected",
    says: ["`productId` names the product of another offer (“contoso-app”)"],
  },
];

/** Neither serves the offer. */
const LEFT_OVER: readonly SearchCase[] = [
  {
    what: "neither lists the offer",
    options: PORTAL,
    asked: { ...FIND_NONE, portal: START.portal },
    api: LEFT,
    status: "running",
    says: [
      "The Product Ingestion API lists no product of this offer id.",
      "The Partner Center submission API lists no Azure application of this offer id.",
      "API: the Cloud Partner Portal API (neither of the other two serves the offer).",
    ],
  },
  {
    what: "neither lets the app in",
    options: { ...EVERYWHERE, stranger: ["ingestion", "center"] },
    asked: {
      ingestion: ["GET product", "GET product"],
      center: ["GET products", "GET products"],
      portal: START.portal,
    },
    api: LEFT,
    status: "running",
  },
  {
    what: "the tenant knows neither",
    options: { ...EVERYWHERE, unknown: ["ingestion", "center"] },
    asked: { portal: START.portal },
    api: LEFT,
    status: "running",
  },
  {
    what: "the tenant knows none of the three",
    options: { ...EVERYWHERE, unknown: ["ingestion", "center", "portal"] },
    asked: {},
    api: LEFT,
    status: "rejected",
    says: [
      "Sign-in failed: “AADSTS500011",
      "The others were asked before. There is no token for the Product Ingestion API in this tenant (AADSTS500011). There is no token for the Partner Center submission API in this tenant (AADSTS500011).",
    ],
  },
  {
    what: "Partner Center lists a virtual machine, which it does not promote",
    options: {
      ...PORTAL,
      center: {
        products: [{ offerId, type: "AzureThirdPartyVirtualMachine" }],
        behaviour: { refusedFilters: "withType" },
      },
    },
    asked: { ...FIND_NONE, portal: START.portal },
    api: LEFT,
    status: "running",
  },
  {
    what: "none of the three has the offer",
    options: {},
    asked: { ...FIND_NONE, portal: ["GET list"] },
    api: LEFT,
    status: "rejected",
    says: [
      "“There is no publisher 'contoso'.” [HTTP 404 (not found) for publisher contoso, offer contoso-vm, NotFound].",
      "The others were asked before. The Product Ingestion API lists no product of this offer id. The Partner Center submission API lists no Azure application of this offer id.",
      "serves only offers that were managed through it before",
      "If another API serves the offer, name it with `api`.",
    ],
  },
  ...(["productId", "submissionId"] as const).map((name): SearchCase => ({
    what: `neither lists the offer, and \`${name}\` is given`,
    options: PORTAL,
    with: { [name]: name === "productId" ? GUID : "1152921505690000222" },
    asked: FIND_NONE,
    api: LEFT,
    status: "rejected",
    says: [
      name === "productId"
        ? "`productId`: it is of no use to the Cloud Partner Portal API."
        : "Allowed is the id of a publish to preview, a GUID",
      "Nothing was sent.",
    ],
  })),
];

/** A fault decides nothing. */
const FAULTS: readonly SearchCase[] = [
  {
    what: "one 503 of Product Ingestion",
    options: failing(status(503), 1),
    asked: { ingestion: [...FIND.ingestion, ...FIND.ingestion, ...START.ingestion] },
    api: INGESTION,
    status: "running",
  },
  ...(
    [
      ["503", status(503), "HTTP 503"],
      ["408", status(408), "HTTP 408"],
      ["429", status(429), "HTTP 429"],
      ["a redirect", { kind: "redirect", to: "https://elsewhere.example/" }, "redirect"],
      ["no JSON", { kind: "garbage", body: "<html>" }, "the answer was not JSON"],
      ["another form", { kind: "garbage", body: '{"value":7}' }, "the answer had an unexpected form"],
      ["a broken connection", { kind: "reset", at: "request" }, "the connection broke"],
    ] as const
  ).map(([what, act, text]): SearchCase => ({
    what: `nothing but ${what} from Product Ingestion`,
    options: failing(act),
    asked: { ingestion: SIX.ingestion },
    status: "rejected",
    says: [UNTOLD, text, "Or name the API that serves the offer with `api`"],
  })),
  ...[400, 409, 410].map((code): SearchCase => ({
    what: `${code} of Product Ingestion`,
    options: failing(status(code)),
    asked: { ingestion: FIND.ingestion },
    status: "rejected",
    says: [UNTOLD, `HTTP ${code}`],
  })),
  {
    what: "403, and then nothing but 503 from Product Ingestion",
    options: {
      ...EVERYWHERE,
      ingestion: {
        ...VM.ingestion,
        faults: [
          { on: "product", nth: 1, act: { kind: "status", status: 403 } },
          { on: "product", act: { kind: "status", status: 503 } },
        ],
      },
    },
    asked: { ingestion: [...FIND.ingestion, ...SIX.ingestion] },
    status: "rejected",
    says: [UNTOLD, "HTTP 503"],
  },
  ...(
    [
      ["503", status(503), SIX.center, "HTTP 503"],
      ["no JSON", { kind: "garbage", body: "" }, SIX.center, "the answer was not JSON"],
      ["400", status(400), FIND.center, "HTTP 400"],
    ] as const
  ).map(([what, act, center, text]): SearchCase => ({
    what: `nothing but ${what} from Partner Center`,
    options: centerFailing(act),
    asked: { ingestion: FIND.ingestion, center },
    status: "rejected",
    says: [UNTOLD, text],
  })),
  {
    what: "nothing but 503 from Product Ingestion, and a dry run",
    options: failing(status(503)),
    with: { dryRun: "true" },
    asked: { ingestion: SIX.ingestion },
    status: "unknown",
    says: [UNTOLD, "HTTP 503", "Nothing was sent (`dryRun`)."],
  },
  {
    what: "nothing but 503 from Entra",
    options: { ...EVERYWHERE, entra: { faults: [{ act: { kind: "status", status: 503 } }] } },
    asked: {},
    status: "rejected",
    says: ["sign-in failed"],
  },
  {
    what: "a client secret that is wrong",
    options: EVERYWHERE,
    with: { clientSecret: "Wr0ng~secret_of-the-default-app~0123456789" },
    asked: {},
    status: "rejected",
    says: ["Sign-in failed: “AADSTS7000215"],
  },
];

/** The inputs say which API it is, so nobody is asked. */
const TOLD: readonly SearchCase[] = [
  {
    what: "`api` names it",
    options: EVERYWHERE,
    with: { api: "partnerCenter" },
    asked: { center: START.center },
    api: ["partnerCenter", "api"],
    status: "running",
  },
  ...(
    [
      ["ingestion", "productIngestion"],
      ["center", "partnerCenter"],
      ["portal", "cloudPartnerPortal"],
    ] as const
  ).map(([token, name]): SearchCase => ({
    what: `a token for ${name}`,
    options: EVERYWHERE,
    token,
    asked: { [token]: START[token] },
    api: [name, "token"],
    status: "running",
  })),
  {
    what: "an operation to follow",
    options: { ...VM, center: { products: [{ offerId, productId: GUID, state: "live" }] } },
    with: {
      operationLocation: `https://api.partner.microsoft.com/v1.0/ingestion/products/${GUID}/submissions/1152921505690000222`,
    },
    asked: {
      center: ["GET products", "GET submissions", "GET submission", "GET workflowDetails", "GET submissions"],
    },
    api: ["partnerCenter", "operationLocation"],
    status: "succeeded",
  },
];

const OLD = "This API serves only offers that were managed through it before";
const FIND_OUT = "with `api: auto` and no `token` the action signs in itself and finds out which";

/** The Cloud Partner Portal API may be no more: what its very first answer says. */
const GONE: readonly SearchCase[] = [
  ...(
    [
      ["404", status(404), "HTTP 404"],
      ["410", status(410), "HTTP 410"],
    ] as const
  ).map(([what, act, text]): SearchCase => ({
    what: `${what} from the Cloud Partner Portal, which \`api\` names`,
    options: { ...EVERYWHERE, portal: { ...PORTAL.portal, faults: [{ on: "list", act } as never] } },
    with: { api: "cloudPartnerPortal" },
    asked: { portal: ["GET list"] },
    api: ["cloudPartnerPortal", "api"],
    status: "rejected",
    says: [text, OLD, FIND_OUT],
  })),
  {
    what: "a redirect from the Cloud Partner Portal, which the token is for",
    options: {
      ...EVERYWHERE,
      portal: {
        ...PORTAL.portal,
        faults: [{ on: "list", act: { kind: "redirect", to: "https://partner.microsoft.com/", status: 301 } }],
      },
    },
    token: "portal",
    asked: { portal: Array<string>(6).fill("GET list") },
    api: ["cloudPartnerPortal", "token"],
    status: "rejected",
    says: ["HTTP 301", OLD, FIND_OUT],
  },
  {
    what: "410 from the Cloud Partner Portal, which was left, and a dry run",
    options: { portal: { ...PORTAL.portal, faults: [{ on: "list", act: { kind: "status", status: 410 } }] } },
    with: { dryRun: "true" },
    asked: { ...FIND_NONE, portal: ["GET list"] },
    api: LEFT,
    status: "unknown",
    says: ["HTTP 410", "The others were asked before.", OLD, "If another API serves the offer, name it with `api`."],
  },
];

/** What each API answers × what the inputs say. */
export const SEARCH_CASES: readonly SearchCase[] = [
  ...BY_TYPE,
  ...BY_LISTING,
  ...LEFT_OVER,
  ...FAULTS,
  ...TOLD,
  ...GONE,
];
