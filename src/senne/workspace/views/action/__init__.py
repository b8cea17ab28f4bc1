"""The pages of an action: one per group of fields."""
