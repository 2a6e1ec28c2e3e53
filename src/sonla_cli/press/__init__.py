"""Vietnamese report and press text → observations."""
