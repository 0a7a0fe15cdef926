"""``/wallet``: papers people keep, taken again into forms."""
