"""Makes an offer go live with the library azure-img-utils, of either version, and asks how it stands until it has ended."""

import json
import logging
import sys
import time

from azure_img_utils.azure_image import AzureImage

credentials, *offer = sys.argv[1:]
image = AzureImage(credentials_file=credentials, log_level=logging.ERROR)

told = [image.get_offer_status(*offer)]
operation = image.go_live_with_offer(*offer)
told.append(image.get_offer_status(*offer))
while True:
    answer = image.get_operation(operation)
    status = answer.get("status") or answer.get("jobStatus")
    told.append(status)
    if status not in ("notStarted", "running"):
        break
    time.sleep(60)
told.append(image.get_offer_status(*offer))
print(json.dumps(told))
