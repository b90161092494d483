"""The command line azpc in our world: its generated client asks the environment for neither a proxy nor an authority."""

import os

from swagger_client import Configuration

configuration = Configuration()
configuration.proxy = os.environ.get("HTTPS_PROXY")
configuration.ssl_ca_cert = os.environ["SSL_CERT_FILE"]
Configuration.set_default(configuration)

from azureiai.azpc_app import main  # noqa: E402  only now, since it makes clients as it is imported

main()
