"""The environment of the tests, set before Django's settings are read (loaded by `-p` in pyproject.toml)."""

import os
import tempfile

os.environ["SENNE_LOCAL"] = "1"
os.environ["SENNE_STORE"] = tempfile.mkdtemp(prefix="senne-test-")
os.environ.pop("SENNE_URL", None)
