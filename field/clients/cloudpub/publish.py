"""Does with cloudpub what its users do: publishes an image of a plan, to preview and live, as far as that is still to do."""

import os

from cloudpub.ms_azure import AzurePublishingMetadata, AzureService

service = AzureService(
    credentials={
        "AZURE_TENANT_ID": os.environ["TENANT_ID"],
        "AZURE_CLIENT_ID": os.environ["CLIENT_ID"],
        "AZURE_API_SECRET": os.environ["CLIENT_SECRET"],
    },
    retry_interval=float(os.environ["POLL_SECONDS"]),
)
service.publish(
    AzurePublishingMetadata(
        image_path=os.environ["IMAGE"],
        disk_version=os.environ["DISK_VERSION"],
        destination=f"{os.environ['OFFER_ID']}/standard",
        architecture="x86_64",
        keepdraft=False,
    )
)
print("published")
