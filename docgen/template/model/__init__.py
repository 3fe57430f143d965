"""Words of all stages."""
