"""What the plan room computes. Pure: no Django, no clock, no other room but core's own pure modules."""
