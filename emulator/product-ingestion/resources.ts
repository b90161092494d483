/** What a product consists of beside its submissions, by the id of each, such as its plan. */
export interface Resource {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** A resource, as somebody has written it. */
export interface WrittenResource {
  readonly resource: Resource;
  /** In milliseconds since the epoch. */
  readonly writtenAtMs: number;
}

const schemas = "https://schema.mp.microsoft.com/schema";

/** What a virtual machine with one plan, `standard`, consists of before anybody writes to it. */
export function firstResources(productId: string): readonly WrittenResource[] {
  const product = `product/${productId}`;
  const plan = `plan/${productId}/${planIdOf(productId)}`;
  const resources: readonly Resource[] = [
    {
      $schema: `${schemas}/plan/2022-03-01-preview2`,
      id: plan,
      product,
      identity: { externalId: "standard" },
      alias: "Standard",
      azureRegions: ["azureGlobal"],
    },
    {
      $schema: `${schemas}/virtual-machine-plan-technical-configuration/2022-03-01-preview5`,
      id: `virtual-machine-plan-technical-configuration/${productId}/${planIdOf(productId)}`,
      product,
      plan,
      operatingSystem: { family: "linux", friendlyName: "Contoso Linux", type: "other" },
      recommendedVmSizes: [],
      openPorts: [],
      vmProperties: {
        supportsExtensions: true,
        supportsBackup: false,
        supportsAcceleratedNetworking: false,
        isNetworkVirtualAppliance: false,
        supportsNVMe: false,
        supportsCloudInit: true,
        supportsAadLogin: false,
        supportsHibernation: false,
        supportsRemoteConnection: true,
        requiresCustomArmTemplate: false,
      },
      skus: [{ skuId: "standard", imageType: "x64Gen2" }],
      vmImageVersions: [firstImage],
    },
  ];
  return resources.map((resource) => ({ resource, writtenAtMs: -Infinity }));
}

/** The resources as they stood at that time. */
export function resourcesAt(written: readonly WrittenResource[], atMs: number): readonly Resource[] {
  const until = written.filter(({ writtenAtMs }) => writtenAtMs <= atMs);
  const byId = new Map(until.map(({ resource }) => [resource.id, resource]));
  return [...byId.values()];
}

const firstImage = {
  versionNumber: "1.0.0",
  vmImages: [
    {
      imageType: "x64Gen2",
      source: {
        sourceType: "sasUri",
        osDisk: { uri: "https://contoso.blob.core.windows.net/images/contoso-vm-1.0.0.vhd" },
        dataDisks: [],
      },
    },
  ],
  lifecycleState: "generallyAvailable",
};

/** A GUID that the product's own leads to. */
function planIdOf(productId: string): string {
  return `91a70000${productId.slice(8)}`;
}
