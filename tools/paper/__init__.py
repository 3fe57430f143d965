"""The pieces that the templates of official reports are put together from."""
