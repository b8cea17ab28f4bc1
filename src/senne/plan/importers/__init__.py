"""File formats of plan documents: one file each, found by being here."""
