"""Measurements of Senne, always printed beside the machine's floor of the same run."""
